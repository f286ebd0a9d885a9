"""Bodies are kept once, whole, and under their own hash, until nobody needs them."""

from __future__ import annotations

import errno
import gzip
import multiprocessing
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.errors import EnvironmentTrouble
from storage.bodies import BodyStore

LATER = datetime(2200, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> BodyStore:
    return BodyStore(tmp_path / "data" / "evidence")


def only_file(store: BodyStore) -> Path:
    (path,) = (path for path in store.folder.rglob("*") if path.is_file())
    return path


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=5000))
def test_what_goes_in_comes_out(store: BodyStore, body: bytes) -> None:
    name = store.put(body)
    assert name == sha256(body).hexdigest()
    assert store.get(name) == body
    assert name in store


def test_a_body_lies_as_plain_gzip_under_two_folders(store: BodyStore) -> None:
    name = store.put(b"<html>" * 1000)
    path = only_file(store)
    assert path == store.folder / name[:2] / name[2:4] / f"{name}.gz"
    assert gzip.decompress(path.read_bytes()) == b"<html>" * 1000
    assert path.stat().st_size < 1000


def test_the_same_body_again_is_not_written_again(store: BodyStore) -> None:
    store.put(b"page")
    before = only_file(store).stat().st_ino
    store.put(b"page")
    assert only_file(store).stat().st_ino == before


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_write_that_breaks_off_leaves_nothing(
    store: BodyStore, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync", full) if moment == "fsync" else (Path, "replace", full)))
        with pytest.raises(EnvironmentTrouble, match="磁盘已满"):
            store.put(b"page")
    assert list(store.names()) == []
    assert store.get(store.put(b"page")) == b"page"


def test_a_refusing_disk_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentTrouble) as caught:
        BodyStore(tmp_path / "file" / "evidence").put(b"page")
    assert "\n" not in str(caught.value)


def test_a_lost_body_is_said_so(store: BodyStore) -> None:
    name = store.put(b"page")
    only_file(store).unlink()
    with pytest.raises(EnvironmentTrouble, match=name):
        store.get(name)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_a_name_that_is_no_hash_is_refused(store: BodyStore, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.get(name)


@pytest.mark.parametrize(
    "damage",
    [b"", b"junk", gzip.compress(b"other", mtime=0), gzip.compress(b"page" * 99, mtime=0)[:-9]],
    ids=["empty", "junk", "other", "cut"],
)
def test_damage_is_found_and_never_handed_out(store: BodyStore, damage: bytes) -> None:
    whole = store.put(b"whole")
    name = store.put(b"page" * 99)
    (store.folder / name[:2] / name[2:4] / f"{name}.gz").write_bytes(damage)
    assert store.verify() == (name,)
    assert store.get(whole) == b"whole"
    with pytest.raises(EnvironmentTrouble, match=name):
        store.get(name)


def test_a_sweep_takes_only_what_nobody_keeps(store: BodyStore) -> None:
    kept, gone = store.put(b"kept"), store.put(b"gone")
    assert store.sweep({kept}, before=LATER) == 1
    assert list(store.names()) == [kept]
    assert gone not in store


def test_a_sweep_spares_what_work_in_progress_has_just_put(store: BodyStore) -> None:
    old, fresh, again = store.put(b"old"), store.put(b"fresh"), store.put(b"again")
    start = datetime.now(UTC) - timedelta(minutes=1)
    yesterday = (start - timedelta(days=1)).timestamp()
    for name in (old, again):
        os.utime(store.folder / name[:2] / name[2:4] / f"{name}.gz", (yesterday, yesterday))
    store.put(b"again")
    assert store.sweep(set(), before=start) == 1
    assert sorted(store.names()) == sorted([fresh, again])


def test_a_sweep_clears_away_what_a_killed_process_left(store: BodyStore) -> None:
    name = store.put(b"page")
    (store.folder / name[:2] / name[2:4] / "tmpabc.part").write_bytes(b"half")
    assert store.sweep({name}, before=LATER) == 0
    assert only_file(store).name == f"{name}.gz"


def test_an_empty_store_has_nothing_to_sweep_or_verify(store: BodyStore) -> None:
    assert store.sweep(set(), before=LATER) == 0
    assert store.verify() == ()


def put_many(folder: Path, gate: object) -> None:
    gate.wait()  # type: ignore[attr-defined]
    for number in range(50):
        BodyStore(folder).put(b"%d" % number)


def test_processes_may_put_the_same_bodies_at_once(store: BodyStore) -> None:
    spawn = multiprocessing.get_context("spawn")
    gate = spawn.Barrier(3)
    putters = [spawn.Process(target=put_many, args=(store.folder, gate)) for _ in range(3)]
    for putter in putters:
        putter.start()
    for putter in putters:
        putter.join(timeout=60)
    assert [putter.exitcode for putter in putters] == [0, 0, 0]
    assert len(list(store.names())) == 50
    assert store.verify() == ()
