"""Which browser there is on this machine. Starts none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OFF = "off"


def find_browser(configured: str = "") -> str | None:
    """The path of the Chromium to use: the configured one, else the system's, else Playwright's.

    `off` means none. A configured path that is not there is returned all the same: whoever starts
    it says so.
    """
    if configured:
        return None if configured == OFF else configured
    return next(candidates(), None)


def candidates() -> Iterator[str]:
    """Where a browser may be: the system's first, then those that Playwright brought."""
    yield from (path for name in NAMES if (path := shutil.which(name)))
    default = Path.home() / ".cache" / "ms-playwright"
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or default)
    yield from map(str, sorted(folder.glob("chromium-*/chrome-linux*/chrome"), reverse=True))
