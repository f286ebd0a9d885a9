"""The guard against mass anomalies among accounts, by platform (standard 5.0, item 5). Pure.

When much of one platform stops updating at once, the platform has changed, not the units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from rules.brake import brake
from rules.checks import speaks
from rules.duties import AccountDuty
from rules.facts import Truth, Verdict


def brake_accounts(
    verdicts: Mapping[str, Verdict],
    owed: Mapping[str, AccountDuty],
    earlier: Sequence[AbstractSet[str]] = (),
) -> dict[str, Verdict]:
    """The verdicts on accounts in one round, those of a platform gone odd turned `mass_anomaly`.

    `verdicts` and `owed` by target; a verdict without a duty is left as it is. `earlier` are the
    accused targets of the judged rounds before, oldest first, as they stood after the guard. Only
    platforms with ten accounts or more are guarded, by the lines of `rules.brake`. It guards
    against what a machine may get wrong: where a person looked and signed, it neither counts nor
    brakes.
    """
    plain = Verdict(Truth.OK)
    signed = {target: one for target, one in verdicts.items() if speaks(one)}
    known = verdicts.keys() & owed.keys()
    account_of = {target: target for target in known}
    platform_of = {target: owed[target].platform.value for target in known}
    heard = {**verdicts, **dict.fromkeys(signed, plain)}
    return brake(heard, account_of, platform_of, earlier) | signed
