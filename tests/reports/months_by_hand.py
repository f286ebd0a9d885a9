"""Rounds of a small register into a notice, for tests of spans and of odd months.

Two columns on two sites and one account, which has no looks unless a test gives it some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine, select

from reports.notice import Notice
from reports.notice_plain import to_plain
from reports.notice_span import notice_of
from reports.notice_text import Office, notice_text
from rules.facts import Sight
from rules.profiles import Profile
from rules.register import Register, load_register
from storage.engine import reading, transaction
from storage.models import Round
from storage.reviews import confirm_by_setting
from tests.months import at
from tests.rounds_by_hand import PROFILE, write_round
from tests.rules.sights import read

JIA, YI = "甲网/工作动态", "乙网/工作动态"
BOOK = """\
city: 示例市
rounds: {{days: [6, 13, 20, 27], start: "08:00", timezone: Asia/Shanghai}}
units: [{{name: 甲局, group: department}}, {{name: 乙局, group: department}}]
sites:
  - name: 甲网
    unit: 甲局
    {jia}url: http://jia.example.test/
    columns:
      - {{name: 工作动态, url: /dt/, kind: news{column}}}
  - name: 乙网
    unit: 乙局
    url: http://yi.example.test/
    columns:
      - {{name: 工作动态, url: /dt/, kind: news}}
accounts:
  - {{name: 甲发布, unit: 甲局, platform: weibo, id: "1234567890"{account}}}
"""


def book(folder: Path, *, jia: str = "", column: str = "", account: str = "") -> Register:
    """The register, with something more said of its parts."""
    text = BOOK.format(jia=f"{jia}\n    " if jia else "", column=column, account=account)
    (folder / "rules.yaml").write_text(text, "utf-8")
    return load_register(folder / "rules.yaml")


def stale(day: date) -> tuple[Sight, ...]:
    """Two looks at a column that nobody has updated for forty days."""
    newest = day - timedelta(days=40)
    return (read(newest), read(newest, minute=120))


def fresh(day: date) -> tuple[Sight, ...]:
    return (read(day - timedelta(days=1)),)


@dataclass
class Office2022:
    """A database, the register that holds, and what every round sees if nothing else is said."""

    engine: Engine
    folder: Path
    register: Register
    profile: Profile = PROFILE
    usual: Mapping[str, Sequence[Sight]] = field(default_factory=dict)

    def inspect(self, day: date, **failing: bool) -> None:
        """One round: `jia`, `yi` say whether the column of that site is stale."""
        columns = [column.id for site in self.register.sites for column in site.columns]
        told = dict(
            zip(columns, (failing.get("jia", False), failing.get("yi", False)), strict=True)
        )
        seen = {target: stale(day) if bad else fresh(day) for target, bad in told.items()}
        write_round(
            self.engine, self.folder, day, self.register, {**seen, **self.usual}, self.profile
        )

    def confirm(self) -> None:
        """Every candidate is confirmed."""
        families = ("stale", "blank", "unreachable", "account_stale", "account_quota")
        with transaction(self.engine) as session:
            confirm_by_setting(session, families, "设置", at(date(2022, 7, 1)))

    def notice(self, name: str) -> Notice:
        with reading(self.engine) as session:
            return notice_of(session, name)

    def printed(self, name: str) -> str:
        """The notice as plain text: whoever can print it has passed all checks."""
        return to_plain(notice_text(self.notice(name), Office())).decode("utf-8-sig")

    def stand(self, day: date, status: str) -> None:
        """Let the round of a day have ended otherwise."""
        with transaction(self.engine) as session:
            row = session.scalars(select(Round).where(Round.check_date == day)).one()
            row.status = status
