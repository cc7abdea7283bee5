"""Decision tables: cells that cannot be read, results that are no option, inputs that fall through or hit twice."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import key_place, value_place
from engine.decisions.cells import CellProblem, parse_cell
from engine.decisions.gaps import examine
from engine.decisions.show import example_words
from engine.errors import Problem
from engine.expressions import compile_check
from engine.model import DecisionRow, DecisionTable, Playbook
from engine.nearest import suggestion
from engine.pilot.groups import CHANNELS, row_record
from engine.text import entitled, listed, say

CODES = (
    "decision-column",
    "decision-each",
    "decision-cell",
    "decision-result",
    "decision-input",
    "decision-gap",
    "decision-overlap",
    "decision-hidden",
    "decision-large",
)
_KINDS = {"number": ("DOUBLE", "INT"), "choice": ("STRING",), "yes_no": ("BOOL",)}


def check(book: Playbook) -> Iterator[Problem]:
    for table in book.decisions.values():
        found = [*_inputs(book, table), *(p for i, row in enumerate(table.rows) for p in _row(book, table, i, row))]
        yield from found
        if not any(p.severity == "error" for p in found):
            yield from _space(book, table)


def _inputs(book: Playbook, table: DecisionTable) -> Iterator[Problem]:
    record = row_record(book, table.each)
    if table.each and record is None:
        message = say("没有名为“{e}”的表", "there is no record '{e}'", e=table.each)
        known = {
            CHANNELS: str(say("台账里的渠道", "the channels of the ledger")),
            **{k: r.title for k, r in book.records.items()},
        }
        place = value_place(book, ("decisions", table.id, "each"), table.place)
        yield Problem(place, "decision-each", message, suggestion(table.each, known, say("表", "records")))
        return
    for column in table.inputs.values():
        path = ("decisions", table.id, "inputs", column.id)
        if column.value is not None:
            yield from compile_check(column.value, book, record, (*_KINDS[column.type], "DYN"))
        if column.type == "choice" and not column.options:
            message = say("选项输入“{c}”没有 options", "the choice '{c}' has no options", c=column.id)
            yield Problem(
                key_place(book, path, column.place), CODES[4], message, say("写 options: {id: 名称}", "write options")
            )
    if table.hit == "priority" and not any(o.options for o in table.outputs.values()):
        message = say(
            "hit: priority 要有一列结果写明 options，排在前面的优先",
            "hit: priority needs an output with options; earlier ones come first",
        )
        yield Problem(value_place(book, ("decisions", table.id, "hit"), table.place), CODES[4], message)


def _row(book: Playbook, table: DecisionTable, index: int, row: DecisionRow) -> Iterator[Problem]:
    path = ("decisions", table.id, "rows", index)
    known = {**{k: c.title for k, c in table.inputs.items()}, **{k: o.title for k, o in table.outputs.items()}}
    for name, written in row.cells.items():
        if name not in table.inputs:
            message = say("“{n}”既不是输入，也不是结果", "'{n}' is neither an input nor an output", n=name)
            near = suggestion(name, known, say("列", "columns"))
            yield Problem(key_place(book, (*path, name), row.place), CODES[0], message, near)
            continue
        try:
            parse_cell(table.inputs[name], written)
        except CellProblem as problem:
            yield Problem(value_place(book, (*path, name), row.place), CODES[2], problem.message, problem.hint)
    for output in table.outputs.values():
        result = row.results.get(output.id)
        if result is None:
            message = say("这一行没有写结果“{o}”", "this row says nothing of '{o}'", o=output.id)
            yield Problem(value_place(book, path, row.place), CODES[3], message)
        elif output.options and result not in output.options:
            message = say("结果“{r}”不在“{o}”的选项里", "'{r}' is not an option of '{o}'", r=result, o=output.id)
            options = listed(entitled(k, t) for k, t in output.options.items())
            hint = say("可用的有：{k}", "there are: {k}", k=options)
            yield Problem(value_place(book, (*path, output.id), row.place), CODES[3], message, hint)


def _space(book: Playbook, table: DecisionTable) -> Iterator[Problem]:
    found = examine(table)
    place = key_place(book, ("decisions", table.id), table.place)
    if not found.whole:
        message = say(
            "决策表“{t}”太大，没有检查漏洞和重叠", "the table '{t}' is too large to be checked for gaps", t=table.title
        )
        yield Problem(place, CODES[8], message, severity="warning")
        return
    for example in found.gaps:
        message = say("没有一行适用于：{e}", "no row fits: {e}", e=example_words(table, example.given))
        hint = say("补一行；其余情况可以全写 -", "add a row; for everything else write - in each cell")
        yield Problem(place, CODES[5], message, hint, "warning")
    for example in found.overlaps:
        first, second = example.rows[:2]
        message = say(
            "第{a}行和第{b}行都适用于：{e}",
            "rows {a} and {b} both fit: {e}",
            a=first + 1,
            b=second + 1,
            e=example_words(table, example.given),
        )
        hint = say("把条件错开，或写 hit: first（取第一行）", "set the conditions apart, or write hit: first")
        related = ((table.rows[first].place, say("第{a}行在这里", "row {a} is here", a=first + 1)),)
        yield Problem(table.rows[second].place, CODES[6], message, hint, related=related)
    for index in found.hidden:
        message = say(
            "第{n}行永远轮不到：它适用的情况，别的行都先占了",
            "row {n} never fires: others come first wherever it fits",
            n=index + 1,
        )
        yield Problem(table.rows[index].place, CODES[7], message, severity="warning")
