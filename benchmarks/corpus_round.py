"""The whole pipeline over the saved real lists: a register, a round, the newest dates it wrote.

    python -m benchmarks.corpus_round [--keep DIR]

Makes a register out of the labelled list pages, runs `xunjian crawl` through the replay proxy as
of each page's own day without re-checks (the pages do not change), and compares what stands in
the ledger with the labels. One line a figure, then every column that is not right. The corpus is
found by XUNJIAN_CORPUS (default ../shared/corpus), the proxy beside it in ../replay.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rules.facts import CONFIDENCE_FLOOR

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("XUNJIAN_CORPUS", ROOT.parent / "shared" / "corpus"))
PROFILE = {"name": "replay", "extends": "national", "independent_after": "1s", "host_delay": "0s"}


@dataclass(frozen=True, slots=True)
class Result:
    """What the ledger says of one labelled column."""

    page: str
    label: str | None
    newest: str | None
    confidence: float
    outcome: str
    truth: str
    reason: str | None
    signs: str

    @property
    def verdict(self) -> str:
        """right, unknown or wrong: an answer below the floor is none."""
        answered = self.outcome == "read" and self.confidence >= CONFIDENCE_FLOOR
        if self.newest == self.label and (answered or self.label is None):
            return "right"
        return "wrong" if answered and self.newest is not None else "unknown"


def main() -> int:
    """Run and print; exit 2 where there is no corpus."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--keep", type=Path, help="keep the workspaces in this folder")
    arguments = parser.parse_args()
    if not (CORPUS / "labels.jsonl").exists():
        print(f"no corpus at {CORPUS}: set XUNJIAN_CORPUS", file=sys.stderr)
        return 2
    began = time.monotonic()
    folder = arguments.keep or Path(tempfile.mkdtemp(prefix="corpus-round-"))
    try:
        with replay_proxy() as proxy:
            results = [
                result
                for day, pages in sorted(lists_by_day().items())
                for result in run_day(folder / day, day, pages, proxy)
            ]
    finally:
        if arguments.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    tell(results, time.monotonic() - began)
    return 0


def lists_by_day() -> dict[str, list[dict[str, Any]]]:
    """The undoubtful labelled lists, by the day they are to be read as of."""
    days: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (CORPUS / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "list" and not row.get("doubtful"):
            days[row["today"]].append(row)
    return days


@contextmanager
def replay_proxy() -> Iterator[str]:
    """The replay proxy on loopback, by its address."""
    script = CORPUS.parent / "replay" / "replay.py"
    command = [sys.executable, str(script), str(CORPUS / "labels.jsonl"), str(CORPUS / "pages")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - theirs, on loopback
        assert process.stdout is not None
        try:
            yield "http://" + process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def run_day(folder: Path, day: str, pages: list[dict[str, Any]], proxy: str) -> list[Result]:
    """One round over the pages of one day, in a workspace of its own."""
    write_workspace(folder, pages)
    command = [sys.executable, "-m", "cli.main", "--workspace", str(folder), "crawl"]
    options = ["--date", day, "--as-of", day, "--proxy", proxy, "--recheck-after", ""]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 4):
        print(done.stderr[-2000:], file=sys.stderr)
        raise SystemExit(f"crawl of {day} ended with {done.returncode}")
    return results_of(folder, {page["url"]: page for page in pages})


def write_workspace(folder: Path, pages: list[dict[str, Any]]) -> None:
    """A register with one site a host, one news column a page."""
    hosts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in pages:
        hosts[page["url"].split("/")[2]].append(page)
    sites = [
        {
            "name": host,
            "unit": "某单位",
            "role": "department",
            "url": f"http://{host}/",
            "columns": [{"name": page["id"], "url": page["url"], "kind": "news"} for page in found],
        }
        for host, found in hosts.items()
    ]
    register = {
        "city": "语料",
        "profile": "replay",
        "controls": [pages[0]["url"]],
        "units": [{"name": "某单位"}],
        "sites": sites,
    }
    (folder / "profiles").mkdir(parents=True)
    for path, value in (("rules.yaml", register), ("profiles/replay.yaml", PROFILE)):
        text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
        (folder / path).write_text(text, encoding="utf-8")


def results_of(folder: Path, pages: dict[str, dict[str, Any]]) -> list[Result]:
    """What the ledger of one workspace says, beside the labels."""
    with sqlite3.connect(folder / "data" / "xunjian.db") as database:
        rows = database.execute(
            "select d.url, o.newest, o.confidence, o.outcome, v.truth, v.reason, o.signs"
            " from observation o join due d on d.id = o.due_id"
            " join verdict v on v.round_id = o.round_id and v.target = o.target"
        ).fetchall()
    return [Result(pages[url]["id"], pages[url]["newest_date"], *rest) for url, *rest in rows]


def tell(results: list[Result], seconds: float) -> None:
    """One line a figure, then what is not right."""
    counts = Counter(result.verdict for result in results)
    print(f"columns          {len(results)}")
    for name in ("right", "unknown", "wrong"):
        print(f"{name:<16} {counts[name]}")
    print(f"seconds          {seconds:.0f}")
    for result in results:
        if result.verdict != "right":
            print(
                f"  {result.verdict:<8}{result.page}: label {result.label}, read {result.newest}"
                f" ({result.confidence:.2f}, {result.outcome}, {result.reason}) {result.signs}"
            )


if __name__ == "__main__":
    sys.exit(main())
