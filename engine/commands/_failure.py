"""Everything that can go wrong, told once: on the screen, or as JSON. A traceback is only ever written to a file."""

from __future__ import annotations

from collections.abc import Callable

import click

from engine.commands._session import Session
from engine.errors import PlaybookError, UserError, render
from engine.pilot.blockers import Blocker, Refused, command_words, quoted, told_once
from engine.text import listed, say

BUG = 3
_WITHOUT_PILOT = ("start", "init", "use", "doctor", "show", "list", "board")


def report(error: Exception, session: Session) -> int:
    """Tell what happened; the exit code."""
    from engine.store import Conflict

    if isinstance(error, click.ClickException):
        return _usage(error, session)
    if isinstance(error, PlaybookError):
        session.answer({"ok": False, "problems": [p.as_dict() for p in error.problems]})
        _complain(session, *render(error.problems, error.texts))
        return 1
    if isinstance(error, Refused):
        session.answer({"ok": False, "blockers": [b.as_dict() for b in error.blockers]})
        _complain(session, *blocker_lines(session, error.blockers))
        return 1
    if isinstance(error, UserError):
        hint = str(error.hint) if error.hint else None
        session.answer({"ok": False, "error": {"code": error.code, "message": str(error.message), "hint": hint}})
        _complain(session, f"✗ {error.message}", *([f"    → {hint}"] if hint else []))
        return 1
    if isinstance(error, Conflict):
        return _conflict(error, session)
    from engine.results.refusal import LedgerRefused

    if isinstance(error, LedgerRefused):
        from engine.commands._import import refusal_lines

        rows = [one.as_dict() for one in error.rows]
        hint = str(error.hint) if error.hint else None
        session.answer({"ok": False, "file": error.file, "bad_rows": error.total, "rows": rows, "hint": hint})
        _complain(session, *refusal_lines(error))
        return 1
    return _bug(error, session)


def blocker_lines(session: Session, blockers: tuple[Blocker, ...]) -> list[str]:
    """Each thing that is missing: what, who can supply it by when, the exact command."""
    role = _role_titles(session)
    suffix = pilot_suffix(session)
    lines = []
    for blocker in told_once(blockers):
        lines.append(f"{session.style('✗', '31')} {blocker.message}")
        lines += [f"    {detail}" for detail in blocker.detail]
        who = str(listed(role(r) for r in blocker.roles)) if blocker.roles else ""
        if blocker.people:
            people = listed(blocker.people)
            who = str(say("{w}（{p}）", "{w} ({p})", w=who, p=people)) if who else str(people)
        about = [str(say("由谁：{who}", "who: {who}", who=who))] if who else []
        if blocker.due:
            about.append(
                str(say("期限：{due}", "due: {due}", due=f"{blocker.due.isoformat()} {blocker.hour}".rstrip()))
            )
        if about:
            lines.append("    " + "  ".join(about))
        lines += [f"    → playbook {command_words(command)}{suffix(command)}" for command in blocker.commands]
    return lines


def pilot_suffix(session: Session) -> Callable[[str], str]:
    """What a suggested command needs to reach the pilot it is about: nothing when that is the current one."""
    desk = session.opened
    name = None
    if desk is not None and session.ref is not None:
        try:
            row = desk.find(session.ref)
            if desk.store.get_setting("current") != row.pilot and len(desk.store.rows()) > 1:
                name = row.name
        except UserError:
            name = None

    def suffix(command: str) -> str:
        if name is None or " -p " in command or command.partition(" ")[0] in _WITHOUT_PILOT:
            return ""
        return f" -p {quoted(name)}"

    return suffix


def _role_titles(session: Session) -> Callable[[str], str]:
    roles = {}
    if session.opened is not None:
        try:
            roles = {r.id: r.title for r in session.opened.view(session.ref).book.roles.values()}
        except (UserError, PlaybookError):
            pass  # no pilot yet: ids are better than nothing
    return lambda role: roles.get(role, role)


def _usage(error: click.ClickException, session: Session) -> int:
    from engine.commands._usage import usage_lines, usage_words

    if isinstance(error, click.exceptions.NoArgsIsHelpError) and not session.json:
        # Somebody typed `playbook` and nothing else: the page of help is the answer.
        session.complain(error.format_message())
        return 2

    session.answer({"ok": False, "error": {"code": "usage", "message": str(usage_words(error)), "hint": None}})
    _complain(session, *usage_lines(error))
    return 2


def _conflict(error: Exception, session: Session) -> int:
    row = getattr(error, "now", None)
    where = listed(row.stage_titles) if row else "?"
    who = say(
        "有人刚刚先改动了这个试点，现在它在“{where}”；您的这一步没有写入",
        "someone moved this pilot first; now it stands at '{where}'; your step was not written",
        where=where,
    )
    hint = say("运行 playbook status 看一眼，再重做这一步", "look at `playbook status`, then do it again")
    session.answer({"ok": False, "error": {"code": "conflict", "message": str(who), "hint": str(hint)}})
    _complain(session, f"✗ {who}", f"    → {hint}")
    return 1


def _bug(error: Exception, session: Session) -> int:
    """A mistake of ours: one line, and the traceback in a file to send to whoever mends it."""
    import tempfile
    import traceback
    from pathlib import Path

    text = "".join(traceback.format_exception(error))
    folder = session.opened.workspace.data if session.opened is not None else Path(tempfile.gettempdir())
    try:
        file = folder / "playbook-error.txt"
        file.write_text(text, encoding="utf-8")
    except OSError:
        file = Path("-")
        session.complain(text)
    message = say(
        "程序出错了（{kind}），这不是您的问题；详情在 {file}，请发给维护人员",
        "the program failed ({kind}); this is our mistake. Details are in {file}; please send that file to us",
        kind=type(error).__name__,
        file=file,
    )
    session.answer({"ok": False, "error": {"code": "bug", "message": str(message), "hint": None}})
    _complain(session, f"✗ {message}")
    return BUG


def _complain(session: Session, *lines: str) -> None:
    if not session.json:
        session.complain(*lines)
