from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from engine.calendar import Calendar
from engine.documents.tasklist.rows import Filter, task_list
from engine.errors import UserError
from engine.model import Due, Duration, Playbook, Stage
from engine.pilot.state import TaskState
from tests.documents import sample
from tests.documents.tasklist.lists import listed


def numbers(**only: Any) -> list[str]:
    return [row.number for row in listed(only=Filter(**only)).rows]


def late_book() -> Playbook:
    """The sample, with a task due in a year nobody has announced."""
    book = sample.book()
    measure = replace(book.tasks["measure"], due=Due(Duration(12, "months")))
    site = book.stages["site"]
    changed = replace(site, tasks={**site.tasks, "measure": measure})
    return replace(book, stages={**book.stages, "site": changed})


def test_rows_say_what_a_task_is_and_how_it_stands() -> None:
    done, measure, train = listed().rows
    assert (done.number, done.status, done.attached, done.due) == ("1", "done", 1, date(2026, 3, 7))
    assert (measure.people, measure.due, measure.waits_for, measure.is_open) == (("王蕾", "李想"), None, (), True)
    assert (train.stage_title, train.active, train.reached) == ("投入使用", False, True)
    assert train.due == date(2026, 3, 15)
    assert train.moment == datetime(2026, 3, 15, 23, 59, 59, tzinfo=sample.ZONE)


def test_a_row_names_what_comes_first() -> None:
    pilot = sample.pilot(tasks={})
    rows = task_list(sample.book(), pilot, sample.calendar(), sample.NOW).rows
    assert rows[1].waits_for == ("1",)
    assert rows[0].overdue


def test_texts_of_a_row_are_clean() -> None:
    book = sample.book()
    site = book.stages["site"]
    dirty = replace(site.tasks["measure"], title="测\u202e量\n承重", help="第一行\r\n第二行\x07")
    changed = replace(site, tasks={**site.tasks, "measure": dirty})
    row = task_list(
        replace(book, stages={**book.stages, "site": changed}), sample.pilot(), sample.calendar(), sample.NOW
    ).rows[1]
    assert (row.title, row.help) == ("测量 承重", "第一行\n第二行")


def test_filters_take_ids_and_titles() -> None:
    assert numbers() == ["1", "2", "3"]
    assert numbers(stage="site") == numbers(stage="场地准备") == ["1", "2"]
    assert numbers(role="医学物理师") == numbers(role="physicist") == ["3"]
    assert numbers(person="王蕾") == ["1", "2"]
    assert numbers(still_open=True, stage="site") == ["2"]


def test_a_stage_brings_what_is_nested_in_it() -> None:
    book = sample.book()
    inner = replace(book.stages["site"], parent="outer")
    outer = Stage("outer", "全程", stages={"site": inner})
    nested = replace(book, stages={"outer": outer, "use": book.stages["use"], "end": book.stages["end"]})
    made = task_list(nested, sample.pilot(), sample.calendar(), sample.NOW, only=Filter(stage="全程"))
    assert [row.number for row in made.rows] == ["1", "2"]


@pytest.mark.parametrize(
    ("only", "code", "hint"),
    [
        ({"stage": "场地准被"}, "unknown-stage", "场地准备（site）"),
        ({"role": "物理师"}, "unknown-role", "医学物理师（physicist）"),
        ({"person": "王雷"}, "unknown-person", "王蕾"),
    ],
)
def test_a_filter_that_means_nothing_says_what_there_is(only: dict[str, str], code: str, hint: str) -> None:
    with pytest.raises(UserError) as caught:
        numbers(**only)
    assert caught.value.code == code
    assert caught.value.hint is not None
    assert hint in caught.value.hint.zh


def test_dates_nobody_has_announced_are_said_to_be_estimates() -> None:
    known = sample.calendar()
    made = task_list(late_book(), sample.pilot(), known, sample.NOW)
    assert [n.zh for n in made.notes] == [
        "2027年的放假调休安排尚未公布：2026-12-31之后的截止日期按周一至周五推算，公布后可能变动"
    ]
    assert listed().notes == ()
    settled = sample.pilot(tasks={"measure": TaskState("done", sample.NOW, "王蕾")})
    assert task_list(late_book(), settled, known, sample.NOW).notes == ()
    assert task_list(late_book(), sample.pilot(), Calendar(sample.ZONE), sample.NOW).notes == ()


def test_a_stage_may_be_named_by_its_beginning() -> None:
    from engine.documents.tasklist.rows import _called

    titles = {"team": "第一步 组建小队", "showcase": "第二步 打造样板", "proof": "第二步之后"}
    assert _called(titles, "第一步") == {"team"} and _called(titles, "TEAM") == {"team"}
    assert _called(titles, "第二步") == set() and _called(titles, "第二步 打造样板") == {"showcase"}
