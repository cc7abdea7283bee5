"""The sources of a paper: every value that stands in it with what is behind it, and every number nothing is behind.

The values are those the template looked at (`engine.documents.tracing`). As a safety net all numbers of the text are held
against them: one that is neither a traced value nor written in a template is told as unsourced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from engine.documents.environment import day
from engine.documents.markdown import clean, escape
from engine.documents.origins import Origins, Source
from engine.frozen import frozen
from engine.text import Language

if TYPE_CHECKING:
    from engine.documents.tracing import Trace

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_ITEM = re.compile(r"^\d+\. ")  # of a numbered list
_RULE = re.compile(r"^\|(?: *:?-+:? *\|)+$")  # under the head of a table
_MOST_SHOWN = 60  # characters of a long text


@frozen
class Claim:
    """A value in the paper: `path` in the context, `title` in people's words, `text` as it stands there, in which
    section, and its sources."""

    path: str
    title: str
    text: str
    section: str
    sources: tuple[Source, ...]

    def as_dict(self) -> dict[str, object]:
        return {
            "path": self.path,
            "title": self.title,
            "text": self.text,
            "section": self.section,
            "sources": [one.as_dict() for one in self.sources],
        }

    @property
    def short(self) -> str:
        return self.text if len(self.text) <= _MOST_SHOWN else f"{self.text[: _MOST_SHOWN - 1]}…"


@frozen
class Sourced:
    """`claims` in the order of the paper; `unsourced`: numbers that nothing accounts for."""

    claims: tuple[Claim, ...] = ()
    unsourced: tuple[str, ...] = ()


def sources_of(body: str, trace: Trace, origins: Origins, written: Iterable[str]) -> Sourced:
    """`body` is the paper's Markdown, `written` the words of its templates."""
    text = _COMMENT.sub("", body)
    headings = [(found.start(), clean(found[1])) for found in _HEADING.finditer(text)]
    placed: list[tuple[int, Claim]] = []
    said: list[str] = []
    for path, value in trace.seen.items():
        if not escape(value) or (len(value) == 1 and not value.isdigit()):
            continue  # "是" stands anywhere
        where = [(form, found.start()) for form in _forms(value) if (found := _pattern(form).search(text))]
        if not where:
            continue
        shown, at = where[0]
        name = origins.title(trace.behind.get(path, (path,))[0])
        sources = tuple(dict.fromkeys(one for behind in trace.behind.get(path, (path,)) for one in origins.of(behind)))
        if sources and all(one.kind == "playbook" for one in sources) and not _NUMBER.search(value):
            continue  # the playbook's own words claim nothing
        section = next((title for start, title in reversed(headings) if start <= at), "")
        placed.append((at, Claim(".".join(path), name, clean(shown), section, sources)))
        if sources:
            said += [form for form, _ in where]
    placed.sort(key=lambda pair: pair[0])
    claims = tuple(claim for _, claim in placed)
    return Sourced(claims, _unaccounted(text, said, written))


def _forms(value: str) -> tuple[str, ...]:
    """As it is; a date of a table also as it stands in a sentence (the filter `day`)."""
    return (value, day(value)) if _DAY.fullmatch(value) else (value,)


def _pattern(value: str) -> re.Pattern[str]:
    """The value as it stands in Markdown; a number only where it is a whole one: the 4 of "4月" is no 4 of "46"."""
    before = r"(?<![\d.,])" if value[:1].isdigit() else ""
    after = r"(?![\d])(?![.,]\d)" if value[-1:].isdigit() else ""
    return re.compile(f"{before}{re.escape(escape(value))}{after}")


def _unaccounted(text: str, values: Iterable[str], written: Iterable[str]) -> tuple[str, ...]:
    """Numbers left when everything traced is struck out, everything a template says itself, and the numbers of lines."""
    text = "\n".join(_unnumbered(text))
    for value in sorted({v for v in values if _NUMBER.search(v)}, key=len, reverse=True):
        text = _pattern(value).sub(" ", text)
    allowed = {number for words in written for number in _NUMBER.findall(words)}
    return tuple(dict.fromkeys(number for number in _NUMBER.findall(text) if number not in allowed))


def _unnumbered(text: str) -> Iterator[str]:
    """The lines without the numbers that only count them: of a list's items, of a table's rows from 1 on."""
    row = 0
    for line in text.splitlines():
        row = 1 if _RULE.match(line) else row + 1 if row and line.startswith("|") else 0
        yield _ITEM.sub("", line.removeprefix(f"| {row - 1} |") if row > 1 else line)


def listing(found: Sourced, title: str, language: Language) -> str:
    """The appendix as Markdown: a table of every claim with its sources."""
    zh = language == "zh"
    head = ["所在章节", "内容", "写法", "来源"] if zh else ["Section", "What", "As written", "Source"]
    lines = [f"# {escape(title)}{'：数字与说法的来源' if zh else ': sources of figures and claims'}", ""]
    lines += [f"| {' | '.join(head)} |", "| --- | --- | --- | --- |"]
    for claim in found.claims:
        cells = [claim.section, claim.title, claim.short, source_words(claim, language) or ("无" if zh else "none")]
        lines.append(f"| {' | '.join(escape(c) for c in cells)} |")
    if found.unsourced:
        said = "没有来源的数字" if zh else "Numbers without a source"
        lines += ["", f"{said}{'：' if zh else ': '}{'、'.join(map(escape, found.unsourced))}"]
    return "\n".join(lines) + "\n"


def source_words(claim: Claim, language: Language) -> str:
    words = dict.fromkeys((one.words.zh if language == "zh" else one.words.en) for one in claim.sources)
    return ("；" if language == "zh" else "; ").join(words)
