"""Every way of tampering with the log is found, and told by its own code."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.pilot.events import NewEvent
from engine.store.sqlite import SqliteStore
from tests.store.rows import batch, note

FILE = NewEvent("attached", {"evidence": 1, "sha256": "ab" * 32, "size": 3, "media": "text/plain"}, {"name": "a.txt"})


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    store = SqliteStore(tmp_path / "pilots.db")
    store.append([batch(note("一"), note("二"))])
    store.append([batch(FILE, after=2, minutes=1)])
    assert store.verify() == []
    return store


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE events SET actor = '别人' WHERE seq = 2", "chain"),
        ("UPDATE events SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 1", "chain"),
        ("UPDATE events SET data = '{' WHERE seq = 1", "chain"),
        ("UPDATE events SET hash = 'x' WHERE seq = 3", "chain"),
        ("DELETE FROM events WHERE seq = 2", "gap"),
        ("DELETE FROM events WHERE seq = 3", "projection"),
        ("UPDATE contents SET content = '三' WHERE seq = 2", "content"),
        ("UPDATE contents SET content = NULL WHERE seq = 2", "content"),
        ("DELETE FROM contents WHERE seq = 1", "content"),
        ("INSERT INTO contents VALUES ('p1', 9, 'text', x'00', '多的', NULL)", "orphan"),
        ("UPDATE evidence SET sha256 = 'cd'", "evidence"),
        ("DELETE FROM evidence", "evidence"),
        ("UPDATE pilots SET seq = 7", "projection"),
        ("DELETE FROM events", "no-events"),
    ],
)
def test_what_was_changed_is_found(store: SqliteStore, sql: str, code: str) -> None:
    store._db.execute(sql)
    assert code in [problem.code for problem in store.verify()]


def test_progress_is_told_pilot_by_pilot(store: SqliteStore) -> None:
    store.append([batch(note("一"), pilot="p2", name="眼科", minutes=2)])
    seen: list[tuple[int, int]] = []
    store.verify(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
