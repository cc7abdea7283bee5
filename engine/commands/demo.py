"""`playbook demo`: the whole of it on sample data: real commands in a real workspace, and the papers that come out."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.commands._frame import argument, verb
from engine.commands._session import Session
from engine.text import say


@verb(
    "demo",
    say("演示：用样例数据走完一个试点", "A demonstration: one pilot from start to end on sample data"),
    argument(
        "folder",
        say("[文件夹]", "[DIR]"),
        say(
            "放在哪里（默认 ./playbook-demo；已有就换一个新名字）",
            "where (default: ./playbook-demo; a new name when it exists)",
        ),
        required=False,
    ),
    examples=("demo", "demo 试试看"),
)
def command(session: Session, folder: str | None) -> int:
    from engine.commands._demo_papers import write_papers
    from engine.commands._demo_story import Story

    root = _free(Path(folder).expanduser() if folder else Path("playbook-demo"))
    story = Story(session, root)
    code = story.play()
    papers = write_papers(story) if code == 0 else []
    session.answer(
        {
            "ok": code == 0,
            "folder": str(root),
            "commands": story.typed,
            "papers": [{"file": str(p), "what": str(w)} for p, w in papers],
        }
    )
    if code:
        return code
    session.say("", say("写好的文件（都在 {p}）：", "The papers (all in {p}):", p=root / "papers"))
    for path, what in papers:
        session.say(say("  {name}\n      {what}", "  {name}\n      {what}", name=path.name, what=what))
    from engine.pilot.blockers import quoted

    program = _program()
    session.say(
        "",
        say("接下来自己试试：", "Now try it yourself:"),
        f"  cd {quoted(str(root))}",
        f"  {program} status",
        f"  {program} board --all",
        f"  {program} --help",
    )
    return 0


def _free(path: Path) -> Path:
    """`path`, or the first of `path-2`, `path-3` … that does not exist: a demo never writes over anything."""
    found, number = path, 2
    while found.exists() and (not found.is_dir() or any(found.iterdir())):
        found, number = path.with_name(f"{path.name}-{number}"), number + 1
    return found


def _program() -> str:
    """How the program is called from anywhere: by name when it is on the PATH, else by its file beside this Python, else
    (a checkout that was not installed) by the file that was started."""
    import shutil

    import engine
    from engine.pilot.blockers import quoted

    if shutil.which("playbook"):
        return "playbook"
    here = Path(sys.executable).parent / ("playbook.exe" if sys.platform == "win32" else "playbook")
    if here.exists():
        return quoted(str(here))
    return f"{quoted(sys.executable)} {quoted(str(Path(engine.__file__).resolve().parents[1] / 'cli.py'))}"
