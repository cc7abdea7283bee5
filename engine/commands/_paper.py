"""Making a paper: a draft is only written; with `--final` its hash is recorded, after everything else succeeded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands._session import Session
from engine.commands._shared import next_lines, shown
from engine.errors import PlaybookError, Problem, UserError
from engine.pilot.blockers import Blocker, Refused
from engine.text import current_language, say

if TYPE_CHECKING:
    from engine.documents.render import Paper


def make_paper(
    session: Session,
    ref: str | None,
    document: str,
    *,
    final: bool,
    gaps: bool,
    formats: tuple[str, ...],
    output: str | None,
) -> int:
    """Render `document` and write it to the workspace's papers (or the folder `output`). Exit code 0, or 1 when too long."""
    from engine.documents.files import paper_name, write_paper
    from engine.process.commands import Finalise

    desk = session.desk()
    from engine.documents.pages import with_pages

    paper = with_pages(render(session, ref, document, draft=not final), formats)
    errors = [p for p in paper.problems if p.severity == "error"]
    missing = [p for p in paper.problems if p.code == "paper-missing"]
    if errors and final:
        raise PlaybookError(errors)
    if missing and final and not gaps:
        raise _gaps(document, missing)
    folder = Path(output).expanduser() if output else desk.workspace.papers
    if folder.is_file():
        raise UserError(
            "not-a-folder",
            say("这是文件，不是文件夹：{p}", "this is a file, not a folder: {p}", p=folder),
            say("-o 后面写文件夹；文件名由程序起", "-o takes a folder; the papers have names of their own"),
        )
    wanted = formats or paper.formats
    names = tuple(f"{paper_name(paper)}.{f}" for f in wanted)
    command = Finalise(document, paper.sha256, paper.words, names)
    if final:
        # Refused before anything is written; recorded only once the files are there.
        desk.run(ref, command, dry_run=True)
    written = write_paper(paper, folder, formats)
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
        }
    )
    kind = say("定稿", "final") if final else say("草稿", "draft")
    title = paper.title.strip("《》")
    pages = say("，{p}页", ", {p} pages", p=paper.pages) if paper.pages else say("", "")
    told = say("✓ 《{t}》{k}，{n}字{p}", "✓ '{t}', {k}, {n} words{p}", t=title, k=kind, n=paper.words, p=pages)
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
    if final:
        session.say("", *next_lines(session, view))
    return 1 if errors else 0


def _gaps(document: str, missing: list[Problem]) -> Refused:
    """Somebody signs a final paper: all that is still to be supplied is told, and nothing is written or recorded."""
    from engine.process.supply import document_command

    found = [Blocker("paper-missing", document, p.message, detail=(p.hint,) if p.hint else ()) for p in missing]
    anyway = say("确实没有这些内容，也可以带着空缺定稿", "what does not exist at all may be left open")
    return Refused(
        (*found, Blocker("paper-gaps", document, anyway, commands=(f"{document_command(document)} --with-gaps",)))
    )


def render(session: Session, ref: str | None, document: str, *, draft: bool = True) -> Paper:
    """The paper as it would be written now: the pilot's pinned templates, the workspace's laid over them."""
    from engine.documents.files import workspace_templates
    from engine.documents.look.read import read_look
    from engine.documents.render import render_paper, spoken
    from engine.frozen import replace
    from engine.load import Bundle, unpack
    from engine.service.results import results_of

    desk = session.desk()
    view = desk.view(ref)
    bundle = Bundle.from_json(desk.store.pin(view.pilot.pin))
    rows = desk.store.find(view.pilot.origin) if view.pilot.origin else []
    templates = {**bundle.templates, **workspace_templates(desk.workspace.root)}
    language = spoken(view.book, document, templates, current_language())
    book = view.book if language == current_language() else unpack(bundle, language)
    return render_paper(
        book,
        view.pilot,
        view.events,
        document,
        calendar=desk.calendar,
        now=desk.now,
        hospital=desk.workspace.settings.hospital,
        templates=templates,
        language=language,
        draft=draft,
        origin=rows[0].name if rows else "",
        results=results_of(desk, replace(view, context=replace(view.context, book=book))),
        look=read_look(desk.workspace),
    )
