"""Fuzzing led by coverage: `python -m tests.fuzz.guided SECONDS SEED`. Needs atheris.

Mutates made pages towards branches of crawler.reading not yet seen; the first exception that
leaves the reader ends it with code 77 and its input in build/fuzz. The first byte of an
input chooses the address and the content type.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path

BROKEN = 77


def main() -> None:
    """Fuzz for the given seconds from the given seed number."""
    seconds, seed = sys.argv[1], sys.argv[2]
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["crawler.reading"]):
        from tests.fuzz import pages
    from benchmarks.reading import mutate
    from benchmarks.reading.making.handmade import SHAPES

    def one(data: bytes) -> None:
        first = data[0] if data else 0
        url = pages.URLS[first % len(pages.URLS)]
        pages.read_anything(data[1:], url, pages.KINDS[first // 8 % len(pages.KINDS)])

    kept = Path(__file__).resolve().parents[2] / "build" / "fuzz"
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = [*mutate.pretend(1, 200), *(shape.made() for shape in SHAPES)]
        for number, page in enumerate(made):
            Path(folder, str(number)).write_bytes(b"\0" + page.body[:20_000])
        options = [
            f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=20000", "-timeout=20",
            "-rss_limit_mb=2000", f"-artifact_prefix={kept}/", f"-error_exitcode={BROKEN}",
        ]  # fmt: skip
        atheris.Setup([sys.argv[0], *options, folder], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
