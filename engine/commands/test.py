"""`playbook test`: run the scenarios beside a playbook."""

from __future__ import annotations

from pathlib import Path

from engine.calendar import Calendar
from engine.commands._frame import argument, verb
from engine.commands._session import Session
from engine.text import say


@verb(
    "test",
    say("运行方案的测试情景", "Run the scenarios of a playbook"),
    argument(
        "files",
        say("[文件]…", "[FILE]…"),
        say(
            "情景文件、方案文件或方案 id；默认为工作区的全部",
            "scenario files, playbooks or ids; default: all of the workspace",
        ),
        nargs=-1,
    ),
    examples=("test four-step-pilot", "test playbooks/our-pilot.scenarios.yaml"),
)
def command(session: Session, files: tuple[str, ...]) -> int:
    from engine.commands._checking import targets
    from engine.errors import render
    from engine.scenarios import run_file
    from engine.source import read_text
    from engine.workspace import find_root

    root = find_root(session.folder)
    calendar = _calendar()
    answers = []
    failed = passed = 0
    for path in dict.fromkeys(_scenarios_of(t, root) for t in targets(files, session.folder)):
        if path is None:
            continue
        for result in run_file(path, calendar=calendar, folder=root):
            passed, failed = passed + result.passed, failed + (not result.passed)
            mark = session.style("✓", "32") if result.passed else session.style("✗", "31")
            session.say(f"{mark} {path.name}: {result.name}")
            if not result.passed:
                session.say(*render(result.problems, {str(path): read_text(path)}))
            answers.append(
                {
                    "file": str(path),
                    "name": result.name,
                    "ok": result.passed,
                    "problems": [p.as_dict() for p in result.problems],
                }
            )
    session.answer({"ok": not failed, "cases": answers})
    session.say(say("{p} 个通过，{f} 个失败", "{p} passed, {f} failed", p=passed, f=failed))
    return 1 if failed else 0


def _scenarios_of(target: str | Path, root: Path | None) -> Path | None:
    """The scenario file itself, or the one beside a playbook; None when a playbook in a folder has none."""
    from engine.errors import UserError
    from engine.load import find_playbook

    path = find_playbook(target, root) if isinstance(target, str) else target
    if path.stem.endswith(".scenarios"):
        return path
    beside = path.with_name(f"{path.stem}.scenarios{path.suffix}")
    if beside.is_file():
        return beside
    if not path.exists():
        raise UserError("no-file", say("找不到文件：{path}", "no such file: {path}", path=path))
    raise UserError(
        "no-scenarios",
        say(
            "这个方案旁边没有情景文件：{name}", "there are no scenarios beside this playbook: {name}", name=beside.name
        ),
        say(
            "新建这个文件；playbook new 新建的方案旁边有样例可抄",
            "write that file; what `playbook new` makes has an example beside it",
        ),
    )


def _calendar() -> Calendar:
    """The official calendar of the years scenarios are written in; a hospital's own days would make results differ."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from engine.calendar import calendar_for

    year = datetime.now(UTC).year
    return calendar_for(ZoneInfo("Asia/Shanghai"), range(2024, year + 3), {})
