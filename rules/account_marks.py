"""Signs that a verdict on an account carries, beside the doubts of `rules.updates`.

A sign is a fact for people and reports, never a judgement. A source that failed stands as
`source:reason`, a count as `seven_days:1`.
"""

from __future__ import annotations

# The register says that it is paused, closed, cancelled or moved: it owes nothing.
NOT_DUE = "not_due"
# 账号异常: the platform says that it is cancelled, migrated, banned or unknown; a person looks,
# even beside an ok. Followed by why, as `gone:migrated`.
ACCOUNT_ABNORMAL = "account_abnormal"
# The id is right, the name is none of the register's.
RENAMED = "renamed"
# A source answered with somebody else's page.
WRONG_ACCOUNT = "wrong_account"
# The profile's counter grew between two reads.
COUNTER_GREW = "counter_grew"
# The natural week and the seven days do not say the same.
WEEKS_DISAGREE = "weeks_disagree"
# One source shows an update that another, which claims to be complete, does not: deleted since?
POST_MISSING = "post_missing"
# A source shows less than it once did.
SOURCE_REGRESSED = "source_regressed"
# With 超过两周未更新: that the week was short of its quota was proved, too.
QUOTA_SHORT = "quota_short"
# A suspension of the operator's touches the windows, as `suspension:春节`.
SUSPENSION = "suspension"
# How many updates there were surely, and how many were owed, as `seven_days:1`.
QUOTA, SEVEN_DAYS, NATURAL_WEEK = "quota", "seven_days", "natural_week"
