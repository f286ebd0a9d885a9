"""The table of the checks of a site, in the order in which they are run."""

from __future__ import annotations

from rules.veto_home import HOME_CHECK
from spiders.survey import check_links, check_marks
from spiders.survey.check_home import updated
from spiders.survey.checks import Check
from spiders.survey.further_rows import FURTHER

MARKS = Check(check_marks.MARK_CODES, check_marks.check_marks)
NAMES = Check(check_marks.NAME_CODES, check_marks.check_names)
TAGS = Check((check_marks.TAG_CODE,), check_marks.check_tags)
LINKS = Check(check_links.CODES, check_links.check_links)

HOME = Check((HOME_CHECK,), updated)

ROWS: tuple[Check, ...] = (MARKS, NAMES, TAGS, LINKS, HOME, *FURTHER)
