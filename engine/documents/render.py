"""A paper: a playbook's document rendered for one pilot, counted, stamped, with what is wrong with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.documents.look import PLAIN, Look
from engine.documents.more import NOTHING_MORE, More
from engine.errors import Place, Problem, UserError
from engine.frozen import frozen
from engine.model import Document, Playbook
from engine.pilot.content import open_findings
from engine.pilot.events import Event
from engine.pilot.fold import undone_seqs
from engine.pilot.state import Pilot
from engine.text import Language, Message, entitled, listed, plain, say

if TYPE_CHECKING:
    from engine.calendar import Calendar
    from engine.documents.asking import Asking
    from engine.documents.charts import Figures
    from engine.documents.sources import Sourced
    from engine.documents.views import View
    from engine.process.context import Context
    from engine.service.results import Results

CODES = ("paper-missing", "too-long", "slide-full", "no-pages", "no-glyph")
# Papers that any playbook can give, from the engine's own templates; a playbook may declare its own under these ids.
OWN_DOCUMENTS = {
    "guide": say("实操指南", "Guide"),
    "brief": say("进展简报", "Brief"),
    "tasks": say("任务清单", "Tasks"),
}
_HASH_SHOWN = 16  # hexadecimal digits printed; the event holds all 64


@frozen
class Paper:
    """`markdown` carries the stamp (草稿, or date, edition and hash); `words` and `sha256` are of the text without it.

    `problems`: `paper-missing` (warnings: what the pilot does not hold yet, with the command), `too-long`, `slide-full` and
    `paper-content` (errors).
    """

    id: str
    title: str
    markdown: str
    words: int
    sha256: str
    problems: tuple[Problem, ...]
    hospital: str
    pilot: str
    draft: bool
    language: Language
    day: date
    formats: tuple[str, ...] = ("md", "docx")
    charts: Mapping[str, str] = field(default_factory=dict)  # name → SVG
    figures: Mapping[str, Figures] = field(default_factory=dict)  # name → what the chart of that name shows
    most_pages: int | None = None
    pages: int | None = None  # measured by `engine.documents.pages`
    sourced: Sourced | None = None  # where it has everything from, when it was asked to keep that
    look: Look = PLAIN

    @property
    def above(self) -> tuple[str, str]:
        """What stands above the title: the hospital, unless the letterhead names it, and the pilot; either may be empty."""
        return ("" if self.look.names(self.hospital) else self.hospital, self.pilot)


def render_paper(
    book: Playbook,
    pilot: Pilot,
    events: Sequence[Event],
    document_id: str,
    *,
    calendar: Calendar,
    now: datetime,
    hospital: str,
    templates: Mapping[str, str],
    language: Language = "zh",
    draft: bool = True,
    origin: str = "",
    results: Results | None = None,
    more: More = NOTHING_MORE,
    look: Look = PLAIN,
) -> Paper:
    """Render a document of the playbook. `templates`: name → text, the workspace's laid over the pinned ones. `more` says
    who the paper is for, what family the pilot has, and whether sources are kept.

    A template of the playbook's own that has no English variant is rendered in the playbook's language. `origin` is the
    name of the pilot this one was started from. Raises UserError `unknown-document` or `not-for-one`, and
    PlaybookError with every problem of the template.
    """
    from engine.documents.addressing import addressed
    from engine.documents.context import build_context
    from engine.documents.environment import render_template
    from engine.documents.markdown import clean
    from engine.process.context import Context

    language = spoken(book, document_id, templates, language)
    document = addressed(book, find_document(book, document_id, language), more, templates, language)
    context = Context(book, pilot, now, calendar)
    data, asking = build_context(
        context,
        events,
        document,
        hospital=hospital,
        language=language,
        draft=draft,
        origin=origin,
        results=results,
        more=more,
    )
    data["own_checklists"] = "_checklists.md.j2" in templates
    # Twice: only the first pass finds out what the paper asks for in vain, and the paper may list it anywhere.
    render_template(document.template, templates, data, language)
    data["missing"] = list(asking.missing.values())
    if asking.trace is not None:
        asking.trace.know(data["missing"], ("missing",))
    body = tidy(render_template(document.template, templates, data, language, asking.trace))
    if not body.startswith("# "):
        body = f"# {data['paper']['title'].__html__()}\n\n{body}"
    digest = hashlib.sha256(body.encode()).hexdigest()
    words, problems = measure(body, document)
    stamp = _stamp(data, digest, draft, language, edition(events, document.id, digest))
    head, _, rest = body.partition("\n")
    drawn = {name: one for name, one in asking.drawn.items() if f"(chart:{name})" in body}
    return Paper(
        id=document.id,
        title=clean(document.title),
        markdown=f"{head}\n\n{stamp}\n{rest.lstrip()}",
        words=words,
        sha256=digest,
        problems=(*problems, *unlawful(context, document), *(_missing(item, document) for item in data["missing"])),
        hospital=clean(hospital),
        pilot=clean(pilot.name),
        draft=draft,
        language=language,
        day=context.today,
        formats=document.formats,
        charts={name: look.colours.paint(one.svg) for name, one in drawn.items()},
        figures={name: one.figures for name, one in drawn.items() if one.figures is not None},
        most_pages=document.max_pages,
        sourced=_sourced(body, asking, events, results, document, templates),
        look=look,
    )


def _sourced(
    body: str,
    asking: Asking,
    events: Sequence[Event],
    results: Results | None,
    document: Document,
    templates: Mapping[str, str],
) -> Sourced | None:
    if asking.trace is None:
        return None
    from engine.documents.environment import words_written
    from engine.documents.origins import Origins
    from engine.documents.sources import sources_of

    written = words_written(document.template, templates, asking.language)
    return sources_of(body, asking.trace, Origins(asking.context, events, results), written)


def find_document(book: Playbook, name: str, language: Language = "zh") -> Document:
    """A document the playbook declares, or one that every playbook has (`OWN_DOCUMENTS`). Raises UserError."""
    if name in book.documents:
        return book.documents[name]
    if name in OWN_DOCUMENTS:
        title = OWN_DOCUMENTS[name]
        return Document(name, title.zh if language == "zh" else title.en, f"{name}.md.j2")
    every = {own: str(title) for own, title in OWN_DOCUMENTS.items()} | {d.id: d.title for d in book.documents.values()}
    raise UserError(
        "unknown-document",
        say("方案里没有文档“{name}”", "the playbook has no document '{name}'", name=name),
        say("可用的文档：{all}", "documents: {all}", all=listed(entitled(i, t) for i, t in every.items())),
    )


def spoken(book: Playbook, name: str, templates: Mapping[str, str], language: Language) -> Language:
    """English only where the template speaks it: a page in two languages serves nobody. A caller that has the playbook
    in both languages gives `render_paper` the one that goes with it."""
    own: Language = "en" if book.language.startswith("en") else "zh"
    template = book.documents[name].template if name in book.documents else ""
    if template in templates and template.replace(".md.j2", f".{language}.md.j2") not in templates:
        return own
    return language


def tidy(text: str) -> str:
    """No spaces at line ends, at most one empty line in a row, one line end at the end."""
    text = re.sub(r"[ \t]+$", "", text.replace("\r\n", "\n"), flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def measure(body: str, document: Document) -> tuple[int, tuple[Problem, ...]]:
    """The words of a paper, and the problem if there are more than the document allows: how many, and where to cut."""
    from engine.documents.markdown import sections

    parts = list(sections(body))
    words = sum(part.words for part in parts)
    if document.max_words is None or words <= document.max_words:
        return words, ()
    longest = sorted((p for p in parts if p.title), key=lambda p: -p.words)[:3]
    message = say(
        "{title}共 {words} 字，上限 {most} 字，要删去 {over} 字",
        "{title} has {words} words; at most {most} are allowed: cut {over}",
        title=document.title if document.title.startswith("《") else f"《{document.title}》",
        words=words,
        most=document.max_words,
        over=words - document.max_words,
    )
    hint = say(
        "最长的部分：{zh}",
        "the longest sections: {en}",
        zh="、".join(f"“{p.title}”{p.words} 字" for p in longest),
        en=", ".join(f"'{p.title}' {p.words}" for p in longest),
    )
    return words, (Problem(document.place, "too-long", message, hint if longest else None),)


def unlawful(context: Context, document: Document) -> tuple[Problem, ...]:
    """What the checks found in the texts of the pilot (talking points, promises, cases …) and nobody has mended or answered
    for: a paper that is handed out repeats them. An error each, with the phrase, the rule and both ways out."""
    found = []
    for content in context.book.content.values():
        for one in open_findings(context.pilot, content.id, "block"):
            from engine.process.content import finding_words

            found.append(
                Problem(
                    Place(document.template),
                    "paper-content",
                    say(
                        "“{t}”里有不能对外说的话：{w}",
                        "'{t}' says what must not go out: {w}",
                        t=content.title,
                        w=finding_words(context, content, one),
                    ),
                    say(
                        "改掉那句话；确是误报的，playbook waive {c} {r} --reason 原因",
                        "change it; if it is a false finding, `playbook waive {c} {r} --reason TEXT`",
                        c=content.id,
                        r=one.rule,
                    ),
                )
            )
    return tuple(found)


def edition(events: Sequence[Event], document: str, digest: str) -> int:
    """Which edition of the document this text is: one more than the final ones there are, or the last if it is that."""
    gone = undone_seqs(events)
    finals = [e.data for e in events if e.type == "document_final" and e.seq not in gone]
    ours = [data["sha256"] for data in finals if data["document"] == document]
    return len(ours) if ours and ours[-1] == digest else len(ours) + 1


def _missing(item: View, document: Document) -> Problem:
    who: Message = plain(f"{item['who']}：") if item["who"] else plain("")
    return Problem(
        Place(document.template),
        "paper-missing",
        say("待补充：{what}", "to be supplied: {what}", what=str(item["title"])),
        say("{who}{command}", "{who}{command}", who=who, command=item["command"]) if item["command"] else None,
        severity="warning",
    )


def _stamp(data: Mapping[str, View], digest: str, draft: bool, language: Language, number: int) -> str:
    """The mark every paper carries under its title, whatever its template says."""
    if draft:
        words = say(
            "***草稿*** · {day} · 仅供内部讨论，未定稿，不得对外使用",
            "***DRAFT*** · {day} · for internal discussion only, not final",
            day=data["today"],
        )
    else:
        words = say(
            "{day} · 第 {n} 版 · 依据“{book}” {version} · 校验码 `{digest}`",
            "{day} · edition {n} · made with '{book}' {version} · check code `{digest}`",
            day=data["today"],
            n=number,
            book=data["playbook"]["title"].__html__(),
            version=data["playbook"]["version"],
            digest=digest[:_HASH_SHOWN],
        )
    return f"> {words.zh if language == 'zh' else words.en}\n"
