"""The kinds of column (栏目类型, standard 4.1), and the kind that a column's name suggests."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.profiles import Profile


class ColumnKind(StrEnum):
    """What a column is for. Its limit, label and name pattern stand in the profile."""

    INTERPRETATION = "interpretation"
    SITE_REPORT = "site_report"
    ANNUAL_REPORT = "annual_report"
    DISCLOSURE_DOC = "disclosure_doc"
    STATUTORY = "statutory"
    BUDGET = "budget"
    SERVICE_STATS = "service_stats"
    MAIL_STATS = "mail_stats"
    INTERVIEW = "interview"
    SURVEY = "survey"
    CONSULT = "consult"
    MESSAGES = "messages"
    GUIDE = "guide"
    ORG = "org"
    LEADERS = "leaders"
    PROFILE = "profile"
    PERSONNEL = "personnel"
    PLAN = "plan"
    TOPIC = "topic"
    STATS = "stats"
    POLICY = "policy"
    NOTICE = "notice"
    NEWS = "news"
    LINKOUT = "linkout"
    OTHER = "other"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def suggest_kind(name: str, profile: Profile) -> str | None:
    """The kind whose name pattern matches first (standard 4.1), or None. A suggestion only.

    Spaces inside the name do not count: pages set `通 知 公 告` apart for looks.
    """
    bare = "".join(name.split())
    for row in profile.kinds.values():
        if row.pattern and _compiled(row.pattern).search(bare):
            return row.kind
    return None
