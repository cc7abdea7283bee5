"""Papers in bulk: every pilot, department and document asked for, in every format; what has not changed is skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands._jobs import Job, jobs_of
from engine.commands._paper import Renderer, folder_of
from engine.commands._paper_options import Order
from engine.commands._progress import progress
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.errors import PlaybookError, UserError
from engine.text import Message, join, say

if TYPE_CHECKING:
    from engine.documents.made import State
    from engine.documents.render import Paper


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
    jobs = jobs_of(session, ref, document, order)
    sweep(folder)
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
