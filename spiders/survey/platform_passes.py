"""The passes over a disclosure platform as plain JSON, and back. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rules.disclosure_proving import Claim, Pass, Why
from rules.facts import Client, Truth


def write_passes(passes: Sequence[Pass]) -> dict[str, Any]:
    """Passes as plain JSON."""
    return {
        "passes": [
            {
                "at": one.at.isoformat(),
                "controls_ok": one.controls_ok,
                "claims": [asdict(claim) for claim in one.claims],
            }
            for one in passes
        ]
    }


def read_passes(plain: dict[str, Any]) -> tuple[Pass, ...]:
    """The passes that `write_passes` wrote."""
    return tuple(
        Pass(
            datetime.fromisoformat(one["at"]),
            bool(one["controls_ok"]),
            tuple(map(_claim, one["claims"])),
        )
        for one in plain["passes"]
    )


def _claim(plain: dict[str, str]) -> Claim:
    return Claim(
        point=plain["point"],
        truth=Truth(plain["truth"]),
        why=Why(plain["why"]),
        detail=plain["detail"],
        url=plain["url"],
        client=Client(plain["client"]),
    )
