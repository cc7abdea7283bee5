"""`playbook list`: the pilots of the workspace, and the playbooks one can start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.commands._frame import flag, verb
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.text import listed, say


@verb(
    "list",
    say("列出试点和可用的方案", "List pilots and the playbooks to start"),
    flag("--playbooks", "only_books", help=say("只列方案", "playbooks only")),
    examples=("list", "list --playbooks"),
)
def command(session: Session, only_books: bool) -> int:
    from engine.errors import UserError
    from engine.workspace import find_root

    books = playbooks(find_root(session.folder))
    pilots: list[Any] = []
    current = None
    if not only_books:
        try:
            desk = session.desk()
            pilots, current = desk.pilots(), desk.store.get_setting("current")
        except UserError as error:
            # Without a workspace there are still playbooks to look at.
            if error.code != "no-workspace" or session.folder is not None:
                raise
    session.answer(
        {
            "ok": True,
            "pilots": [
                {
                    "id": r.pilot,
                    "name": r.name,
                    "playbook": r.playbook,
                    "status": r.status,
                    "current": r.pilot == current,
                }
                for r in pilots
            ],
            "playbooks": [{"id": i, "title": t, "file": str(p), "shipped": s} for i, t, p, s in books],
        }
    )
    from engine.commands._wrap import table
    from engine.commands.status import STATUS

    if pilots:
        session.say(say("试点", "Pilots"))
        rows = [
            ("→" if r.pilot == current else " ", r.name, r.title, str(listed(r.stage_titles)), str(STATUS[r.status]))
            for r in pilots
        ]
        session.say(*table(rows), "")
    session.say(say("方案", "Playbooks"))
    session.say(*table([(" ", i, t, str(say("随程序提供", "shipped") if s else shown(p))) for i, t, p, s in books]))
    return 0


def playbooks(root: Path | None) -> list[tuple[str, str, Path, bool]]:
    """(id, title, file, shipped) of every playbook one can start; a workspace's own hides a shipped one of the same id."""
    from engine.load.find import known_playbooks
    from engine.resources import playbooks_folder

    return [
        (name, _title_here(path), path, path.parent == playbooks_folder())
        for name, path in sorted(known_playbooks(root).items())
    ]


def _title_here(path: Path) -> str:
    """The title in the language of the screen, where somebody has translated the file."""
    from engine.text import current_language

    return _title(path.with_name(f"{path.stem}.{current_language()}{path.suffix}")) or _title(path)


def _title(path: Path) -> str:
    """The title line of a file, without reading it as a playbook: a list is shown also when one file is broken."""
    import re

    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            for _, line in zip(range(80), lines, strict=False):
                if match := re.match(r"title:\s*(.+?)\s*(?:#.*)?$", line):
                    return match[1].strip("\"'")
    except OSError:
        pass
    return ""
