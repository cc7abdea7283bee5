"""Who can supply what is missing, by when, with which command: the same wherever it is said."""

from __future__ import annotations

import pytest

from engine.process import commands as c
from engine.process.supply import assignment, document_command, done_command, merge, supply_field, supply_name
from tests.process.world import FILE, Bench


def test_a_field_is_supplied_by_its_owner_with_set() -> None:
    found = supply_field(Bench().context, "rent")
    assert (found.roles, found.commands) == (("owner",), ("set rent=金额",))
    assert found.due is not None and found.due.isoformat() == "2026-03-09"


def test_a_file_field_is_supplied_with_attach_by_the_role_whose_task_asks_for_it() -> None:
    assert supply_field(Bench().context, "plan").commands == ("attach plan 文件路径",)
    assert supply_field(Bench().context, "plan").roles == ("baker",)


def test_a_choice_shows_its_titles_in_quotes() -> None:
    assert assignment(Bench().book.fields["size"]) == '"size=小店|大店"'


def test_done_asks_for_everything_the_task_still_needs() -> None:
    bench = Bench()
    view = {v.key: v for v in bench.context.views}["find_place"]
    assert done_command(bench.context, view) == "done 1 --set rent=金额 --attach 文件路径"
    bench.do(c.SetFields({"rent": "1万"}), c.Attach(FILE, "find_place"))
    view = {v.key: v for v in bench.context.views}["find_place"]
    assert done_command(bench.context, view) == "done 1"


def test_an_approval_names_who_fills_the_role() -> None:
    bench = Bench().do(c.Assign("bank", ("赵经理",)))
    view = {v.key: v for v in bench.context.views}["loan"]
    assert done_command(bench.context, view) == "done 3 --signed-by 赵经理"


def test_nobody_is_told_to_sign_for_themselves() -> None:
    bench = Bench().do(c.Assign("bank", ("王蕾",)))
    view = {v.key: v for v in bench.context.views}["loan"]
    assert done_command(bench.context, view) == "done 3 --signed-by 签字人"


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("fields.rent", "set rent=金额"),
        ("filled.story", "set story=内容"),
        ("roles.baker.ok", "assign baker 姓名"),
        ("tasks.loan.done", "done 3 --signed-by 签字人"),
        ("records.breads", "add breads name=内容"),
        ("documents.menu.final", "paper menu --final"),
        ("metrics.rent_per_point", "set rent=金额"),
        ("successors.total", "start bakery 试点名称 --from 东街店"),
    ],
)
def test_every_name_of_a_condition_leads_to_a_command(name: str, command: str) -> None:
    assert supply_name(Bench().context, name).commands == (command,)


def test_today_can_be_changed_by_nobody() -> None:
    assert supply_name(Bench().context, "today").commands == ()


def test_a_pilots_name_with_a_space_is_one_word() -> None:
    bench = Bench()
    bench.events.clear()
    bench.do(c.Start("p1", "东 街 店", "pin", bench.now.date()))
    assert supply_name(bench.context, "successors.total").commands == ('start bakery 试点名称 --from "东 街 店"',)


def test_merged_supplies_name_each_once_and_the_earliest_date() -> None:
    context = Bench().context
    found = merge([supply_field(context, "rent"), supply_field(context, "rent"), supply_field(context, "plan")])
    assert found.roles == ("owner", "baker") and found.commands == ("set rent=金额", "attach plan 文件路径")
    assert found.due == supply_field(context, "rent").due


@pytest.mark.parametrize(("name", "command"), [("guide", "guide --final"), ("menu", "paper menu --final")])
def test_a_document_is_made_final_by_its_verb(name: str, command: str) -> None:
    assert document_command(name) == command
