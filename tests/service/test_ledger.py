"""Importing into a real workspace: all or nothing, whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.errors import UserError
from engine.process import commands as c
from engine.results.refusal import LedgerRefused
from engine.service import Desk
from engine.service.ledger import Taking, erase_key, import_ledger, withdraw
from engine.store import Conflict
from engine.workspace import init_workspace
from tests.process.world import ZONE
from tests.results.ledgers import csv_text
from tests.results.world import BOOK, HEAD


class Office:
    """A workspace with one pilot of the clinic, and its clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = datetime(2026, 4, 20, 9, tzinfo=ZONE)
        init_workspace(folder, "示范医院", "王蕾")
        (folder / "playbooks" / "clinic.yaml").write_text(BOOK, encoding="utf-8")
        values = {"department": "皮肤科", "first": "2026-04-01", "last": "2026-04-20"}
        self.desk().start("clinic", "试点", values=values)

    def desk(self) -> Desk:
        return Desk.open(self.folder, None, lambda: self.now)

    def file(self, rows: list[list[object]], name: str = "a.csv", head: list[str] = HEAD) -> Path:
        path = self.folder / name
        path.write_text(csv_text([head, *rows]), encoding="utf-8")
        return path

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        db = sqlite3.connect(self.folder / ".playbook" / "pilots.db")
        names = ("events", "contents", "pilots", "imports", "ledger", "touches")
        found = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}
        db.close()
        return found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def row(day: int = 2, channel: str = "百度", enquiries: object = 5, **more: object) -> list[object]:
    return [f"2026-04-{day:02}", "皮肤科", channel, "", enquiries, more.get("bookings", ""), more.get("arrivals", ""), "", more.get("spend", ""), "", ""]  # fmt: skip


def test_an_import_counts_and_is_in_the_log(office: Office) -> None:
    intake = import_ledger(office.desk(), "试点", office.file([row(), row(3, enquiries=7)]), Taking())
    assert (intake.rows, intake.number, intake.first, intake.last) == (2, 1, date(2026, 4, 2), date(2026, 4, 3))
    view = office.desk().view("试点")
    assert view.pilot.fields["enquiries"] == 12 and view.pilot.imports[1].name == "a.csv"
    assert office.desk().verify("试点") == []
    assert [e.type for e in view.events[-2:]] == ["imported", "counted"]


def test_one_bad_row_and_nothing_is_written(office: Office) -> None:
    before = office.tables()
    rows = [row(), row(3, enquiries="很多"), row(4), ["2027-01-01", *row()[1:]]]
    with pytest.raises(LedgerRefused) as caught:
        import_ledger(office.desk(), "试点", office.file(rows), Taking())
    assert [(b.row, b.code) for b in caught.value.rows] == [(3, "no-number"), (5, "future")]
    assert office.tables() == before
    intake = import_ledger(office.desk(), "试点", office.file(rows), Taking(skip_bad=True))
    assert (intake.rows, intake.bad_total) == (2, 2)


def test_rows_that_contradict_each_other_or_an_earlier_import(office: Office) -> None:
    import_ledger(office.desk(), "试点", office.file([row()]), Taking())
    before = office.tables()
    for rows in ([row(5, enquiries=1), row(5, enquiries=2)], [row(enquiries=6)]):
        with pytest.raises(LedgerRefused):
            import_ledger(office.desk(), "试点", office.file(rows, "b.csv"), Taking())
    assert office.tables() == before
    intake = import_ledger(office.desk(), "试点", office.file([row(enquiries=6)], "b.csv"), Taking(replace=True))
    assert intake.replaced == 1 and intake.outcome.view.pilot.fields["enquiries"] == 6


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    path = office.file([row()])
    import_ledger(office.desk(), "试点", path, Taking())
    before = office.tables()
    assert import_ledger(office.desk(), "试点", path, Taking()).outcome.again
    assert office.tables() == before


def test_a_dry_run_tells_and_writes_nothing(office: Office) -> None:
    before = office.tables()
    intake = import_ledger(office.desk(), "试点", office.file([row()]), Taking(dry_run=True))
    assert intake.outcome.dry_run and intake.outcome.view.pilot.fields["enquiries"] == 5
    assert office.tables() == before


def test_somebody_else_moves_the_pilot_meanwhile(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.store.ledger import Ledger

    desk, path = office.desk(), office.file([row()])
    desk.view("试点")
    taken = Ledger.take
    stale = desk._load(desk.find("试点").pilot)
    office.desk().run("试点", c.AddNote("先动一步"))

    def load(pilot: str, seq: int | None = None) -> object:
        return stale

    monkeypatch.setattr(desk, "_load", load)
    before = office.tables()
    with pytest.raises(Conflict):
        import_ledger(desk, "试点", path, Taking())
    assert office.tables() == before and Ledger.take is taken


def test_a_moved_window_counts_anew_in_the_same_step(office: Office) -> None:
    import_ledger(office.desk(), "试点", office.file([row(), row(15, enquiries=7)]), Taking())
    outcome = office.desk().run("试点", c.SetFields({"last": "2026-04-10"}))
    assert [e.type for e in outcome.events] == ["field_set", "counted"]
    assert outcome.view.pilot.fields["enquiries"] == 5
    outcome = office.desk().undo("试点", "写错了")
    assert office.desk().view("试点").pilot.fields["enquiries"] == 12


def test_withdrawing_gives_the_figures_back(office: Office) -> None:
    import_ledger(office.desk(), "试点", office.file([row()]), Taking())
    outcome = withdraw(office.desk(), "试点", 1, "导错了")
    assert "enquiries" not in outcome.view.pilot.fields
    assert office.tables()["ledger"] == [] and office.desk().verify() == []


EVENTS = ["代号", "日期", "环节", "渠道"]


def test_event_rows_are_kept_until_their_day_and_erased_by_key(office: Office) -> None:
    touches: list[list[object]] = [[f"P{n:03}", "2026-04-02", "咨询", "百度"] for n in range(30)]
    path = office.file(touches, head=EVENTS)
    import_ledger(office.desk(), "试点", path, Taking(until=date(2026, 5, 1)))
    assert office.desk().view("试点").pilot.imports[1].until == date(2026, 5, 1)
    outcome = erase_key(office.desk(), "试点", "P007", "患者撤回同意")
    assert outcome.view.pilot.fields["enquiries"] == 29
    assert not any("P007" in str(e.data) + str(e.texts) for e in office.desk().view("试点").events)
    with pytest.raises(UserError, match="没有这个代号"):
        erase_key(office.desk(), "试点", "P007", "患者撤回同意")
    office.now = datetime(2026, 5, 2, 9, tzinfo=ZONE)
    office.desk().settle_all()
    assert office.tables()["touches"] == [] and office.desk().view("试点").pilot.fields["enquiries"] == 29


def test_a_count_has_one_source(office: Office) -> None:
    import_ledger(office.desk(), "试点", office.file([row()]), Taking())
    before = office.tables()
    with pytest.raises(UserError) as caught:
        import_ledger(
            office.desk(), "试点", office.file([["P001", "2026-04-02", "咨询", "百度"]], "e.csv", EVENTS), Taking()
        )
    assert caught.value.code == "two-sources" and office.tables() == before


def test_tick_counts_as_of_the_day_and_says_nothing_when_nothing_changed(office: Office) -> None:
    import_ledger(office.desk(), "试点", office.file([row(spend=2000)]), Taking())
    assert office.desk().settle_all() == []
    office.now = datetime(2026, 4, 21, 9, tzinfo=ZONE)
    office.desk().settle_all()
    assert office.desk().view("试点").pilot.counted_on == date(2026, 4, 21)


KILLED = """
import sys
from datetime import datetime
from pathlib import Path
from engine.service import Desk
from engine.service.ledger import Taking, import_ledger
print("ready", flush=True)
import_ledger(Desk.open(sys.argv[1]), "试点", Path(sys.argv[2]), Taking())
print("done", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
@pytest.mark.parametrize("delay", [0.02, 0.15, 0.3, 0.45, 0.6])
def test_killed_in_the_middle_leaves_all_or_nothing(office: Office, delay: float) -> None:
    many = [[*row(1 + n % 19, "百度", 3)[:3], f"第{n}条", *row(1, "百度", 3)[4:]] for n in range(12_000)]
    path, before = office.file(many), office.tables()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(office.folder), str(path)], stdout=subprocess.PIPE, env=environment
    )
    assert child.stdout is not None and child.stdout.readline()
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    after = office.tables()
    if after["events"] == before["events"]:
        assert after == before
    else:
        assert len(after["ledger"]) == len(many) and len(after["imports"]) == 1
    assert office.desk().verify() == []
    intake = import_ledger(office.desk(), "试点", path, Taking())
    assert intake.outcome.again or intake.rows == len(many)


def test_spoilt_ledgers_are_taken_in_whole_or_leave_everything_as_it_was(office: Office) -> None:
    from engine.pilot.blockers import Refused
    from tests.results.test_mutations import CASES

    desk = office.desk()
    taken: set[str] = set()
    for name, content in CASES.items():
        path = office.folder / name
        path.write_bytes(content)
        before = office.tables()
        try:
            intake = import_ledger(desk, "试点", path, Taking())
        except (UserError, LedgerRefused, Refused):
            assert office.tables() == before, name
        else:
            taken.add(name)
            after = office.tables()
            if not intake.outcome.again:
                assert len(after["ledger"]) == len(before["ledger"]) + intake.rows, name
        path.unlink()
    # Those whose damage changes no figure; the others contradict what is in already, or are refused.
    assert taken >= {
        "good.csv",
        "good.xlsx",
        "utf-8-sig.csv",
        "gb18030.csv",
        "utf-16.csv",
        "semicolons.csv",
        "mixed-ends.csv",
    }
    assert desk.verify() == []
