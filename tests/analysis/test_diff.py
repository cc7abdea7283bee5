"""What changed between two versions, by id and in people's words."""

from __future__ import annotations

import pytest

from engine import model
from engine.analysis import change
from engine.analysis.diff import Change, compare
from tests.process.world import BAKERY, book_of

COMPARED = (
    *(model.Role, model.Field, model.Record, model.Metric, model.Document, model.Transition, model.Window, model.Rule),
    *(model.Content, model.Funnel, model.FunnelLink, model.DecisionTable, model.DecisionInput, model.DecisionOutput),
    *(model.Channel, model.LedgerSettings, model.Stage, model.Task, model.GateItem, model.Timer, model.ChildStart),
)


def changes(*edits: tuple[str, str]) -> tuple[Change, ...]:
    text = BAKERY
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return compare(book_of(), book_of(text))


def test_nothing_changed() -> None:
    assert changes() == ()


@pytest.mark.parametrize(
    ("old", "new", "path", "kind"),
    [
        ("title: 找铺面", "title: 找门面", "tasks.find_place", "changed"),
        ("due: 5 workdays", "due: 8 workdays", "tasks.find_place", "changed"),
        ("fields.rent <= 20000", "fields.rent <= 30000", "stages.prepare.gate.cheap", "changed"),
        ("count: 1..2", "count: 1..3", "roles.baker", "changed"),
        ("max_words: 100", "max_words: 90", "documents.menu", "changed"),
        ("  story: {title: 店铺故事, type: text}\n", "", "fields.story", "removed"),
        ("  rent: {", "  deposit: {title: 押金, type: money}\n  rent: {", "fields.deposit", "added"),
        ("wait: 30 workdays", "wait: 20 workdays", "stages.bake", "changed"),
    ],
)
def test_each_change_is_told_with_its_path(old: str, new: str, path: str, kind: str) -> None:
    found = changes((old, new))
    assert [c.kind for c in found] == [kind] and found[0].path.startswith(path)
    line = found[0].line()
    assert line.zh and line.en
    assert set(found[0].as_dict()) == {"kind", "path", "what", "part", "old", "new"}


def test_old_and_new_values_are_shown_as_people_read_them() -> None:
    (found,) = changes(("due: 5 workdays", "due: 8 workdays"))
    assert found.old is not None and found.new is not None
    assert "5个工作日" in found.old.zh and "8" in found.new.en and "workdays" in found.new.en


FIGURES = BAKERY.replace(
    "documents:\n",
    """funnels:
  sale: {title: 卖出, links: [{field: score, target: 30}, {field: rent, owner: owner}]}
rules:
  dear: {title: 月租太高, when: fields.rent > 15000, message: 月租太高}
decisions:
  next_step:
    title: 下一步
    hit: first
    inputs: {rent: {title: 月租, type: number, value: fields.rent}}
    outputs: {step: {title: 做法, options: {stay: 留下, leave: 搬走}}}
    rows:
      - {rent: "<= 10000", step: stay}
      - {rent: "> 20000", step: leave}
content:
  story: {title: 店铺故事, field: story, channel: self_media}
ledger:
  channels: {window: {title: 橱窗, side: offline}}
documents:
""",
    1,
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "fields.rent > 15000",
            "fields.rent > 18000",
            "~ 数字规则“月租太高”的条件：fields.rent > 15000 → fields.rent > 18000",
        ),
        ("{field: score, target: 30}", "{field: score, target: 40}", "~ “卖出”的环节“试吃满意度”的目标值：“30” → “40”"),
        ("channel: self_media", "channel: kepu", "~ 要检查的内容“店铺故事”的渠道：“self_media” → “kepu”"),
        ("title: 橱窗,", "title: 门口,", "~ 台账里的渠道“门口”的名称：“橱窗” → “门口”"),
        ("hit: first", "hit: unique", "~ 决策表“下一步”的命中方式：“first” → “unique”"),
    ],
)
def test_figures_and_content_are_compared_too(old: str, new: str, said: str) -> None:
    text = FIGURES.replace(old, new, 1)
    assert [change.line().zh for change in compare(book_of(FIGURES), book_of(text))] == [said]


def test_where_a_value_stands_in_the_file_is_no_change() -> None:
    counted = FIGURES.replace(
        "score: {title", "visits: {title: 客流, type: number, ledger: {sum: arrivals}}\n  score: {title"
    )
    assert (
        compare(book_of(counted), book_of(counted.replace("title: 开一家面包店", 'title: 开一家面包店\npurpose: ""')))
        == ()
    )


def test_a_small_value_is_shown_by_what_is_set_in_it() -> None:
    counted = FIGURES.replace(
        "score: {title", "visits: {title: 客流, type: number, ledger: {sum: arrivals}}\n  score: {title"
    )
    (found,) = compare(book_of(counted), book_of(counted.replace("sum: arrivals", "sum: bookings")))
    assert found.line().zh == "~ 字段“客流”的怎样从台账数：数什么＝“arrivals” → 数什么＝“bookings”"


def test_rows_of_a_decision_table_are_known_by_what_they_say() -> None:
    text = FIGURES.replace("> 20000", "> 25000")
    found = [(c.kind, c.path) for c in compare(book_of(FIGURES), book_of(text))]
    assert found == [("added", "decisions.next_step.rows"), ("removed", "decisions.next_step.rows")]


def test_the_order_of_rows_and_links_is_a_change() -> None:
    one, two = '      - {rent: "<= 10000", step: stay}\n', '      - {rent: "> 20000", step: leave}\n'
    rows = compare(book_of(FIGURES), book_of(FIGURES.replace(one + two, two + one)))
    links = compare(
        book_of(FIGURES),
        book_of(
            FIGURES.replace(
                "[{field: score, target: 30}, {field: rent, owner: owner}]",
                "[{field: rent, owner: owner}, {field: score, target: 30}]",
            )
        ),
    )
    assert [c.path for c in rows] == ["decisions.next_step.rows"] and [c.path for c in links] == ["funnels.sale.links"]


@pytest.mark.parametrize("kind", COMPARED, ids=lambda kind: kind.__name__)
def test_every_attribute_has_a_name_in_both_languages(kind: type) -> None:
    own = {name for name in kind.__match_args__ if name not in change.NEVER_COMPARED}
    assert own - change.PARTS.keys() == set()
