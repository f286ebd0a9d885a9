"""Where the links of a list lead: absolute addresses, made quickly."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import urljoin, urlsplit

from crawler.reading.tree import Node


def address_of(link: Node | None, url: str, join: Callable[[str], str]) -> str:
    """The absolute address of a link; the page's own where it leads nowhere by itself."""
    href = link.get("href").strip() if link is not None else ""
    if not href or href.lower().startswith(("javascript:", "#")):
        return url
    try:
        return join(href)
    except ValueError:
        return url


# Addresses that joining leaves as they are: nothing in them but a plain path.
PLAIN_PATH = re.compile(r"/[\w%~,=+-]+(?:[./][\w%~,=+-]+)*", re.ASCII)


def joiner(base: str) -> Callable[[str], str]:
    """What `urljoin` does with this base, and quickly where nothing is to be resolved."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return partial(urljoin, base)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else ""

    def join(href: str) -> str:
        if origin and PLAIN_PATH.fullmatch(href):
            return origin + href
        return urljoin(base, href)

    return join
