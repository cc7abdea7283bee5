"""Papers in bulk: every pilot, department and document asked for, in every format; what has not changed is skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands._jobs import Job, jobs_of
from engine.commands._paper import Renderer, folder_of
from engine.commands._paper_options import Order
from engine.commands._progress import progress
from engine.commands._remarks import Remark, remark_of, tell_remarks
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.errors import PlaybookError, Problem, UserError
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
    """Make every paper there is to make. Exit code 0, or 1 when one could not be made or has too much in it; the others are
    made all the same."""
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
    remarks: list[Remark] = []
    renderer: Renderer | None = None
    for number, job in enumerate(jobs, 1):
        if renderer is None or renderer.view.pilot.id != job.pilot:
            renderer = Renderer(session, job.pilot)
        try:
            paper = renderer(job.document, order=order, department=job.department)
            states, problems = _write(paper, folder, order.formats)
            found += states
            remarks += remark_of(job, paper, problems)
        except (PlaybookError, UserError) as error:
            failed.append((job, _why(error)))
        if tell is not None:
            tell(number, len(jobs))
    counts = Counter(state for _, state in found)
    session.answer(
        {
            "ok": not failed and not any(one.wrong for one in remarks),
            "papers": len(jobs),
            "counts": {state: counts[state] for state in _WORDS},
            "files": [{"file": str(path), "state": state} for path, state in found],
            "failed": [
                {"pilot": job.pilot, "document": job.document, "department": job.department, "why": why}
                for job, why in failed
            ],
            "remarks": [one.as_dict() for one in remarks],
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
    tell_remarks(session, remarks)
    return 1 if failed or any(one.wrong for one in remarks) else 0


def _write(paper: Paper, folder: Path, formats: tuple[str, ...]) -> tuple[list[tuple[Path, State]], Sequence[Problem]]:
    """Write what is new or has changed. Returns each file with its state, and what is to be said of the paper: measured where
    it is laid out anyway or its pages are limited, else as the notes of its files tell."""
    from engine.documents.files import WRITERS, paper_name
    from engine.documents.made import fingerprint, found_before, state_of, write_made
    from engine.documents.pages import Measured, measure_pages

    paths = {ending: folder / f"{paper_name(paper)}.{ending}" for ending in formats or paper.formats}
    inputs = {ending: fingerprint(paper, ending) for ending in paths}
    states = {ending: state_of(path, inputs[ending]) for ending, path in paths.items()}
    wanted = [ending for ending, state in states.items() if state in ("new", "outdated")]
    measures = wanted and (paper.most_pages is not None or not {"pdf", "pptx"}.isdisjoint(wanted))
    measured = measure_pages(paper, wanted) if measures else Measured(paper, {})
    found = measured.paper.problems[len(paper.problems) :]
    for ending in wanted:
        content = measured.made[ending] if ending in measured.made else WRITERS[ending](paper)
        write_made(paths[ending], content, inputs[ending], found)
    before = [one for ending, path in paths.items() if ending not in wanted for one in found_before(path)]
    return [(paths[ending], state) for ending, state in states.items()], (
        *paper.problems,
        *dict.fromkeys((*found, *before)),
    )


def _why(error: PlaybookError | UserError) -> str:
    if isinstance(error, PlaybookError):
        return str(error.problems[0].message)
    return str(error.message)
