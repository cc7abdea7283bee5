"""What click complains about, in our own words: which command, what is wrong with the line, where to look."""

from __future__ import annotations

import re

import click

from engine.text import Message, listed, plain, say


def usage_lines(error: click.ClickException) -> list[str]:
    """The complaint, the way the command is written, and where its help is."""
    context = getattr(error, "ctx", None)
    lines = [f"✗ {usage_words(error)}"]
    if context is not None:
        pieces = " ".join(context.command.collect_usage_pieces(context)).replace(
            "[OPTIONS]", str(say("[选项]", "[OPTIONS]"))
        )
        pieces = pieces.replace("COMMAND [ARGS]...", str(say("命令 [参数]…", "COMMAND [ARGS]…")))
        lines += [
            f"    {say('写法：', 'usage: ')}{context.command_path} {pieces}".rstrip(),
            f"    → {context.command_path} --help",
        ]
    return lines


def usage_words(error: click.ClickException) -> Message:
    """One sentence. Whatever click says that is not known here stays as click says it."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError) or error.message == "Missing command.":
        return say("没有写命令", "no command was given")
    if isinstance(error, click.NoSuchOption):
        near = listed(error.possibilities) if error.possibilities else None
        found = say("没有选项 {name}", "no such option: {name}", name=error.option_name)
        return say("{a}；是不是：{b}？", "{a}; did you mean: {b}?", a=found, b=near) if near else found
    if isinstance(error, click.BadOptionUsage) and "does not take a value" in error.message:
        return say("选项 {name} 后面不写内容", "option {name} takes no value", name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return say("选项 {name} 后面要写内容", "option {name} needs a value", name=error.option_name)
    if isinstance(error, click.MissingParameter):
        return say("缺少 {what}", "missing: {what}", what=_name(error))
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error)
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", error.format_message())
    if extra:
        return say(
            "多出来的内容：{what}（含空格的要加引号）",
            "more than expected: {what} (quote what has spaces)",
            what=extra[1],
        )
    return plain(error.format_message())


def _bad_value(error: click.BadParameter) -> Message:
    assert error.param is not None
    kind = error.param.type
    if isinstance(kind, click.Choice):
        options = listed(map(str, kind.choices))
        return say("{name} 只能是：{all}", "{name} must be one of: {all}", name=_name(error), all=options)
    if isinstance(kind, click.IntRange) and kind.min is not None:
        return say(
            "{name} 要写整数，最小是 {n}", "{name} takes a whole number, {n} at least", name=_name(error), n=kind.min
        )
    if isinstance(kind, click.types.IntParamType):
        return say("{name} 要写整数", "{name} takes a whole number", name=_name(error))
    return say("{name}：{why}", "{name}: {why}", name=_name(error), why=error.message)


def _name(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return ""
    return "/".join(param.opts) if isinstance(param, click.Option) else param.human_readable_name
