"""What follows from what was seen: the boundary tables, and every road to `unknown`."""

from __future__ import annotations

from datetime import date

import pytest

from rules.facts import Client, Observation, Outcome, Sight, Truth, UnknownReason
from rules.judging import conclude, judge, needs_another_look
from rules.kinds import ColumnKind
from rules.profiles import Decides, Limit, LimitWord
from rules.register import Exemption, SiteRole
from tests.rules.sights import CHECK_DAY, KAIFENG, days_ago, duty, judged, read, saw, twice

OK, VIOLATION, UNKNOWN = Truth.OK, Truth.VIOLATION, Truth.UNKNOWN
LOW = 0.49


@pytest.mark.parametrize("limit", [14, 31, 62, 92, 184, 366, 60, 1])
def test_as_old_as_the_limit_is_ok_and_one_day_more_is_a_violation(limit: int) -> None:
    assert judged(duty(limit), *twice(days_ago(limit - 1))).truth is OK
    assert judged(duty(limit), *twice(days_ago(limit))).truth is OK
    stale = judged(duty(limit), *twice(days_ago(limit + 1)))
    assert (stale.truth, stale.days, stale.limit) == (VIOLATION, limit + 1, limit)


@pytest.mark.parametrize(
    ("check_day", "oldest_good"),
    [
        (date(2022, 6, 6), date(2022, 5, 23)),
        (date(2022, 6, 13), date(2022, 5, 30)),
        (date(2022, 6, 20), date(2022, 6, 6)),
        (date(2022, 6, 27), date(2022, 6, 13)),
    ],
)
def test_the_oldest_good_days_of_june_2022(check_day: date, oldest_good: date) -> None:
    assert judged(duty(14), *twice(oldest_good), check_day=check_day).truth is OK
    day_before = days_ago(1, oldest_good)
    assert judged(duty(14), *twice(day_before), check_day=check_day).truth is VIOLATION


@pytest.mark.parametrize(
    ("newest", "days", "truth", "warn"),
    [
        (date(2022, 6, 11), 9, OK, False),
        (date(2022, 6, 10), 10, OK, True),
        (date(2022, 6, 7), 13, OK, True),
        (date(2022, 6, 6), 14, OK, True),
        (date(2022, 6, 5), 15, VIOLATION, False),
    ],
)
def test_the_arithmetic_of_the_standard(newest: date, days: int, truth: Truth, warn: bool) -> None:
    verdict = judged(duty(14), *twice(newest))
    assert (verdict.days, verdict.truth, verdict.warn) == (days, truth, warn)


@pytest.mark.parametrize(
    ("limit", "first_warning"), [(14, 10), (31, 28), (62, 56), (92, 83), (184, 166), (10, 9)]
)
def test_the_warning_line(limit: int, first_warning: int) -> None:
    assert not judged(duty(limit), read(days_ago(first_warning - 1))).warn
    assert judged(duty(limit), read(days_ago(first_warning))).warn


@pytest.mark.parametrize(
    ("limit", "days", "rule", "wording"),
    [
        (14, 15, "P01", "超过2周未更新"),
        (14, 31, "P01", "超过2周未更新"),
        (14, 32, "P02", "超过1个月未更新"),
        (31, 32, "P02", "超过1个月未更新"),
        (31, 62, "P02", "超过1个月未更新"),
        (31, 63, "P03", "超过2个月未更新"),
        (31, 92, "P03", "超过2个月未更新"),
        (31, 93, "P03", "超过3个月未更新"),
        (31, 184, "P03", "超过3个月未更新"),
        (31, 185, "P04", "超过6个月未更新"),
        (184, 185, "P04", "超过6个月未更新"),
        (184, 900, "P04", "超过6个月未更新"),
        (366, 367, "P05", "长期未更新"),
        (60, 200, "P05", "长期未更新"),
        (180, 400, "P05", "长期未更新"),
    ],
)
def test_the_wording_names_the_highest_step_passed(
    limit: int, days: int, rule: str, wording: str
) -> None:
    verdict = judged(duty(limit), *twice(days_ago(days)))
    assert (verdict.truth, verdict.rule, verdict.wording) == (VIOLATION, rule, wording)


def test_one_confident_fresh_sight_clears() -> None:
    assert judged(duty(14), read(days_ago(3))).truth is OK


def test_a_fresh_sight_clears_even_without_controls() -> None:
    sight = read(days_ago(3), controls_ok=False)
    assert judged(duty(14), sight, closed_controls_ok=False).truth is OK


def test_items_dated_after_the_check_day_clear() -> None:
    verdict = judged(duty(14), read(days_ago(-2)))
    assert (verdict.truth, verdict.days) == (OK, -2)


def test_one_fresh_sight_among_stale_ones_clears() -> None:
    assert judged(duty(14), *twice(days_ago(30)), read(days_ago(2), minute=60)).truth is OK


def test_a_target_that_was_read_once_and_failed_once_was_read() -> None:
    assert judged(duty(14), read(days_ago(3)), saw(Outcome.TIMEOUT, minute=30)).truth is OK
    assert judged(duty(14), saw(Outcome.NOT_FOUND), read(days_ago(3), minute=30)).truth is OK


STALE = days_ago(30)
STALE_BUT = [
    ("seen once", [read(STALE)], UnknownReason.ONE_SIGHT),
    ("quick retry", [read(STALE), read(STALE, minute=19)], UnknownReason.ONE_SIGHT),
    (
        "never sure",
        [read(STALE, confidence=LOW), read(STALE, minute=30, confidence=LOW)],
        UnknownReason.LOW_CONFIDENCE,
    ),
    (
        "sure only once",
        [read(STALE), read(STALE, minute=30, confidence=LOW)],
        UnknownReason.ONE_SIGHT,
    ),
    (
        "a doubtful newer date",
        [*twice(STALE), read(days_ago(2), minute=40, confidence=LOW)],
        UnknownReason.DISAGREEMENT,
    ),
    (
        "two dates, both stale",
        [read(STALE), read(days_ago(40), minute=30)],
        UnknownReason.DISAGREEMENT,
    ),
    (
        "three dates, both stale",
        [*twice(STALE), read(days_ago(40), minute=50)],
        UnknownReason.DISAGREEMENT,
    ),
    ("empty once", [*twice(STALE), saw(Outcome.EMPTY, minute=50)], UnknownReason.DISAGREEMENT),
    (
        "year inferred",
        list(twice(STALE, signs=("year_inferred",))),
        UnknownReason.YEAR_INFERRED,
    ),
    (
        "year inferred once",
        [read(STALE), read(STALE, minute=30, signs=("year_inferred",))],
        UnknownReason.YEAR_INFERRED,
    ),
    (
        "year inferred and therefore unsure",
        list(twice(STALE, signs=("year_inferred",), confidence=LOW)),
        UnknownReason.YEAR_INFERRED,
    ),
    (
        "an ascending list, whose newest entry may stand on its last page",
        list(twice(STALE, signs=("ascending",))),
        UnknownReason.LOW_CONFIDENCE,
    ),
    ("controls down", list(twice(STALE, controls_ok=False)), UnknownReason.CONTROLS_DOWN),
    ("controls not asked", list(twice(STALE, controls_ok=None)), UnknownReason.CONTROLS_DOWN),
    (
        "controls down once",
        [read(STALE), read(STALE, minute=30, controls_ok=False)],
        UnknownReason.ONE_SIGHT,
    ),
    (
        "no dates",
        [read(None), read(None, minute=30)],
        UnknownReason.UNDATED,
    ),
]


@pytest.mark.parametrize(
    ("sights", "reason"),
    [row[1:] for row in STALE_BUT],
    ids=[row[0] for row in STALE_BUT],
)
def test_stale_without_proof_is_unknown(sights: list[Sight], reason: UnknownReason) -> None:
    verdict = judged(duty(14), *sights)
    assert (verdict.truth, verdict.reason) == (UNKNOWN, reason)
    assert verdict.wording is None
    assert verdict.rule is None


def test_a_fresh_look_that_was_not_sure_claims_nothing() -> None:
    verdict = judged(duty(14), read(days_ago(2), confidence=LOW))
    assert (verdict.truth, verdict.reason) == (UNKNOWN, UnknownReason.LOW_CONFIDENCE)


def test_the_confidence_floor_is_the_profiles() -> None:
    assert judged(duty(14), read(days_ago(2), confidence=0.5)).truth is OK
    assert judged(duty(14), read(days_ago(2), confidence=LOW)).truth is UNKNOWN


def test_a_confirmed_year_accuses() -> None:
    first, second = twice(STALE, signs=("year_inferred",))
    confirmed = read(STALE, minute=50, signs=("year_inferred", "year_confirmed"))
    assert judged(duty(14), first, second, confirmed).truth is VIOLATION


def test_a_failure_between_two_agreeing_sights_takes_nothing_from_them() -> None:
    first, second = twice(STALE)
    assert judged(duty(14), first, saw(Outcome.TIMEOUT, minute=10), second).truth is VIOLATION


def test_a_round_that_closes_blind_accuses_nobody() -> None:
    verdict = judged(duty(14), *twice(STALE), closed_controls_ok=False)
    assert (verdict.truth, verdict.reason) == (UNKNOWN, UnknownReason.CONTROLS_DOWN)


@pytest.mark.parametrize("limit", [LimitWord.NONE, LimitWord.EXEMPT])
def test_without_a_limit_nothing_is_ever_stale(limit: Limit) -> None:
    assert judged(duty(limit), *twice(days_ago(4000))).truth is OK
    assert judged(duty(limit), read(None)).truth is OK


@pytest.mark.parametrize(
    ("until", "truth"),
    [(None, OK), (CHECK_DAY, OK), (days_ago(-1), OK), (days_ago(1), VIOLATION)],
)
def test_an_exemption_holds_through_its_last_day(until: date | None, truth: Truth) -> None:
    owed = duty(14, exempt=Exemption("汛期外", "张三", until))
    assert judged(owed, *twice(STALE)).truth is truth


def test_an_exempt_column_owes_nothing_even_when_it_fails() -> None:
    owed = duty(14, exempt=Exemption("经批准关停"))
    assert judged(owed, saw(Outcome.NOT_FOUND)).truth is OK
    assert not needs_another_look(owed, [saw(Outcome.NOT_FOUND)], CHECK_DAY, KAIFENG)


@pytest.mark.parametrize(
    ("role", "check_day", "newest", "truth"),
    [
        # The report of 2021 stands: due by 31 January 2022.
        (SiteRole.DEPARTMENT, date(2022, 6, 20), date(2022, 1, 28), OK),
        (SiteRole.DEPARTMENT, date(2022, 6, 20), date(2021, 1, 28), UNKNOWN),
        (SiteRole.DEPARTMENT, date(2022, 1, 31), date(2021, 1, 28), OK),
        (SiteRole.DEPARTMENT, date(2022, 2, 1), date(2021, 1, 28), UNKNOWN),
        # A government's own has time until 31 March.
        (SiteRole.PORTAL, date(2022, 3, 31), date(2021, 3, 20), OK),
        (SiteRole.PORTAL, date(2022, 4, 1), date(2021, 3, 20), UNKNOWN),
        (SiteRole.PORTAL, date(2022, 1, 13), date(2020, 3, 20), UNKNOWN),
    ],
)
def test_a_yearly_piece_overdue_is_for_a_person(
    role: SiteRole, check_day: date, newest: date, truth: Truth
) -> None:
    owed = duty(LimitWord.YEARLY, ColumnKind.ANNUAL_REPORT, role=role)
    verdict = judged(owed, *twice(newest), check_day=check_day)
    assert verdict.truth is truth
    assert verdict.reason is (None if truth is OK else UnknownReason.NEEDS_PERSON)


def test_what_a_person_decides_is_never_a_violation() -> None:
    owed = duty(366, ColumnKind.PERSONNEL, decides=Decides.PERSON)
    verdict = judged(owed, *twice(days_ago(800)))
    assert (verdict.truth, verdict.reason) == (UNKNOWN, UnknownReason.NEEDS_PERSON)
    assert not needs_another_look(owed, twice(days_ago(800)), CHECK_DAY, KAIFENG)


FAILURES = [
    Outcome.NOT_FOUND,
    Outcome.SERVER_ERROR,
    Outcome.TIMEOUT,
    Outcome.DNS_FAILURE,
    Outcome.CONNECT_FAILURE,
    Outcome.BROKEN_ANSWER,
    Outcome.TLS_FAILURE,
    Outcome.REDIRECT_LOOP,
]


@pytest.mark.parametrize("outcome", FAILURES)
def test_unreachable_needs_two_clients_apart(outcome: Outcome) -> None:
    by_http = [saw(outcome), saw(outcome, minute=20), saw(outcome, minute=120)]
    by_browser = saw(outcome, minute=140, client=Client.BROWSER)
    assert judged(duty(14), *by_http).reason is UnknownReason.ONE_CLIENT
    verdict = judged(duty(14), *by_http, by_browser)
    assert (verdict.truth, verdict.rule, verdict.wording) == (VIOLATION, "P07", "栏目打不开")
    assert verdict.days is None


def test_unreachable_at_once_by_two_clients_is_one_attempt() -> None:
    sights = [saw(Outcome.TIMEOUT), saw(Outcome.TIMEOUT, minute=5, client=Client.BROWSER)]
    assert judged(duty(14), *sights).reason is UnknownReason.ONE_SIGHT


def test_unreachable_while_no_control_answered_is_our_line() -> None:
    sights = [
        saw(Outcome.TIMEOUT, controls_ok=False),
        saw(Outcome.TIMEOUT, minute=30, client=Client.BROWSER, controls_ok=False),
    ]
    assert judged(duty(14), *sights).reason is UnknownReason.CONTROLS_DOWN


@pytest.mark.parametrize(
    ("doubt", "reason"),
    [
        (Outcome.CHALLENGE, UnknownReason.BLOCKED),
        (Outcome.LOGIN, UnknownReason.LOGIN_REQUIRED),
        (Outcome.RATE_LIMITED, UnknownReason.RATE_LIMITED),
        (Outcome.SUSPENDED, UnknownReason.SUSPENDED),
        (Outcome.MOVED, UnknownReason.MOVED),
        (Outcome.UNREADABLE, UnknownReason.UNREADABLE),
        (Outcome.SCRIPT_SHELL, UnknownReason.NEEDS_BROWSER),
        (Outcome.REFUSED, UnknownReason.REFUSED),
        (Outcome.ROBOTS_DENIED, UnknownReason.ROBOTS),
        (Outcome.EMPTY, UnknownReason.DISAGREEMENT),
    ],
)
def test_one_sight_that_is_no_failure_undoes_unreachable(
    doubt: Outcome, reason: UnknownReason
) -> None:
    failures = [
        saw(Outcome.TIMEOUT, minute=10),
        saw(Outcome.TIMEOUT, minute=60, client=Client.BROWSER),
    ]
    assert judged(duty(14), saw(doubt), *failures).reason is reason


def test_a_crash_of_ours_neither_accuses_nor_protects() -> None:
    failures = [
        saw(Outcome.TIMEOUT, minute=10),
        saw(Outcome.TIMEOUT, minute=60, client=Client.BROWSER),
    ]
    assert judged(duty(14), saw(Outcome.OUR_FAULT), *failures).truth is VIOLATION
    assert judged(duty(14), saw(Outcome.OUR_FAULT)).reason is UnknownReason.OUR_FAULT


def test_a_link_that_leads_to_another_site_is_what_a_link_column_is_for() -> None:
    owed = duty(LimitWord.EXEMPT, ColumnKind.LINKOUT)
    assert judged(owed, saw(Outcome.MOVED)).truth is OK
    assert judged(duty(14), saw(Outcome.MOVED)).reason is UnknownReason.MOVED


BLANK = [saw(Outcome.EMPTY), saw(Outcome.EMPTY, minute=30, client=Client.BROWSER)]


def test_blank_needs_two_clients_apart() -> None:
    assert judged(duty(14), BLANK[0]).reason is UnknownReason.ONE_CLIENT
    verdict = judged(duty(14), *BLANK)
    assert (verdict.truth, verdict.rule, verdict.wording) == (VIOLATION, "P06", "空白栏目")


def test_a_page_that_is_no_list_is_never_called_blank() -> None:
    owed = duty(LimitWord.EXEMPT, ColumnKind.GUIDE, blank=Decides.PERSON)
    assert judged(owed, *BLANK).reason is UnknownReason.NEEDS_PERSON


def _earlier(newest: date | None, confidence: float = 0.9) -> tuple[Observation, ...]:
    return (conclude([read(newest, confidence=confidence)]),)


def test_items_once_and_none_now_is_emptied_not_blank() -> None:
    verdict = judged(duty(14), *BLANK, earlier=_earlier(days_ago(30)))
    assert (verdict.truth, verdict.rule, verdict.days) == (VIOLATION, "P05", 30)
    assert "emptied" in verdict.signs
    assert judged(duty(14), *BLANK, earlier=_earlier(days_ago(5))).truth is OK
    undated = judged(duty(14), *BLANK, earlier=_earlier(None))
    assert undated.reason is UnknownReason.NEEDS_PERSON


def test_a_newer_item_read_in_an_earlier_round_is_a_contradiction() -> None:
    verdict = judged(duty(14), *twice(STALE), earlier=_earlier(days_ago(8)))
    assert (verdict.truth, verdict.reason) == (UNKNOWN, UnknownReason.DISAGREEMENT)
    assert "regressed" in verdict.signs


def test_the_newest_date_ever_read_counts_for_the_unit() -> None:
    verdict = judged(duty(14), *twice(days_ago(40)), earlier=_earlier(days_ago(20)))
    assert (verdict.truth, verdict.days, verdict.wording) == (VIOLATION, 20, "超过2周未更新")


def test_a_doubtful_reading_of_an_earlier_round_says_nothing() -> None:
    verdict = judged(duty(14), *twice(STALE), earlier=_earlier(days_ago(8), confidence=LOW))
    assert verdict.truth is VIOLATION


def test_an_observation_without_its_sights_clears_but_never_accuses() -> None:
    def bare(newest: date) -> Truth:
        observation = Observation(Outcome.READ, newest=newest, confidence=0.9)
        return judge(duty(14), observation, CHECK_DAY, KAIFENG).truth

    assert bare(days_ago(3)) is OK
    assert bare(STALE) is UNKNOWN


LOOKS = [
    ("nothing seen yet", [], True),
    ("fresh", [read(days_ago(3))], False),
    ("stale once", [read(STALE)], True),
    ("stale, proved", list(twice(STALE)), False),
    ("failed once", [saw(Outcome.TIMEOUT)], True),
    ("failed by one client", [saw(Outcome.TIMEOUT), saw(Outcome.TIMEOUT, minute=30)], True),
    ("empty", [saw(Outcome.EMPTY)], True),
    ("blocked", [saw(Outcome.CHALLENGE)], True),
    ("unsure", [read(days_ago(2), confidence=LOW)], True),
    ("refused", [saw(Outcome.REFUSED)], False),
    ("robots", [saw(Outcome.ROBOTS_DENIED)], False),
    ("stale, then refused", [read(STALE), saw(Outcome.REFUSED, minute=30)], False),
]


@pytest.mark.parametrize(
    ("sights", "wanted"), [row[1:] for row in LOOKS], ids=[row[0] for row in LOOKS]
)
def test_another_look_is_wanted_while_it_could_change_or_prove(
    sights: list[Sight], wanted: bool
) -> None:
    assert needs_another_look(duty(14), sights, CHECK_DAY, KAIFENG) is wanted
