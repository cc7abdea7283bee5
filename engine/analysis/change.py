"""One change between two playbooks, and the comparing of two things attribute by attribute."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from engine.analysis.words import due_words, duration_words, item_words
from engine.frozen import frozen
from engine.model import Due, Duration, Expr, FunnelLink, GateItem, Playbook, Record
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


PARTS = {
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
    "hit": say("命中方式", "hit policy"),
    "each": say("逐项对象", "for each"),
    "message": say("提示", "message"),
    "then": say("触发后", "effect"),
    "task": say("任务", "task"),
    "transition": say("去向", "way out"),
    "channel": say("渠道", "channel"),
    "columns": say("列", "columns"),
    "sign": say("谁审核签字", "signature"),
    "facts": say("事实", "facts"),
    "tests": say("判断", "tests"),
    "start": say("开始", "start"),
    "end": say("结束", "end"),
    "before": say("在哪段之前", "before"),
    "last": say("最近多久", "last"),
    "names": say("文件里的叫法", "names in files"),
    "side": say("线上线下", "online or offline"),
    "department": say("科室字段", "field of the department"),
    "retain": say("明细保存多久", "how long rows are kept"),
    "numerator": say("分子", "numerator"),
    "denominator": say("分母", "denominator"),
    "direction": say("好的方向", "direction"),
    "baseline": say("基线", "baseline"),
    "window": say("统计期", "window"),
    "least": say("最少基数", "least base"),
    "kpi": say("是否上总览", "on the board"),
    "value": say("取值", "value"),
    "playbook": say("方案", "playbook"),
    "auto": say("是否自动启动", "started by itself"),
    "field": say("字段", "field"),
    "record": say("表", "record"),
    "compliance": say("合规规则包", "compliance pack"),
    "carry": say("复制时带走", "carried over"),
    "valid": say("签字有效期", "signature good for"),
    "valid_until": say("签字有效到", "signature good until"),
    "document": say("文件", "document"),
    "content": say("内容", "content"),
    "label": say("以哪一列称呼", "label"),
    "measure": say("数什么", "measure"),
    "over": say("除以", "divided by"),
    "during": say("哪段时间", "during"),
    "everywhere": say("所有科室", "every department"),
    "within": say("不超过", "stays within"),
    "integer": say("是否整数", "whole numbers"),
    "currency": say("币种", "currency"),
    "max_length": say("最多字数", "longest"),
    "max_items": say("最多几项", "most items"),
    "default": say("默认值", "default"),
    "ledger": say("怎样从台账数", "counted from the ledger"),
    "max_pages": say("页数上限", "page limit"),
    "gated": say("是否过关口", "through the gate"),
    "kind": say("种类", "kind"),
    "signed": say("是否要签字", "signed"),
    "state": say("状态", "state"),
}
# Where it stands in the file; and what has a comparison of its own.
NEVER_COMPARED = {
    *("place", "number", "id", "lines", "parent"),
    *("tasks", "gate", "transitions", "timers", "stages", "regions", "starts"),
    *("links", "inputs", "outputs", "rows", "channels"),
}


def maps(
    old: Playbook, new: Playbook, a: Mapping[str, Any], b: Mapping[str, Any], path: str, kind: Message
) -> Iterator[Change]:
    for name in (*b, *(n for n in a if n not in b)):
        here = f"{path}.{name}"
        if name not in a:
            yield Change("added", here, named(new, kind, b[name]))
        elif name not in b:
            yield Change("removed", here, named(old, kind, a[name]))
        else:
            yield from attributes(old, new, a[name], b[name], here, named(new, kind, b[name]))


def named(book: Playbook, kind: Message, thing: Any) -> Message:
    if isinstance(thing, GateItem):
        title = item_words(book, thing)
    elif isinstance(thing, FunnelLink):
        title = plain(book.fields[thing.field].title if thing.field in book.fields else thing.field)
    else:
        title = plain(getattr(thing, "title", "") or getattr(thing, "id", "") or thing.playbook)
    return say("{k}“{t}”", "{k} '{t}'", k=kind, t=title)


def attributes(old: Playbook, new: Playbook, a: Any, b: Any, path: str, what: Message) -> Iterator[Change]:
    for name in a.__slots__:
        if name in NEVER_COMPARED or (name == "columns" and isinstance(a, Record)):
            continue
        one, other = getattr(a, name), getattr(b, name)
        if bare(one) == bare(other):
            continue
        part = PARTS.get(name, plain(name))
        yield Change("changed", f"{path}.{name}", what, part, shown(old, one), shown(new, other))


def bare(value: Any) -> Any:
    """A value without its place in the file: moving a line is no change."""
    if isinstance(value, Expr):
        return value.source
    if isinstance(value, Mapping):
        return {key: bare(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    names = getattr(value, "__match_args__", ())
    return (type(value).__name__, *(bare(getattr(value, n)) for n in names if n != "place")) if names else value


def _word(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


_WRITERS: dict[type, Callable[[Playbook, Any], Message]] = {
    Expr: lambda book, v: plain(v.source),
    bool: lambda book, v: say("是", "yes") if v else say("否", "no"),
    Due: due_words,
    Duration: lambda book, v: duration_words(v),
    tuple: lambda book, v: listed(map(str, v)),
}


def shown(book: Playbook, value: Any) -> Message:
    if value is None or value == "":
        return say("（无）", "(none)")
    if isinstance(value, Mapping):
        return listed(say("{k}＝{v}", "{k} = {v}", k=k, v=_word(bare(v))) for k, v in value.items())
    writer = _WRITERS.get(type(value))
    if writer is not None:
        return writer(book, value)
    names = getattr(value, "__match_args__", ())
    if names:  # a small value of its own: what is set in it
        held = [(PARTS.get(n, plain(n)), getattr(value, n)) for n in names if n != "place"]
        return listed(
            say("{k}＝{v}", "{k} = {v}", k=k, v=shown(book, v)) for k, v in held if v not in (None, "", {}, False)
        )
    return say("“{v}”", "'{v}'", v=value)
