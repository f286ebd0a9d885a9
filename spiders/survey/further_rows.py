"""The rows of the further checks: what a site hides, serves, answers, publishes and gives away."""

from __future__ import annotations

from spiders.survey import check_policies
from spiders.survey.check_adverts import advertising
from spiders.survey.check_guides import guides
from spiders.survey.check_hidden import hidden
from spiders.survey.check_letters import letters
from spiders.survey.check_line import line
from spiders.survey.check_private import private
from spiders.survey.check_report import site_report
from spiders.survey.check_search import search
from spiders.survey.checks import Check

FURTHER: tuple[Check, ...] = (
    Check(("hidden_link", "lapsed_domain"), hidden),
    Check(("search",), search),
    Check(("ipv6", "certificate"), line),
    Check(("guide",), guides),
    Check(("consult", "letters", "letter_parts"), letters),
    Check(("site_report",), site_report),
    Check(check_policies.CODES, check_policies.policies),
    Check(("private_number",), private),
    Check(("advert",), advertising),
)
