"""What an operator can do about an account that stayed unknown: the next step, in words.

Before the reason of the verdict goes what a source itself complained of, where that asks for
something else: an expired authorisation is renewed, whatever else was lacking.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.account_marks import ACCOUNT_ABNORMAL, RENAMED, WRONG_ACCOUNT
from rules.posts import FetchReason
from rules.words import catalogue, say

# Complaints of a source that ask for a step of their own.
_OWN_STEP = (
    FetchReason.TOKEN_EXPIRED,
    FetchReason.NO_PERMISSION,
    FetchReason.API_OFFLINE,
    FetchReason.STALE_BRIDGE,
)
# What a person must look at, by the sign of it.
_TO_LOOK_AT = (ACCOUNT_ABNORMAL, RENAMED, WRONG_ACCOUNT)


def advice(reason: str | None, signs: Sequence[str]) -> str:
    """The next step for an account that stayed unknown; empty where there is none to name."""
    complained = {why for _, why in _complaints(signs)}
    steps = [
        *(sign for sign in _TO_LOOK_AT if sign in signs),
        *(why.value for why in _OWN_STEP if why.value in complained),
        reason or "",
    ]
    words = catalogue()
    return next((words[f"advice.{step}"] for step in steps if f"advice.{step}" in words), "")


def sources_said(signs: Sequence[str]) -> list[str]:
    """What each source that failed came to, as its verdict kept it, in words."""
    return [
        say("advice_of.source", source=say(f"account_source.{source}"), why=_why(why))
        for source, why in dict.fromkeys(_complaints(signs))
    ]


def _complaints(signs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The signs of the form source:reason."""
    for sign in signs:
        source, _, why = sign.partition(":")
        if why and f"account_source.{source}" in catalogue():
            yield source, why


def _why(why: str) -> str:
    words = catalogue()
    return words.get(f"fetch_reason.{why}") or words.get(f"fetch_outcome.{why}") or why
