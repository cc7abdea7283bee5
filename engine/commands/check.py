"""`playbook check`: every problem of every file at once, with its place."""

from __future__ import annotations

import sys

import click

from engine.commands._frame import argument, option, verb
from engine.commands._session import Session
from engine.text import say


@verb(
    "check",
    say("检查方案文件", "Check playbook files"),
    argument(
        "files",
        say("[文件]…", "[FILE]…"),
        say(
            "方案、翻译、情景文件，方案 id，或整个文件夹；默认为工作区的 playbooks/",
            "playbooks, overlays, scenario files, ids, or folders; default: playbooks/ of the workspace",
        ),
        nargs=-1,
    ),
    option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "github"]),
        help=say("输出格式（默认 text）", "how to print (default: text)"),
    ),
    option("--strict", is_flag=True, help=say("有提醒也算不通过", "warnings fail too")),
    examples=("check", "check playbooks/our-pilot.yaml", "check playbooks --format github"),
)
def command(session: Session, files: tuple[str, ...], form: str | None, strict: bool) -> int:
    from engine.commands._checking import check_target, targets
    from engine.errors import render, render_github

    form = form or ("json" if session.json else "text")
    problems = []
    texts: dict[str, str] = {}
    names: list[str] = []
    found = targets(files, session.folder)
    for number, target in enumerate(found, 1):
        if form == "text" and len(found) > 5 and sys.stderr.isatty():
            print(f"\r{number}/{len(found)}", end="", file=sys.stderr)
        result = check_target(target, session.folder)
        problems += [p for p in result.problems if p not in problems]
        texts |= result.texts
        names.append(result.title)
    if form == "text" and len(found) > 5 and sys.stderr.isatty():
        print("\r     \r", end="", file=sys.stderr)
    problems.sort(key=lambda p: p.sort_key())
    bad = any(p.severity == "error" for p in problems) or (strict and bool(problems))
    if form == "json":
        session.json = True
        session.answer({"ok": not bad, "checked": len(found), "problems": [p.as_dict() for p in problems]})
    elif form == "github":
        print(*render_github(problems), sep="\n", end="\n" if problems else "")
    else:
        # What is wrong goes to standard output: it is what this command was asked for.
        session.say(*render(problems, texts))
        errors = sum(p.severity == "error" for p in problems)
        if bad:
            session.say(
                "",
                say(
                    "{n} 处要改（检查了 {c} 个文件）",
                    "{n} to mend (checked {c} files)",
                    n=errors or len(problems),
                    c=len(found),
                ),
            )
        else:
            session.say(*(f"{session.style('✓', '32')} {name}" for name in names))
    return 1 if bad else 0
