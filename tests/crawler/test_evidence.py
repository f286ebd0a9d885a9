"""The bundle of a candidate: readable by anybody's tools, bounded, and harmless."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler import evidence
from crawler.evidence import File, files_of, warc_of
from crawler.look import Answer, Exchange, Look, Shot
from rules.facts import Item, Outcome, PageReading, PageState

AT = datetime(2022, 6, 20, 1, 2, 3, tzinfo=UTC)
BODY = "<html>部门动态</html>".encode()


def look(**changes: object) -> Look:
    answer = Answer(
        AT,
        12,
        "http://a.test/dt/",
        "http://a.test/dt/",
        (),
        200,
        {"content-type": "text/html"},
        BODY,
    )
    items = (Item("题目", "http://a.test/1", date(2022, 6, 1)), Item("无日期", "http://a.test/2"))
    reading = PageReading(PageState.LIST, date(2022, 6, 1), items, confidence=0.9)
    return Look(answer, Outcome.READ, reading, **changes)  # type: ignore[arg-type]


def exchange(**changes: object) -> Exchange:
    values: dict[str, object] = {
        "at": AT,
        "method": "GET",
        "url": "http://a.test/dt/?p=1",
        "kind": "document",
        "status": 200,
        "headers": {"content-type": "text/html"},
        "body": BODY,
    }
    return Exchange(**{**values, **changes})  # type: ignore[arg-type]


def records(warc: bytes) -> list[tuple[str, str, bytes]]:
    found = []
    for record in ArchiveIterator(io.BytesIO(warc)):
        uri = record.rec_headers.get_header("WARC-Target-URI") or ""
        found.append((record.rec_type, uri, record.content_stream().read()))
    return found


def answers(warc: bytes) -> list[tuple[dict[str, str], dict[str, str], bytes]]:
    """The responses of an archive: its own headers, the answer's, the body."""
    return [
        (
            dict(record.rec_headers.headers),
            {name.lower(): value for name, value in record.http_headers.headers},
            record.content_stream().read(),
        )
        for record in ArchiveIterator(io.BytesIO(warc))
        if record.rec_type == "response"
    ]


def named(files: tuple[File, ...]) -> dict[str, bytes]:
    return {file.name: file.content for file in files}


def test_a_bundle_holds_pictures_exchanges_items_and_the_case() -> None:
    shot = Shot(AT, b"\x89PNG...")
    files = named(files_of(look(shots=(shot,)), [exchange()], {"target": "甲/动态", "at": AT}))
    assert list(files) == ["page.png", "exchanges.warc.gz", "items.json", "case.json"]
    assert json.loads(files["items.json"])[0] == {
        "title": "题目",
        "url": "http://a.test/1",
        "date": "2022-06-01",
        "pinned": False,
    }
    assert json.loads(files["case.json"])["at"] == "2022-06-20T01:02:03+00:00"


def test_the_exchanges_are_a_web_archive_that_others_can_read() -> None:
    warc = warc_of([exchange(), exchange(url="http://a.test/list.json", method="POST")], 1 << 20)
    kinds = [(kind, uri) for kind, uri, _ in records(warc)]
    assert kinds[0][0] == "warcinfo"
    assert sorted(kinds[1:]) == sorted(
        (kind, url)
        for url in ("http://a.test/dt/?p=1", "http://a.test/list.json")
        for kind in ("request", "response")
    )
    assert BODY in [body for kind, _, body in records(warc) if kind == "response"]


def test_the_archive_passes_the_library_s_own_check(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "a.warc.gz"
    path.write_bytes(warc_of([exchange()], 1 << 20))

    class Options:
        inputs = (str(path),)
        verbose = False

    assert Checker(Options()).process_all() == 0


def test_a_body_beyond_the_budget_is_cut_and_says_so() -> None:
    large = exchange(body=b"x" * (evidence.LEAST_BODY + 5))
    [(record, _, body)] = answers(warc_of([large], 0))
    assert record["WARC-Truncated"] == "length"
    assert len(body) == evidence.LEAST_BODY


def test_a_hostile_header_stays_on_its_line_and_packing_is_not_claimed_twice() -> None:
    headers = {"x-title": "a\r\nSet-Cookie: b=1", "content-encoding": "gzip", "content-length": "3"}
    [(_, headers, body)] = answers(warc_of([exchange(headers=headers)], 1 << 20))
    assert list(headers) == ["x-title", "content-length"]
    assert body == BODY


def test_a_look_without_an_answer_has_no_exchange_but_still_a_case() -> None:
    failed = Look(
        Answer(AT, 0, "http://a.test/", "http://a.test/"),
        Outcome.TIMEOUT,
        PageReading(PageState.UNREADABLE),
    )
    files = named(files_of(failed, [], {}))
    assert [kind for kind, _, _ in records(files["exchanges.warc.gz"])] == ["warcinfo"]
    assert json.loads(files["items.json"]) == []
