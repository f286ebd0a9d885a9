"""Over all that may be seen: the judge never raises, and accuses only on the whole proof."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.duties import Duty
from rules.facts import Client, Observation, Outcome, Sight, Truth, UnknownReason
from rules.judging import conclude, judge, needs_another_look
from rules.kinds import ColumnKind
from rules.profiles import Decides, LimitWord
from rules.register import Exemption, SiteRole
from tests.rules.sights import CHECK_DAY, KAIFENG, NATIONAL, START, duty

dates = st.dates(CHECK_DAY - timedelta(days=800), CHECK_DAY + timedelta(days=5))
signs = st.lists(st.sampled_from(["year_inferred", "year_confirmed", "future_date"]), max_size=2)


def sights_of(
    outcomes: Sequence[Outcome] = tuple(Outcome),
    controls: Sequence[bool | None] = (True, False, None),
    clients: Sequence[Client] = tuple(Client),
) -> st.SearchStrategy[Sight]:
    return st.builds(
        Sight,
        at=st.integers(0, 600).map(lambda minute: START + timedelta(minutes=minute)),
        client=st.sampled_from(clients),
        outcome=st.sampled_from(outcomes),
        newest=st.none() | dates,
        item_count=st.integers(0, 20),
        confidence=st.sampled_from([0.0, 0.4, 0.5, 1.0]),
        signs=signs.map(tuple),
        controls_ok=st.sampled_from(controls),
    )


limits = st.sampled_from([*LimitWord, 14, 31, 60, 184, 366])
owed = st.builds(
    duty,
    limit=limits,
    kind=st.sampled_from(ColumnKind),
    role=st.sampled_from(SiteRole),
    decides=st.sampled_from(Decides),
    blank=st.sampled_from(Decides),
    exempt=st.none() | st.builds(Exemption, reason=st.just("理由"), until=st.none() | dates),
)
observations = st.lists(sights_of(), max_size=4).map(conclude)
histories = st.lists(observations, max_size=3).map(tuple)


@given(owed, observations, dates, st.booleans(), histories)
def test_the_judge_always_answers_and_its_answer_is_whole(
    owed: Duty, found: Observation, day: date, closed: bool, earlier: tuple[Observation, ...]
) -> None:
    for profile in (KAIFENG, NATIONAL):
        verdict = judge(owed, found, day, profile, closed_controls_ok=closed, earlier=earlier)
        assert (verdict.reason is not None) == (verdict.truth is Truth.UNKNOWN)
        assert bool(verdict.rule) == bool(verdict.wording) == (verdict.truth is Truth.VIOLATION)
        assert not (verdict.warn and verdict.truth is not Truth.OK)


@given(owed, sights_of(), histories)
def test_a_single_sight_never_accuses(
    owed: Duty, sight: Sight, earlier: tuple[Observation, ...]
) -> None:
    verdict = judge(owed, conclude([sight]), CHECK_DAY, KAIFENG, earlier=earlier)
    assert verdict.truth is not Truth.VIOLATION


@given(owed, st.lists(sights_of(controls=(False, None)), max_size=5), histories)
def test_without_a_control_beside_it_nothing_accuses(
    owed: Duty, sights: list[Sight], earlier: tuple[Observation, ...]
) -> None:
    verdict = judge(owed, conclude(sights), CHECK_DAY, KAIFENG, earlier=earlier)
    assert verdict.truth is not Truth.VIOLATION


@given(owed, st.lists(sights_of(), max_size=5), histories)
def test_a_blind_round_accuses_nobody(
    owed: Duty, sights: list[Sight], earlier: tuple[Observation, ...]
) -> None:
    found = conclude(sights)
    verdict = judge(owed, found, CHECK_DAY, KAIFENG, closed_controls_ok=False, earlier=earlier)
    assert verdict.truth is not Truth.VIOLATION


NOT_READ = [outcome for outcome in Outcome if outcome is not Outcome.READ]


@given(owed, st.lists(sights_of(NOT_READ, clients=[Client.HTTP]), max_size=5), histories)
def test_one_client_that_read_nothing_never_accuses(
    owed: Duty, sights: list[Sight], earlier: tuple[Observation, ...]
) -> None:
    verdict = judge(owed, conclude(sights), CHECK_DAY, KAIFENG, earlier=earlier)
    assert verdict.truth is not Truth.VIOLATION


@given(owed, st.lists(sights_of(NOT_READ), max_size=5))
def test_what_was_not_read_is_never_called_stale(owed: Duty, sights: list[Sight]) -> None:
    verdict = judge(owed, conclude(sights), CHECK_DAY, KAIFENG)
    assert verdict.rule in (None, "P06", "P07")


@given(owed, st.lists(sights_of([Outcome.READ]), min_size=1, max_size=5), dates)
def test_a_confident_sight_within_the_limit_always_clears(
    owed: Duty, sights: list[Sight], day: date
) -> None:
    fresh = any(
        sight.newest is not None
        and sight.confidence >= 0.5
        and owed.days is not None
        and (day - sight.newest).days <= owed.days
        for sight in sights
    )
    verdict = judge(owed, conclude(sights), day, KAIFENG)
    if fresh:
        assert verdict.truth is Truth.OK


@given(owed, st.lists(sights_of(), max_size=5), histories)
def test_whoever_is_accused_of_staleness_is_so_by_two_independent_sights(
    owed: Duty, sights: list[Sight], earlier: tuple[Observation, ...]
) -> None:
    verdict = judge(owed, conclude(sights), CHECK_DAY, KAIFENG, earlier=earlier)
    if verdict.rule not in ("P01", "P02", "P03", "P04") or "emptied" in verdict.signs:
        return
    proving = [
        sight
        for sight in sights
        if sight.outcome is Outcome.READ and sight.confidence >= 0.5 and sight.controls_ok
    ]
    assert len({sight.newest for sight in proving}) == 1
    instants = [sight.at for sight in proving]
    assert max(instants) - min(instants) >= KAIFENG.independent_after
    assert verdict.days is not None
    assert verdict.limit is not None
    assert verdict.days > verdict.limit


@given(owed, st.lists(sights_of(), min_size=1, max_size=5))
def test_another_look_is_never_wanted_for_what_is_settled(owed: Duty, sights: list[Sight]) -> None:
    verdict = judge(owed, conclude(sights), CHECK_DAY, KAIFENG)
    if needs_another_look(owed, sights, CHECK_DAY, KAIFENG):
        assert verdict.truth is Truth.UNKNOWN
        assert verdict.reason is not UnknownReason.NEEDS_PERSON
