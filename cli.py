"""`playbook`: the table of verbs. A verb's module is imported when the verb is used (or when help lists them all)."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

import engine
from engine.commands._frame import Verb, common_options, indent, section
from engine.commands._session import Session
from engine.text import language_from_environment, listed, say, use_language

GROUPS = {
    "author": say("写方案的人", "Authors"),
    "workspace": say("工作区", "Workspace"),
    "pilot": say("推进试点", "Running a pilot"),
    "papers": say("文件与总览", "Papers and overviews"),
}

# verb → (group, module). A verb is one file; this line is all it takes to add one.
VERBS = {
    "new": ("author", "engine.commands.new"),
    "check": ("author", "engine.commands.check"),
    "test": ("author", "engine.commands.test"),
    "show": ("author", "engine.commands.show"),
    "graph": ("author", "engine.commands.graph"),
    "diff": ("author", "engine.commands.diff"),
    "init": ("workspace", "engine.commands.init"),
    "list": ("workspace", "engine.commands.list"),
    "use": ("workspace", "engine.commands.use"),
    "doctor": ("workspace", "engine.commands.doctor"),
    "start": ("pilot", "engine.commands.start"),
    "replicate": ("pilot", "engine.commands.replicate"),
    "status": ("pilot", "engine.commands.status"),
    "done": ("pilot", "engine.commands.done"),
    "set": ("pilot", "engine.commands.set"),
    "assign": ("pilot", "engine.commands.assign"),
    "add": ("pilot", "engine.commands.add"),
    "edit": ("pilot", "engine.commands.edit"),
    "remove": ("pilot", "engine.commands.remove"),
    "attach": ("pilot", "engine.commands.attach"),
    "note": ("pilot", "engine.commands.note"),
    "begin": ("pilot", "engine.commands.begin"),
    "skip": ("pilot", "engine.commands.skip"),
    "reopen": ("pilot", "engine.commands.reopen"),
    "import": ("pilot", "engine.commands.import_"),
    "ledger-template": ("pilot", "engine.commands.ledger_template"),
    "metric": ("pilot", "engine.commands.metric"),
    "funnel": ("pilot", "engine.commands.funnel"),
    "decide": ("pilot", "engine.commands.decide"),
    "waive": ("pilot", "engine.commands.waive"),
    "advance": ("pilot", "engine.commands.advance"),
    "undo": ("pilot", "engine.commands.undo"),
    "history": ("pilot", "engine.commands.history"),
    "tick": ("pilot", "engine.commands.tick"),
    "erase": ("pilot", "engine.commands.erase"),
    "verify-log": ("pilot", "engine.commands.verify_log"),
    "tasks": ("papers", "engine.commands.tasks"),
    "guide": ("papers", "engine.commands.guide"),
    "brief": ("papers", "engine.commands.brief"),
    "paper": ("papers", "engine.commands.paper"),
    "dashboard": ("papers", "engine.commands.dashboard"),
    "board": ("papers", "engine.commands.board"),
    "calendar": ("papers", "engine.commands.calendar"),
    "workbook": ("papers", "engine.commands.workbook"),
    "template": ("papers", "engine.commands.template"),
    "comply": ("papers", "engine.commands.comply"),
    "demo": ("papers", "engine.commands.demo"),
}


class VerbGroup(click.Group):
    """The verbs, loaded lazily, listed by who uses them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        found: Verb = import_module(VERBS[name][1]).command
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0]
        if name not in VERBS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name.lower(), VERBS, n=3, cutoff=0.5)
            text = say("没有命令“{name}”。", "No such command '{name}'.", name=name)
            hint = say("是不是：{near}？", " Did you mean: {near}?", near=listed(near)) if near else ""
            raise click.UsageError(f"{text}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        usage = say("用法：playbook [选项] 命令 [参数]…", "Usage: playbook [OPTIONS] COMMAND [ARGS]…")
        what = say(
            "把一套做法写成方案，按方案推进试点，并生成任务清单、操作指南和成果简报。",
            "Write a way of working down as a playbook, run pilots through it, hand out the papers.",
        )
        lines = [str(usage), "", *indent(str(what), 2)]
        for group, title in GROUPS.items():
            verbs = [v for v, (g, _) in VERBS.items() if g == group]
            commands = [(v, self.get_command(ctx, v)) for v in verbs]
            lines += section(title, [(v, c.get_short_help_str()) for v, c in commands if c is not None])
        rows = [o.row() for o in common_options() if hasattr(o, "row")]
        rows += [
            ("--version", str(say("显示版本", "show the version"))),
            ("--help", str(say("显示这一页", "show this page"))),
        ]
        lines += section(say("选项", "Options"), rows)
        lines += ["", str(say("第一次用？运行：playbook demo", "New here? Run: playbook demo"))]
        formatter.write("\n".join(lines) + "\n")


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"playbook {engine.__version__}")
        ctx.exit()


playbook = VerbGroup(
    "playbook",
    params=[
        *common_options(),
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version),
    ],
)


def choose_language(args: Sequence[str]) -> bool:
    """Set the language of the screen from `--lang` or the environment; true when one of them asked for it."""
    words = list(args[: args.index("--")] if "--" in args else args)
    asked = next((w.partition("=")[2] for w in words if w.startswith("--lang=")), "")
    if "--lang" in words[:-1]:
        asked = words[words.index("--lang") + 1]
    language = language_from_environment({"PLAYBOOK_LANG": asked or os.environ.get("PLAYBOOK_LANG", ""), **_locale()})
    use_language(language)
    return bool(asked or os.environ.get("PLAYBOOK_LANG"))


def _locale() -> dict[str, str]:
    return {name: os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")}


def run(args: Sequence[str], session: Session | None = None) -> int:
    """One command line, start to end. Returns the exit code: 0 done, 1 problems or refused, 2 bad usage, 3 our bug."""
    session = session or Session()
    session.chosen = choose_language(args)
    session.json = session.json or "--json" in args
    session.color = _wants_color()
    try:
        return int(playbook.main(list(args), prog_name="playbook", standalone_mode=False, obj=session) or 0)
    except BrokenPipeError:
        # Whoever read our output has seen enough (`| head`); nothing more can be written, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        session.complain(say("已中断", "interrupted"))
        return 130
    except Exception as error:
        from engine.commands._failure import report

        return report(error, session)
    finally:
        session.close()


def _wants_color() -> bool:
    return sys.stdout.isatty() and sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Windows and the C locale would break on Chinese; a character that cannot be shown must not end the run.
            stream.reconfigure(encoding="utf-8", errors="replace")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


if __name__ == "__main__":
    main()
