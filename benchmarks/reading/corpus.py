"""The saved real pages and what a person read off them. Reads files; judges nothing."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT = PROJECT.parent / "shared" / "corpus"


@dataclass(frozen=True, slots=True)
class Page:
    """One saved page with its labels. `truth` is the date a person read, None where there is none.

    `kind` is as filed: list, article, home, broken, jsshell or blank.
    """

    id: str
    kind: str
    states: tuple[str, ...]
    url: str
    today: date
    truth: date | None
    item_count: int | None
    first_items: tuple[tuple[str, date | None], ...]
    doubtful: bool
    body: bytes

    @property
    def host(self) -> str:
        """The host it was saved from: the unit of leaving-out."""
        return urlsplit(self.url).hostname or ""

    @property
    def dated(self) -> bool:
        """Whether its date is scored (lists, articles and home pages)."""
        return self.kind in {"list", "article", "home"}


def folder() -> Path | None:
    """Where the corpus lies: XUNJIAN_CORPUS, or beside the project; None where it is missing."""
    place = Path(os.environ.get("XUNJIAN_CORPUS", DEFAULT))
    return place if (place / "labels.jsonl").is_file() else None


@cache
def load(place: Path) -> tuple[Page, ...]:
    """All pages of the corpus, doubtful ones too, in the order of the labels."""
    lines = (place / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_page(place, json.loads(line)) for line in lines if line.strip())


def _page(place: Path, row: dict[str, Any]) -> Page:
    return Page(
        id=row["id"],
        kind=row["kind"],
        states=tuple(row["states"]),
        url=row["url"],
        today=date.fromisoformat(row["today"]),
        truth=_day(row.get("publish_date" if row["kind"] == "article" else "newest_date")),
        item_count=row.get("item_count"),
        first_items=tuple((i["title"], _day(i.get("date"))) for i in row.get("first_items", ())),
        doubtful=bool(row.get("doubtful")),
        body=(place / "pages" / f"{row['id']}.html").read_bytes(),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None  # a doubtful row may hold '--08-05'
