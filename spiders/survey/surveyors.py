"""The kinds of target that a survey knows, by the names of `crawler.survey.targets.KINDS`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from crawler.survey.targets import ADOPTIONS, DISCLOSURE, SITES
from spiders.survey import adoptions, disclosure, sites
from spiders.survey.surveyor import Surveyor

SURVEYORS: Mapping[str, Surveyor[Any]] = MappingProxyType(
    {
        SITES: sites.SURVEYOR,
        ADOPTIONS: adoptions.SURVEYOR,
        DISCLOSURE: disclosure.SURVEYOR,
    }
)
