# ruff: noqa: E501 - tables, one row a line
"""Lists that are data: XML islands, inline script data, JSON bodies, feeds.

Known systems by their marks, unknown ones by shape: an array of records that have a title and a
date. A new island is a new reader in ISLANDS with a hand-made page in its test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from crawler.reading.dates import Precision, find_dates, unix_date
from rules.facts import Item

JSONP = re.compile(r"^\s{0,20}(?:try\s{0,20}\{\s{0,20})?[\w.$]{1,60}\s{0,20}\(\s{0,20}(?=[\[{])")
RECORD = re.compile(
    r"<record\s{0,20}>\s{0,20}(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s{0,20}</record>",
    re.DOTALL | re.IGNORECASE,
)
ARRAY_START = re.compile(r"[=(:]\s{0,20}(?=\[\s{0,20}\{|\{\s{0,20}[\"'])")
OBJECT = re.compile(r"\{([^{}]{10,3000})\}")
PAIR = re.compile(
    r"[\"']?([A-Za-z_]\w{0,40})[\"']?\s{0,20}:\s{0,20}(?:\"((?:[^\"\\]|\\.){0,600})\"|'((?:[^'\\]|\\.){0,600})'|(\d{6,14}))"
)
MARKUP = re.compile(r"<(?:li|tr|a|dd|p|div)[\s>]", re.IGNORECASE)
MAX_ARRAYS = 40
MAX_DATA = 3_000_000

# Names of fields, best first. Origins: gkmlpt (post_url, display_publish_time, created_at), TRS,
# Hanweb, jcms, common Java back ends. Anything else is found by what the values look like.
TITLE_KEYS = (
    "title",
    "articletitle",
    "doctitle",
    "headline",
    "name",
    "subject",
    "bt",
    "infotitle",
    "contenttitle",
    "showtitle",
)
URL_KEYS = (
    "url",
    "link",
    "href",
    "docpuburl",
    "post_url",
    "puburl",
    "articleurl",
    "infourl",
    "path",
    "linkurl",
    "htmlpath",
)
DATE_KEYS = (
    "display_publish_time", "publish_time", "publishtime", "publishdate", "publish_date", "published_at", "pubdate",
    "pubtime", "docreltime", "docpubtime", "releasetime", "release_date", "releasedate", "showtime", "first_publish_time",
    "publishedtime", "fbsj", "fbrq", "date", "time", "datetime", "created_at", "createtime", "createdate", "crtime",
    "updated_at", "updatetime", "inputtime", "addtime", "replytime",
)  # fmt: skip
NOT_DATE_KEYS = re.compile(
    r"end|expire|deadline|start|write|written|effect|abol|begin|birth|jzsj|cwrq", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DataList:
    """Items found in data, in their order, and what kind of data it was."""

    items: tuple[Item, ...]
    sign: str


def from_json_body(text: str, url: str, today: date) -> DataList | None:
    """The list in a body that is JSON or JSONP; an empty list if the data is empty; None if no JSON."""
    stripped = text.strip().lstrip("\ufeff")
    callback = JSONP.match(stripped)
    if callback:
        stripped = stripped[callback.end() :]
    if stripped[:1] not in ("{", "["):
        return None
    try:
        data, _end = json.JSONDecoder(strict=False).raw_decode(stripped)
    except (ValueError, RecursionError):
        return None
    return DataList(_best_items(data, url, today), "json")


def markup_in_json(text: str) -> str | None:
    """The markup that a JSON answer carries instead of records, if it carries any."""
    try:
        data = json.loads(text.strip().lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        return None
    waiting, texts = [data], [""]
    while waiting and len(texts) < MAX_ARRAYS:
        here = waiting.pop()
        if isinstance(here, dict):
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here[:MAX_ARRAYS])
        elif isinstance(here, str) and MARKUP.search(here):
            texts.append(here)
    return max(texts, key=len) or None


def from_xml_records(markup: str) -> str | None:
    """The markup inside an XML island of Hanweb's jpage: its records joined to one page."""
    if "<record" not in markup and "<RECORD" not in markup:
        return None
    records = RECORD.findall(markup[:MAX_DATA])
    return "".join(records) if records else None


def from_feed(text: str, url: str, today: date) -> DataList | None:
    """The entries of an RSS or Atom feed."""
    if not re.search(r"<(?:rss|feed|rdf:RDF)[\s>]", text[:1500]):
        return None
    items = []
    for entry in re.findall(r"<(?:item|entry)[\s>](.{0,20000}?)</(?:item|entry)>", text, re.DOTALL)[
        :500
    ]:
        when = _tag(entry, "pubDate|published|updated|dc:date")
        found = next((w.date for w in find_dates(when, today) if w.date), None)
        link = _tag(entry, "link") or next(
            iter(re.findall(r"<link[^>]{0,200}href=[\"']([^\"']{1,500})", entry)), ""
        )
        items.append(Item(_tag(entry, "title"), _join(url, link), found))
    return DataList(tuple(items), "feed")


def _tag(entry: str, names: str) -> str:
    found = re.search(
        rf"<(?:{names})(?:\s[^>]{{0,200}})?>(.{{0,2000}}?)</(?:{names})>", entry, re.DOTALL
    )
    text = found.group(1).strip() if found else ""
    return text.removeprefix("<![CDATA[").removesuffix("]]>").strip()


def from_scripts(scripts: str, url: str, today: date) -> DataList | None:
    """The largest array of titled, dated records in the inline scripts."""
    scripts = scripts[:MAX_DATA]
    best: tuple[Item, ...] = ()
    decoder = json.JSONDecoder(strict=False)
    position = 0
    for _ in range(MAX_ARRAYS):
        found = ARRAY_START.search(scripts, position)
        if not found:
            break
        try:
            data, position = decoder.raw_decode(scripts, found.end())
        except (ValueError, RecursionError):
            position = found.end() + 1
            continue
        best = max(best, _best_items(data, url, today), key=_dated)
    if _dated(best) < 2:
        best = max(best, _loose_items(scripts, url, today), key=_dated)
    return DataList(best, "inline_data") if _dated(best) >= 2 else None


def _loose_items(scripts: str, url: str, today: date) -> tuple[Item, ...]:
    """Records of scripts that are not JSON: {title:'…', url:'…', date:'…'}."""
    records = []
    for body in OBJECT.findall(scripts)[:2000]:
        pairs = {key: a or b or c for key, a, b, c in PAIR.findall(body)}
        if len(pairs) >= 2:
            records.append(pairs)
    return _items(records, url, today)


def _dated(items: Sequence[Item]) -> int:
    return sum(1 for item in items if item.date)


def _best_items(data: object, url: str, today: date) -> tuple[Item, ...]:
    best: tuple[Item, ...] = ()
    for count, records in enumerate(_arrays(data)):
        if count > 200:
            break
        best = max(best, _items(records, url, today), key=lambda items: (_dated(items), len(items)))
    return best


def _arrays(data: object) -> Iterator[list[dict[str, Any]]]:
    """Every array of objects in the data, without recursion."""
    waiting: list[object] = [data]
    seen = 0
    while waiting and seen < 50_000:
        seen += 1
        here = waiting.pop()
        if isinstance(here, dict):
            waiting.extend(here.values())
        elif isinstance(here, str) and here[:1] in ("[", "{") and len(here) > 40:
            waiting.extend(_inner_json(here))
        elif isinstance(here, list):
            records = [r for r in here if isinstance(r, dict)]
            if records:
                yield records
            waiting.extend(here)


def _inner_json(text: str) -> list[object]:
    """Data that was packed into a text."""
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return []


def _items(records: Sequence[dict[str, Any]], url: str, today: date) -> tuple[Item, ...]:
    if not records:
        return ()
    lowered = [{str(k).lower(): v for k, v in r.items()} for r in records[:2000]]
    title_key = _key(lowered, TITLE_KEYS, _is_title)
    if title_key is None:
        return ()
    date_key = _key(lowered, DATE_KEYS, lambda v: _value_date(v, today) is not None)
    url_key = _key(lowered, URL_KEYS, _is_address)
    items = []
    for record in lowered:
        title = re.sub(r"<[^>]{0,200}>", "", str(record.get(title_key) or "")).strip()
        when = _value_date(record.get(date_key), today) if date_key else None
        address = str(record.get(url_key) or "") if url_key else ""
        if title:
            items.append(Item(title, _join(url, address), when))
    return tuple(items)


def _key(records: Sequence[dict[str, Any]], names: tuple[str, ...], fits: Any) -> str | None:
    """The field that fits in most records: of a known name first, else any."""
    need = max(1, len(records) // 2)
    sample = records[:20]
    need = max(1, len(sample) // 2)
    fields = list(dict.fromkeys(key for record in sample for key in record))
    rest = [f for f in fields if f not in names and not NOT_DATE_KEYS.search(f)]
    for name in (*(n for n in names if n in fields), *rest):
        if sum(1 for record in sample if name in record and fits(record[name])) >= need:
            return name
    return None


def _is_title(value: object) -> bool:
    return (
        isinstance(value, str)
        and len(value.strip()) >= 4
        and bool(re.search(r"[\u4e00-\u9fff]{3}", value))
    )


def _is_address(value: object) -> bool:
    return isinstance(value, str) and bool(
        re.match(r"^(?:https?:)?/|^[\w./-]+\.\w{2,5}(?:\?|$)", value)
    )


def _value_date(value: object, today: date) -> date | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return unix_date(float(value), today)
    text = str(value).strip()
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return unix_date(float(text), today)
    if len(text) > 40:
        return None
    found = next((w for w in find_dates(text, today) if w.precision is Precision.FULL), None)
    return found.date if found and found.start <= 4 else None


def _join(url: str, link: str) -> str:
    try:
        return urljoin(url, link.strip()) if link.strip() else url
    except ValueError:
        return url
