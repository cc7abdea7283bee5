"""Plain data → model."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine.build import build, item_id
from engine.errors import NOWHERE, Place
from engine.model import Bounds, Due, Duration, Playbook
from engine.source import Source, parse

TEXT = """\
playbook: sample
version: 1.0.0
title: 样例
roles:
  lead: {title: 负责人}
  nurse: {title: 护士长, count: 1.., duties: [走访, 记录]}
fields:
  score: {title: 得分, type: number, min: 0.1, max: 100}
  ends: {title: 到期日, type: date, min: today}
  tier: {title: 档次, type: choice, options: {no: 否, yes: 是}}
records:
  cases:
    title: 案例
    columns:
      name: {title: 名称, type: text}
      consent: {title: 同意, type: choice, options: {yes: 是}, default: yes}
metrics:
  share: {title: 占比, numerator: score, target: 92.5, window: 3 months}
documents:
  brief: {title: 简报, template: brief.md.j2, max_words: 1200}
stages:
  prepare:
    title: 准备
    takes: 10 workdays
    tasks:
      plan: {title: 写计划, role: lead, due: 3 workdays, sets: score, needs: []}
      train: {title: 培训, role: nurse, due: 1 week after plan, sets: [score, ends], fills: cases}
    gate:
      - {when: fields.score >= 90, else: 不够}
      - {each: cases, where: 'row.name != ""', when: "row.consent == \\"yes\\"", else: 没同意, by: lead, fix: 去签}
      - {id: few, count: cases, max: 3}
      - {count: cases}
      - {roles: all}
      - {roles: [lead]}
      - {fields: [score]}
      - {document: brief}
      - {children: sample, state: running, min: 2}
      - {successors: 1}
    next: both
    transitions:
      rework: {to: prepare, reopens: [plan]}
      stop: {to: done, reopens: all, reason: required, gated: true}
    after_time:
      - {wait: 20 workdays, to: done, when: visits.prepare > 1}
      - {id: late, wait: 1 month, to: done}
    starts:
      - {playbook: sample, for_each: wards, auto: false}
  both:
    title: 两条线
    tasks:
      open_both: {title: 开始, role: lead, due: 2 days before ends}
    parallel:
      left:
        title: 左
        stages:
          one: {title: 一, tasks: {first: {title: 甲, role: lead, due: 1 day after nothing}}, final: done}
      right: {title: 右, stages: {two: {title: 二, tasks: {second: {title: 乙, role: lead}}, final: done}}}
    next: done
  done: {title: 完成, final: succeeded}
"""


def source() -> Source:
    return parse(TEXT, "f")


def book() -> Playbook:
    here = source()
    return build(here.data, here.place, here.written)


def test_defaults_are_filled_in() -> None:
    role = book().roles["lead"]
    assert (role.count, role.duties, role.help) == (Bounds(1, 1), (), "")
    assert book().language == "zh-CN"
    task = book().tasks["plan"]
    assert (task.required, task.skippable, task.evidence, task.approval) == (True, False, "none", False)


def test_limits_are_decimal_and_exact() -> None:
    score, ends = book().fields["score"], book().fields["ends"]
    assert (score.minimum, score.maximum) == (Decimal("0.1"), Decimal(100))
    assert ends.minimum == "today"
    assert book().metrics["share"].target == Decimal("92.5")


def test_options_keep_their_order_and_stay_text() -> None:
    assert list(book().fields["tier"].options.items()) == [("no", "否"), ("yes", "是")]
    assert book().records["cases"].columns["consent"].default == "yes"


def test_a_single_id_is_a_list_of_one() -> None:
    tasks = book().tasks
    assert tasks["plan"].sets == ("score",)
    assert tasks["train"].sets == ("score", "ends")
    assert tasks["train"].fills == ("cases",)


def test_label_is_the_first_column() -> None:
    assert book().records["cases"].label == "name"


def test_due_dates_know_their_anchor_and_place() -> None:
    tasks = book().tasks
    line = (
        TEXT.split("\n").index("      plan: {title: 写计划, role: lead, due: 3 workdays, sets: score, needs: []}") + 1
    )
    assert tasks["plan"].due == Due(Duration(3, "workdays"), place=Place("f", line, 43))
    due = tasks["train"].due
    assert due is not None
    assert (due.anchor, due.ref) == ("task", "plan")
    before = tasks["open_both"].due
    assert before is not None
    assert (before.anchor, before.ref, before.before) == ("field", "ends", True)
    astray = tasks["first"].due
    assert astray is not None
    assert (astray.anchor, astray.ref) == ("task", "nothing")


def test_gate_items() -> None:
    gate = book().stages["prepare"].gate
    kinds = ["when", "each", "count", "count", "roles", "roles", "fields", "document", "children", "successors"]
    assert [item.kind for item in gate] == kinds
    assert [item.id for item in gate][:4] == ["gate_1", "gate_2", "few", "gate_4"]
    assert (gate[1].record, gate[1].by, gate[1].fix, gate[1].otherwise) == ("cases", "lead", "去签", "没同意")
    assert [gate[i].bounds for i in (2, 3, 8, 9)] == [Bounds(0, 3), Bounds(1, None), Bounds(2, None), Bounds(1, None)]
    assert (gate[4].names, gate[5].names, gate[6].names) == ((), ("lead",), ("score",))
    assert (gate[7].document, gate[8].playbook, gate[8].state) == ("brief", "sample", "running")


def test_conditions_know_where_their_text_begins() -> None:
    gate = book().stages["prepare"].gate
    rows = TEXT.split("\n")
    for expr in (gate[0].when, gate[1].where, gate[1].when):
        assert expr is not None
        row = rows[expr.place.line - 1][expr.place.col - 1 :]
        assert row.startswith(expr.source[:8])
    assert gate[1].when is not None
    assert gate[1].when.lines, "escapes break the text into stretches"


def test_ways_out() -> None:
    stage = book().stages["prepare"]
    assert stage.transitions["rework"].reopens == ("plan",)
    assert (stage.transitions["stop"].reopens, stage.transitions["stop"].gated) == ("all", True)
    assert [timer.id for timer in stage.timers] == ["timer_1", "late"]
    assert stage.timers[1].wait == Duration(1, "months")
    assert (stage.starts[0].auto, stage.starts[0].for_each) == (False, "wards")


def test_nested_stages_know_their_parent() -> None:
    made = book()
    assert list(made.all_stages) == ["prepare", "both", "left", "one", "right", "two", "done"]
    assert made.ancestors("one") == ("left", "both")
    assert made.stages["both"].parent is None


def test_tasks_are_numbered_in_the_order_of_the_file() -> None:
    made = book()
    numbers = {task.id: task.number for stage in made.all_stages.values() for task in stage.tasks.values()}
    assert numbers == {"plan": 1, "train": 2, "open_both": 3, "first": 4, "second": 5}


def test_every_node_knows_its_place() -> None:
    made = book()
    rows = TEXT.split("\n")
    for thing in (*made.roles.values(), *made.fields.values(), *made.all_stages.values(), *made.tasks.values()):
        assert rows[thing.place.line - 1][thing.place.col - 1 :].startswith(thing.id)
    assert made.where(("stages", "prepare", "next"), "value").line


def test_without_places() -> None:
    made = build(source().data)
    assert made.tasks["plan"].place == NOWHERE
    assert made.stages["prepare"].gate[0].when is not None
    assert made.where(("stages",), "key") == NOWHERE


def test_places_do_not_make_playbooks_different_in_content() -> None:
    assert list(build(source().data).tasks) == list(book().tasks)


@given(st.one_of(st.none(), st.text(), st.dictionaries(st.text(), st.none())), st.integers(0, 99))
def test_item_id_is_its_own_or_counted(item: object, index: int) -> None:
    assert item_id("gate", item, index) == f"gate_{index + 1}"
    assert item_id("gate", {"id": "own"}, index) == "own"
