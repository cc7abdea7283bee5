"""What changed between two playbooks, by id and in people's words: added, taken away, changed from what to what."""

from __future__ import annotations

from collections.abc import Iterator

from engine.analysis.change import PARTS, Change, attributes, maps, shown
from engine.decisions.show import row_words
from engine.model import DecisionTable, Playbook, Stage
from engine.text import say


def compare(old: Playbook, new: Playbook) -> tuple[Change, ...]:
    """Every difference, in the order of the file: the playbook itself, roles, fields, records, stages with what is in them."""
    return tuple(_compare(old, new))


def _compare(old: Playbook, new: Playbook) -> Iterator[Change]:
    book = say("方案", "the playbook")
    for name in ("title", "version", "purpose", "compliance"):
        a, b = getattr(old, name), getattr(new, name)
        if a != b:
            yield Change("changed", name, book, PARTS[name], shown(old, a), shown(new, b))
    kinds = {
        "roles": say("角色", "role"),
        "fields": say("字段", "field"),
        "records": say("表", "record"),
        "metrics": say("指标", "metric"),
        "documents": say("文件", "document"),
        "windows": say("统计期", "window"),
        "rules": say("数字规则", "rule on numbers"),
        "content": say("要检查的内容", "checked content"),
        "transitions": say("全局去向", "way out of every stage"),
    }
    for attribute, kind in kinds.items():
        yield from maps(old, new, getattr(old, attribute), getattr(new, attribute), attribute, kind)
    for record in (r for r in new.records if r in old.records):
        column = say("“{r}”的列", "column of '{r}'", r=new.records[record].title)
        columns = (old.records[record].columns, new.records[record].columns)
        yield from maps(old, new, *columns, f"records.{record}.columns", column)
    yield from _funnels(old, new)
    yield from _tables(old, new)
    yield from _ledger(old, new)
    yield from maps(old, new, old.all_stages, new.all_stages, "stages", say("阶段", "stage"))
    yield from maps(old, new, old.tasks, new.tasks, "tasks", say("任务", "task"))
    for name in (s for s in new.all_stages if s in old.all_stages):
        yield from _inside(old, new, old.all_stages[name], new.all_stages[name])


def _inside(old: Playbook, new: Playbook, a: Stage, b: Stage) -> Iterator[Change]:
    place = f"stages.{b.id}"
    gate = say("“{s}”的关口条件", "gate condition of '{s}'", s=b.title)
    way = say("“{s}”的去向", "way out of '{s}'", s=b.title)
    timer = say("“{s}”的时限", "timer of '{s}'", s=b.title)
    yield from maps(old, new, {g.id: g for g in a.gate}, {g.id: g for g in b.gate}, f"{place}.gate", gate)
    yield from maps(old, new, a.transitions, b.transitions, f"{place}.transitions", way)
    yield from maps(old, new, {t.id: t for t in a.timers}, {t.id: t for t in b.timers}, f"{place}.after_time", timer)
    child = say("“{s}”启动的下级", "child pilot of '{s}'", s=b.title)
    before, after = ({c.title or c.playbook: c for c in stage.starts} for stage in (a, b))
    yield from maps(old, new, before, after, f"{place}.starts", child)


def _funnels(old: Playbook, new: Playbook) -> Iterator[Change]:
    yield from maps(old, new, old.funnels, new.funnels, "funnels", say("漏斗", "funnel"))
    for name in (f for f in new.funnels if f in old.funnels):
        link = say("“{f}”的环节", "link of '{f}'", f=new.funnels[name].title)
        before, after = ({x.field: x for x in book.funnels[name].links} for book in (old, new))
        yield from maps(old, new, before, after, f"funnels.{name}.links", link)
        if [field for field in before if field in after] != [field for field in after if field in before]:
            yield _order(f"funnels.{name}.links", new.funnels[name].title)


def _tables(old: Playbook, new: Playbook) -> Iterator[Change]:
    """Decision tables: a row has no id, so it is known by what it says."""
    yield from maps(old, new, old.decisions, new.decisions, "decisions", say("决策表", "decision table"))
    for name in (d for d in new.decisions if d in old.decisions):
        a, b = old.decisions[name], new.decisions[name]
        path, title = f"decisions.{name}", b.title
        yield from maps(old, new, a.inputs, b.inputs, f"{path}.inputs", say("“{t}”的条件列", "input of '{t}'", t=title))
        yield from maps(
            old, new, a.outputs, b.outputs, f"{path}.outputs", say("“{t}”的结果列", "output of '{t}'", t=title)
        )
        before, after = _rows(a), _rows(b)
        row = say("“{t}”的行", "row of '{t}'", t=title)
        for words in (w for w in after if w not in before):
            yield Change("added", f"{path}.rows", say("{k}“{w}”", "{k} '{w}'", k=row, w=words))
        for words in (w for w in before if w not in after):
            yield Change("removed", f"{path}.rows", say("{k}“{w}”", "{k} '{w}'", k=row, w=words))
        if [w for w in before if w in after] != [w for w in after if w in before]:
            yield _order(f"{path}.rows", title)


def _rows(table: DecisionTable) -> list[str]:
    return [row_words(table, index) for index in range(len(table.rows))]


def _order(path: str, title: str) -> Change:
    before, after = say("原来的先后", "as before"), say("另一种先后", "another order")
    what = say("“{t}”", "'{t}'", t=title)
    return Change("changed", path, what, say("先后", "order"), before, after)


def _ledger(old: Playbook, new: Playbook) -> Iterator[Change]:
    kind = say("台账里的渠道", "channel of the ledger")
    yield from maps(old, new, old.ledger.channels, new.ledger.channels, "ledger.channels", kind)
    yield from attributes(old, new, old.ledger, new.ledger, "ledger", say("台账", "the ledger"))
