"""The embedded store on real files: what is written is there, in order, once, and nothing else."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import UserError
from engine.pilot.events import ERASED, NewEvent
from engine.store import Conflict, Erasing
from engine.store.sqlite import SqliteStore
from tests.store.rows import START, batch, note, row


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "pilots.db")


def test_append_and_read_back(store: SqliteStore) -> None:
    store.append([batch(NewEvent("started", {"day": "2026-03-02"}), note("内容"), command="a")])
    found = store.history("p1")
    assert [(e.seq, e.type, e.command, dict(e.texts)) for e in found] == [
        (1, "started", "a", {}),
        (2, "noted", "a", {"text": "内容"}),
    ]
    assert found[0].at == START and found[0].data == {"day": "2026-03-02"}
    assert store.seq("p1") == 2 and store.seq("nobody") == 0


def test_wal_and_full_synchronous(store: SqliteStore) -> None:
    assert store.journal_mode() == "wal"
    assert store._db.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert store.integrity() == "ok"


def test_a_batch_on_the_wrong_number_is_a_conflict_and_writes_nothing(store: SqliteStore) -> None:
    store.append([batch(note("一"))])
    with pytest.raises(Conflict) as caught:
        store.append([batch(note("二"), pilot="p2", name="眼科"), batch(note("三"), after=5)])
    assert caught.value.now is not None and caught.value.now.name == "皮肤科"
    assert store.seq("p2") == 0 and store.seq("p1") == 1


def test_the_same_command_twice_is_one(store: SqliteStore) -> None:
    first = store.append([batch(note("一"), command="same")])
    again = store.append([batch(note("一"), command="same")])
    assert [e.seq for e in first[0]] == [e.seq for e in again[0]] == [1]
    assert [e.seq for e in store.seen("p1", "same")] == [1]
    assert store.seen("p1", "other") == []


def test_history_until_a_moment(store: SqliteStore) -> None:
    store.append([batch(note("早"))])
    store.append([batch(note("晚", 2), after=1, minutes=60)])
    assert len(store.history("p1", START + timedelta(minutes=30))) == 1


def test_two_pilots_of_one_name_are_refused(store: SqliteStore) -> None:
    store.append([batch(note("一"))])
    with pytest.raises(UserError) as caught:
        store.append([batch(note("一"), pilot="p2", name=" 皮肤科 ")])
    assert caught.value.code == "name-taken"
    assert store.seq("p2") == 0


def test_find_by_name_beginning_and_id(store: SqliteStore) -> None:
    store.append(
        [batch(note("一"), pilot="abcd1234", name="皮肤科试点"), batch(note("一"), pilot="ef", name="皮肤科二期")]
    )
    assert [r.name for r in store.find("皮肤科试点")] == ["皮肤科试点"]
    assert [r.name for r in store.find("皮肤科")] == ["皮肤科二期", "皮肤科试点"]
    assert [r.name for r in store.find("abcd")] == ["皮肤科试点"]
    assert store.find("眼科") == [] == store.find(" ")


def test_rows_come_back_whole(store: SqliteStore) -> None:
    one = row(timer_at=START.isoformat(), outcome="succeeded", parent="p0")
    store.append([replace(batch(note("一")), row=one)])
    assert store.rows() == [one]
    assert one.overdue(one.dues[1]) == 1 and one.timer == one.as_of == START


def test_pins_are_kept_once(store: SqliteStore) -> None:
    assert store.put_pin("text") == store.put_pin("text")
    assert store.pin(store.put_pin("text")) == "text"
    with pytest.raises(UserError):
        store.pin("nothing")


def test_settings(store: SqliteStore) -> None:
    assert store.get_setting("current") is None
    store.put_setting("current", {"a": [1, "二"]})
    assert store.get_setting("current") == {"a": [1, "二"]}


def test_erased_text_leaves_a_tombstone_and_the_log_verifies(store: SqliteStore, tmp_path: Path) -> None:
    store.append([batch(note("秘密内容XYZ"))])
    store.erase(Erasing(((1, "text"),), (), batch(NewEvent("erased", {"item": "N1"}), after=1)))
    assert store.history("p1")[0].texts["text"] is ERASED
    assert store.verify() == []
    store.close()
    assert "秘密内容XYZ".encode() not in b"".join(p.read_bytes() for p in tmp_path.iterdir())


CHANGES = [
    ("UPDATE events SET data = '{\"note\":9}' WHERE seq = 1", "chain"),
    ("UPDATE events SET actor = '别人' WHERE seq = 2", "chain"),
    ("UPDATE events SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 2", "chain"),
    ("UPDATE events SET texts = '{}' WHERE seq = 1", "chain"),
    ("UPDATE events SET texts = '???' WHERE seq = 1", "chain"),
    ("DELETE FROM events WHERE seq = 1", "gap"),
    ("DELETE FROM events WHERE seq = 3", "projection"),
    ("UPDATE contents SET content = '改过' WHERE seq = 1", "content"),
    ("UPDATE contents SET content = NULL WHERE seq = 1", "content"),
    ("DELETE FROM contents WHERE seq = 1", "content"),
    ("INSERT INTO contents VALUES ('p1', 9, 'text', x'00', 'x', NULL)", "orphan"),
    ("UPDATE pilots SET seq = 7", "projection"),
    ("DELETE FROM pilots", "projection"),
    ("UPDATE evidence SET sha256 = 'other'", "evidence"),
    ("DELETE FROM evidence", "evidence"),
]


@pytest.mark.parametrize(("change", "code"), CHANGES)
def test_verify_sees_every_change(store: SqliteStore, change: str, code: str) -> None:
    file = NewEvent("attached", {"evidence": 1, "sha256": "ab" * 32, "size": 1, "media": "x"}, {"name": "a.pdf"})
    store.append([batch(note("一"), note("二", 2), file)])
    assert store.verify() == []
    store._db.execute(change)
    assert code in {p.code for p in store.verify()}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=4), max_size=8))
def test_any_appends_come_back_in_order_and_verify(
    tmp_path_factory: pytest.TempPathFactory, scripts: list[list[str]]
) -> None:
    store = SqliteStore(tmp_path_factory.mktemp("db") / "pilots.db")
    written: list[str] = []
    for number, texts in enumerate(scripts):
        sound = [t.encode("utf-8", "ignore").decode() for t in texts]
        store.append([batch(*[note(t) for t in sound], after=len(written), minutes=number)])
        written += sound
    assert [e.texts["text"] for e in store.history("p1")] == written
    assert store.verify() == []
    store.close()


WRITER = """
import sys
from pathlib import Path
from engine.store import Conflict
from engine.store.sqlite import SqliteStore
from tests.store.rows import batch, note

store = SqliteStore(Path(sys.argv[1]))
won = 0
while won < 25:
    seq = store.seq("p1")
    try:
        store.append([batch(note(f"{sys.argv[2]} {won}", seq + 1), after=seq, command=f"{sys.argv[2]}-{won}")])
        won += 1
    except Conflict:
        pass
"""


def test_two_processes_share_one_pilot_and_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pilots.db"
    SqliteStore(path).close()
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in ("甲", "乙")]
    assert [w.wait(60) for w in writers] == [0, 0]
    store = SqliteStore(path)
    texts = [str(e.texts["text"]) for e in store.history("p1")]
    assert len(texts) == 50 and len(set(texts)) == 50
    assert store.verify() == []


def test_a_newer_database_is_refused_with_words(tmp_path: Path) -> None:
    path = tmp_path / "pilots.db"
    SqliteStore(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(UserError) as caught:
        SqliteStore(path)
    assert caught.value.code == "newer-database"


def test_a_file_that_is_no_database_is_refused_with_words(tmp_path: Path) -> None:
    (tmp_path / "pilots.db").write_text("这不是数据库" * 500, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        SqliteStore(tmp_path / "pilots.db")
    assert caught.value.code == "not-a-database"


def test_a_folder_that_is_not_there_is_refused_with_words(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        SqliteStore(tmp_path / "no" / "pilots.db")
    assert caught.value.code == "database-unreadable"


def test_a_locked_database_says_to_try_again(tmp_path: Path, store: SqliteStore) -> None:
    store._db.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(tmp_path / "pilots.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError) as caught:
        store.append([batch(note("一"))])
    assert caught.value.code == "database-locked"
    other.execute("ROLLBACK")
    store.append([batch(note("一"))])
