"""`playbook graph`: a playbook as a picture (SVG) or as Mermaid text."""

from __future__ import annotations

from pathlib import Path

import click

from engine.commands._frame import argument, option, verb
from engine.commands._session import Session
from engine.errors import UserError
from engine.text import say


@verb(
    "graph",
    say("画出方案的流程图", "Draw a playbook"),
    argument("target", say("方案", "PLAYBOOK"), say("方案的 id 或文件", "a playbook's id or file")),
    option(
        "--format",
        "form",
        type=click.Choice(["mermaid", "svg"]),
        help=say(
            "mermaid 文本或 svg 图（默认看文件名）", "Mermaid text or an SVG picture (default: by the file's name)"
        ),
    ),
    option(
        "--output",
        "-o",
        metavar=say("文件", "FILE"),
        help=say("写到文件（默认打印到屏幕）", "write to a file (default: print)"),
    ),
    examples=("graph four-step-pilot", "graph four-step-pilot -o 流程图.svg"),
)
def command(session: Session, target: str, form: str | None, output: str | None) -> int:
    from engine.analysis.graph import graph_of, mermaid
    from engine.load import load
    from engine.text import current_language
    from engine.workspace import find_root

    file = Path(output).expanduser() if output else None
    if file is not None and file.is_dir():
        raise UserError(
            "not-a-file",
            say("这是文件夹，不是文件：{p}", "this is a folder, not a file: {p}", p=output),
            say("写上文件名，例如 -o 流程图.svg", "name a file, such as -o flow.svg"),
        )
    loaded = load(target, folder=find_root(session.folder), language=current_language())
    frame = graph_of(loaded.playbook)
    form = form or ("svg" if output and output.lower().endswith(".svg") else "mermaid")
    if form == "svg":
        from engine.analysis.svg import svg

        text = svg(frame)
    else:
        text = mermaid(frame)
    if file is None:
        session.answer({"ok": True, "format": form, "text": text})
        session.say(text.rstrip("\n"))
        return 0
    from engine.documents.files import write_atomically

    write_atomically(file, text.encode())
    session.answer({"ok": True, "format": form, "file": output})
    session.say(say("✓ 已写入 {f}", "✓ written: {f}", f=output))
    return 0
