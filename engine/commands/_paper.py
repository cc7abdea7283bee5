"""Making a paper: a draft is only written; with `--final` its hash is recorded, after everything else succeeded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands._paper_options import PLAIN, Order
from engine.commands._session import Session
from engine.commands._shared import next_lines, parse_day, shown
from engine.commands._sources import FILE, SCREEN, show_sources, write_sources
from engine.errors import PlaybookError, Problem, UserError
from engine.pilot.blockers import Blocker, Refused
from engine.text import Language, current_language, entitled, listed, say

if TYPE_CHECKING:
    from engine.documents.render import Paper
    from engine.load import Bundle
    from engine.service.desk import Desk
    from engine.service.results import Results
    from engine.service.views import PilotView


def make_paper(session: Session, ref: str | None, document: str, order: Order) -> int:
    """Render `document` and write it to the workspace's papers (or the folder of the order). Exit code 0, or 1 when too
    long."""
    from engine.documents.files import paper_name, write_paper
    from engine.process.commands import Finalise

    desk = session.desk()
    from engine.documents.pages import measure_pages

    final = order.final
    _whole_only(order)
    check_day(order, whole=not order.departments)
    # Talking points and cases are checked as they stand today: a consent may have run out since they were written.
    desk.check_content(desk.find(ref).pilot)
    if len(order.departments) > 1:
        from engine.commands._batch import make_all

        return make_all(session, ref, document, order)
    measured = measure_pages(render(session, ref, document, draft=not final, order=order), order.formats)
    paper = measured.paper
    errors = [p for p in paper.problems if p.severity == "error"]
    missing = [p for p in paper.problems if p.code == "paper-missing"]
    if errors and final:
        raise PlaybookError(errors)
    if missing and final and not order.gaps:
        raise _gaps(document, missing)
    folder = folder_of(session, order)
    wanted = order.formats or paper.formats
    names = tuple(f"{paper_name(paper)}.{f}" for f in wanted)
    command = Finalise(document, paper.sha256, paper.words, names)
    if final:
        # Refused before anything is written; recorded only once the files are there.
        desk.run(ref, command, dry_run=True)
    written = write_paper(paper, folder, order.formats, measured.made)
    if order.sources == FILE:
        written.append(write_sources(paper, folder))
    view = desk.run(ref, command).view if final else desk.view(ref)
    session.answer(
        {
            "ok": not errors,
            "document": document,
            "final": final,
            "words": paper.words,
            "pages": paper.pages,
            "sha256": paper.sha256,
            "files": [str(p) for p in written],
            "problems": [p.as_dict() for p in paper.problems],
            **_sources_json(paper),
        }
    )
    _tell(session, paper, written, missing, errors)
    if order.sources == SCREEN:
        show_sources(session, paper)
    if final:
        session.say("", *next_lines(session, view))
    return 1 if errors else 0


def _tell(session: Session, paper: Paper, written: list[Path], missing: list[Problem], errors: list[Problem]) -> None:
    """What was written, and what is still to be supplied or too long."""
    kind = say("定稿", "final") if not paper.draft else say("草稿", "draft")
    # A title may bring its own brackets (with the department behind them): it does not get a second pair.
    title = say("{t}", "{t}", t=paper.title) if "《" in paper.title else say("《{t}》", "'{t}'", t=paper.title)
    pages = say("，{p}页", ", {p} pages", p=paper.pages) if paper.pages else say("", "")
    told = say("✓ {t}{k}，{n}字{p}", "✓ {t}, {k}, {n} words{p}", t=title, k=kind, n=paper.words, p=pages)
    session.say(told)
    for problem in paper.problems:
        if problem.code in ("no-pages", "no-glyph", "font-lacks"):
            session.say(f"  {problem.message}" + (f"  → {problem.hint}" if problem.hint else ""))
    session.say(*(f"  {shown(path)}" for path in written))
    if paper.language != current_language():
        session.say(say("这份文件只有英文模板", "this paper's template speaks Chinese only"))
    if missing:
        session.say("", say("还有 {n} 处待补充：", "{n} things are still to be supplied:", n=len(missing)))
        for problem in missing:
            session.say(f"  · {problem.message}" + (f"  → {problem.hint}" if problem.hint else ""))
    for problem in errors:
        session.say("", f"✗ {problem.message}", *([f"    → {problem.hint}"] if problem.hint else []))


def _whole_only(order: Order) -> None:
    """A part of a paper cannot be made final."""
    if order.final and (order.departments or order.role):
        raise UserError(
            "final-for-one",
            say(
                "定稿是整份的，不能只给一个科室或角色",
                "what is made final is the whole paper, not one for a department or role",
            ),
            say("去掉 --final，或去掉 --for、--role", "leave out --final, or --for and --role"),
        )


def check_day(order: Order, *, whole: bool) -> None:
    """A first day is a receiving department's: without one (`whole`) it would be passed over in silence."""
    if order.day is not None and whole:
        raise UserError(
            "on-for-nobody",
            say("--on 是接收科室启动的日期，还没有写给哪个科室", "--on is the day a department begins; none is named"),
            say("加上 --for 科室名称，或去掉 --on", "add --for with its name, or leave out --on"),
        )


def folder_of(session: Session, order: Order) -> Path:
    """Where papers go."""
    folder = Path(order.output).expanduser() if order.output else session.desk().workspace.papers
    if folder.is_file():
        raise UserError(
            "not-a-folder",
            say("这是文件，不是文件夹：{p}", "this is a file, not a folder: {p}", p=folder),
            say("-o 后面写文件夹；文件名由程序起", "-o takes a folder; the papers have names of their own"),
        )
    return folder


def _sources_json(paper: Paper) -> dict[str, object]:
    if paper.sourced is None:
        return {}
    return {
        "sources": [claim.as_dict() for claim in paper.sourced.claims],
        "unsourced": list(paper.sourced.unsourced),
    }


def _gaps(document: str, missing: list[Problem]) -> Refused:
    """Somebody signs a final paper: all that is still to be supplied is told, and nothing is written or recorded."""
    from engine.process.supply import document_command

    found = [Blocker("paper-missing", document, p.message, detail=(p.hint,) if p.hint else ()) for p in missing]
    anyway = say("确实没有这些内容，也可以带着空缺定稿", "what does not exist at all may be left open")
    return Refused(
        (*found, Blocker("paper-gaps", document, anyway, commands=(f"{document_command(document)} --with-gaps",)))
    )


def render(session: Session, ref: str | None, document: str, *, draft: bool = True, order: Order = PLAIN) -> Paper:
    """The paper as it would be written now: the pilot's pinned templates, the workspace's laid over them."""
    return Renderer(session, ref)(document, draft=draft, order=order)


def templates_of(desk: Desk, view: PilotView) -> tuple[Bundle, dict[str, str]]:
    """What a pilot's papers are written with: the playbook it was started with, and its templates under the workspace's."""
    from engine.documents.files import workspace_templates
    from engine.load import Bundle

    bundle = Bundle.from_json(desk.store.pin(view.pilot.pin))
    return bundle, {**bundle.templates, **workspace_templates(desk.workspace.root)}


class Renderer:
    """Renders papers of one pilot: what they all need is read once."""

    def __init__(self, session: Session, ref: str | None) -> None:
        from engine.documents.look.read import read_look
        from engine.service.lineage import ancestors, beside_parent

        self.results: dict[Language, Results] = {}
        self.desk = session.desk()
        self.look = read_look(self.desk.workspace)
        self.view = self.desk.view(ref)
        self.bundle, self.templates = templates_of(self.desk, self.view)
        self.ancestors = ancestors(self.desk, self.view.pilot.origin)
        self.inherited = beside_parent(self.desk, self.view) if self.view.pilot.origin else ()

    def __call__(self, document: str, *, draft: bool = True, order: Order = PLAIN, department: str = "") -> Paper:
        from engine.documents.more import More
        from engine.documents.render import render_paper, spoken
        from engine.frozen import replace
        from engine.load import unpack
        from engine.service.results import results_of

        desk, view = self.desk, self.view
        language = spoken(view.book, document, self.templates, current_language())
        if language not in self.results:
            book = view.book if language == current_language() else unpack(self.bundle, language)
            self.results[language] = results_of(desk, replace(view, context=replace(view.context, book=book)))
        results = self.results[language]
        more = More(
            ancestors=self.ancestors,
            inherited=self.inherited,
            department=department or "".join(order.departments[:1]),
            start=parse_day(order.day, desk.calendar.today(desk.now)),
            role=self.role(order.role),
            trace=order.sources is not None,
        )
        return render_paper(
            results.view.book,
            view.pilot,
            view.events,
            document,
            calendar=desk.calendar,
            now=desk.now,
            hospital=desk.workspace.settings.hospital,
            templates=self.templates,
            language=language,
            draft=draft,
            origin=self.ancestors[0].name if self.ancestors else "",
            results=results,
            more=more,
            look=self.look,
        )

    def role(self, word: str | None) -> str | None:
        """A role by its id or title. Raises UserError with those there are."""
        roles = self.view.book.roles
        if word is None:
            return None
        found = next((r.id for r in roles.values() if word.strip() in (r.id, r.title)), None)
        if found is None:
            raise UserError(
                "unknown-role",
                say("没有角色“{r}”", "there is no role '{r}'", r=word),
                say("可用的有：{all}", "there are: {all}", all=listed(entitled(r.id, r.title) for r in roles.values())),
            )
        return found
