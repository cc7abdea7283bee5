"""What `comply` is asked: which files, which channel and purpose, which facts, where copies go."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands._shared import existing_file, parse_day, usage
from engine.errors import UserError
from engine.text import Message, listed, say

if TYPE_CHECKING:
    from engine.compliance import Pack
    from engine.compliance.reading import Source

# Word → what it is, and what people call it.
CHANNELS: Mapping[str, tuple[Message, tuple[str, ...]]] = {
    "ad": (say("医疗广告（付费或正式投放）", "medical advertisement, paid or formal"), ("广告", "医疗广告")),
    "kepu": (say("健康科普", "health education"), ("科普", "健康科普")),
    "self_media": (
        say("本院自媒体账号，也包括对外的话术", "the hospital's own accounts; talking points as well"),
        ("自媒体", "公众号", "话术", "视频号"),
    ),
    "news": (say("新闻、专访、报道", "news, interviews, reports"), ("新闻", "专访", "报道")),
    "internal": (say("只在院内使用", "for use inside the hospital only"), ("院内", "内部", "培训")),
}
PURPOSES: Mapping[str, tuple[Message, tuple[str, ...]]] = {
    "disclosure": (say("信息公开", "disclosure"), ("信息公开", "公示")),
    "education": (say("健康教育", "health education"), ("健康教育", "科普", "教育")),
    "promotion": (say("推广", "promotion"), ("推广", "宣传")),
    "training": (say("院内培训", "training of staff"), ("培训",)),
    "academic": (say("学术交流", "academic exchange"), ("学术",)),
}
_YES, _NO = ("true", "yes", "y", "1", "是", "有", "已"), ("false", "no", "n", "0", "否", "无", "没有", "未")
_OPTIONS = {
    "医院": "institution", "机构": "institution", "医疗机构": "institution", "科室": "department",
    "院内": "internal", "内部": "internal", "学术": "academic", "公开": "public",
}  # fmt: skip
_SUFFIXES = (".txt", ".md", ".markdown", ".docx", ".xlsx")
_MOST_FILES = 500
STDIN = "-"


def channel_of(word: str | None) -> str:
    """The channel; a usage error that says what each of the five is."""
    return _one_of("--channel", word, CHANNELS)


def purpose_of(word: str | None) -> str | None:
    return None if word is None else _one_of("--purpose", word, PURPOSES)


def _one_of(option: str, word: str | None, known: Mapping[str, tuple[Message, tuple[str, ...]]]) -> str:
    asked = (word or "").strip().lower().replace("-", "_")
    for name, (_, others) in known.items():
        if asked == name or asked in others:
            return name
    lines = [f"\n    {option} {name:<11} {words}" for name, (words, _) in known.items()]
    head = (
        say("还要写明发在哪里（{o}）：", "say where the piece goes ({o}):", o=option)
        if word is None
        else say("{o} 没有“{w}”，可写：", "{o} cannot be '{w}'; there are:", o=option, w=word)
    )
    raise usage(say("{h}{l}", "{h}{l}", h=head, l="".join(lines)))


def facts_of(words: Sequence[str], today: date) -> dict[str, object]:
    """`NAME=VALUE` words, each read as what the fact is. An empty value says that there is none."""
    from engine.commands._pilot import pairs
    from engine.compliance.conditions import FACTS

    told: dict[str, object] = {}
    for word, value in pairs(words, say("事实=内容", "FACT=VALUE")).items():
        name = next((n for n, f in FACTS.items() if word in (n, f.title.zh, f.title.en)), None)
        if name is None:
            every = listed(say("{n}（{t}）", "{n} ({t})", n=n, t=f.title) for n, f in FACTS.items())
            raise usage(say("没有事实“{w}”；可写：{k}", "there is no fact '{w}'; there are: {k}", w=word, k=every))
        told[name] = _value(name, value.strip(), today)
    return told


def _value(name: str, text: str, today: date) -> object:
    from engine.compliance.conditions import FACTS

    fact = FACTS[name]
    if not text:
        return ""
    if fact.kind == "flag":
        if text.lower() in _YES or text.lower() in _NO:
            return text.lower() in _YES
        raise usage(say("{t}（{n}）要写 是 或 否", "{t} ({n}) is yes or no", t=fact.title, n=name))
    if fact.kind == "date":
        return parse_day(text, today)
    if fact.kind == "choice":
        found = _OPTIONS.get(text, text)
        if found not in fact.options:
            raise usage(
                say(
                    "{t}（{n}）只能是：{k}",
                    "{t} ({n}) must be one of: {k}",
                    t=fact.title,
                    n=name,
                    k=listed(fact.options),
                )
            )
        return found
    return text


def sources_of(words: Sequence[str]) -> Iterator[tuple[Path | None, Source]]:
    """Each file with its path (None: standard input). A folder or a pattern with `*` stands for the files in it."""
    from engine.compliance.reading import open_source, source_of

    seen: set[Path] = set()
    for word in words:
        if word == STDIN:
            name = str(say("标准输入", "standard input"))
            yield None, source_of(sys.stdin.buffer.read(), name)
            continue
        for path in _paths(existing_file(word)):
            if path.resolve() not in seen:
                seen.add(path.resolve())
                yield path, open_source(path)


def _paths(path: Path) -> list[Path]:
    if path.is_dir():
        found = [p for p in sorted(path.rglob("*")) if _is_text(p.relative_to(path)) and p.is_file()]
    elif not path.exists() and any(sign in path.name for sign in "*?["):
        found = [p for p in sorted(path.parent.glob(path.name)) if _is_text(Path(p.name)) and p.is_file()]
    else:
        return [path]
    if not found:
        raise UserError(
            "no-file",
            say("{p} 里没有可检查的文件", "there is no file to check in {p}", p=path),
            say("能读：.txt、.md、.docx、.xlsx", "readable: .txt, .md, .docx, .xlsx"),
        )
    if len(found) > _MOST_FILES:
        raise UserError(
            "too-many-files",
            say(
                "{p} 里有 {n} 个文件，一次最多 {m} 个",
                "{p} has {n} files; at most {m} at once",
                p=path,
                n=len(found),
                m=_MOST_FILES,
            ),
            say("分文件夹检查", "check it folder by folder"),
        )
    return found


def _is_text(path: Path) -> bool:
    """Not what is hidden, nor what a program left beside an open document."""
    return path.suffix.lower() in _SUFFIXES and not any(part.startswith((".", "~$")) for part in path.parts)


def output_of(
    option: str, asked: str, path: Path | None, source: Source, suffix: str, mark: Message, *, many: bool
) -> Path:
    """Where a copy goes: the file named, into the folder named, or beside the file with `mark` in its name. Never onto a
    file that was given to be checked; `refuse_overwriting` holds that."""
    stem = path.stem if path is not None else str(mark)
    name = f"{stem}-{mark}{suffix}" if path is not None else f"{stem}{suffix}"
    if not asked:
        if path is None:
            raise usage(
                say("从标准输入读时，{o} 后面要写文件名", "from standard input, {o} needs a file name", o=option)
            )
        return path.with_name(name)
    target = existing_file(asked)
    if target.is_dir() or asked.endswith(("/", "\\")):
        return target / name
    if many:
        raise usage(
            say(
                "有多个文件时，{o} 后面写文件夹（以 / 结尾）",
                "for several files, {o} takes a folder (ending in /)",
                o=option,
            )
        )
    if target.suffix.lower() != suffix:
        raise usage(
            say(
                "{f} 的副本是 {s} 文件，{o} 后面的文件名要以 {s} 结尾",
                "the copy of {f} is a {s} file; the name after {o} must end in {s}",
                f=source.name,
                s=suffix,
                o=option,
            )
        )
    return target


def refuse_overwriting(target: Path, inputs: Sequence[Path], copies: Sequence[Path]) -> None:
    """Raises UserError where a copy would replace a file that was given to be checked, or another copy."""
    if any(target.resolve() == path.resolve() for path in copies):
        raise UserError(
            "same-name",
            say("有两份副本都要存成 {p}", "two copies would both be {p}", p=target),
            say("同名的文件分开检查，或改名", "check files of one name separately, or rename one"),
        )
    for path in inputs:
        if target.resolve() == path.resolve() or (target.exists() and path.exists() and target.samefile(path)):
            raise UserError(
                "own-input",
                say("不能写到原文件上：{p}", "this would overwrite the original: {p}", p=target),
                say("换一个文件名", "choose another name"),
            )


def evidence_of(words: Sequence[str], pack: Pack) -> tuple[str, ...]:
    """Names of what was shown beside the text; a usage error for a name that no rule of the pack asks for."""
    known = sorted({rule.ask for rule in pack.rules if rule.ask})
    for word in words:
        if word not in known:
            raise usage(
                say(
                    "没有规则要“{w}”这种材料；可写：{k}",
                    "no rule asks for '{w}'; there are: {k}",
                    w=word,
                    k=listed(known),
                )
            )
    return tuple(words)
