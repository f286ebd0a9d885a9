"""Whole months into notices: a site renamed in mid-month, and a register of 14,000 sites."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from reports.notice import Notice, notice
from reports.notice_docx import to_docx
from reports.notice_text import Office, notice_text
from rules.kinds import ColumnKind
from rules.register import Column, Register, Site, load_register
from storage.engine import reading, transaction
from storage.models import Due, DueState, ProfileText, RegisterText, Round, RoundStatus, VerdictRow
from storage.reviews import confirm_by_setting
from storage.violations import replace_month
from tests.months import at, record
from tests.rounds_by_hand import write_round
from tests.rules.sights import NATIONAL, days_ago, read

DAY, LATER = date(2022, 6, 20), date(2022, 6, 27)
REGISTER = """\
city: 示例市
sites:
  - name: {name}
    unit: {unit}
    {was}url: http://jia.example.test/
    columns:
      - {{name: 工作动态, url: /dt/, kind: news}}
"""


def register(folder: Path, name: str, was: str = "") -> Register:
    path = folder / "rules.yaml"
    text = REGISTER.format(name=name, unit=name, was=f"was: {was}\n    " if was else "")
    path.write_text(text, "utf-8")
    return load_register(path)


def june(engine: Engine) -> Notice:
    with transaction(engine) as session:
        confirm_by_setting(session, ("stale",), "设置", at(LATER))
    with reading(engine) as session:
        return notice(session, "2022-06")


def test_a_site_renamed_in_mid_month_stands_once_under_its_new_name(
    engine: Engine, tmp_path: Path
) -> None:
    stale = (read(days_ago(40)), read(days_ago(40), minute=120))
    for day, book in (
        (DAY, register(tmp_path, "甲网")),
        (LATER, register(tmp_path, "新甲网", was="甲网")),
    ):
        seen = {column.id: stale for site in book.sites for column in site.columns}
        write_round(engine, tmp_path, day, book, seen)
    found = june(engine)
    assert [(row["site"], row["unit"], row["column"]) for row in found.annex1] == [
        ("新甲网", "新甲网", "工作动态")
    ]
    assert (found.figures.sites, found.figures.sites_unknown) == (1, 0)


def many(count: int) -> Register:
    sites = [
        Site(
            f"第{number}网",
            f"第{number % 100}局",
            f"http://s{number}.example.test/",
            columns=(
                Column(
                    f"第{number}网/动态",
                    "动态",
                    f"http://s{number}.example.test/dt/",
                    ColumnKind.NEWS,
                ),
            ),
        )
        for number in range(count)
    ]
    return Register(city="示例市", sites=tuple(sites))


def write_many(engine: Engine, book: Register, failing: int) -> None:
    """One round of a large register: the first sites fail, the last one could not be read."""
    with transaction(engine) as session:
        session.add(RegisterText(hash="register", text=book.to_snapshot()))
        session.add(ProfileText(hash="profile", name="national", text=NATIONAL.to_snapshot()))
        session.flush()
        row = Round(
            check_date=LATER,
            status=RoundStatus.COMPLETE,
            opened_at=at(LATER),
            register_hash="register",
            profile_hash="profile",
            report={},
        )
        session.add(row)
        session.flush()
        columns = [(site, column) for site in book.sites for column in site.columns]
        for place, (site, column) in enumerate(columns):
            truth = "violation" if place < failing else "ok"
            truth = "unknown" if place == len(columns) - 1 else truth
            session.add(
                Due(
                    round_id=row.id,
                    target=column.id,
                    target_kind="column",
                    site=site.name,
                    url=column.url,
                    host_group=site.url,
                    shard=0,
                    state=DueState.DONE,
                )
            )
            session.add(
                VerdictRow(
                    round_id=row.id,
                    target=column.id,
                    profile_hash="profile",
                    truth=truth,
                    warn=False,
                    outcome="read",
                    signs=[],
                    judged_at=at(LATER),
                )
            )
        replace_month(
            session,
            "2022-06",
            [
                record(
                    column.id,
                    site=site.name,
                    unit=site.unit,
                    column=column.name,
                    rounds=(LATER,),
                    first_failed=LATER,
                    last_failed=LATER,
                )
                for site, column in columns[:failing]
            ],
        )


@pytest.mark.long
def test_fourteen_thousand_sites_make_a_notice(engine: Engine) -> None:
    write_many(engine, many(14_000), failing=2_000)
    begun = time.monotonic()
    found = june(engine)
    text = notice_text(found, Office())
    content = to_docx(found, text, ())
    assert (found.figures.sites, found.figures.sites_unknown) == (14_000, 1)
    assert len(found.annex1) == 2_000
    assert "政府网站共计14000个。经检查，合格13999个" in str(text.sections[0])
    assert content.startswith(b"PK")
    assert time.monotonic() - begun < 60
