"""The register (台账): what rules.yaml says, as frozen values, and the targets it makes due."""

from rules.register.entries import (
    Account,
    AccountRole,
    Column,
    ControlAccount,
    DisclosurePlatform,
    Exemption,
    Letter,
    Register,
    Rounds,
    Site,
    SiteRole,
    Standing,
    Target,
    Unit,
    UnitGroup,
)
from rules.register.loading import load_register
from rules.register.targets import account_targets, targets

__all__ = [
    "Account",
    "AccountRole",
    "Column",
    "ControlAccount",
    "DisclosurePlatform",
    "Exemption",
    "Letter",
    "Register",
    "Rounds",
    "Site",
    "SiteRole",
    "Standing",
    "Target",
    "Unit",
    "UnitGroup",
    "account_targets",
    "load_register",
    "targets",
]
