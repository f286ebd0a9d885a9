"""The sections that a 政府信息公开平台 must show, and what they are called (standard 6). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_BLANK = re.compile(r"[\s\u3000\xa0\u200b>»·•|]+")
LONGEST_LABEL = 24  # characters: what is longer is a sentence, or an article's title
LEAST_LABEL = 4  # characters of a label that means the same inside of other words


class Section(StrEnum):
    """A section, by what stands in it."""

    POLICY = "policy"
    GUIDE = "guide"
    RULES = "rules"
    STATUTORY = "statutory"
    ANNUAL_REPORT = "annual_report"


@dataclass(frozen=True, slots=True)
class LabelRow:
    """How a section is called: `label` as the format demands, `short` as a remark names it where it
    is missing, `also` what may mean the same (a person decides)."""

    label: str
    short: str
    also: tuple[str, ...] = ()

    def is_named(self, words: str) -> bool:
        """Whether words on a page are the demanded label."""
        return _bare(words) == self.label

    def may_be_named(self, words: str) -> bool:
        """Whether words on a page may mean this section, though they are not its label."""
        bare = _bare(words)
        if not 0 < len(bare) <= LONGEST_LABEL:
            return False
        # 政策 stands in 政策解读 as well, which is another thing: so short a label counts whole.
        known = self.also if len(self.label) < LEAST_LABEL else (self.label, *self.also)
        return bare == self.label or any(one in bare for one in known)


def _bare(words: str) -> str:
    return _BLANK.sub("", words)
