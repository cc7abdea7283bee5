"""One event in the words of whoever reads the history: titles instead of ids, values as people write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.model import Field, Playbook
from engine.pilot.events import Erased, Event
from engine.pilot.fold import value_of
from engine.pilot.values import show
from engine.text import Message, join, listed, plain, say

OUTCOMES = {"succeeded": say("成功", "succeeded"), "stopped": say("中止", "stopped")}


def describe(book: Playbook, event: Event) -> Message:
    """The event as one sentence, without its time and actor."""
    return _WORDS[event.type](book, event)


def outcome_words(outcome: str | None) -> Message:
    return OUTCOMES.get(outcome or "", plain(outcome or ""))


def _text(event: Event, key: str) -> Message:
    text = event.texts.get(key, "")
    return say("（内容已抹除）", "(content erased)") if isinstance(text, Erased) else plain(text)


def _reason(event: Event) -> Message:
    reason = _text(event, "reason")
    return say("，原因：{r}", ", because: {r}", r=reason) if reason.zh else plain("")


def _task_name(book: Playbook, key: str) -> Message:
    ident, at, item = key.partition("@")
    task = book.tasks.get(ident)
    if task is None:
        return plain(key)
    name = str(say("{t}（{i}）", "{t} ({i})", t=task.title, i=item)) if at else task.title
    return say("任务 {n}“{title}”", "task {n} '{title}'", n=task.number, title=name)


def _stages(book: Playbook, names: Iterable[str]) -> str:
    return str(listed(book.all_stages[n].title if n in book.all_stages else n for n in names))


def _value(field: Field | None, kind: str, data: object, text: object) -> str:
    value = value_of(kind, data, text)  # type: ignore[arg-type]
    if value is None:
        return ""
    return show(field, value) if field is not None else str(value)


def _started(book: Playbook, event: Event) -> Message:
    d = event.data
    return say(
        "启动“{name}”（{title} {version}），进入“{at}”",
        "started '{name}' ({title} {version}), at '{at}'",
        name=d["name"],
        title=book.title,
        version=d["version"],
        at=_stages(book, d["at"]),
    )


def _assigned(book: Playbook, event: Event) -> Message:
    role = book.roles.get(event.data["role"])
    people = listed(event.data["people"])
    return say("{role}：{people}", "{role}: {people}", role=role.title if role else event.data["role"], people=people)


def _task_assigned(book: Playbook, event: Event) -> Message:
    task = _task_name(book, event.data["task"])
    return say("{task}由{who}负责", "{task} goes to {who}", task=task, who=event.data["person"])


def _field_set(book: Playbook, event: Event) -> Message:
    field = book.fields.get(event.data["field"])
    title = field.title if field else event.data["field"]
    value = _value(field, event.data["type"], event.data.get("value"), event.texts.get("value"))
    if not value:
        return say("清空“{title}”", "'{title}' cleared", title=title)
    words = say("“{title}”＝{value}", "'{title}' = {value}", title=title, value=value)
    return _carried(words, event)


def _carried(words: Message, event: Event) -> Message:
    """The same with a mark when it came from the pilot that this one replicates."""
    return say("{w}（承接）", "{w} (carried over)", w=words) if "from" in event.data else words


def _row(kind: Message) -> Callable[[Playbook, Event], Message]:
    def words(book: Playbook, event: Event) -> Message:
        data = event.data
        record = book.records.get(data["record"])
        title = record.title if record else data["record"]
        cells: list[Message] = []
        for column, type_ in data.get("types", {}).items():
            found = record.columns.get(column) if record else None
            value = _value(found, type_, data["values"].get(column), event.texts.get(column))
            cells.append(say("{t}＝{v}", "{t} = {v}", t=found.title if found else column, v=value))
        row = join(cells, en="; ")
        told = say("：{c}", ": {c}", c=row) if cells else plain("")
        words = say(
            "{kind}“{title}”第{n}行{told}",
            "'{title}' row {n} {kind}{told}",
            kind=kind,
            title=title,
            n=data["row"],
            told=told,
        )
        return _carried(words, event)

    return words


def _moved(kind: Message) -> Callable[[Playbook, Event], Message]:
    def words(book: Playbook, event: Event) -> Message:
        signer = event.data.get("signer")
        signed = say("（签字：{s}）", " (signed by {s})", s=signer) if signer else plain("")
        task = _task_name(book, event.data["task"])
        return say(
            "{kind}{task}{signed}{why}",
            "{task} {kind}{signed}{why}",
            kind=kind,
            task=task,
            signed=signed,
            why=_reason(event),
        )

    return words


def _attached(book: Playbook, event: Event) -> Message:
    data = event.data
    about = plain("")
    if data.get("task"):
        about = say("（{task}）", " ({task})", task=_task_name(book, data["task"]))
    return say(
        "证据 E{n}：{name}{about}",
        "evidence E{n}: {name}{about}",
        n=data["evidence"],
        name=_text(event, "name"),
        about=about,
    )


def _noted(book: Playbook, event: Event) -> Message:
    return say("备注 N{n}：{text}", "note N{n}: {text}", n=event.data["note"], text=_text(event, "text"))


def _advanced(book: Playbook, event: Event) -> Message:
    data = event.data
    stage = book.all_stages.get(data.get("stage") or "")
    way = (stage.transitions if stage else book.transitions).get(data["transition"])
    title = say("（{t}）", " ({t})", t=way.title) if way and way.title else plain("")
    return say(
        "“{a}”→“{b}”{title}{why}",
        "'{a}' → '{b}'{title}{why}",
        a=_stages(book, data["source"]),
        b=_stages(book, data["at"]),
        title=title,
        why=_reason(event),
    )


def _finished(book: Playbook, event: Event) -> Message:
    return say("结束：{o}", "finished: {o}", o=outcome_words(event.data["outcome"]))


def _linked(book: Playbook, event: Event) -> Message:
    child = event.data["relation"] == "child"
    kind = say("启动子试点", "child pilot started") if child else say("由此启动新试点", "pilot started from this one")
    return say("{kind}“{name}”", "{kind}: '{name}'", kind=kind, name=event.data["name"])


def _link_finished(book: Playbook, event: Event) -> Message:
    return say("关联试点结束：{o}", "linked pilot finished: {o}", o=outcome_words(event.data["outcome"]))


def _final(book: Playbook, event: Event) -> Message:
    document = book.documents.get(event.data["document"])
    title = document.title if document else event.data["document"]
    return say("《{t}》定稿（{n}字）", "'{t}' final ({n} words)", t=title, n=event.data["words"])


def _undone(book: Playbook, event: Event) -> Message:
    seqs = listed(f"#{n}" for n in event.data["seqs"])
    return say("撤销 {seqs}{why}", "took back {seqs}{why}", seqs=seqs, why=_reason(event))


def _erased(book: Playbook, event: Event) -> Message:
    item, row = str(event.data["item"]), ""
    if "/" in item:
        item, _, row = item.partition("/")
    named = book.records.get(item) or book.fields.get(item)
    told = say("“{t}”", "'{t}'", t=named.title) if named else plain(item)
    told = say("{t}第{n}行", "{t} row {n}", t=told, n=row) if row else told
    return say("抹除{item}的内容{why}", "content of {item} erased{why}", item=told, why=_reason(event))


def _imported(book: Playbook, event: Event) -> Message:
    data = event.data
    return say(
        "导入台账 {n}：{name}，{rows} 行，{a} 至 {b}",
        "ledger import {n}: {name}, {rows} rows, {a} to {b}",
        n=data["import"],
        name=_text(event, "name"),
        rows=f"{data['rows']:,}",
        a=data["first"],
        b=data["last"],
    )


def _withdrawn(book: Playbook, event: Event) -> Message:
    return say(
        "撤回第{n}次导入（{rows} 行）{why}",
        "import {n} withdrawn ({rows} rows){why}",
        n=event.data["import"],
        rows=f"{event.data['rows']:,}",
        why=_reason(event),
    )


def _touches_erased(book: Playbook, event: Event) -> Message:
    expired = event.data["why"] == "expired"
    kind = say("保存期满，", "retention over: ") if expired else plain("")
    return say(
        "{kind}删除 {n} 条逐人记录{why}", "{kind}{n} event rows deleted{why}", kind=kind, n=event.data["rows"], why=_reason(event)
    )  # fmt: skip


def _counted(book: Playbook, event: Event) -> Message:
    parts = []
    for name, found in event.data["fields"].items():
        field = book.fields.get(name)
        value = _value(field, found["type"], found["value"], None)
        parts.append(f"{field.title if field else name} {value or '—'}")
    shown = "，".join(parts[:12]) + ("…" if len(parts) > 12 else "")
    return say("由台账计数：{v}", "counted from the ledger: {v}", v=shown or "—")


def _rule(kind: Message) -> Callable[[Playbook, Event], Message]:
    def words(book: Playbook, event: Event) -> Message:
        data = event.data
        rule = book.rules.get(data["rule"])
        group = say("（{g}）", " ({g})", g=data["group"]) if data["group"] else plain("")
        values = "，".join(f"{k} {v}" for k, v in data["values"].items())
        return say(
            "规则“{t}”{g}{kind}：{v}", "rule '{t}'{g} {kind}: {v}", t=rule.title if rule else data["rule"], g=group, kind=kind, v=values
        )  # fmt: skip

    return words


def _content_checked(book: Playbook, event: Event) -> Message:
    content = book.content.get(event.data["content"])
    findings = event.data["findings"]
    blocks = sum(found["severity"] == "block" for found in findings)
    return say(
        "检查“{t}”：{b}处不能发布，{w}处提醒（{p}）",
        "checked '{t}': {b} must not go out, {w} warnings ({p})",
        t=content.title if content else event.data["content"],
        b=blocks,
        w=len(findings) - blocks,
        p=event.data["pack"],
    )


def _finding_waived(book: Playbook, event: Event) -> Message:
    content = book.content.get(event.data["content"])
    return say(
        "“{t}”的 {r} 作为误报豁免（{by}）{why}",
        "{r} in '{t}' waived as a false finding by {by}{why}",
        t=content.title if content else event.data["content"],
        r=event.data["rule"],
        by=event.data["by"],
        why=_reason(event),
    )


_WORDS: dict[str, Callable[[Playbook, Event], Message]] = {
    "started": _started,
    "assigned": _assigned,
    "task_assigned": _task_assigned,
    "field_set": _field_set,
    "row_added": _row(say("新增", "added")),
    "row_edited": _row(say("修改", "changed")),
    "row_removed": _row(say("删除", "removed")),
    "task_begun": _moved(say("开始", "begun")),
    "task_done": _moved(say("完成", "done")),
    "task_skipped": _moved(say("跳过", "skipped")),
    "task_reopened": _moved(say("重开", "reopened")),
    "attached": _attached,
    "noted": _noted,
    "advanced": _advanced,
    "finished": _finished,
    "linked": _linked,
    "link_finished": _link_finished,
    "document_final": _final,
    "imported": _imported,
    "withdrawn": _withdrawn,
    "touches_erased": _touches_erased,
    "counted": _counted,
    "rule_fired": _rule(say("触发", "fired")),
    "rule_cleared": _rule(say("已解除", "cleared")),
    "content_checked": _content_checked,
    "finding_waived": _finding_waived,
    "undone": _undone,
    "erased": _erased,
}
