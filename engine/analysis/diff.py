"""What changed between two playbooks, by id and in people's words: added, taken away, changed from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from engine.analysis.words import due_words, duration_words, item_words
from engine.frozen import frozen
from engine.model import Due, Duration, Expr, GateItem, Playbook, Stage
from engine.text import Message, listed, plain, say


@frozen
class Change:
    """`what` names the thing (`任务“签约”`), `part` its attribute when `kind` is changed; `old`/`new` as people read them."""

    kind: Literal["added", "removed", "changed"]
    path: str  # dotted, as in the file
    what: Message
    part: Message | None = None
    old: Message | None = None
    new: Message | None = None

    def as_dict(self) -> dict[str, str | None]:
        """The shape of `--json`."""

        def text(message: Message | None) -> str | None:
            return None if message is None else str(message)

        return {
            "kind": self.kind,
            "path": self.path,
            "what": str(self.what),
            "part": text(self.part),
            "old": text(self.old),
            "new": text(self.new),
        }

    def line(self) -> Message:
        """The change as one line, with a sign that tells its kind without colour."""
        if self.kind != "changed":
            return say("{s} {w}", "{s} {w}", s="+" if self.kind == "added" else "-", w=self.what)
        return say("~ {w}的{p}：{a} → {b}", "~ {w}, {p}: {a} → {b}", w=self.what, p=self.part, a=self.old, b=self.new)


_PARTS = {
    "title": say("名称", "title"),
    "version": say("版本", "version"),
    "purpose": say("目的", "purpose"),
    "help": say("说明", "help"),
    "goal": say("目标", "goal"),
    "done_when": say("完成标准", "done when"),
    "role": say("负责角色", "role"),
    "due": say("期限", "due"),
    "takes": say("计划用时", "planned time"),
    "needs": say("前置任务", "needs"),
    "required": say("是否必做（必填）", "required"),
    "skippable": say("是否可跳过", "skippable"),
    "evidence": say("证据要求", "evidence"),
    "sets": say("要填的字段", "fields it sets"),
    "fills": say("要填的表", "records it fills"),
    "for_each": say("逐项展开", "for each"),
    "approval": say("是否要签字", "approval"),
    "stage": say("所在阶段", "stage"),
    "count": say("人数", "count"),
    "duties": say("职责", "duties"),
    "type": say("类型", "type"),
    "owner": say("由谁提供", "owner"),
    "minimum": say("下限", "minimum"),
    "maximum": say("上限", "maximum"),
    "unit": say("单位", "unit"),
    "options": say("选项", "options"),
    "when": say("条件", "condition"),
    "where": say("筛选条件", "filter"),
    "otherwise": say("不满足时的提示", "sentence when it fails"),
    "fix": say("处理办法", "fix"),
    "by": say("由谁处理", "by"),
    "bounds": say("数量", "number"),
    "next": say("下一阶段", "next"),
    "to": say("去向", "leads to"),
    "wait": say("等待时间", "wait"),
    "reason": say("是否要写原因", "reason"),
    "reopens": say("重开哪些任务", "reopens"),
    "final": say("结局", "outcome"),
    "holds": say("是否暂停计时", "holds"),
    "max_words": say("字数上限", "word limit"),
    "template": say("模板", "template"),
    "formats": say("格式", "formats"),
    "target": say("目标值", "target"),
}
_IGNORED = {"place", "number", "id", "lines", "parent"}
_INSIDE = {"tasks", "gate", "transitions", "timers", "stages", "regions", "columns", "starts"}


def compare(old: Playbook, new: Playbook) -> tuple[Change, ...]:
    """Every difference, in the order of the file: the playbook itself, roles, fields, records, stages with what is in them."""
    return tuple(_compare(old, new))


def _compare(old: Playbook, new: Playbook) -> Iterator[Change]:
    book = say("方案", "the playbook")
    for name in ("title", "version", "purpose"):
        a, b = getattr(old, name), getattr(new, name)
        if a != b:
            yield Change("changed", name, book, _PARTS[name], _shown(old, a), _shown(new, b))
    kinds = {
        "roles": say("角色", "role"),
        "fields": say("字段", "field"),
        "records": say("表", "record"),
        "metrics": say("指标", "metric"),
        "documents": say("文件", "document"),
        "transitions": say("全局去向", "way out of every stage"),
    }
    for attribute, kind in kinds.items():
        yield from _maps(old, new, getattr(old, attribute), getattr(new, attribute), attribute, kind)
    for record in (r for r in new.records if r in old.records):
        column = say("“{r}”的列", "column of '{r}'", r=new.records[record].title)
        columns = (old.records[record].columns, new.records[record].columns)
        yield from _maps(old, new, *columns, f"records.{record}.columns", column)
    yield from _maps(old, new, old.all_stages, new.all_stages, "stages", say("阶段", "stage"))
    yield from _maps(old, new, old.tasks, new.tasks, "tasks", say("任务", "task"))
    for name in (s for s in new.all_stages if s in old.all_stages):
        yield from _inside(old, new, old.all_stages[name], new.all_stages[name])


def _inside(old: Playbook, new: Playbook, a: Stage, b: Stage) -> Iterator[Change]:
    place = f"stages.{b.id}"
    gate = say("“{s}”的关口条件", "gate condition of '{s}'", s=b.title)
    way = say("“{s}”的去向", "way out of '{s}'", s=b.title)
    timer = say("“{s}”的时限", "timer of '{s}'", s=b.title)
    yield from _maps(old, new, {g.id: g for g in a.gate}, {g.id: g for g in b.gate}, f"{place}.gate", gate)
    yield from _maps(old, new, a.transitions, b.transitions, f"{place}.transitions", way)
    yield from _maps(old, new, {t.id: t for t in a.timers}, {t.id: t for t in b.timers}, f"{place}.after_time", timer)


def _maps(
    old: Playbook, new: Playbook, a: Mapping[str, Any], b: Mapping[str, Any], path: str, kind: Message
) -> Iterator[Change]:
    for name in (*b, *(n for n in a if n not in b)):
        here = f"{path}.{name}"
        if name not in a:
            yield Change("added", here, _named(new, kind, b[name]))
        elif name not in b:
            yield Change("removed", here, _named(old, kind, a[name]))
        else:
            yield from _attributes(old, new, a[name], b[name], here, _named(new, kind, b[name]))


def _named(book: Playbook, kind: Message, thing: Any) -> Message:
    title = item_words(book, thing) if isinstance(thing, GateItem) else plain(getattr(thing, "title", "") or thing.id)
    return say("{k}“{t}”", "{k} '{t}'", k=kind, t=title)


def _attributes(old: Playbook, new: Playbook, a: Any, b: Any, path: str, what: Message) -> Iterator[Change]:
    for name in a.__slots__:
        if name in _IGNORED or name in _INSIDE:
            continue
        one, other = getattr(a, name), getattr(b, name)
        if _bare(one) == _bare(other):
            continue
        part = _PARTS.get(name, plain(name))
        yield Change("changed", f"{path}.{name}", what, part, _shown(old, one), _shown(new, other))


def _bare(value: Any) -> Any:
    """A value without its place in the file: moving a line is no change."""
    if isinstance(value, Expr):
        return value.source
    if isinstance(value, Due):
        return (value.offset, value.anchor, value.ref, value.before)
    return value


_WRITERS: dict[type, Callable[[Playbook, Any], Message]] = {
    bool: lambda book, v: say("是", "yes") if v else say("否", "no"),
    Due: due_words,
    Duration: lambda book, v: duration_words(v),
    tuple: lambda book, v: listed(map(str, v)),
}


def _shown(book: Playbook, value: Any) -> Message:
    if value is None or value == "":
        return say("（无）", "(none)")
    if isinstance(value, Mapping):
        return listed(say("{k}＝{v}", "{k} = {v}", k=k, v=v) for k, v in value.items())
    writer = _WRITERS.get(type(value))
    return writer(book, value) if writer else say("“{v}”", "'{v}'", v=value)
