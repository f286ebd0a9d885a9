"""How the content systems of the city build their addresses: columns, further pages, articles.

One row a family. An article's id is its column's number and its serial, so that any address leads
back to what it names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

SERIALS = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """What an address of a site names: a column by its key, and which page (counted from 1)."""

    key: str
    page: int


@dataclass(frozen=True, slots=True)
class Family:
    """One content system. `page` matches a column's pages; `count_down`: page numbers fall.

    column(parent, path, number) -> key, the part that all pages of a column share
    first(key) -> address of page 1; further(key, n) -> address of page n
    article(key, number, id, day) -> address of an article
    """

    name: str
    page: re.Pattern[str]
    column: Callable[[str, str, int], str]
    first: Callable[[str], str]
    further: Callable[[str, int], str]
    article: Callable[[str, int, int, date], str]
    first_number: int = 2
    count_down: bool = False


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(f"^{text}$")


TRS = Family(
    "trs",
    _pattern(r"(?P<key>(?:/\w+)+/)(?:index(?:_(?P<page>\d+))?\.html)?"),
    column=lambda parent, path, _: f"/{parent}/{path}/",
    first=lambda key: key,
    further=lambda key, n: f"{key}index_{n}.html",
    article=lambda key, _, ident, day: f"{key}{day:%Y%m}/t{day:%Y%m%d}_{ident}.html",
    first_number=1,
)
HANWEB = Family(
    "hanweb",
    _pattern(r"(?P<key>/col/col\d+/)index\.html(?:\?uid=\d+&pageNum=(?P<page>\d+))?"),
    column=lambda _, __, number: f"/col/col{number}/",
    first=lambda key: f"{key}index.html",
    further=lambda key, n: f"{key}index.html?uid={key[8:-1]}&pageNum={n}",
    article=lambda _, number, ident, day: (
        f"/art/{day.year}/{day.month}/{day.day}/art_{number}_{ident}.html"
    ),
)
VSB = Family(
    "vsb",
    _pattern(r"(?P<key>/\w+/[a-z]\w*)(?:/(?P<page>\d+))?\.htm"),
    column=lambda parent, path, _: f"/{parent}/{path}",
    first=lambda key: f"{key}.htm",
    further=lambda key, n: f"{key}/{n}.htm",
    article=lambda _, number, ident, __: f"/info/{number}/{ident}.htm",
    count_down=True,
)
ASP = Family(
    "asp",
    _pattern(r"(?P<key>/list\.asp\?classid=\d+)(?:&page=(?P<page>\d+))?"),
    column=lambda _, __, number: f"/list.asp?classid={number}",
    first=lambda key: key,
    further=lambda key, n: f"{key}&page={n}",
    article=lambda _, __, ident, ___: f"/show.asp?id={ident}",
)
JEECMS = Family(
    "jeecms",
    _pattern(r"(?P<key>/[a-z]\w*/)index(?:_(?P<page>\d+))?\.jhtml"),
    column=lambda _, path, __: f"/{path}/",
    first=lambda key: f"{key}index.jhtml",
    further=lambda key, n: f"{key}index_{n}.jhtml",
    article=lambda key, _, ident, __: f"{key}{ident}.jhtml",
)
CHANNELS = Family(
    "channels",
    _pattern(r"(?P<key>/channels/\d+)(?:_(?P<page>\d+))?\.html"),
    column=lambda _, __, number: f"/channels/{number}",
    first=lambda key: f"{key}.html",
    further=lambda key, n: f"{key}_{n}.html",
    article=lambda _, number, ident, __: f"/contents/{number}/{ident}.html",
)
PHP = Family(
    "php",
    _pattern(r"(?P<key>/index\.php\?m=content&c=index&a=lists&catid=\d+)(?:&page=(?P<page>\d+))?"),
    column=lambda _, __, number: f"/index.php?m=content&c=index&a=lists&catid={number}",
    first=lambda key: key,
    further=lambda key, n: f"{key}&page={n}",
    article=lambda _, number, ident, __: (
        f"/index.php?m=content&c=index&a=show&catid={number}&id={ident}"
    ),
)
DATED = Family(
    "dated",
    _pattern(r"(?P<key>/\w+/list)(?:-(?P<page>\d+))?\.shtml"),
    column=lambda _, path, __: f"/{path}/list",
    first=lambda key: f"{key}.shtml",
    further=lambda key, n: f"{key}-{n}.shtml",
    article=lambda _, __, ident, day: f"/{day.year}/{day:%m-%d}/{ident}.shtml",
)
FAMILIES: Mapping[str, Family] = MappingProxyType(
    {family.name: family for family in (TRS, HANWEB, VSB, ASP, JEECMS, CHANNELS, PHP, DATED)}
)

ARTICLE_ID = re.compile(r"\d{8}(?!.*\d{8})")


def page_address(family: Family, key: str, page: int, pages: int) -> str:
    """The address of page `page` (from 1) of a column that has `pages` pages today."""
    if page <= 1:
        return family.first(key)
    number = pages - page + 1 if family.count_down else page + family.first_number - 2
    return family.further(key, number)


def place_of(family: Family, address: str, pages: Callable[[str], int]) -> Place | None:
    """The column page that `address` names, or None. `pages(key)` says how many there are today."""
    match = family.page.match(address)
    if match is None:
        return None
    key, number = match["key"], match["page"]
    if number is None:
        return Place(key, 1)
    if family.count_down:
        return Place(key, pages(key) - int(number) + 1)
    return Place(key, int(number) - family.first_number + 2)


def article_of(address: str) -> tuple[int, int] | None:
    """(column number, serial) of the article that `address` names, or None."""
    match = ARTICLE_ID.search(address)
    return divmod(int(match[0]), SERIALS) if match else None


def article_id(number: int, serial: int) -> int:
    """The id that stands in an article's address."""
    return number * SERIALS + serial
