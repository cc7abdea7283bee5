"""`playbook decide`: ask a decision table; see which rows fired."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.commands._frame import option, pilot_option, verb, words
from engine.commands._pilot import pairs, split
from engine.commands._session import Session
from engine.errors import UserError
from engine.text import entitled, listed, say

if TYPE_CHECKING:
    from engine.decisions.table import Outcome
    from engine.model import DecisionTable, Playbook
    from engine.service.results import Results


@verb(
    "decide",
    say("查决策表：哪几行适用、结果是什么", "Ask a decision table: which rows fire, what comes out"),
    words(
        say("[试点] [决策表] [输入=值]…", "[PILOT] [TABLE] [INPUT=VALUE]…"),
        say("不写决策表就列出有哪些；写了输入就按写的算", "without a table, what there is; given inputs win"),
    ),
    pilot_option(),
    option(
        "--playbook",
        "target",
        metavar=say("方案", "PLAYBOOK"),
        help=say("不看试点，直接查这个方案的表", "ask a playbook's table without a pilot"),
    ),
    examples=("decide", "decide channel_move", "decide channel_move spend=5000 arrivals=0"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, target: str | None) -> int:
    named, given_words = [w for w in words if "=" not in w], [w for w in words if "=" in w]
    if target is not None:
        from engine.load import load
        from engine.text import current_language
        from engine.workspace import find_root

        book, results = load(target, folder=find_root(session.folder), language=current_language()).playbook, None
        rest: tuple[str, ...] = tuple(named)
    else:
        from engine.service.results import results_of

        ref, rest = split(session, named, pilot, means=_knows(session))
        desk = session.desk()
        results = results_of(desk, desk.view(ref))
        book = results.view.book
    if not rest:
        return _list(session, book)
    table = _table(book, rest[0])
    given = {name: _value(table, name, text) for name, text in pairs(given_words).items()}
    return _show(session, book, results, table, given)


def _knows(session: Session) -> Callable[[str], bool]:
    def means(word: str) -> bool:
        try:
            book = session.desk().view(None).book
        except UserError:
            return False
        return any(word in (t.id, t.title) for t in book.decisions.values())

    return means


def _list(session: Session, book: Playbook) -> int:
    session.answer(
        {
            "ok": True,
            "tables": [{"id": t.id, "title": t.title, "inputs": list(t.inputs)} for t in book.decisions.values()],
        }
    )
    if not book.decisions:
        session.say(say("这个方案没有决策表", "this playbook has no decision tables"))
    for table in book.decisions.values():
        session.say(f"{table.id}  {table.title}")
        session.say(f"    {listed(entitled(c.id, c.title) for c in table.inputs.values())}")
    return 0


def _table(book: Playbook, word: str) -> DecisionTable:
    for table in book.decisions.values():
        if word in (table.id, table.title):
            return table
    raise UserError(
        "unknown-table",
        say("没有决策表“{w}”", "there is no decision table '{w}'", w=word),
        say("可用的有：{k}", "there are: {k}", k=listed(entitled(t.id, t.title) for t in book.decisions.values())),
    )


def _value(table: DecisionTable, name: str, text: str) -> Decimal | str:
    from engine.decisions.cells import options_of
    from engine.pilot.reading import ValueProblem, number, option

    column = table.inputs.get(name) or next((c for c in table.inputs.values() if c.title == name), None)
    if column is None:
        raise UserError(
            "unknown-input",
            say("决策表没有输入“{n}”", "the table has no input '{n}'", n=name),
            say("可用的有：{k}", "there are: {k}", k=listed(entitled(c.id, c.title) for c in table.inputs.values())),
        )
    try:
        return number(text, column.unit, "元", "%") if column.type == "number" else option(text, options_of(column))
    except ValueProblem as problem:
        raise UserError("bad-value", say("“{t}”：{w}", "'{t}': {w}", t=column.title, w=problem.message)) from None


def _show(
    session: Session, book: Playbook, results: Results | None, table: DecisionTable, given: Mapping[str, Decimal | str]
) -> int:
    from engine.decisions.facts import inputs_of
    from engine.decisions.table import decide_table
    from engine.pilot.groups import CHANNELS, group_facts

    ids = {c.title: c.id for c in table.inputs.values()}
    given = {ids.get(name, name): value for name, value in given.items()}
    asked: list[tuple[str, Mapping[str, Decimal | str]]] = []
    if results is not None and table.each not in (None, CHANNELS) and not given:
        asked += _rows(results, table)
    elif results is not None and table.each and not given:
        for channel in results.view.pilot.groups:
            if channel:
                row = group_facts(book, results.view.pilot, channel)
                asked.append((channel, inputs_of(book, table, results.view.context.group_facts(channel), row)))
    elif results is not None and not table.each:
        asked.append(("", {**inputs_of(book, table, results.view.context.facts), **given}))
    else:
        asked.append(("", given))
    outcomes = [(name, values, decide_table(table, values)) for name, values in asked]
    session.answer({"ok": True, "table": table.id, "answers": [_json(name, v, o) for name, v, o in outcomes]})
    if session.json:
        return 0
    if not outcomes:
        session.say(
            say("台账里还没有渠道；也可以写明输入来查", "the ledger has no channels yet; give inputs instead")
            if table.each == CHANNELS
            else say(
                "“{e}”还没有行；也可以写明输入来查", "'{e}' has no rows yet; give inputs instead", e=_title(book, table)
            )
        )
    for number, (name, values, outcome) in enumerate(outcomes):
        session.say(*([""] if number else []), *_lines(session, table, name, values, outcome))
    return 0


def _title(book: Playbook, table: DecisionTable) -> str:
    record = book.records.get(table.each or "")
    return record.title if record else str(table.each)


def _rows(results: Results, table: DecisionTable) -> list[tuple[str, Mapping[str, Decimal | str]]]:
    """A table that is asked about each row of a record: the row's name, and its inputs."""
    from engine.decisions.facts import inputs_of
    from engine.pilot.facts import row_facts
    from engine.process.gate_items import row_label

    view = results.view
    record = view.book.records[table.each or ""]
    found: list[tuple[str, Mapping[str, Decimal | str]]] = []
    for number, row in view.pilot.rows.get(record.id, {}).items():
        facts = row_facts(record.columns, number, row)
        label = str(row_label(record, number, row))
        found.append((label, inputs_of(view.book, table, view.context.row_facts(facts), facts)))
    return found


def _lines(
    session: Session, table: DecisionTable, name: str, values: Mapping[str, Decimal | str], outcome: Outcome
) -> list[str]:
    from engine.decisions.show import result_words, row_words, value_words

    lines = [f"{table.title}" + (f"（{name}）" if name else "")]
    lines += [f"  {c.title} {value_words(c, values.get(c.id))}" for c in table.inputs.values()]
    for index in range(len(table.rows)):
        mark = "→" if index in outcome.rows else " "
        lines.append(f"  {mark} {index + 1}. {row_words(table, index)}")
    if outcome.clash:
        lines.append("  " + str(say("几行同时适用，这张表只许一行", "several rows fit, and only one may")))
    elif outcome.missing:
        lacks = listed(table.inputs[m].title for m in outcome.missing)
        lines.append("  " + str(say("还缺：{l}", "missing: {l}", l=lacks)))
    elif not outcome.rows:
        lines.append("  " + str(say("没有一行适用", "no row fits")))
    for output in table.outputs.values():
        found = [result_words(output, v) for v in outcome.results.get(output.id, ())]
        if found:
            lines.append("  " + session.style(f"{output.title}：{'、'.join(found)}", "1"))
    return lines


def _json(name: str, values: Mapping[str, Decimal | str], outcome: Outcome) -> dict[str, object]:
    return {
        "channel": name or None,
        "inputs": dict(values),
        "rows": [i + 1 for i in outcome.rows],
        "results": {k: list(v) for k, v in outcome.results.items()},
        "missing": list(outcome.missing),
        "clash": outcome.clash,
    }
