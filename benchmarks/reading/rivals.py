"""Other extractors on the same pages in the same run, in an environment of the benchmark's own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.reading.corpus import PROJECT, Page
from benchmarks.reading.score import Result

HOME = PROJECT / "build" / "benchmark-venv"
PINS = ("htmldate==1.11.0", "gne==0.4.3")


def environment() -> Path | None:
    """The interpreter of the rivals' environment, made at first use; None if that failed."""
    python = HOME / "bin" / "python"
    stamp = HOME / "pins.txt"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == "\n".join(PINS):
        return python
    print(f"making {HOME} with {', '.join(PINS)}", file=sys.stderr)
    venv.create(HOME, with_pip=True, clear=True)
    done = subprocess.run(  # noqa: S603
        [str(python), "-m", "pip", "install", "--quiet", *PINS], check=False
    )
    if done.returncode:
        return None
    stamp.write_text("\n".join(PINS), encoding="utf-8")
    return python


def read_all(python: Path, tool: str, pages: Sequence[Page], rounds: int) -> list[Result]:
    """What a rival reads on the pages, with its own times measured inside its own process."""
    worker = Path(__file__).with_name("rival.py")
    with tempfile.TemporaryDirectory() as folder:
        jobs = "".join(_job(Path(folder), tool, page, rounds) for page in pages)
        done = subprocess.run(  # noqa: S603
            [str(python), str(worker)], input=jobs, text=True, stdout=subprocess.PIPE, check=True
        )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [_result(page, answer) for page, answer in zip(pages, answers, strict=True)]


def _job(folder: Path, tool: str, page: Page, rounds: int) -> str:
    file = folder / f"{page.id}.html"
    file.write_bytes(page.body)
    job = {
        "id": page.id, "tool": tool, "file": str(file), "url": page.url,
        "today": page.today.isoformat(), "rounds": rounds,
    }  # fmt: skip
    return json.dumps(job) + "\n"


def _result(page: Page, answer: dict[str, object]) -> Result:
    text, spent = answer["date"], answer["milliseconds"]
    assert isinstance(spent, list)
    return Result(
        id=page.id,
        kind=page.kind,
        group=page.host,
        truth=page.truth,
        read=date.fromisoformat(text) if isinstance(text, str) else None,
        confidence=1.0,
        state="",
        milliseconds=tuple(spent),
    )
