"""Profiles (判定口径): the thresholds and wordings of one jurisdiction, as data."""

from rules.profiles.entries import (
    Decides,
    KindRow,
    Level,
    Limit,
    LimitWord,
    MonthDay,
    MonthRule,
    Profile,
    Scored,
    Suspension,
)
from rules.profiles.loading import built_in_profiles, load_profile

__all__ = [
    "Decides",
    "KindRow",
    "Level",
    "Limit",
    "LimitWord",
    "MonthDay",
    "MonthRule",
    "Profile",
    "Scored",
    "Suspension",
    "built_in_profiles",
    "load_profile",
]
