"""V6: five guides that lack four classes; or fewer than five guides, each of which does."""

from __future__ import annotations

import pytest

from rules.service_guides import is_of_no_use


@pytest.mark.parametrize(
    ("missing", "complete", "is_it"),
    [
        ([4] * 5, False, True),
        ([4] * 4, False, False),
        ([4] * 4, True, True),
        ([4, 4, 4, 3], True, False),
        ([10], True, True),
        ([10], False, False),
        ([], True, False),
        ([0] * 40 + [5] * 5, True, True),
        ([3] * 20, True, False),
    ],
)
def test_five_short_guides_or_all_of_fewer(missing: list[int], complete: bool, is_it: bool) -> None:
    assert is_of_no_use(missing, complete=complete) is is_it
