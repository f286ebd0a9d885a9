"""The bundle that proves a candidate: what is put together when its look is taken, never later.

Pure: the desk brings what the ledger knows, and gets files. A WARC of the exchanges (any web
archive tool opens it), the pictures, the items that were read, and the case as JSON.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.look import Exchange, Look

BUDGET = 16 << 20  # bytes of one bundle
KEPT_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]|"  # the rest of an address becomes ASCII
LEAST_BODY = 64 << 10  # of an exchange, kept even where the budget is spent
# What the sent and stored bytes no longer are, once they have been unpacked.
REPACKED = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class File:
    """One file of a bundle. `kind` is page, narrow, warc, items or case."""

    kind: str
    name: str
    content: bytes


def files_of(look: Look, earlier: Sequence[Exchange], case: Mapping[str, Any]) -> tuple[File, ...]:
    """The bundle of a look: `earlier` are the exchanges of the looks before it, oldest first,
    `case` what else is known (must be JSON)."""
    pictures = tuple(
        File(shot.what.partition("-")[0], f"{shot.what}.png", shot.png) for shot in look.shots
    )
    left = max(0, BUDGET - sum(len(one.content) for one in pictures))
    exchanges = (*earlier, *(look.exchanges or exchanges_of(look)))
    items = [
        {
            "title": item.title,
            "url": item.url,
            "date": item.date.isoformat() if item.date else None,
            "pinned": item.pinned,
        }
        for item in look.reading.items
    ]
    return (
        *pictures,
        File("warc", "exchanges.warc.gz", warc_of(exchanges, left)),
        File("items", "items.json", _json(items)),
        File("case", "case.json", _json(case)),
    )


def account_files(
    exchanges: Sequence[Exchange], pictures: Sequence[File], case: Mapping[str, Any]
) -> tuple[File, ...]:
    """The bundle of looks at an account: what was exchanged, oldest first, pictures, the case."""
    left = max(0, BUDGET - sum(len(one.content) for one in pictures))
    return (
        *pictures,
        File("warc", "exchanges.warc.gz", warc_of(exchanges, left)),
        File("case", "case.json", _json(case)),
    )


def exchanges_of(look: Look) -> tuple[Exchange, ...]:
    """The exchange that a look over plain HTTP was; none where no answer came."""
    answer = look.answer
    if answer.status is None:
        return ()
    return (
        Exchange(
            at=answer.at,
            method="GET",
            url=answer.final_url,
            kind="document",
            status=answer.status,
            headers=dict(answer.headers or {}),
            body=answer.body,
        ),
    )


def warc_of(exchanges: Sequence[Exchange], budget: int) -> bytes:
    """The exchanges as WARC 1.1, gzipped record by record; bodies beyond the budget are cut and
    say so."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    writer.write_record(
        writer.create_warcinfo_record(
            "exchanges.warc.gz", {"software": "xunjian", "format": "WARC 1.1"}
        )
    )
    for one in exchanges:
        body = one.body[: max(LEAST_BODY, budget)]
        budget = max(0, budget - len(body))
        _write_exchange(writer, one, body)
    return out.getvalue()


def _write_exchange(writer: WARCWriter, one: Exchange, body: bytes) -> None:
    parts = urlsplit(one.url)
    place = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    date = one.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    marks = {"WARC-Date": date} | (
        {"WARC-Truncated": "length"} if len(body) < len(one.body) else {}
    )
    asked = writer.create_warc_record(
        one.url,
        "request",
        payload=io.BytesIO(one.request_body[:LEAST_BODY]),
        http_headers=StatusAndHeaders(
            f"{one.method} {_line(quote(place, safe=KEPT_IN_ADDRESSES))} HTTP/1.1",
            [("Host", parts.netloc), *_headers(one.request_headers)],
            is_http_request=True,
        ),
        warc_headers_dict={"WARC-Date": date},
    )
    came = writer.create_warc_record(
        one.url,
        "response",
        payload=io.BytesIO(body),
        http_headers=StatusAndHeaders(
            f"{one.status} {_reason(one.status)}",
            [*_headers(one.headers), ("Content-Length", str(len(body)))],
            protocol="HTTP/1.1",
        ),
        warc_headers_dict=marks,
    )
    writer.write_request_response_pair(asked, came)


def _headers(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (_line(name), _line(value))
        for name, value in headers.items()
        if name.lower() not in REPACKED and not name.startswith(":")
    ]


def _line(text: str) -> str:
    """Text that cannot break out of its header line."""
    return " ".join(text.split())[:4000]


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain).encode(
        "utf-8", "replace"
    )


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
