"""Appeals (申诉) of units against what a notice lists, and what may be decided about them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

LONGEST_TEXT = 2000
LONGEST_PERSON = 40
MOST_FILES = 10
LARGEST_FILE = 10 << 20  # bytes
# What attachments are called when they are kept; anything else is kept as plain bytes.
SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".pdf", ".doc", ".docx", ".wps", ".ofd", ".xls", ".xlsx", ".txt"}
)
PLAIN = ".bin"


class AppealStep(StrEnum):
    """One step in the history of an appeal."""

    LODGED = "lodged"
    REDUCED = "reduced"  # 核减: it was none
    MAINTAINED = "maintained"  # 维持


# What may be written for a decision.
DECISIONS: Mapping[str, AppealStep] = MappingProxyType(
    {
        "核减": AppealStep.REDUCED,
        "维持": AppealStep.MAINTAINED,
        AppealStep.REDUCED.value: AppealStep.REDUCED,
        AppealStep.MAINTAINED.value: AppealStep.MAINTAINED,
    }
)

# Why a step cannot be taken, by the status of the violation (the words `appeal.…`).
_NOT_LODGED: Mapping[str, str] = MappingProxyType(
    {"candidate": "not_reviewed", "dismissed": "dismissed", "appealed": "appealed"}
)


def refusal(status: str, step: AppealStep) -> str | None:
    """Why a step cannot be taken about a violation that stands so; None if it can."""
    if step is AppealStep.LODGED:
        return _NOT_LODGED.get(status)
    return None if status == "appealed" else "no_appeal"


def suffix_of(name: str) -> str:
    """The suffix under which an attachment of this name is kept."""
    found = name.lower().rpartition(".")
    suffix = f".{found[2]}" if found[1] else ""
    return suffix if suffix in SUFFIXES else PLAIN
