"""Write docs/commands.md and docs/commands.zh-CN.md, every verb with its options, from the click objects.

Run it after changing a verb: `python -m scripts.make_command_docs`. A test fails when it was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from cli import GROUPS, VERBS
from engine.commands._frame import Verb, VerbArgument, VerbOption, common_options
from engine.text import Language, Message, current_language, say, use_language

_DOCS = Path(__file__).resolve().parent.parent / "docs"
TARGETS: dict[Language, Path] = {"en": _DOCS / "commands.md", "zh": _DOCS / "commands.zh-CN.md"}

_HEAD = say(
    """# 全部命令

[English](commands.md)

由 `python -m scripts.make_command_docs` 生成，请勿手改。屏幕上也能看：`playbook 命令 --help`。

方括号里的可以不写。命令里的“试点”写名称、名称的开头或编号都行，不写就是当前试点（`playbook use` 选定）；任务用编号最省事。
退出码：0 办成；1 有问题，或命令被拒绝（被拒绝的命令什么都不写）；2 命令写错；3 程序自身出错；130 被中断。
""",
    """# All commands

[中文](commands.zh-CN.md)

Made by `python -m scripts.make_command_docs`; do not edit. The same words on your screen: `playbook VERB --help`.

What stands in square brackets may be left out. A pilot is named by its name, the beginning of it, or its id; without one the
current pilot is meant (`playbook use` chooses it). Tasks are easiest named by their number.
Exit codes: 0 done; 1 problems, or refused (a refused command writes nothing); 2 bad usage; 3 a fault of the program; 130 interrupted.
""",
)

_COMPLETION = say(
    """## 按 Tab 键补全命令

补全命令和选项的名称。bash 4.4 或更新，在 `~/.bashrc` 里加一行：

```sh
eval "$(_PLAYBOOK_COMPLETE=bash_source playbook)"
```

zsh，在 `~/.zshrc` 里加一行（放在 `compinit` 之后）：

```sh
eval "$(_PLAYBOOK_COMPLETE=zsh_source playbook)"
```

fish，写入一个文件：

```sh
_PLAYBOOK_COMPLETE=fish_source playbook > ~/.config/fish/completions/playbook.fish
```

Windows 的 PowerShell 和命令提示符没有补全：所用的 click 库不支持。
""",
    """## Completion with the Tab key

Names of verbs and options are completed. bash 4.4 or newer, one line in `~/.bashrc`:

```sh
eval "$(_PLAYBOOK_COMPLETE=bash_source playbook)"
```

zsh, one line in `~/.zshrc` (after `compinit`):

```sh
eval "$(_PLAYBOOK_COMPLETE=zsh_source playbook)"
```

fish, once into a file:

```sh
_PLAYBOOK_COMPLETE=fish_source playbook > ~/.config/fish/completions/playbook.fish
```

PowerShell and the Windows command prompt have none: the click library does not support them.
""",
)


def commands_page(language: Language) -> str:
    """The page in one language, as Markdown."""
    before = current_language()
    use_language(language)
    try:
        return "\n".join(_lines())
    finally:
        use_language(before)


def _lines() -> Iterator[str]:
    yield str(_HEAD)
    for group, title in GROUPS.items():
        verbs = [name for name, (of, _) in VERBS.items() if of == group]
        yield f"**{title}**{say('：', ': ')}" + " · ".join(f"[{name}](#{name})" for name in verbs) + "\n"
    yield f"## {say('每条命令都有的选项', 'Options of every command')}\n"
    yield from _table(say("选项", "option"), (o.row() for o in common_options() if isinstance(o, VerbOption)))
    for group, title in GROUPS.items():
        yield f"## {title}\n"
        for of, module in VERBS.values():
            if of == group:
                yield from _verb(import_module(module).command)
    yield str(_COMPLETION).rstrip("\n") + "\n"


def _verb(verb: Verb) -> Iterator[str]:
    arguments = [p for p in verb.params if isinstance(p, VerbArgument)]
    common = {o.name for o in common_options()}
    options = [p for p in verb.params if isinstance(p, VerbOption) and not p.hidden and p.name not in common]
    yield f"### {verb.name}\n"
    yield f"{verb.words}{say('。', '.')}{f' {verb.more}' if verb.more else ''}\n"
    usage = ["playbook", str(verb.name), *(a.make_metavar() for a in arguments)]
    yield f"```sh\n{' '.join([*usage, *([str(say('[选项]', '[OPTIONS]'))] if options else [])])}\n```\n"
    yield from _table(say("参数", "argument"), ((a.make_metavar(), str(a.words)) for a in arguments))
    yield from _table(say("选项", "option"), (o.row() for o in options))
    if verb.examples:
        yield f"{say('例如：', 'Examples:')}\n"
        yield "```sh\n" + "\n".join(f"playbook {example}" for example in verb.examples) + "\n```\n"


def _table(head: Message, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    found = list(rows)
    if not found:
        return
    yield f"| {head} | {say('意思', 'meaning')} |\n|---|---|"
    for written, meaning in found:
        yield f"| `{_cell(written)}` | {_cell(meaning)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    for language, target in TARGETS.items():
        target.write_text(commands_page(language), encoding="utf-8", newline="\n")
