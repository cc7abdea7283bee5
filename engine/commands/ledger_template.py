"""`playbook ledger-template`: an empty ledger to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from engine.commands._frame import flag, option, verb, words
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.errors import UserError
from engine.text import say


@verb(
    "ledger-template",
    say("写一份空白台账（Excel）", "Write an empty ledger (Excel)"),
    words(
        say("[方案]", "[PLAYBOOK]"),
        say("用它的渠道做下拉；默认为当前试点的方案", "whose channels to offer; default: the current pilot's"),
    ),
    option(
        "--kind",
        type=click.Choice(["aggregate", "events"]),
        default="aggregate",
        help=say("汇总表（默认）或逐人记录", "aggregate rows (default) or event rows"),
    ),
    option("--output", "-o", metavar=say("文件", "FILE"), help=say("写到哪里", "where to write it")),
    flag("--force", help=say("已有同名文件时覆盖", "replace a file of that name")),
    examples=("ledger-template", "ledger-template four-step-pilot --kind events -o 逐人记录.xlsx"),
)
def command(session: Session, words: tuple[str, ...], kind: str, output: str | None, force: bool) -> int:
    from engine.documents.files import write_atomically
    from engine.results.template import ledger_template
    from engine.results.vocabulary import LedgerKind

    channels = _channels(session, words[0] if words else None)
    name = {"aggregate": say("台账", "ledger"), "events": say("逐人记录", "event-rows")}[kind]
    path = Path(output).expanduser() if output else Path(f"{name}.xlsx")
    if path.exists() and not force:
        raise UserError(
            "file-exists",
            say("已经有 {p}", "{p} exists already", p=shown(path)),
            say("换一个名字（-o），或加 --force 覆盖", "choose another name (-o), or --force"),
        )
    write_atomically(path, ledger_template(cast("LedgerKind", kind), channels))
    session.answer({"ok": True, "file": str(path), "kind": kind})
    session.say(say("✓ 空白台账：{p}", "✓ empty ledger: {p}", p=shown(path)))
    session.say(say("填好后：playbook import {p}", "when filled in: playbook import {p}", p=shown(path)))
    return 0


def _channels(session: Session, target: str | None) -> list[str]:
    """The channels of a playbook; none when there is no playbook to ask."""
    if target is not None:
        from engine.load import load
        from engine.text import current_language
        from engine.workspace import find_root

        book = load(target, folder=find_root(session.folder), language=current_language()).playbook
    else:
        try:
            book = session.desk().view(None).book
        except UserError:
            return []
    return [channel.title for channel in book.ledger.channels.values()]
