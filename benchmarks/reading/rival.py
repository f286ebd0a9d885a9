"""Runs another extractor over pages: JSON lines in, JSON lines out. Lives in its own environment.

Started by `rivals.py` with that environment's interpreter; imports nothing of ours. In: id, tool,
file, url, today, rounds. Out: id, date (ISO or null), milliseconds (one a round).
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any


def newest(body: bytes, url: str, today: str) -> str | None:
    """htmldate at its best for lists: the latest change it sees, never past today."""
    return _htmldate(body, url=url, original_date=False, max_date=today)


def original(body: bytes, url: str, today: str) -> str | None:
    """htmldate at its best for articles: the first publication it sees, never past today."""
    return _htmldate(body, url=url, original_date=True, max_date=today)


def _htmldate(body: bytes, **options: Any) -> str | None:
    found: str | None = importlib.import_module("htmldate").find_date(body, **options)
    return found


def gne(body: bytes, _url: str, _today: str) -> str | None:
    """The publish time GNE finds, as a date."""
    extractor = importlib.import_module("gne").GeneralNewsExtractor()
    found = str(extractor.extract(body.decode("utf-8", "replace")).get("publish_time") or "")
    match = re.search(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})", found)
    return "{}-{:0>2}-{:0>2}".format(*match.groups()) if match else None


def forget(tool: str) -> None:
    """Empty htmldate's caches, so that no page is cheaper for those before it; import first."""
    if tool.startswith("htmldate"):
        importlib.import_module("htmldate.meta").reset_caches()
    else:
        importlib.import_module(tool)


TOOLS = {"htmldate (newest)": newest, "htmldate (original)": original, "gne": gne}


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """One page read `rounds` times; a tool that fails has no answer."""
    body, read = Path(job["file"]).read_bytes(), TOOLS[job["tool"]]
    found, spent = None, []
    for _ in range(job["rounds"]):
        forget(job["tool"])
        start = time.process_time()
        try:
            found = read(body, job["url"], job["today"])
        except Exception as error:  # noqa: BLE001 - a rival's failure is its answer
            print(f"{job['tool']} failed on {job['id']}: {error!r}", file=sys.stderr)
        spent.append((time.process_time() - start) * 1000)
    return {"id": job["id"], "date": found, "milliseconds": spent}


def main() -> None:
    """Answer every line of the standard input."""
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
