"""When a site's services count as of no use (服务不实用, V6): a pure count over its guides."""

from __future__ import annotations

from collections.abc import Sequence

LACKS_MANY = 4  # of the ten element classes
MANY_GUIDES = 5


def is_of_no_use(missing: Sequence[int], *, complete: bool) -> bool:
    """Whether at least five guides lack four classes or more; or, where all guides are known
    (`complete`) and are fewer than five, each of them does. `missing` is one count a guide."""
    short = sum(1 for count in missing if count >= LACKS_MANY)
    if short >= MANY_GUIDES:
        return True
    return complete and 0 < len(missing) < MANY_GUIDES and short == len(missing)
