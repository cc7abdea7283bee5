"""What every verb is made of: parameters that explain themselves in two languages, and a help page that fits Chinese.

Light on purpose: this is imported by every command, so it imports nothing but click and the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from engine.commands._session import Session
from engine.commands._wrap import pad, wrap
from engine.errors import width
from engine.text import Message, plain, say

_WIDTH = 96  # help is read on a screen; longer lines are hard to follow


def _columns() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns


class VerbOption(click.Option):
    """An option whose help is a Message: read when the page is shown, not when the module is imported."""

    def __init__(self, decls: Sequence[str], *, help: Message, metavar: Message | None = None, **rest: Any) -> None:
        super().__init__(decls, **rest)
        self.words, self.metavar_words = help, metavar

    def make_metavar(self, ctx: click.Context | None = None) -> str:
        if self.metavar_words is not None:
            return str(self.metavar_words)
        if isinstance(self.type, click.Choice):
            return "|".join(map(str, self.type.choices))
        return (self.name or "").upper()

    def row(self) -> tuple[str, str]:
        """The option's line on the help page: how it is written, what it does."""
        takes = "" if self.is_flag or self.count else f" {self.make_metavar()}"
        written = ", ".join(sorted(self.opts, key=len)) + takes
        more = str(say("（可写多次）", " (may be repeated)")) if self.multiple else ""
        return written, f"{self.words}{more}"


class VerbArgument(click.Argument):
    """An argument with words of its own; `name` is what the function gets."""

    def __init__(self, name: str, *, metavar: Message, help: Message, **rest: Any) -> None:
        super().__init__([name], **rest)
        self.metavar_words, self.words = metavar, help

    @property
    def human_readable_name(self) -> str:
        return str(self.metavar_words)

    def make_metavar(self, ctx: click.Context | None = None) -> str:
        return str(self.metavar_words)

    def get_error_hint(self, ctx: click.Context | None) -> str:
        return f"“{self.metavar_words}”"


class Verb(click.Command):
    """A verb: its parameters, the ones all verbs share, and its own page of help."""

    def __init__(self, name: str, words: Message, params: Sequence[click.Parameter], **rest: Any) -> None:
        self.words: Message = words
        self.more: Message | None = rest.pop("more", None)
        self.examples: tuple[str, ...] = tuple(rest.pop("examples", ()))
        super().__init__(name, params=[*params, *common_options()], **rest)

    def get_short_help_str(self, limit: int = 45) -> str:
        return str(self.words)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write("\n".join(self.page(ctx.command_path)) + "\n")

    def page(self, path: str) -> list[str]:
        """The help page, line by line."""
        arguments = [p for p in self.params if isinstance(p, VerbArgument)]
        options = [p for p in self.params if isinstance(p, VerbOption) and not p.hidden]
        shared = [p for p in options if p.name in _COMMON]
        usage = " ".join([path, str(say("[选项]", "[OPTIONS]")), *(a.make_metavar() for a in arguments)])
        lines = [f"{say('用法：', 'Usage: ')}{usage}", "", *indent(str(self.words), 2)]
        if self.more:
            lines += ["", *indent(str(self.more), 2)]
        lines += section(say("参数", "Arguments"), [(a.make_metavar(), str(a.words)) for a in arguments])
        lines += section(say("选项", "Options"), [o.row() for o in options if o not in shared])
        help_row = ("--help", str(say("显示这一页", "show this page")))
        lines += section(say("通用选项", "Common options"), [*(o.row() for o in shared), help_row])
        if self.examples:
            lines += ["", f"{say('例如', 'Examples')}{say('：', ':')}", *(f"  playbook {e}" for e in self.examples)]
        return lines


def indent(text: str, by: int) -> list[str]:
    """`text` wrapped to the screen, every line moved right; its own line breaks stay."""
    room = min(_columns(), _WIDTH) - by
    return [" " * by + line for paragraph in text.splitlines() for line in wrap(paragraph, room)]


def section(title: Message, rows: Iterable[tuple[str, str]]) -> list[str]:
    """A headed two-column list; nothing when there are no rows."""
    rows = list(rows)
    if not rows:
        return []
    first = min(max(width(row[0]) for row in rows), 30) + 2
    room = max(min(_columns(), _WIDTH) - first - 2, 20)
    lines = ["", f"{title}{say('：', ':')}"]
    for name, text in rows:
        wrapped = wrap(text, room)
        if width(name) > first - 2:
            lines += [f"  {name}", " " * (first + 2) + wrapped[0]]
        else:
            lines.append(f"  {pad(name, first)}{wrapped[0]}")
        lines += [" " * (first + 2) + line for line in wrapped[1:]]
    return lines


def option(*decls: str, help: Message, metavar: Message | str | None = None, **rest: Any) -> VerbOption:
    """An option; `metavar` names its value."""
    words = plain(metavar) if isinstance(metavar, str) else metavar
    return VerbOption(decls, help=help, metavar=words, **rest)


def flag(*decls: str, help: Message, **rest: Any) -> VerbOption:
    return VerbOption(decls, help=help, is_flag=True, **rest)


def argument(name: str, metavar: Message | str, help: Message, **rest: Any) -> VerbArgument:
    """An argument; `metavar` is what the usage line shows."""
    words = plain(metavar) if isinstance(metavar, str) else metavar
    return VerbArgument(name, metavar=words, help=help, **rest)


def words(metavar: Message | str, help: Message, *, required: bool = False) -> VerbArgument:
    """All positional words at once, for verbs whose first word may be a pilot (see `_pilot.split`)."""
    return argument("words", metavar, help, nargs=-1, required=required)


def verb(
    name: str, help: Message, *params: click.Parameter, more: Message | None = None, examples: Sequence[str] = ()
) -> Callable[[Callable[..., int | None]], Verb]:
    """Make a function a verb. It is called with the Session and its parameters, and returns an exit code (None: 0)."""

    def make(function: Callable[..., int | None]) -> Verb:
        def call(**values: Any) -> int | None:
            return function(click.get_current_context().ensure_object(Session), **values)

        return Verb(name, help, params, callback=call, more=more, examples=examples)

    return make


def pilot_option() -> VerbOption:
    return option(
        "--pilot",
        "-p",
        metavar=say("试点", "PILOT"),
        help=say(
            "哪一个试点（名称、名称开头或编号；默认为当前试点）",
            "which pilot (name, its beginning, or id; default: the current one)",
        ),
    )


_COMMON = ("workspace", "as_", "json", "lang")


def common_options() -> list[click.Option]:
    """`--workspace`, `--as`, `--json`, `--lang`: the same before and after the verb. `cli` reads --lang before click does."""

    def keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        session = ctx.ensure_object(Session)
        if param.name == "workspace" and value is not None:
            session.folder = value
        elif param.name == "as_" and value is not None:
            session.actor = value
        elif param.name == "json" and value:
            session.json = True

    return [
        option(
            "--workspace",
            metavar=say("文件夹", "DIR"),
            help=say(
                "工作区所在的文件夹（默认：当前文件夹及其上级）",
                "the folder of the workspace (default: this folder and those above)",
            ),
            expose_value=False,
            callback=keep,
        ),
        option(
            "--as",
            "as_",
            metavar=say("姓名", "NAME"),
            help=say("由谁操作（默认：工作区设置里的 me）", "who acts (default: `me` in the workspace settings)"),
            expose_value=False,
            callback=keep,
        ),
        flag("--json", help=say("输出一个 JSON 文档", "print one JSON document"), expose_value=False, callback=keep),
        option(
            "--lang",
            type=click.Choice(["zh", "en"]),
            help=say("界面语言", "language of the screen"),
            expose_value=False,
            callback=keep,
        ),
    ]
