"""Which browsers there are on this machine. Starts none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OFF = "off"
OTHERS = ("firefox", "webkit")  # what Playwright can drive besides, in builds of its own alone


@dataclass(frozen=True, slots=True)
class OtherEngine:
    """An engine besides ours: its name for people, who starts it, its program."""

    name: str
    launcher: str
    path: str


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


def other_engines(playwright: Playwright) -> tuple[OtherEngine, ...]:
    """The other engines that were installed for this very Playwright (`playwright install`)."""
    found = ((name, str(getattr(playwright, name).executable_path)) for name in OTHERS)
    return tuple(OtherEngine(name, name, path) for name, path in found if Path(path).is_file())
