"""The desk on a real workspace: files, SQLite, several desks at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import UserError
from engine.pilot.blockers import Refused
from engine.pilot.events import Envelope
from engine.process import commands as c
from engine.process import decide
from engine.service import Desk
from engine.store import Conflict
from engine.workspace import init_workspace
from tests.process.world import BAKERY, ZONE


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_workspace(tmp_path, "示范医院", "王蕾")
    (tmp_path / "playbooks" / "bakery.yaml").write_text(BAKERY, encoding="utf-8")
    (tmp_path / "租约.pdf").write_bytes(b"%PDF-1.4 lease")
    return tmp_path


def opened(folder: Path, clock: Clock, actor: str | None = None) -> Desk:
    return Desk.open(folder, actor, clock)


def test_start_and_read_back_from_another_desk(folder: Path, clock: Clock) -> None:
    opened(folder, clock).start("bakery", "东街店", values={"rent": "1.2万"}, people={"owner": ("王蕾",)})
    view = opened(folder, clock).view()
    assert (view.pilot.name, view.pilot.at, view.book.id) == ("东街店", ("prepare",), "bakery")
    assert view.pilot.people["owner"] == ("王蕾",)


def test_start_twice_under_one_name_is_refused(folder: Path, clock: Clock) -> None:
    desk = opened(folder, clock)
    desk.start("bakery", "东街店")
    with pytest.raises(UserError, match="已经有"):
        desk.start("bakery", "东街店")
    assert len(desk.pilots()) == 1


def test_a_refused_command_writes_nothing_and_copies_no_file(folder: Path, clock: Clock) -> None:
    desk = opened(folder, clock)
    desk.start("bakery", "东街店")
    before = desk.store.seq(desk.find().pilot)
    file = folder / "租约.pdf"
    with pytest.raises(Refused):
        desk.run(None, c.CompleteTask("draw", attachments=(desk.attachment(file),)), files=(file,))
    assert desk.store.seq(desk.find().pilot) == before
    assert not list((folder / ".playbook").glob("evidence/*/*"))


def test_evidence_is_copied_by_content_and_erased_without_breaking_the_log(folder: Path, clock: Clock) -> None:
    desk = opened(folder, clock)
    desk.start("bakery", "东街店")
    file = folder / "租约.pdf"
    desk.run(None, c.CompleteTask("find_place", {"rent": "1"}, attachments=(desk.attachment(file),)), files=(file,))
    kept = desk.evidence_path(None, 1)
    assert kept is not None and kept.read_bytes() == b"%PDF-1.4 lease"
    assert desk.verify() == []
    desk.erase(None, "E1", "撤回同意")
    assert not kept.exists() and desk.evidence_path(None, 1) is None
    assert desk.verify() == []
    assert desk.view().pilot.evidence[1].erased
    assert b"%PDF" not in (folder / ".playbook" / "pilots.db").read_bytes()


def test_erased_free_text_is_gone_from_the_file(folder: Path, clock: Clock) -> None:
    desk = opened(folder, clock)
    desk.start("bakery", "东街店")
    secret = "外婆的秘密配方ABCXYZ"
    desk.run(None, c.SetFields({"story": secret}))
    desk.erase(None, "story", "撤回同意")
    desk.close()
    assert secret.encode() not in b"".join(p.read_bytes() for p in (folder / ".playbook").glob("pilots.db*"))
    assert str(opened(folder, clock).view().pilot.fields["story"]) == "ERASED"


def test_the_same_command_id_twice_is_one_command(folder: Path, clock: Clock) -> None:
    desk = opened(folder, clock)
    desk.start("bakery", "东街店")
    first = desk.run(None, c.AddNote("一次"), command_id="abc")
    again = desk.run(None, c.AddNote("一次"), command_id="abc")
    assert again.again and [e.seq for e in again.events] == [e.seq for e in first.events]
    assert len(desk.view().pilot.notes) == 1


def test_a_second_writer_is_told_that_somebody_moved_first(folder: Path, clock: Clock) -> None:
    one, two = opened(folder, clock), opened(folder, clock, "李四")
    one.start("bakery", "东街店")
    two.view()
    stale = two._load(two.find().pilot)
    one.run(None, c.AddNote("先到"))
    decision = decide(stale.book, stale.pilot, c.AddNote("后到"), two.now, two.calendar, "李四")

    with pytest.raises(Conflict) as caught:
        two._write(stale, decision, Envelope("李四", two.now, "zzz"))
    assert caught.value.now is not None and caught.value.now.name == "东街店"
    two.run(None, c.AddNote("再来一次"))
    assert [n.text for n in one.view().pilot.notes] == ["先到", "再来一次"]


def test_undo_is_seen_by_every_desk_and_history_stays(folder: Path, clock: Clock) -> None:
    desk = opened(folder, clock)
    desk.start("bakery", "东街店")
    desk.run(None, c.SetFields({"rent": "100"}))
    desk.undo(None, "记错了")
    for view in (desk.view(), opened(folder, clock).view()):
        assert "rent" not in view.pilot.fields
        assert [e.type for e in view.events] == ["started", "field_set", "undone"]
    assert desk.find().seq == 3
    assert desk.verify() == []


def test_as_of_shows_the_pilot_as_it_was(folder: Path, clock: Clock) -> None:
    desk = opened(folder, clock)
    desk.start("bakery", "东街店")
    clock.now += timedelta(days=3)
    desk.run(None, c.SetFields({"rent": "100"}))
    assert "rent" not in desk.view(as_of=date(2026, 3, 3)).pilot.fields
    assert "rent" in desk.view(as_of=date(2026, 3, 5)).pilot.fields
    with pytest.raises(UserError):
        desk.view(as_of=date(2026, 3, 1))


def test_timers_are_settled_by_any_command_and_by_tick(folder: Path, clock: Clock) -> None:
    desk = opened(folder, clock)
    desk.start(
        "bakery", "东街店", values={"rent": "100", "shifts": "早班"}, people={"owner": ("甲",), "baker": ("乙",)}
    )
    file = folder / "租约.pdf"
    for task in ("find_place", "draw", "loan"):
        desk.run(None, c.CompleteTask(task, attachments=(desk.attachment(file),)), files=(file,))
    desk.run(None, c.Advance())
    assert desk.find().timer is not None
    assert desk.settle_all() == []
    clock.now += timedelta(days=90)
    settled = desk.settle_all()
    assert [o.view.pilot.outcome for o in settled] == ["stopped"]
    assert [e.actor for e in settled[0].events] == ["系统", "系统"]
    assert desk.settle_all() == []


FAMILY = """
playbook: family
version: 1.0.0
title: 连锁计划
roles: {owner: {title: 店主}}
fields:
  streets: {title: 街道, type: list}
stages:
  plan:
    title: 计划
    tasks: {think: {title: 想, role: owner, required: false}}
    next: roll_out
  roll_out:
    title: 铺开
    starts: [{playbook: shop, for_each: streets, title: "{item}店"}]
    gate: [{id: one_done, children: shop, state: succeeded, min: 1}]
    next: end
  end: {title: 完成, final: succeeded}
"""

SHOP = """
playbook: shop
version: 1.0.0
title: 小店
roles: {owner: {title: 店主}}
stages:
  open:
    title: 开门
    tasks: {paint: {title: 刷墙, role: owner, required: false}}
    next: done
  done: {title: 开好了, final: succeeded}
"""


def test_a_plan_starts_children_and_hears_of_their_end(folder: Path, clock: Clock) -> None:
    for name, text in (("family", FAMILY), ("shop", SHOP)):
        (folder / "playbooks" / f"{name}.yaml").write_text(text, encoding="utf-8")
    desk = opened(folder, clock)
    desk.start("family", "全城", values={"streets": "东街、西街"})
    outcome = desk.run("全城", c.Advance())
    assert outcome.started == ("全城·东街店", "全城·西街店")
    assert {r.name for r in desk.pilots()} == {"全城", "全城·东街店", "全城·西街店"}
    with pytest.raises(Refused) as caught:
        desk.run("全城", c.Advance())
    assert [b.item for b in caught.value.blockers] == ["one_done"]
    desk.run("全城·东街店", c.Advance())
    links = {k.name: k.outcome for k in desk.view("全城").pilot.links}
    assert links == {"全城·东街店": "succeeded", "全城·西街店": None}
    desk.run("全城", c.Advance())
    assert desk.view("全城").pilot.outcome == "succeeded"
    assert desk.verify() == []


def test_a_successor_is_known_on_both_sides(folder: Path, clock: Clock) -> None:
    (folder / "playbooks" / "shop.yaml").write_text(SHOP, encoding="utf-8")
    desk = opened(folder, clock)
    first = desk.start("shop", "一号店")
    second = desk.start("shop", "二号店", origin="一号店")
    assert second.pilot.origin == first.pilot.id
    assert [(k.relation, k.name) for k in desk.view("一号店").pilot.links] == [("successor", "二号店")]


def test_a_running_pilot_keeps_the_text_it_started_with(folder: Path, clock: Clock) -> None:
    opened(folder, clock).start("bakery", "东街店")
    (folder / "playbooks" / "bakery.yaml").write_text("not a playbook any more", encoding="utf-8")
    assert opened(folder, clock).view().book.title == "开一家面包店"


def test_dry_run_shows_and_writes_nothing(folder: Path, clock: Clock) -> None:
    desk = opened(folder, clock)
    desk.start("bakery", "东街店")
    outcome = desk.run(None, c.Advance("stop", "试试"), dry_run=True)
    assert outcome.dry_run and outcome.view.pilot.outcome == "stopped"
    assert [e.type for e in outcome.events][-1] == "finished"
    assert desk.view().pilot.outcome is None


@pytest.mark.parametrize("ref", ["东街店", "东", "东街"])
def test_a_pilot_is_found_by_a_unique_beginning(folder: Path, clock: Clock, ref: str) -> None:
    desk = opened(folder, clock)
    desk.start("bakery", "东街店")
    desk.start("bakery", "西街店")
    assert desk.find(ref).name == "东街店"
    assert desk.find().name == "西街店"
    desk.use(ref)
    assert desk.find().name == "东街店"


def test_unknown_and_ambiguous_names_say_what_there_is(folder: Path, clock: Clock) -> None:
    desk = opened(folder, clock)
    with pytest.raises(UserError) as none:
        desk.find()
    assert none.value.code == "no-pilots"
    desk.start("bakery", "东街一店")
    desk.start("bakery", "东街二店")
    with pytest.raises(UserError) as several:
        desk.find("东街")
    assert several.value.code == "several-pilots"
    with pytest.raises(UserError) as unknown:
        desk.find("北街")
    assert "东街一店" in str(unknown.value.hint)


def test_a_folder_without_a_workspace_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        Desk.open(tmp_path)
    assert caught.value.code == "no-workspace"
