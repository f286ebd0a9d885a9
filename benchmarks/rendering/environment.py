"""The rival's environment, made at first use."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.reading.corpus import PROJECT

HOME = PROJECT / "build" / "benchmark-rendering-venv"
PINS = ("scrapy==2.19.0", "playwright==1.65.2", "scrapy-playwright==0.0.48")


def made() -> Path | None:
    """The interpreter of the rival's environment; None if it could not be made."""
    python, stamp = HOME / "bin" / "python", HOME / "pins.txt"
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
