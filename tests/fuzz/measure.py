"""Reads one monstrous page in a process of its own: prints seconds, peak memory, state as JSON.

Run as `python -m tests.fuzz.measure NAME`. The peak is of the reading alone: what the process
held before it is taken off.
"""

# ruff: noqa: E501 - a hostile row stays on one line

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date

from crawler.reading import read_page

ROW = (
    "<li><a href='/{0}.html'>示例市人民政府办公室关于工作的通知{0}</a><span>2022-06-15</span></li>"
)
MB = 1024 * 1024


def _filled(start: str, unit: str, end: str, size: int) -> str:
    return start + unit * (size // len(unit.encode())) + end


MONSTERS: dict[str, Callable[[], str]] = {
    "five-megabytes-of-list": lambda: "<ul>" + "".join(ROW.format(i) for i in range(45_000)) + "</ul>",
    "five-megabytes-of-text": lambda: _filled("<p>", "示例文字2022年", "</p>", 5 * MB),
    "five-megabytes-of-dates": lambda: _filled("<p>", "2022-06-15 ", "</p>", 5 * MB),
    "five-megabytes-of-digits": lambda: _filled("<p>", "1", "</p>", 5 * MB),
    "five-megabytes-of-script": lambda: _filled("<script>var a='", "x9,", "';</script>", 5 * MB),
    "five-megabytes-of-json": lambda: "[" + ",".join(['{"title":"通知","date":"2022-06-15"}'] * 110_000) + "]",
    "nested-tags": lambda: "<div>" * 100_000,
    "nested-inline": lambda: "<b><i>" * 50_000 + "x",
    "nested-lists": lambda: "<ul><li>" * 50_000 + "<a href=x>2022-06-15</a>",
    "nested-tables": lambda: "<table><tr><td>" * 33_000 + "2022-06-15",
    "nested-json": lambda: "[" * 100_000,
    "nested-json-objects": lambda: '{"a":' * 100_000,
    "nested-script-arrays": lambda: "<script>var list=" + "[{" * 50_000 + "</script>",
    "million-nodes": lambda: "<b></b>" * 500_000 + "<br>" * 500_000,
    "million-texts": lambda: "a<br>" * 1_000_000,
    "million-links": lambda: "<a>" * 700_000,
    "attributes": lambda: "<div " + " ".join(f"a{i}=1" for i in range(300_000)) + ">",
    "one-long-attribute": lambda: "<a href='" + "/2022" * 800_000 + "'>x</a>",
    "unclosed-comment": lambda: "<!--" * 1_000_000,
    "unclosed-cdata": lambda: "<script type='text/xml'><datastore>" + "<record><![CDATA[" * 200_000,
    "spaces": lambda: "发布时间：" + " " * (4 * MB) + "x",
    "dashes": lambda: "2022" + "-" * (4 * MB),
    "han-numerals": lambda: "二〇" * 700_000 + "年",
    "thirty-thousand-blocks": lambda: "".join(
        f"<div><a href='/{i}'>示例市人民政府办公室通知{i}</a>2022-06-{i % 15 + 1}</div>" for i in range(29_000)
    ),
    "hundred-thousand-lines": lambda: "<div>" + "2022-06-15<br>" * 110_000,
    "long-title": lambda: "<title>" + "2022年" * 700_000,
    "deep-rows": lambda: ("<div>" * 490 + "<a href=1>示例市通知公告</a>2022-06-15" + "</div>" * 490) * 110,
    "long-addresses": lambda: "".join(
        f"<a href='{'../' * 200}{i}'>示例市人民政府办公室通知</a> 2022-06-15<br>" for i in range(5000)
    ),
    "unclosed-formatting": lambda: "<table>" + "x<b>y</b>" * 55_000,
    "many-attributes": lambda: ("<div " + " ".join(f"a{i}=1" for i in range(300)) + ">") * 1500,
    "inline-records": lambda: "<script>var a=[" + "{title:'通知',date:'2022-06-15'}," * 100_000 + "];</script>",
    "xml-records": lambda: "<datastore>" + "<record><![CDATA[<li><a href=x>通知</a>2022-06-15</li>]]></record>" * 50_000,
    "pubdate-tags": lambda: "<meta name=PubDate content=2022-06-15>" * 100_000,
}  # fmt: skip


def main() -> None:
    """Build the monster named on the command line, read it, tell what it cost."""
    body = MONSTERS[sys.argv[1]]().encode()
    read_page(
        b"<ul><li><a href=a>x</a>2022-06-15</li></ul>",
        url="http://a.test/",
        today=date(2022, 6, 20),
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    reading = read_page(body, url="http://www.example.test/", today=date(2022, 6, 20))
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {
        "seconds": spent,
        "mb": (peak - before) / 1024,
        "state": reading.state,
        "bytes": len(body),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
