"""What the verbs of a running pilot share: telling the outcome of a command and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from engine.commands._session import Session
from engine.service.views import Outcome, PilotView
from engine.text import Message, say

if TYPE_CHECKING:
    from pathlib import Path

    from engine.pilot.events import Event


def show_outcome(session: Session, outcome: Outcome, about: Iterable[Event] = ()) -> int:
    """Print what a command did (to the events `about`), what else is worth knowing, and the next command. Exit code 0."""
    from engine.commands._events import describe

    if session.json:
        from engine.commands._json import outcome_json

        session.answer(outcome_json(outcome))
        return 0
    book = outcome.view.book
    mark = session.style("✓", "32")
    if outcome.dry_run:
        session.say(say("（试运行，没有写入任何内容）会发生：", "(dry run, nothing was written) this would happen:"))
        session.say(*(f"  {describe(book, event)}" for event in outcome.events))
    elif outcome.again:
        session.say(
            say("这条命令之前已经做过，没有再次写入", "this command was done before; nothing was written again")
        )
    elif not outcome.events:
        session.say(say("没有变化", "nothing changed"))
    else:
        session.say(*(f"{mark} {describe(book, event)}" for event in outcome.events))
    session.say(*(f"    #{event.seq} {describe(book, event)}" for event in about))
    session.say(*(f"  {notice}" for notice in outcome.notices))
    started = (
        say("会启动子试点：{n}", "a child pilot would be started: {n}")
        if outcome.dry_run
        else say("已启动子试点：{n}", "child pilot started: {n}")
    )
    session.say(*(f"  {say(started.zh, started.en, n=name)}" for name in outcome.started))
    if not outcome.dry_run:
        session.say(*next_lines(session, outcome.view))
    return 0


def next_lines(session: Session, view: PilotView) -> list[str]:
    """`下一步：playbook …`, complete: with `-p` when the pilot is not the current one."""
    from engine.commands._failure import pilot_suffix
    from engine.pilot.blockers import command_words

    command = view.next_command
    if command is None:
        return [str(say("这个试点已经结束。", "this pilot is finished."))] if view.pilot.status == "finished" else []
    return [
        str(
            say("下一步：playbook {c}", "next: playbook {c}", c=command_words(command) + pilot_suffix(session)(command))
        )
    ]


def shown(path: Path) -> str:
    """A path as short as it can be from here."""
    from pathlib import Path

    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def existing_file(text: str) -> Path:
    """A path as typed: a leading `~`, and quotes that a drag into the window left around it, are understood."""
    from pathlib import Path

    return Path(text.strip().strip('"').strip("'")).expanduser()


def parse_day(text: str | None, today: date) -> date | None:
    """A date as typed (`2026-03-02`, `3月2日`, `今天`). Raises a usage error for what is not one."""
    if text is None:
        return None
    from engine.model import Field
    from engine.pilot.values import ValueProblem, parse_value

    try:
        value = parse_value(Field("day", "day", "date"), text, today=today)
    except ValueProblem as problem:
        raise click.UsageError(str(problem.message), click.get_current_context(silent=True)) from None
    assert isinstance(value, date)
    return value


def people(words: Iterable[str]) -> tuple[str, ...]:
    """Names, however they were separated: `李主任 王主任`, `李主任、王主任`, `李主任,王主任`."""
    joined = "、".join(words)
    for sign in ("，", ",", ";", "；"):
        joined = joined.replace(sign, "、")
    return tuple(name.strip() for name in joined.split("、") if name.strip())


def usage(message: Message) -> click.UsageError:
    return click.UsageError(str(message), click.get_current_context(silent=True))
