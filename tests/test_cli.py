"""The program as a whole: help, languages, exit codes, what a short command may import."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from engine.commands._session import Session
from tests.commands.runner import Shell, bakery

ROOT = Path(cli.__file__).parent
HEAVY = "yaml jsonschema jinja2 docx lxml holidays xlsxwriter openpyxl rich icalendar python_calamine pathlib zoneinfo asyncio"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return bakery(tmp_path, capsys)


def started(*words: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PLAYBOOK", "PYTHONUTF8"))}
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *words],
        cwd=cwd,
        env={**kept, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_help_lists_every_verb_once_under_who_uses_it(shell: Shell) -> None:
    said = shell.type("--help")
    assert [t for t in ("写方案的人", "工作区", "推进试点", "文件与总览") if f"{t}：" in said] == [
        "写方案的人",
        "工作区",
        "推进试点",
        "文件与总览",
    ]
    assert [re.split(r"\s+", line.strip())[0] for line in said.splitlines() if re.match(r"  [a-z]", line)] == list(
        cli.VERBS
    )


@pytest.mark.parametrize("verb", list(cli.VERBS))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_verb_explains_itself_in_both_languages(shell: Shell, verb: str, language: str) -> None:
    said = shell.type(verb, "--help", "--lang", language)
    assert said.startswith(f"{'用法：' if language == 'zh' else 'Usage: '}playbook {verb}")
    if language == "en":
        # Examples hold names and values of a Chinese hospital; the words around them do not.
        words = said.partition("Examples")[0]
        assert not re.search(r"[\u4e00-\u9fff]", words), words


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("stat", "start、status、set"),
        ("tick foo", "多出来的内容：foo"),
        ("done --set", "--set 后面要写内容"),
        ("show --nope", "没有选项 --nope"),
        ("show --resolv x", "是不是：--resolved"),
        ("status --full=1", "--full 后面不写内容"),
        ("--as 李四", "没有写命令"),
        ("history --last 0", "最小是 1"),
        ("history --last abc", "要写整数"),
        ("tasks --format doc", "md、csv、xlsx、ics"),
        ("start", "缺少 方案"),
        ("edit", "edit 表 行号 列=内容"),
        ("set rent", "“rent”应写成 字段=内容"),
        ("--lang fr status", "zh、en"),
    ],
)
def test_bad_usage_is_told_in_chinese_and_ends_with_2(shell: Shell, line: str, said: str) -> None:
    text = shell.type(line, code=2)
    assert said in text and text.startswith("✗") and not re.search(r"\b(Error|Usage|Try)\b", text)


def test_nothing_at_all_is_answered_with_help(shell: Shell) -> None:
    assert shell.type(code=2).startswith("用法：") and "✗" not in shell.err
    assert shell.json(code=2)["error"]["message"] == "没有写命令"


def test_bad_usage_as_json(shell: Shell) -> None:
    assert shell.json("tick", "foo", code=2)["error"]["code"] == "usage"


def test_language_comes_from_the_option_then_the_variable_then_the_locale(tmp_path: Path) -> None:
    def first(*words: str, **environment: str) -> str:
        return started(*words, **environment).stdout.splitlines()[0]

    assert first("--help").startswith("用法") and first("--help", LANG="C").startswith("用法")
    assert first("--help", LANG="en_US.UTF-8").startswith("Usage")
    assert first("--help", LANG="en_US.UTF-8", PLAYBOOK_LANG="zh").startswith("用法")
    assert first("--lang", "en", "--help", LANG="zh_CN.UTF-8").startswith("Usage")


def test_chinese_is_printed_where_the_locale_knows_none() -> None:
    ran = started("--help", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0 and "写方案的人" in ran.stdout


def test_piped_output_has_no_colour(shell: Shell) -> None:
    assert "\x1b" not in started("--workspace", str(shell.root), "status").stdout


def test_a_command_that_advances_imports_only_what_it_needs(shell: Shell) -> None:
    script = (
        "import sys, cli\n"
        f"code = cli.run(['--workspace', {str(shell.root)!r}, 'advance'])\n"
        f"print(code, sorted(set({HEAVY.split()!r}) & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ran.stdout.strip().splitlines()[-1] == "1 []", ran.stderr


def test_the_start_reads_no_other_verb(shell: Shell) -> None:
    script = "import sys, cli; cli.run(['--version']); print([m for m in sys.modules if m.startswith('engine.commands.') and '._' not in m])"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ran.stdout.strip().splitlines()[-1] == "[]"


def test_interrupted(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.service.desk.decide", stop)
    assert shell.type("set rent=100", code=130).strip() == "已中断"
    monkeypatch.undo()
    assert shell.json("status")["seq"] == 1


def test_a_mistake_of_ours_is_one_line_and_a_file(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("engine.service.desk.decide", broken)
    said = shell.type("set rent=100", code=3)
    assert "Traceback" not in said and len(said.splitlines()) == 1
    assert "boom" in (shell.root / ".playbook" / "playbook-error.txt").read_text(encoding="utf-8")


def test_a_reader_that_has_seen_enough(shell: Shell) -> None:
    command = f'"{sys.executable}" cli.py --workspace "{shell.root}" tasks | head -1'
    if sys.platform == "win32":
        pytest.skip("no head on Windows")
    ran = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ran.stderr == "" and ran.stdout


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_completion_scripts(kind: str) -> None:
    ran = started(_PLAYBOOK_COMPLETE=f"{kind}_source")
    assert ran.returncode == 0 and "_PLAYBOOK_COMPLETE" in ran.stdout, ran.stderr


def test_completion_of_verbs() -> None:
    ran = started(_PLAYBOOK_COMPLETE="bash_complete", COMP_WORDS="playbook ver", COMP_CWORD="1")
    assert "verify-log" in ran.stdout


def test_every_answer_is_one_json_document(shell: Shell) -> None:
    for line in (
        "status",
        "tasks",
        "board",
        "history",
        "list",
        "verify-log",
        "tick",
        "doctor",
        "show bakery",
        "check bakery",
    ):
        shell.type(f"{line} --json")
        assert json.loads(shell.out)["ok"] is True, line


def test_a_session_is_closed_whatever_happens(shell: Shell) -> None:
    session = Session(folder=str(shell.root))
    assert cli.run(["done", "99"], session) == 1
    assert session.opened is None
