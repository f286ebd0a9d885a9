"""A finding that was dismissed, made up: a column of the pretend city whose pinned old entries were
once taken for its newest, with its page in the store of bodies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, select

from demo.data import default_seed
from demo.founding import city_of
from demo.listing import list_view
from demo.pages.columns import column_page
from rules.kinds import ColumnKind
from rules.register import Column, Register, Site
from rules.reviewing import Decision, Dismissal, Reference, Ruling, Subject
from storage.bodies import BodyStore
from storage.engine import transaction
from storage.models import Fetch
from storage.reviews import decide
from tests.reports.months_by_hand import stale
from tests.rounds_by_hand import write_round

DAY = date(2022, 6, 20)
URL = "http://www.saved.example.test/gzdt/"
REGISTER = Register(
    city="示例市",
    sites=(
        Site(
            "甲网",
            "甲局",
            "http://www.saved.example.test/",
            columns=(Column("甲网/工作动态", "工作动态", URL, ColumnKind.NEWS),),
        ),
    ),
)


def page() -> bytes:
    """A fresh column of the pretend city, with old entries pinned above the new ones."""
    city = city_of(default_seed())
    site = next(site for site in city.sites if site.family == "trs")
    column = next(one for one in site.columns if one.concept.key == "grassroots_news")
    pinned = replace(column, style="slashes_time", twist="pinned_unmarked")
    return column_page(list_view(city.names, site, pinned, DAY, 1)).encode()


def write_misread(engine: Engine, bodies: Path) -> None:
    """The round, its two looks with their page, and the dismissal."""
    write_round(engine, bodies / "cases", DAY, REGISTER, {"甲网/工作动态": stale(DAY)})
    name = BodyStore(bodies).put(page())
    misread = Ruling(
        Reference(Subject.VIOLATION, 1), Decision.DISMISSED, Dismissal.MISREAD, "置顶", "张三"
    )
    with transaction(engine) as session:
        for fetch in session.scalars(select(Fetch)):
            fetch.body_sha256 = name
            fetch.headers = {"content-type": "text/html; charset=utf-8"}
        decide(session, [misread], datetime(2022, 7, 1, tzinfo=UTC))
