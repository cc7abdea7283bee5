"""Rows that overlap, correct, complement and leave again: nothing is counted twice, nothing is lost."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from engine.store.sqlite import SqliteStore
from tests.results.world import World

DAY = "2026-04-02"


def row(day: str = DAY, channel: str = "百度", line: str = "", **values: object) -> list[object]:
    names = ("enquiries", "bookings", "arrivals", "revenue", "spend", "surveyed", "satisfied")
    return [day, "皮肤科", channel, line, *(values.get(name, "") for name in names)]


def test_an_overlapping_file_counts_once(tmp_path: Path) -> None:
    world = World()
    world.take(tmp_path, [row(enquiries=5), row("2026-04-03", enquiries=7)])
    _, _, against = world.take(tmp_path, [row("2026-04-03", enquiries=7), row("2026-04-04", enquiries=1)])
    assert against == [] and world.figures()["enquiries"] == "13"


def test_a_correction_is_told_and_the_later_import_believed(tmp_path: Path) -> None:
    world = World()
    world.take(tmp_path, [row(enquiries=5, bookings=2)])
    _, _, against = world.take(tmp_path, [row(enquiries=6)])
    assert [(c.row, c.measure, c.old, c.new, c.other) for c in against] == [(2, "enquiries", 5, 6, None)]
    assert world.figures() == {"enquiries": "6", "bookings": "2"}


def test_a_file_for_each_measure_is_joined_by_day_and_channel(tmp_path: Path) -> None:
    world = World()
    world.take(tmp_path, [row(enquiries=5)])
    world.take(tmp_path, [row(spend="80.50")])
    assert {k: v for k, v in world.figures().items() if k in ("enquiries", "spend")} == {
        "enquiries": "5",
        "spend": "80.50",
    }
    assert set(world.counts().groups) == {"搜索"}


def test_withdrawing_brings_back_what_was_hidden(tmp_path: Path) -> None:
    world = World()
    for enquiries in (5, 6, 9):
        world.take(tmp_path, [row(enquiries=enquiries)])
    with world.store.transaction():
        assert world.store.ledger.withdraw("p", 3, "aggregate") == 1
    assert world.figures()["enquiries"] == "6"
    with world.store.transaction():
        world.store.ledger.withdraw("p", 1, "aggregate")
    assert world.figures()["enquiries"] == "6"
    with world.store.transaction():
        world.store.ledger.withdraw("p", 2, "aggregate")
    assert world.figures() == {}


def test_rows_of_one_file_repeat_complement_or_contradict(tmp_path: Path) -> None:
    world = World()
    repeated, clashes, _ = world.take(
        tmp_path, [row(enquiries=5), row(enquiries=5), row(arrivals=2), row(line="二", enquiries=1)]
    )
    assert (repeated, clashes) == (1, [])
    assert {k: world.figures()[k] for k in ("enquiries", "arrivals")} == {"enquiries": "6", "arrivals": "2"}
    _, clashes, _ = World().take(tmp_path, [row(enquiries=5), row("2026-04-09", enquiries=1), row(enquiries=6)])
    assert [(c.row, c.other, c.measure, c.old, c.new) for c in clashes] == [(4, 2, "enquiries", 5, 6)]


EVENTS = ["代号", "日期", "环节", "渠道", "初诊", "适应证相符", "收入"]
TOUCHES = [
    ["P01", "2026-04-02", "咨询", "百度", "", "", ""],
    ["P01", "2026-04-05", "咨询", "健康节", "", "", ""],  # asked twice: counts on the first day, where it was first
    ["P01", "2026-04-06", "到诊", "百度", "是", "是", "100"],
    ["P01", "2026-04-07", "治疗", "百度", "", "", "50.50"],
    ["P02", "2026-04-02", "咨询", "百度", "", "", ""],
    ["P02", "2026-04-03", "到诊", "百度", "否", "是", ""],  # not new, no treatment
    ["P03", "2026-04-02", "治疗", "百度", "", "是", ""],  # treated, but never arrived: not a quality patient
    ["P04", "2026-03-02", "咨询", "百度", "", "", ""],  # before the window
]


def test_persons_count_once_for_each_step_by_the_definition(tmp_path: Path) -> None:
    world = World()
    world.take(tmp_path, TOUCHES, head=EVENTS, kind="events")
    world.take(tmp_path, TOUCHES[:4], head=EVENTS, kind="events")
    assert world.figures() == {"enquiries": "2", "arrivals": "2", "quality": "1", "revenue": "150.50"}
    groups = world.counts().groups
    assert set(groups) == {"搜索"} and groups["搜索"].persons
    total = world.store.ledger.of("p")._db.execute("SELECT sum(new_patients) FROM ledger").fetchone()
    assert total == (1,)


def test_a_person_is_erased_and_figures_follow(tmp_path: Path) -> None:
    world = World()
    world.take(tmp_path, TOUCHES, head=EVENTS, kind="events")
    with world.store.transaction():
        assert world.store.ledger.erase_key("p", "P01") == 4
        assert world.store.ledger.erase_key("p", "P99") == 0
    assert world.figures() == {"enquiries": "1", "arrivals": "1"}


def test_rows_past_their_day_go_and_their_totals_stay(tmp_path: Path) -> None:
    world = World()
    world.take(tmp_path, TOUCHES, head=EVENTS, kind="events")
    before = world.figures()
    ledger = world.store.ledger
    assert ledger.due("p", date(2027, 1, 1)) == [] and ledger.due("p", date(2027, 1, 2)) == [1]
    with world.store.transaction():
        assert ledger.expire("p", 1) == len(TOUCHES)
    assert world.figures() == before and ledger.due("p", date(2027, 1, 2)) == []
    with world.store.transaction():
        ledger.withdraw("p", 1, "events")
    assert world.figures() == {}


def test_what_was_erased_is_in_no_file_of_the_database(tmp_path: Path) -> None:
    path = tmp_path / "pilots.db"
    world = World()
    world.store = SqliteStore(path)
    touches = [[f"SECRET{n:04}", "2026-04-02", "咨询", "百度", "", "", ""] for n in range(200)]
    world.take(tmp_path, touches, head=EVENTS, kind="events")
    world.store.settle()
    assert b"SECRET0123" in path.read_bytes()
    with world.store.transaction():
        world.store.ledger.erase_key("p", "SECRET0123")
    world.store.settle()
    everything = b"".join(file.read_bytes() for file in tmp_path.glob("pilots.db*"))
    assert b"SECRET0123" not in everything and b"SECRET0124" in everything
    world.store.close()


def test_a_database_of_before_gains_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrations = Path(__file__).parents[2] / "engine" / "store" / "migrations"
    old = sqlite3.connect(path)
    old.executescript((migrations / "0001.sql").read_text(encoding="utf-8"))
    old.execute("PRAGMA user_version = 1")
    old.close()
    store = SqliteStore(path)
    assert store.ledger.sources("p") == (frozenset(), False)
    store.close()
