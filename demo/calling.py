"""Data calls of lists whose services have shapes of their own: who is asked, and what is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from demo.exchange import Answer, Visit
from demo.listing import list_view, page_count
from demo.pages.calls import MANNERS, Shape, is_for, reply, shape_of

POSTED = frozenset({"post", "form"})
CALLBACK = re.compile(r"[\w$.]{1,80}")
MOST_FIELDS = 40


def called(visit: Visit) -> Answer | None:
    """The answer of a column's service; None if none was asked."""
    parts = urlsplit(visit.request.address)
    asked = [column for column in visit.site.columns if column.twist in MANNERS]
    if not any(shape_of(column).path == parts.path for column in asked):
        return None
    sent = _sent(parts.query, visit.request.body)
    column = next((column for column in asked if is_for(column, parts.path, sent)), None)
    if column is None or not CALLBACK.fullmatch(sent.get("callback", "callback")):
        return Answer(400, b'{"code":400}', "application/json")
    shape = shape_of(column)
    if shape.manner.ask in POSTED and visit.request.method != "POST":
        return Answer(405, b'{"code":405}', "application/json")
    page = _page(shape, sent, page_count(column, visit.day))
    view = list_view(visit.city.names, visit.site, column, visit.day, page)
    status, content_type, text = reply(view, sent)
    return Answer(status, text.encode(), content_type)


def _page(shape: Shape, sent: Mapping[str, str], pages: int) -> int:
    words = sent.get(shape.page, "1")
    return min(max(int(words), 1), pages) if words.isdecimal() and len(words) < 6 else 1


def _sent(query: str, body: str) -> dict[str, str]:
    """The parameters of a call: of its address, and of its body as a form or as flat JSON.

    What is neither is nothing.
    """
    try:
        found = dict(parse_qsl(query, max_num_fields=MOST_FIELDS))
        if not body.startswith("{"):
            return found | dict(parse_qsl(body, max_num_fields=MOST_FIELDS))
        return found | {str(key): str(value) for key, value in json.loads(body).items()}
    except (ValueError, RecursionError):
        return {}
