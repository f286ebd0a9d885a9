"""What is known of a source of an account's posts: a row of `sources.SOURCES`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rules.platforms import Platform
from spiders.accounts.answers import Part


class Proof(StrEnum):
    """What may rest on a source: absence, absence once the office has tried it, or presence."""

    ABSENCE = "absence"
    AFTER_PILOT = "after_pilot"
    PRESENCE = "presence"


class Empty(StrEnum):
    """What confirms that an empty list is one: its own total, the account's counter, nothing."""

    TOTAL = "total"
    COUNTER = "counter"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Source:
    """One row. `pace`: from and to how many seconds between two questions.

    `own`: it answers for the account that the token, session or configuration in use belongs to,
    without naming it. `official`: an interface that the owner authorised. `login_first`: without
    a login an empty list says only that there was none. `hides_newest`: without a login the
    newest posts are missing. `reconciled`: proves only with the account's counter known.
    `unsure_pins`: so many old posts at the end may be pinned without saying so. `dated_by_id`:
    its list prints no times. `links`: each answer is one post's own page. `by_default`: asked
    unless switched off, but for the platforms in `off_for`. `accounts_an_hour`, `accounts_a_day`,
    `calls_a_read`: further limits.
    """

    name: str
    platforms: tuple[Platform, ...]
    proof: Proof
    pace: tuple[float, float]
    empty: Empty = Empty.NEVER
    streams: tuple[Part, ...] = (Part.LIST,)
    needs_login: bool = False
    official: bool = False
    own: bool = False
    bridge: bool = False
    login_first: bool = False
    hides_newest: bool = False
    reconciled: bool = False
    unsure_pins: int = 0
    dated_by_id: bool = False
    by_default: bool = True
    off_for: tuple[Platform, ...] = ()
    links: bool = False
    accounts_an_hour: int | None = None
    accounts_a_day: int | None = None
    calls_a_read: int | None = None

    @property
    def may_prove(self) -> bool:
        """Whether absence may rest on it at all."""
        return self.proof is not Proof.PRESENCE

    def can_prove_absence(self, *, logged_in: bool, piloted: bool) -> bool:
        """Whether absence may rest on it, as it was read."""
        if self.needs_login and not logged_in:
            return False
        return self.proof is Proof.ABSENCE or (self.proof is Proof.AFTER_PILOT and piloted)

    def is_on(self, platform: Platform) -> bool:
        """Whether it is asked for a platform unless somebody decides otherwise."""
        return self.by_default and platform in self.platforms and platform not in self.off_for
