"""`playbook init`: make a workspace. Safe to run twice."""

from __future__ import annotations

from pathlib import Path

from engine.commands._frame import argument, option, verb
from engine.commands._session import Session
from engine.text import say


@verb(
    "init",
    say("建立工作区", "Make a workspace"),
    argument(
        "folder", say("[文件夹]", "[DIR]"), say("默认为当前文件夹", "default: this folder"), required=False, default="."
    ),
    option(
        "--hospital",
        default="",
        metavar=say("名称", "NAME"),
        help=say("医院名称，印在各种文件上", "the hospital's name, printed on papers"),
    ),
    option(
        "--me",
        default="",
        metavar=say("姓名", "NAME"),
        help=say("平时由谁操作（默认取 --as）", "who usually acts (default: --as)"),
    ),
    examples=("init 我的试点 --hospital 市第一医院 --me 王蕾",),
)
def command(session: Session, folder: str, hospital: str, me: str) -> int:
    from engine.pilot.blockers import command_words, quoted
    from engine.workspace import init_workspace

    base = Path(folder).expanduser()
    if session.folder is not None:
        base = Path(session.folder) / base if folder != "." else Path(session.folder)
    workspace, created = init_workspace(base, hospital, me or session.actor or "")
    session.answer({"ok": True, "workspace": str(workspace.root), "created": [str(p) for p in created]})
    if created:
        session.say(say("✓ 工作区已建好：{p}", "✓ workspace ready: {p}", p=workspace.root))
        session.say(
            say(
                "  设置在 playbook-workspace.yaml，自己的方案放 playbooks/，文件写到 papers/",
                "  settings: playbook-workspace.yaml; your playbooks: playbooks/; papers: papers/",
            )
        )
    else:
        session.say(say("这里已经是工作区：{p}", "this is a workspace already: {p}", p=workspace.root))
        if hospital or me:
            session.say(
                say(
                    "  设置没有改动；医院名称和操作人请直接改 playbook-workspace.yaml",
                    "  its settings stay as they are; change the hospital and `me` in playbook-workspace.yaml",
                )
            )
    if workspace.root != Path.cwd():
        session.say(say("先进入它：cd {p}", "go there first: cd {p}", p=quoted(str(base))))
    command = "start four-step-pilot 试点名称" + ("" if workspace.settings.me else " --as 姓名")
    session.say(say("下一步：playbook {c}", "next: playbook {c}", c=command_words(command)))
    if not workspace.settings.me:
        session.say(
            say(
                "  （在 playbook-workspace.yaml 的 me: 后面写上姓名，以后就不用 --as）",
                "  (write your name after `me:` in playbook-workspace.yaml, and --as is not needed any more)",
            )
        )
    return 0
