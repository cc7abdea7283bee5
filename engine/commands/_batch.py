"""Papers in bulk: every pilot, department and document asked for, in every format; what has not changed is skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands._paper import Renderer, folder_of
from engine.commands._paper_options import Order
from engine.commands._progress import progress
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.errors import PlaybookError, UserError
from engine.frozen import frozen
from engine.text import Message, join, say

if TYPE_CHECKING:
    from engine.documents.made import State
    from engine.documents.render import Paper
    from engine.service.views import PilotView


@frozen
class Job:
    """One paper: of which pilot, which document, for which department ("" for none)."""

    pilot: str
    document: str
    department: str = ""


_WORDS: dict[State, Message] = {
    "new": say("新写", "written"),
    "outdated": say("更新", "renewed"),
    "unchanged": say("没变，跳过", "unchanged"),
    "edited": say("手工改过，没有动", "edited by hand, left alone"),
}


def make_all(session: Session, ref: str | None, document: str | None, order: Order) -> int:
    """Make every paper there is to make. Exit code 0, or 1 when one could not be made; the others are made all the same."""
    from engine.documents.made import sweep

    if order.final:
        raise UserError(
            "final-one-by-one",
            say("定稿要一份一份地做", "papers are made final one by one"),
            say("去掉 --final 或 --all", "leave out --final or --all"),
        )
    folder = folder_of(session, order)
    sweep(folder)
    jobs = list(_jobs(session, ref, document, order))
    tell = progress(session, say("文件", "papers"))
    found: list[tuple[Path, State]] = []
    failed: list[tuple[Job, str]] = []
    renderer: Renderer | None = None
    for number, job in enumerate(jobs, 1):
        if renderer is None or renderer.view.pilot.id != job.pilot:
            renderer = Renderer(session, job.pilot)
        try:
            paper = renderer(job.document, order=order, department=job.department)
            found += _write(paper, folder, order.formats)
        except (PlaybookError, UserError) as error:
            failed.append((job, _why(error)))
        if tell is not None:
            tell(number, len(jobs))
    counts = Counter(state for _, state in found)
    session.answer(
        {
            "ok": not failed,
            "papers": len(jobs),
            "counts": {state: counts[state] for state in _WORDS},
            "files": [{"file": str(path), "state": state} for path, state in found],
            "failed": [
                {"pilot": job.pilot, "document": job.document, "department": job.department, "why": why}
                for job, why in failed
            ],
        }
    )
    session.say(*(f"  {shown(path)}（{_WORDS[s]}）" for path, s in found if s == "edited"))
    told = [say("{w} {n}", "{n} {w}", w=words, n=counts[state]) for state, words in _WORDS.items() if counts[state]]
    session.say(
        say(
            "✓ {n} 份文件，{f} 个文档：{p}（在 {d}）",
            "✓ {n} papers, {f} files: {p} (in {d})",
            n=len(jobs) - len(failed),
            f=len(found),
            p=join(told),
            d=shown(folder),
        )
    )
    session.say(*(f"✗ {job.document} {job.department}: {why}" for job, why in failed))
    return 1 if failed else 0


def _jobs(session: Session, ref: str | None, document: str | None, order: Order) -> Iterator[Job]:
    """Without a pilot every pilot; with one its departments (those asked for, or those it hands over to)."""
    desk = session.desk()
    alone = ref is not None or bool(order.departments)
    for row in [desk.find(ref)] if alone else desk.pilots():
        view = desk.view(row.pilot)
        names = [document] if document is not None else list(view.book.documents)
        for name in names:
            if not alone:
                yield Job(row.pilot, name)
                continue
            departments = order.departments or tuple(departments_of(view))
            yield from (Job(row.pilot, name, one) for one in departments if name == "guide")
            if not order.departments and (name != "guide" or not departments):
                yield Job(row.pilot, name)


def departments_of(view: PilotView) -> Iterator[str]:
    """The departments a pilot hands over to: every row that names one in the column called as its own department's field."""
    from engine.service.replicate import department_field

    field = department_field(view.book)
    seen: set[str] = set()
    for record in view.book.records.values():
        for row in view.pilot.rows.get(record.id, {}).values() if field in record.columns else ():
            value = row.get(field or "")
            if isinstance(value, str) and value not in seen:
                seen.add(value)
                yield value


def _write(paper: Paper, folder: Path, formats: tuple[str, ...]) -> Iterator[tuple[Path, State]]:
    from engine.documents.files import paper_name
    from engine.documents.made import fingerprint, state_of, write_made

    for ending in formats or paper.formats:
        path = folder / f"{paper_name(paper)}.{ending}"
        inputs = fingerprint(paper, ending)
        state = state_of(path, inputs)
        if state in ("new", "outdated"):
            write_made(paper, path, ending, inputs)
        yield path, state


def _why(error: PlaybookError | UserError) -> str:
    if isinstance(error, PlaybookError):
        return str(error.problems[0].message)
    return str(error.message)
