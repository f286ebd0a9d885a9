"""The appendix of a notice that lists what earlier ones named and nobody has mended."""

from __future__ import annotations

from collections.abc import Sequence

from reports.notice_annexes import Annex, name_of
from reports.unrectified import Repairing, Unrectified
from rules.words import say

KEY = "unrectified"


def unrectified_annex(found: Sequence[Unrectified]) -> Annex:
    """The table; it has no number, for it is none of the six."""
    rows = tuple(_cells(place, one) for place, one in enumerate(found, start=1))
    is_open = any(one.state is Repairing.UNVERIFIED for one in found)
    return Annex(
        key=KEY,
        number="",
        title=say("notice_text.annex_unrectified"),
        basis="",
        headings=tuple(say("notice_text.heads_unrectified").split("、")),
        groups=tuple((row,) for row in rows),
        note=say("notice_text.note_unrectified") if is_open else "",
        empty=say("notice_text.none"),
    )


def _cells(place: int, one: Unrectified) -> tuple[str, ...]:
    names = (name_of(one.name), name_of(one.unit), name_of(one.column or one.platform))
    state = say(f"notice_text.state_{one.state}")
    return (str(place), *names, name_of(one.problem), "、".join(one.months), state)
