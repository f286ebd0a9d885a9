"""Saved cases judged again: pages that once made the machine wrong are read and judged anew.

Pure but for the folder that is read. What brought no page (a failure of the line) stands as it was
seen; pages are read as of the day on which they were fetched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler.look import Answer, Look, look_at
from rules.duties import duties
from rules.facts import Client, Hint, Outcome, Purpose, Sight, Verdict
from rules.judging import judge
from rules.profiles import Profile
from rules.register import Register
from rules.sights import conclude

CASE, BODIES, PROFILES = "case.json", "bodies", "profiles"


@dataclass(frozen=True, slots=True)
class Replayed:
    """One check day judged again. `then` is what was concluded at the time, as it was saved."""

    check_date: date
    verdict: Verdict
    sights: tuple[Sight, ...]
    then: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Replay:
    """A whole case judged again. `must_not_accuse`: a person said that the machine saw wrong."""

    problem: str
    reason: str | None
    must_not_accuse: bool
    rounds: tuple[Replayed, ...]


def replay(folder: Path) -> Replay:
    """Read and judge a saved case again, with the reader and the rules of today. Raises OSError
    or ValueError for a folder that holds none."""
    told = json.loads((folder / CASE).read_text("utf-8"))
    return Replay(
        problem=told["problem"],
        reason=told["reason"],
        must_not_accuse=told["must_not_accuse"],
        rounds=tuple(_round(folder, told["target"], one) for one in told["rounds"]),
    )


def _round(folder: Path, target: str, told: Mapping[str, Any]) -> Replayed:
    profile_text = (folder / PROFILES / f"{told['profile']}.json").read_text("utf-8")
    profile = Profile.from_snapshot(profile_text)
    register = Register.from_snapshot(told["register"])
    duty = duties(register, profile)[target]
    hint = next(column.hint for site in register.sites for column in site.columns)
    sights = tuple(_sight(folder, one, hint) for one in told["looks"])
    day = date.fromisoformat(told["check_date"])
    verdict = judge(duty, conclude(sights), day, profile)
    return Replayed(day, verdict, sights, told["verdict"] or {})


def _sight(folder: Path, told: Mapping[str, Any], hint: Hint | None) -> Sight:
    """The look read again; as it was seen where no page came, or its body was not saved."""
    path = folder / BODIES / f"{told['body_sha256']}.bin"
    if told["body_sha256"] is None or not path.is_file():
        return _as_seen(told)
    look = look_at(_answer(told, _body(path)), today=date.fromisoformat(told["today"]), hint=hint)
    again = Look(
        look.answer,
        look.outcome,
        look.reading,
        client=Client(told["client"]),
        purpose=Purpose(told["purpose"]),
    )
    return again.sight(told["controls_ok"])


def _body(path: Path) -> bytes:
    """The saved body. Raises ValueError if it is not what its name says."""
    body = path.read_bytes()
    if sha256(body).hexdigest() != path.stem:
        raise ValueError(f"{path} was changed")
    return body


def _answer(told: Mapping[str, Any], body: bytes) -> Answer:
    return Answer(
        at=datetime.fromisoformat(told["at"]),
        elapsed_ms=0,
        asked_url=told["url"],
        final_url=told["final_url"],
        hops=tuple(told["hops"]),
        status=told["status"],
        headers=told["headers"],
        body=body,
    )


def _as_seen(told: Mapping[str, Any]) -> Sight:
    newest = told["newest"]
    return Sight(
        at=datetime.fromisoformat(told["at"]),
        client=Client(told["client"]),
        outcome=Outcome(told["outcome"]),
        newest=None if newest is None else date.fromisoformat(newest),
        item_count=told["item_count"],
        items_digest=told["items_digest"],
        confidence=told["confidence"],
        signs=tuple(told["signs"]),
        controls_ok=told["controls_ok"],
        purpose=Purpose(told["purpose"]),
    )
