"""What a batch has to say of its papers at the end: too many pages, too full slides, characters that cannot be drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.commands._jobs import Job
from engine.commands._session import Session
from engine.errors import Problem
from engine.frozen import frozen
from engine.text import Message, say

if TYPE_CHECKING:
    from engine.documents.render import Paper

_SHOWN = 20  # remarks; of a batch of hundreds nobody reads more on a screen


@frozen
class Remark:
    """`name`: of the paper's files, without their ending. `missing`: how many things are still to be supplied."""

    job: Job
    name: str
    problems: tuple[Problem, ...]
    missing: int

    @property
    def wrong(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    def as_dict(self) -> dict[str, object]:
        return {
            "pilot": self.job.pilot,
            "document": self.job.document,
            "department": self.job.department,
            "missing": self.missing,
            "problems": [problem.as_dict() for problem in self.problems],
        }


def remark_of(job: Job, paper: Paper, problems: Sequence[Problem]) -> Iterator[Remark]:
    """The remark on a paper, if there is one to make."""
    from engine.documents.files import paper_name

    said = tuple(problem for problem in problems if problem.code != "paper-missing")
    if problems:
        yield Remark(job, paper_name(paper), said, len(problems) - len(said))


def tell_remarks(session: Session, remarks: Sequence[Remark]) -> None:
    """Each remark with its paper, the same on several papers once; then the totals."""
    said: dict[tuple[str, Message, Message | None], list[str]] = {}
    for one in remarks:
        for problem in one.problems:
            said.setdefault((problem.severity, problem.message, problem.hint), []).append(one.name)
    lines = [_line(*what, names) for what, names in said.items()]
    session.say(*lines[:_SHOWN])
    if len(lines) > _SHOWN:
        rest = len(lines) - _SHOWN
        session.say(say("  还有 {n} 条，--json 列出全部", "  {n} more; --json lists all of them", n=rest))
    noted = [one for one in remarks if one.problems]
    if noted:
        wrong = sum(one.wrong for one in noted)
        session.say(
            say(
                "{n} 份有提醒，其中 {w} 份（✗）要改",
                "remarks on {n} papers, of which {w} (✗) must be changed",
                n=len(noted),
                w=wrong,
            )
        )
    lacking = sum(one.missing > 0 for one in remarks)
    if lacking:
        session.say(
            say(
                "{n} 份还有待补充的内容；单独生成其中一份，会列出缺什么、由谁提供",
                "in {n} papers something is still to be supplied; made by itself a paper lists what, and who has it",
                n=lacking,
            )
        )


def _line(severity: str, message: Message, hint: Message | None, names: Sequence[str]) -> str:
    mark = "✗" if severity == "error" else "·"
    many = say("{one} 等 {n} 份", "{one} and {m} more", one=names[0], n=len(names), m=len(names) - 1)
    who = say("{who}：", "{who}: ", who=many if len(names) > 1 else names[0])
    return f"  {mark} {who}{message}" + (f"  → {hint}" if hint else "")
