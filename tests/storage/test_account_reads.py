"""What was read of accounts comes back as it was, and the controls say what it may prove."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.posts import (
    FetchOutcome,
    FetchReason,
    FetchResult,
    Identity,
    Post,
    PostKind,
    Precision,
    TimeSource,
)
from storage.account_reads import MOST_POSTS, controlled, from_json, to_json, trimmed

NOW = datetime(2022, 6, 13, 0, 30, tzinfo=UTC)
READ = FetchResult("weibo_timeline", FetchOutcome.OK, NOW)

instants = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - given its zone below
    max_value=datetime(2024, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
posts = st.builds(
    Post,
    id=st.text(max_size=20),
    time=st.none() | instants,
    precision=st.sampled_from(Precision),
    time_source=st.sampled_from(TimeSource),
    title=st.text(max_size=30),
    url=st.none() | st.text(max_size=30),
    pinned=st.booleans(),
    kind=st.sampled_from(PostKind),
    deleted=st.booleans(),
    counts=st.booleans(),
    group_id=st.none() | st.text(max_size=5),
)
results = st.builds(
    FetchResult,
    source=st.sampled_from(("weibo_timeline", "feed")),
    outcome=st.sampled_from(FetchOutcome),
    fetched_at=instants,
    reason=st.none() | st.sampled_from(FetchReason),
    posts=st.lists(posts, max_size=4).map(tuple),
    identity=st.builds(Identity, st.none() | st.text(max_size=9), st.none() | st.text(max_size=9)),
    profile_total=st.none() | st.integers(0, 10**6),
    logged_in=st.booleans(),
    complete_from=st.none() | instants,
    fresh_as_of=st.none() | instants,
    can_prove_absence=st.booleans(),
    retry_after=st.none() | st.integers(0, 10**6),
    warnings=st.lists(st.sampled_from(FetchReason), max_size=3).map(tuple),
    detail=st.text(max_size=20),
    control_ok=st.none() | st.booleans(),
)


@given(results)
def test_a_result_comes_back_as_it_was(result: FetchResult) -> None:
    assert from_json(to_json(result)) == result


def many(count: int) -> tuple[Post, ...]:
    return tuple(Post(str(n), NOW - timedelta(hours=n)) for n in range(count))


def test_of_too_many_posts_the_newest_are_kept() -> None:
    kept = trimmed(replace(READ, posts=tuple(reversed(many(MOST_POSTS + 5)))))
    assert [post.id for post in kept.posts] == [str(n) for n in range(MOST_POSTS)]


def test_what_lost_posts_of_its_span_is_not_whole_any_more() -> None:
    whole = replace(READ, posts=many(MOST_POSTS + 5))
    far, near = NOW - timedelta(hours=MOST_POSTS + 1), NOW - timedelta(hours=9)
    assert trimmed(replace(whole, complete_from=far)).complete_from is None
    assert trimmed(replace(whole, complete_from=near)).complete_from == near


BEFORE, AFTER = NOW - timedelta(minutes=9), NOW + timedelta(minutes=9)


@pytest.mark.parametrize(
    ("reads", "ok"),
    [
        ([(BEFORE, True), (AFTER, True)], True),
        ([(BEFORE, True), (AFTER, False)], False),
        ([(BEFORE, False), (AFTER, True)], False),
        ([(BEFORE, True)], False),  # nobody looked afterwards: the run ended early
        ([(AFTER, True)], False),
        ([], None),
        ([(BEFORE - timedelta(hours=6), False), (BEFORE, True), (AFTER, True)], True),
    ],
)
def test_the_controls_before_and_after_a_read_speak_for_it(
    reads: list[tuple[datetime, bool]], ok: bool | None
) -> None:
    (found,) = controlled([READ], {"weibo_timeline": reads})
    assert found.control_ok is ok


def test_a_signed_check_is_its_own_control() -> None:
    signed = replace(READ, source="import", control_ok=True)
    assert controlled([signed], {"import": [(BEFORE, False)]}) == (signed,)
