"""`playbook template`: which template serves which paper, copies of them to change, and whether the changed ones work."""

from __future__ import annotations

from engine.commands._frame import flag, option, verb, words
from engine.commands._session import Session
from engine.commands._shared import usage
from engine.text import listed, say

_ACTIONS = ("list", "copy", "check")


@verb(
    "template",
    say("看、抄、检查文件的模板", "List, copy and check the templates of papers"),
    words(
        say("list [方案] | copy 模板… | check", "list [PLAYBOOK] | copy TEMPLATE… | check"),
        say(
            "list 看哪份文件用哪个模板；copy 抄到工作区的 templates/ 里改；check 检查改过的模板",
            "list: which template serves which paper; copy: into templates/ of the workspace; check: whether those work",
        ),
    ),
    option(
        "--from",
        "source",
        metavar=say("方案", "PLAYBOOK"),
        help=say("copy：抄哪一个方案的（engine 是程序自带的）", "copy: of which playbook (engine: the program's own)"),
    ),
    flag("--force", help=say("copy：盖掉工作区里已有的", "copy: replace what the workspace has")),
    more=say(
        "工作区的模板优先于方案和程序自带的，同名即生效，对所有用到它的文件都生效。模板是 Jinja2 写的 Markdown。",
        "A template of the workspace comes before one of the same name of a playbook or of the program, for every paper "
        "that uses it. Templates are Markdown in Jinja2.",
    ),
    examples=("template list", "template copy brief", "template copy _parts.md.j2 --from engine", "template check"),
)
def command(session: Session, words: tuple[str, ...], source: str | None, force: bool) -> int:
    from engine.commands._templates import check, copy, show

    action, *names = words or ("list",)
    if action not in _ACTIONS:
        raise usage(say("template 后面写：{all}", "after template comes one of: {all}", all=listed(_ACTIONS)))
    if action == "copy":
        if not names:
            raise usage(
                say("要抄哪个模板？例如 template copy brief", "which template? For example: template copy brief")
            )
        return copy(session, names, source, force=force)
    if source is not None or force:
        raise usage(say("--from 和 --force 只用于 copy", "--from and --force go with copy only"))
    if action == "check":
        if names:
            raise usage(say("check 检查全部模板，后面不用写", "check looks at all templates and takes no name"))
        return check(session)
    return show(session, names)
