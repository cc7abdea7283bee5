"""`playbook workbook`: a pilot as one Excel file that a department fills in, and the way back."""

from __future__ import annotations

from pathlib import Path

from engine.commands._ask import agreed
from engine.commands._frame import flag, option, pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._shared import existing_file, show_outcome, shown
from engine.pilot.blockers import quoted
from engine.text import current_language, say


@verb(
    "workbook",
    say("导出一份 Excel 给科室填写，再导入回来", "One Excel file for the department to fill in, and back"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    option(
        "--output",
        "-o",
        metavar=say("文件", "FILE"),
        help=say("导出的文件名（默认在 papers/）", "the file to write (default: in papers/)"),
    ),
    option(
        "--import",
        "filled",
        metavar=say("文件", "FILE"),
        help=say(
            "导入填好的文件：先列出改动，确认后一次写入", "bring a filled-in file back: a preview, then all at once"
        ),
    ),
    flag("--yes", "-y", help=say("导入时不再询问", "import without asking")),
    flag("--dry-run", help=say("导入时只看改动，什么都不写", "import: only show what would change")),
    examples=("workbook", "workbook -o 皮肤科.xlsx", "workbook --import 皮肤科.xlsx"),
)
def command(
    session: Session,
    words: tuple[str, ...],
    pilot: str | None,
    output: str | None,
    filled: str | None,
    yes: bool,
    dry_run: bool,
) -> int:
    ref, _ = split(session, words, pilot)
    if filled is not None:
        return _import(session, ref, existing_file(filled), yes, dry_run)
    return _export(session, ref, output)


def _export(session: Session, ref: str | None, output: str | None) -> int:
    from engine.documents.files import safe_name, write_atomically
    from engine.documents.workbook import export_workbook

    desk = session.desk()
    view = desk.view(ref)
    content = export_workbook(view.book, view.pilot, desk.calendar, desk.now, language=current_language())
    name = safe_name(str(say("{p}-填写表", "{p}-workbook", p=view.pilot.name)))
    path = existing_file(output) if output else desk.workspace.papers / f"{name}.xlsx"
    write_atomically(path, content)
    session.answer({"ok": True, "file": str(path), "seq": view.pilot.seq})
    session.say(
        say("✓ 已写入 {p}", "✓ written to {p}", p=shown(path)),
        say("  黄色格子可以填；填好后：", "  yellow cells can be filled in; then:"),
        f"  playbook workbook --import {quoted(shown(path))}",
    )
    return 0


def _import(session: Session, ref: str | None, path: Path, yes: bool, dry_run: bool) -> int:
    from engine.documents.workbook import compare, read_workbook

    filled = read_workbook(path)
    desk = session.desk()
    view = desk.view(ref)
    changes = compare(view.book, view.pilot, desk.calendar, desk.now, filled)
    if session.json and not (changes.ok and changes.commands and yes and not dry_run):
        told = {
            name: [str(m) for m in getattr(changes, name)] for name in ("preview", "conflicts", "problems", "notices")
        }
        session.answer({"ok": changes.ok, "written": False, **told})
        return 0 if changes.ok else 1
    for line in (*changes.problems, *changes.conflicts):
        session.complain(f"{session.style('✗', '31')} {line}")
    if not changes.ok:
        session.complain(
            say("什么都没有写入；改好后再导入一次", "nothing was written; mend the file and import it again")
        )
        return 1
    if yes and not dry_run and changes.commands:
        # What was written is told as it is written; a preview would say it twice.
        session.say(*(f"  {line}" for line in changes.notices))
        return show_outcome(session, desk.run(ref, changes.batch))
    session.say(*(f"  {line}" for line in (*changes.preview, *changes.notices)))
    if not changes.commands:
        session.say(say("没有改动", "nothing has changed"))
        return 0
    if dry_run or not _agreed(len(changes.preview)):
        session.say(
            say(
                "（没有写入）要写入：playbook workbook --import {p} --yes",
                "(not written) to write: playbook workbook --import {p} --yes",
                p=quoted(shown(path)),
            )
        )
        return 0
    return show_outcome(session, desk.run(ref, changes.batch))


def _agreed(count: int) -> bool:
    """Ask; without a terminal nobody can answer, and nothing is written."""
    return agreed(say("写入这{n}处改动？", "write these {n} changes?", n=count), default=True)
