"""The times in posts' ids, as the platforms write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.id_times import EARLIEST, LATEST, id_time
from rules.platforms import Platform


@pytest.mark.parametrize(
    ("platform", "post_id", "seconds"),
    [
        (Platform.WEIBO, "5366182626583104", 1794881100),
        (Platform.WEIBO, "5271945423741504", 1772413200),
        (Platform.DOUYIN, "7708955625696159921", 1794881100),
        (Platform.TOUTIAO, "7707201990549203121", 1794472800),
        (Platform.XIAOHONGSHU, "6afbb64c000000001a02b3c4", 1794881100),
    ],
)
def test_the_time_in_an_id(platform: Platform, post_id: str, seconds: int) -> None:
    assert id_time(platform, post_id) == datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("platform", "post_id"),
    [
        (Platform.WECHAT, "2650000123_1"),
        (Platform.BILIBILI, "5366182626583104"),
        (Platform.WEIBO, "QexamPl02"),
        (Platform.WEIBO, "1234567890"),
        (Platform.DOUYIN, "@EXAMPLEitem01=="),
        (Platform.DOUYIN, "99999999999999999999"),
        (Platform.DOUYIN, "７７０８９５５６２５６９６１５９９２１"),
        (Platform.XIAOHONGSHU, "6afbb64c"),
        (Platform.XIAOHONGSHU, "zzzzzzzz000000001a02b3c4"),
        (Platform.WEIBO, ""),
    ],
)
def test_an_id_that_holds_no_time_says_none(platform: Platform, post_id: str) -> None:
    assert id_time(platform, post_id) is None


@given(st.sampled_from(Platform), st.text(alphabet="0123456789abcdefXYZ_@=", max_size=40))
def test_whatever_the_id_its_time_is_one_of_ours_or_none(platform: Platform, post_id: str) -> None:
    found = id_time(platform, post_id)
    assert found is None or EARLIEST <= found < LATEST
