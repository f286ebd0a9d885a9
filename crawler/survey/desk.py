"""The desk of a survey's child: hands out targets, and writes down what each pass came to.

Facts only, in short transactions; tells whoever started the survey what is in hand and stored.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crawler.survey.job import SurveyJob
from crawler.telling import tell
from rules.facts import SHANGHAI
from rules.profiles import Profile
from rules.register import Register
from storage.engine import reading, transaction
from storage.models import ProfileText, RegisterText
from storage.site_checks import SurveyState, SurveyTask, record, record_void, tasks


class SurveyDesk:
    """The tasks of one job with the register and profile that hold for them."""

    def __init__(self, engine: Engine, job: SurveyJob) -> None:
        self.job = job
        self.engine = engine
        self._shift = timedelta(days=job.shift_days)
        with reading(engine) as session:
            self.register = Register.from_snapshot(session.get_one(RegisterText, job.register).text)
            self.profile = Profile.from_snapshot(session.get_one(ProfileText, job.profile).text)
            self.tasks = tasks(session, job.ids)

    def now(self) -> datetime:
        """The survey's own clock (aware, UTC)."""
        return datetime.now(UTC) + self._shift

    def today(self) -> date:
        """The Shanghai date that readers are given as today."""
        return self.now().astimezone(SHANGHAI).date()

    def begin(self, task: SurveyTask) -> None:
        """A target is in hand: if this process dies now, that may be why."""
        tell({"begun": task.id})

    def finish(
        self,
        task: SurveyTask,
        found: dict[str, Any],
        keep: Callable[[Session], None],
        *,
        again: bool,
    ) -> None:
        """Write down a pass: to be looked at again, or done and kept. Raises EnvironmentTrouble."""
        after = datetime.now(UTC) + self.profile.independent_after
        with transaction(self.engine) as session:
            record(
                session,
                task,
                state=SurveyState.AGAIN if again else SurveyState.DONE,
                found=found,
                at=self.now(),
                not_before=after if again else None,
            )
            if not again:
                keep(session)
        tell({"looked": [task.id], "done": 0 if again else 1})

    def void(self, task: SurveyTask) -> None:
        """Nothing of this pass counts, for no control answered. Raises EnvironmentTrouble."""
        after = datetime.now(UTC) + self.profile.independent_after
        with transaction(self.engine) as session:
            record_void(session, task, after)
        tell({"looked": [task.id], "done": 0})
