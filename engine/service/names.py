"""Which pilot a person means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import UserError
from engine.store import BoardRow
from engine.text import listed, say

if TYPE_CHECKING:
    from engine.store.sqlite import SqliteStore


def one_pilot(store: SqliteStore, ref: str | None) -> BoardRow:
    """The one pilot called `ref` (exact name, unique beginning, id), or the current one when `ref` is None.

    Raises UserError: no-current, no-pilots, unknown-pilot (with the nearest names), several-pilots.
    """
    if ref is None:
        return _current(store)
    found = store.find(ref)
    if len(found) == 1:
        return found[0]
    exact = [row for row in found if ref in (row.name, row.pilot)]
    if len(exact) == 1:
        return exact[0]
    if found:
        raise UserError(
            "several-pilots",
            say(
                "“{ref}”对应不止一个试点：{names}",
                "'{ref}' means more than one pilot: {names}",
                ref=ref,
                names=listed(r.name for r in found[:8]),
            ),
            say("把名称写得更完整一些", "write more of the name"),
        )
    names = [row.name for row in store.rows()]
    if not names:
        raise _none()
    from difflib import get_close_matches

    near = get_close_matches(ref, names, n=3, cutoff=0.3)
    raise UserError(
        "unknown-pilot",
        say("没有名为“{ref}”的试点", "there is no pilot named '{ref}'", ref=ref),
        say("是不是：{names}？", "did you mean: {names}?", names=listed(near))
        if near
        else say(
            "现有：{names}（playbook list 列出全部）",
            "there are: {names} (`playbook list` shows all)",
            names=listed(names[:5]),
        ),
    )


def _current(store: SqliteStore) -> BoardRow:
    current = store.get_setting("current")
    if current:
        found = store.find(current)
        if len(found) == 1:
            return found[0]
    rows = store.rows()
    if not rows:
        raise _none()
    if len(rows) == 1:
        return rows[0]
    raise UserError(
        "no-current",
        say("有{n}个试点，请指明是哪一个", "there are {n} pilots; say which one", n=len(rows)),
        say(
            "playbook use 名称，或在命令里写上名称：{names}",
            "`playbook use NAME`, or name it: {names}",
            names=listed(r.name for r in rows[:8]),
        ),
    )


def _none() -> UserError:
    return UserError(
        "no-pilots",
        say("工作区里还没有试点", "there is no pilot in this workspace"),
        say("playbook start four-step-pilot 名称", "`playbook start four-step-pilot NAME`"),
    )
