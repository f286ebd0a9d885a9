"""Over all that sources may say: 未更新 only where one that can prove it says so, whole, twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations, permutations
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from rules.account_judging import AccountMemory
from rules.counters import CounterRead
from rules.duties import AccountDuty
from rules.facts import Truth, UnknownReason, Verdict
from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, Identity, Post, Precision
from rules.profiles import Decides
from rules.windows import Windows, midnight, windows_of
from tests.rules.reads import BRIDGE, DESK, ID, MONDAY, OFFICE, OLD, WEDNESDAY, owes, shown, verdict

DAYS = (MONDAY, WEDNESDAY)
HOURS = (-72, 6, 8, 13, 14, 20)


@st.composite
def posts_of(draw: st.DrawFn, day: date) -> Post:
    """A post near one of the windows' edges, or anywhere about them, or in no time at all."""
    back = draw(st.sampled_from([-30, 1, 8, 24, 60, 150, 167, 169, 200, 335, 337, 500, 900]))
    minutes = draw(st.integers(-90, 90))
    time = midnight(day) - timedelta(hours=back, minutes=minutes)
    return Post(
        draw(st.sampled_from(["a", "b", "c", "d", str((1655258400 - 515483463) << 22)])),
        draw(st.sampled_from([time, time, time, time, None])),
        precision=draw(st.sampled_from([Precision.SECOND, Precision.SECOND, Precision.DAY])),
        pinned=draw(st.booleans()),
        deleted=draw(st.integers(0, 9)) == 0,
        counts=draw(st.integers(0, 9)) > 0,
        group_id=draw(st.sampled_from([None, None, None, "g"])),
    )


def seldom(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """Mostly the usual, so that whole proofs are drawn often enough to be tested."""
    return st.sampled_from([usual] * 7 * max(1, len(others)) + list(others))


@st.composite
def results_of(draw: st.DrawFn, day: date) -> FetchResult:
    """A read that proves absence, with anything at all spoilt about it."""
    hour = draw(st.sampled_from(HOURS))
    read_at = midnight(day) + timedelta(hours=hour)
    outcome = draw(seldom(FetchOutcome.OK, *FetchOutcome))
    posts = tuple(draw(st.lists(posts_of(day), max_size=2)))
    edges = [one.window.since for one in windows_of(day, 14).weekly]
    return shown(
        *posts,
        source=draw(st.sampled_from([OFFICE, DESK, BRIDGE])),
        hour=hour,
        day=day,
        outcome=outcome,
        reason=draw(seldom(None, *FetchReason)),
        identity=draw(
            seldom(Identity(ID, "示例发布"), Identity(), Identity("x"), Identity(ID, "别名"))
        ),
        profile_total=draw(st.sampled_from([None, None, 0, 40, 41])),
        complete_from=draw(
            seldom(
                OLD.time,
                None,
                midnight(day),
                *edges,
                midnight(day) - timedelta(days=14, minutes=-1),
            )
        ),
        fresh_as_of=draw(seldom(read_at, None, midnight(day) - timedelta(minutes=1))),
        can_prove_absence=draw(seldom(True, False)),
        control_ok=draw(seldom(True, False, None)),
        warnings=draw(seldom((), (FetchReason.RENAMED,), (FetchReason.HIDDEN_NEWEST,))),
    )


@st.composite
def memories(draw: st.DrawFn, day: date) -> AccountMemory:
    since = midnight(day - timedelta(days=14))
    reads = [
        CounterRead(OFFICE, since + timedelta(hours=hours), total)
        for hours, total in draw(
            st.lists(st.tuples(st.integers(-24, 336), st.integers(39, 42)), max_size=2)
        )
    ]
    newest = draw(seldom({}, {OFFICE: since}, {OFFICE: OLD.time}))
    return AccountMemory(newest, tuple(reads))


duties = st.builds(
    owes,
    quota=st.sampled_from([None, 1, 2, 3]),
    days=seldom(14, 7, 30),
    platform=st.sampled_from([Platform.WECHAT, Platform.WEIBO]),
    decides=seldom(Decides.MACHINE, Decides.PERSON),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[AccountDuty, date, list[FetchResult], AccountMemory]:
    day = draw(st.sampled_from(DAYS))
    found = draw(st.lists(results_of(day), max_size=4))
    twins = draw(st.booleans())
    if found and twins:  # a second look at the first's, later or elsewhere
        later = found[0].fetched_at + timedelta(hours=draw(st.sampled_from([0, 5, 6, 12])))
        twin = replace(found[0], fetched_at=later, fresh_as_of=later)
        found.append(replace(twin, source=draw(st.sampled_from([twin.source, DESK]))))
    return draw(duties), day, found, draw(memories(day))


Case = tuple[AccountDuty, date, list[FetchResult], AccountMemory]


def judged(case: Case) -> Verdict:
    duty, day, results, memory = case
    return verdict(duty, *results, day=day, memory=memory)


def says_nothing_new(result: FetchResult, duty: AccountDuty, day: date, rule: str) -> bool:
    """The conditions of a proof, once more in other words: P14 needs the two weeks, P15 a week."""
    windows: Windows = windows_of(day, duty.days)
    needed = [windows.two_weeks] if rule == "P14" else list(windows.weekly)
    least = 1 if rule == "P14" else duty.quota or 0
    own = [post for post in result.posts if post.counts and not post.deleted]
    return (
        result.outcome in (FetchOutcome.OK, FetchOutcome.EMPTY)
        and result.can_prove_absence
        and result.control_ok is True
        and result.identity.platform_id == duty.platform_id
        and result.complete_from is not None
        and result.fresh_as_of is not None
        and not (result.outcome is FetchOutcome.EMPTY and result.profile_total)
        and all(
            result.complete_from <= one.window.since and one.window.until <= result.fresh_as_of
            for one in needed
        )
        and all(post.time is not None for post in own)
        and all(
            len(
                {
                    post.group_id or post.id
                    for post in own
                    if post.time and one.window.holds(post.time)
                }
            )
            < least
            for one in needed
        )
    )


def are_two(one: FetchResult, other: FetchResult) -> bool:
    assert one.fresh_as_of is not None
    assert other.fresh_as_of is not None
    apart = (one.fresh_as_of - other.fresh_as_of, one.fetched_at - other.fetched_at)
    return one.source != other.source or max(map(abs, apart)) >= timedelta(hours=6)


@given(cases())
def test_whoever_is_accused_is_so_by_two_whole_proofs(case: Case) -> None:
    duty, day, results, _ = case
    found = judged(case)
    if found.truth is not Truth.VIOLATION:
        return
    assert found.rule in ("P14", "P15")
    said = [one for one in results if says_nothing_new(one, duty, day, found.rule)]
    assert any(are_two(*pair) for pair in combinations(said, 2))


@given(cases())
def test_the_judge_of_accounts_always_answers_and_its_answer_is_whole(case: Case) -> None:
    found = judged(case)
    assert (found.reason is not None) == (found.truth is Truth.UNKNOWN)
    assert bool(found.rule) == bool(found.wording) == (found.truth is Truth.VIOLATION)
    assert not (found.warn and found.truth is not Truth.OK)
    if found.rule == "P14":
        assert found.days is None or (found.limit is not None and found.days > found.limit)


FAILURES = [one for one in FetchOutcome if one not in (FetchOutcome.OK, FetchOutcome.EMPTY)]


@given(cases(), st.lists(st.sampled_from(FAILURES), min_size=5, max_size=5))
def test_no_mixture_of_failures_ever_says_that_nothing_was_updated(
    case: Case, outcomes: list[FetchOutcome]
) -> None:
    duty, day, results, memory = case
    failed = [
        replace(one, outcome=outcome) for one, outcome in zip(results, outcomes, strict=False)
    ]
    assert judged((duty, day, failed, memory)).truth is not Truth.VIOLATION


@given(cases())
def test_what_clears_and_never_accuses_never_accuses(case: Case) -> None:
    duty, day, results, memory = case
    partial = [replace(one, can_prove_absence=False) for one in results]
    assert judged((duty, day, partial, memory)).truth is not Truth.VIOLATION


@given(cases())
def test_one_look_never_accuses_however_often_it_is_told(case: Case) -> None:
    duty, day, results, memory = case
    once = results[:1]
    assert judged((duty, day, once * 3, memory)).truth is not Truth.VIOLATION


@given(cases())
def test_a_blind_round_accuses_no_account(case: Case) -> None:
    duty, day, results, memory = case
    found = verdict(duty, *results, day=day, memory=memory, closed_controls_ok=False)
    assert found.truth is not Truth.VIOLATION


@given(cases())
def test_who_is_gone_or_serves_is_never_accused(case: Case) -> None:
    duty, day, results, memory = case
    gone = replace(shown(source="page"), outcome=FetchOutcome.GONE)
    assert judged((duty, day, [*results, gone], memory)).truth is not Truth.VIOLATION
    serving = replace(duty, decides=Decides.PERSON)
    assert judged((serving, day, results, memory)).truth is not Truth.VIOLATION


def weight(found: Verdict) -> int:
    """How heavy a verdict is: ok, unknown, 存在问题, 不合格."""
    order = {Truth.OK: 0, Truth.UNKNOWN: 1}
    return order.get(found.truth, 2 if found.rule == "P15" else 3)


def with_post(results: Sequence[FetchResult], number: int, new: Post) -> list[FetchResult]:
    return [
        replace(one, posts=(*one.posts, new)) if place == number else one
        for place, one in enumerate(results)
    ]


@given(cases(), st.data())
def test_one_more_update_never_makes_a_verdict_worse(case: Case, data: st.DataObject) -> None:
    duty, day, results, memory = case
    assume(results)
    number = data.draw(st.integers(0, len(results) - 1))
    since = windows_of(day, duty.days).reach.since
    until = min(results[number].fetched_at, midnight(day + timedelta(days=1)))
    minutes = int((until - since) / timedelta(minutes=1))
    assume(minutes > 0)
    time: datetime = since + timedelta(minutes=data.draw(st.integers(0, minutes - 1)))
    new = Post("new", time, pinned=data.draw(st.booleans()))
    after = judged((duty, day, with_post(results, number, new), memory))
    assert weight(after) <= weight(judged(case))


@given(cases(), st.data())
def test_an_update_of_the_right_account_in_its_two_weeks_rules_out_p14(
    case: Case, data: st.DataObject
) -> None:
    duty, day, results, memory = case
    assume(results)
    number = data.draw(st.integers(0, len(results) - 1))
    result = replace(results[number], identity=Identity(), reason=None)
    time = result.fetched_at - timedelta(minutes=data.draw(st.integers(0, 24 * 60)))
    assume(time >= windows_of(day, duty.days).two_weeks.window.since)
    told = with_post([*results[:number], result, *results[number + 1 :]], number, Post("new", time))
    found = judged((duty, day, told, memory))
    assert found.rule != "P14"
    if duty.quota is None:
        assert found.truth is Truth.OK


@given(cases())
def test_the_order_in_which_sources_were_read_changes_nothing(case: Case) -> None:
    duty, day, results, memory = case
    assume(len(results) <= 3)
    found = {
        (one.truth, one.rule, one.newest)
        for order in permutations(results)
        for one in [judged((duty, day, list(order), memory))]
    }
    assert len(found) == 1


@given(cases())
def test_whose_reason_says_that_there_is_no_source_had_none(case: Case) -> None:
    found = judged(case)
    if found.reason is UnknownReason.NOT_CONFIGURED:
        told = [one.reason for one in case[2]]
        assert not told or FetchReason.NOT_CONFIGURED in told
