"""Opening a database: what is made, how it is written, and each trouble as one clear line."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, event, exc, make_url, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from rules.errors import EnvironmentTrouble, Exit, XunjianError
from rules.words import say
from storage.engine import database_url, open_database, reading, transaction
from storage.models import ProfileText, RegisterText, Round, RoundStatus
from storage.troubles import POSTGRES_SIGNS, SQLITE_SIGNS, plain_trouble


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def add_register(engine: Engine, name: str) -> None:
    with transaction(engine) as session:
        session.add(RegisterText(hash=name, text="{}"))


def names(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.scalars(select(RegisterText.hash).order_by(RegisterText.hash)))


def test_sqlite_is_opened_for_several_processes_and_power_cuts(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    assert pragma(engine, "journal_mode") == "wal"
    assert pragma(engine, "foreign_keys") == 1
    assert pragma(engine, "synchronous") == 2  # FULL
    assert pragma(engine, "busy_timeout") == 30_000
    engine.dispose()


@pytest.mark.parametrize("name", ["plain", "有 空格", "a?b=c", "50%20", "a#b", "a:b@c"])
def test_a_workspace_may_lie_in_any_folder(tmp_path: Path, name: str) -> None:
    engine = open_database(database_url(tmp_path / name))
    assert (tmp_path / name / "data" / "xunjian.db").is_file()
    engine.dispose()


def test_a_transaction_keeps_all_or_nothing(engine: Engine) -> None:
    add_register(engine, "a")

    def break_off() -> None:
        with transaction(engine) as session:
            session.add(RegisterText(hash="b", text="{}"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert names(engine) == ["a"]


def test_a_broken_constraint_is_not_dressed_up_as_trouble_of_the_disk(engine: Engine) -> None:
    add_register(engine, "a")
    with pytest.raises(IntegrityError):
        add_register(engine, "a")


def test_references_are_enforced(engine: Engine) -> None:
    orphan = Round(
        check_date=date(2022, 6, 6),
        opened_at=datetime(2022, 6, 6, tzinfo=UTC),
        register_hash="none",
        profile_hash="none",
    )
    with pytest.raises(IntegrityError), transaction(engine) as session:
        session.add(orphan)


def test_instants_come_back_aware_and_enumerations_plain(engine: Engine) -> None:
    opened = datetime(2022, 6, 6, 8, 0, tzinfo=UTC)
    with transaction(engine) as session:
        session.add(RegisterText(hash="r", text="{}"))
        session.add(ProfileText(hash="p", name="n", text="{}"))
        session.flush()
        row = Round(
            check_date=date(2022, 6, 6), opened_at=opened, register_hash="r", profile_hash="p"
        )
        session.add(row)
    with reading(engine) as session:
        found = session.scalars(select(Round)).one()
        assert found.opened_at == opened
        assert found.opened_at.tzinfo is not None
        assert found.status == RoundStatus.OPEN
        assert type(found.status) is str


def test_a_naive_instant_is_refused(engine: Engine) -> None:
    naive = datetime(2022, 6, 6)  # noqa: DTZ001
    with pytest.raises(exc.StatementError, match="naive"), transaction(engine) as session:
        session.execute(select(Round).where(Round.opened_at == naive))


def test_hostile_characters_cost_nothing(engine: Engine) -> None:
    hostile = "a\x00b\ud800c"
    with transaction(engine) as session:
        session.add(RegisterText(hash="r", text=hostile))
        session.add(ProfileText(hash="p", name="n", text="{}"))
        session.flush()
        session.add(
            Round(
                check_date=date(2022, 6, 6),
                opened_at=datetime(2022, 6, 6, tzinfo=UTC),
                register_hash="r",
                profile_hash="p",
                report={hostile: [hostile, {"x": hostile}]},
            )
        )
    with reading(engine) as session:
        clean = "a\ufffdb\ufffdc"
        assert session.scalars(select(RegisterText.text)).one() == clean
        assert session.scalars(select(Round.report)).one() == {clean: [clean, {"x": clean}]}


def test_a_reader_sees_one_snapshot_while_another_writes(engine: Engine) -> None:
    with reading(engine) as session:
        before = list(session.scalars(select(RegisterText.hash)))
        add_register(engine, "new")
        assert list(session.scalars(select(RegisterText.hash))) == before
    assert names(engine) == ["new"]


def test_writers_that_read_first_wait_for_each_other(engine: Engine) -> None:
    """The case that BEGIN IMMEDIATE is for: read, then write, on several connections at once."""
    failures: list[BaseException] = []

    def write(first: int) -> None:
        try:
            for number in range(first, first + 10):
                with transaction(engine) as session:
                    session.scalars(select(RegisterText)).all()
                    session.add(RegisterText(hash=f"{number:03}", text="{}"))
        except BaseException as error:  # noqa: BLE001  handed to the test, which fails on it
            failures.append(error)

    writers = [threading.Thread(target=write, args=(first,)) for first in (0, 10, 20, 30)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert len(names(engine)) == 40


@pytest.mark.parametrize(
    "url", ["", "xunjian.db", "mysql://h/db", "sqlite", "oracle://x", "http://a:b/"]
)
def test_a_wrong_url_is_wrong_use(url: str) -> None:
    with pytest.raises(XunjianError) as caught:
        open_database(url)
    assert caught.value.exit_code == Exit.WRONG_USE


def line_of(action: Callable[[], object]) -> str:
    with pytest.raises(EnvironmentTrouble) as caught:
        action()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_file_that_is_no_database_is_said_so_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("买菜清单\n" * 500, encoding="utf-8")
    before = path.read_bytes()
    assert "不是数据库" in line_of(lambda: open_database(f"sqlite:///{path}"))
    assert path.read_bytes() == before


def test_a_folder_in_the_files_place_is_said_so(tmp_path: Path) -> None:
    assert "打不开" in line_of(lambda: open_database(f"sqlite:///{tmp_path}"))


def test_a_file_in_the_folders_place_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert "文件夹" in line_of(lambda: open_database(f"sqlite:///{tmp_path}/data/x.db"))


def test_a_read_only_database_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    open_database(f"sqlite:///{path}").dispose()
    engine = open_database(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert "只读" in line_of(lambda: add_register(engine, "a"))
    engine.dispose()


def test_a_full_disk_is_said_so_and_the_ledger_stays_whole(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    add_register(engine, "before")

    @event.listens_for(engine, "checkout")
    def fill_the_disk(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    def write_much() -> None:
        with transaction(engine) as session:
            session.add(RegisterText(hash="after", text="x" * 1_000_000))

    assert "磁盘已满" in line_of(write_much)
    assert names(engine) == ["before"]
    engine.dispose()


def test_a_locked_database_is_said_so(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    holder = sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkout")
    def impatient(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout = 1")

    assert "占用" in line_of(lambda: add_register(engine, "a"))
    assert names(engine) == []
    holder.close()
    engine.dispose()


def test_an_unreachable_server_is_said_so_without_its_password() -> None:
    url = "postgresql://office:geheim@127.0.0.1:1/xunjian"  # nobody listens on port 1
    line = line_of(lambda: open_database(url))
    assert "连不上" in line
    assert "geheim" not in line


@pytest.mark.postgres
def test_a_missing_database_on_the_server_is_said_so(postgres_server: str) -> None:
    url = postgres_server.replace("/postgres?", "/nowhere?")
    assert "nowhere" in line_of(lambda: open_database(url))


@pytest.mark.postgres
@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_a_postgresql_url_is_taken(postgres_url: str, scheme: str) -> None:
    engine = open_database(postgres_url.replace("postgresql:", f"{scheme}:"))
    assert engine.driver == "psycopg"
    engine.dispose()


@pytest.mark.postgres
def test_a_lost_server_connection_is_one_line(postgres_url: str) -> None:
    engine = open_database(postgres_url)

    def lose() -> None:
        with transaction(engine) as session:
            own = session.scalar(text("SELECT pg_backend_pid()"))
            with psycopg.connect(postgres_url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", (own,))
            session.add(RegisterText(hash="a", text="{}"))

    assert "连不上" in line_of(lose)
    assert names(engine) == []
    engine.dispose()


class FakeSqlState(psycopg.OperationalError):
    def __init__(self, state: str) -> None:
        super().__init__("server words")
        self.sqlstate = state


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("53100", "磁盘已满"),
        ("25006", "只读"),
        ("55P03", "占用"),
        ("28P01", "打不开"),
        ("3D000", "没有这个库"),
        ("57P03", "连不上"),
        ("53300", "连接已满"),
    ],
)
def test_each_sqlstate_has_its_words(state: str, words: str) -> None:
    url = make_url("postgresql+psycopg://u:geheim@h/d")

    def fail() -> None:
        with plain_trouble(url):
            raise exc.OperationalError("SELECT 1", {}, FakeSqlState(state))

    line = line_of(fail)
    assert words in line
    assert "geheim" not in line


def test_a_wrong_statement_passes_through_as_our_bug(engine: Engine) -> None:
    with pytest.raises((exc.OperationalError, ProgrammingError)), reading(engine) as session:
        session.execute(text("SELECT nothing FROM nowhere"))


@pytest.mark.parametrize("key", sorted({*SQLITE_SIGNS.values(), *POSTGRES_SIGNS.values()}))
def test_every_trouble_has_words(key: str) -> None:
    assert "WHERE" in say(f"database.{key}", where="WHERE", detail="DETAIL")


def test_opening_leaves_no_connection_behind_when_it_fails(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    engine = open_database(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    line_of(lambda: open_database(f"sqlite:///{path}"))
    check = create_engine(f"sqlite:///{path}")
    with check.connect() as connection:
        # Only the last connection may take the file out of WAL.
        assert connection.exec_driver_sql("PRAGMA journal_mode = DELETE").scalar_one() == "delete"
    check.dispose()
