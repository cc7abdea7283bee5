"""What the doctor looks at, one small function each, listed in one visible table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import metadata

from engine.commands._session import Session
from engine.errors import PlaybookError, UserError
from engine.frozen import frozen
from engine.text import Message, listed, say

_LIBRARIES = (
    "click", "PyYAML", "jsonschema", "transitions", "jinja2", "cel-expr-python", "markdown-it-py", "python-docx",
    "xlsxwriter", "python-calamine", "holidays", "icalendar",
)  # fmt: skip


@frozen
class Finding:
    """`ok`: True fine, None worth knowing, False to be mended. `about` is a stable word for programs."""

    about: str
    ok: bool | None
    text: Message
    hint: Message | None = None


def diagnose(session: Session) -> Iterator[Finding]:
    """Everything there is to say, the program first. A part that fails is a finding, never an exception."""
    for about, look in _LOOKS.items():
        try:
            yield from look(session)
        except PlaybookError as error:
            first = error.problems[0]
            yield Finding(about, False, say("{p}：{m}", "{p}: {m}", p=first.place, m=first.message), first.hint)
        except UserError as error:
            yield Finding(about, None if error.code == "no-workspace" else False, error.message, error.hint)


def _program(session: Session) -> Iterator[Finding]:
    import platform
    import sqlite3

    version = ".".join(map(str, sys.version_info[:3]))
    text = say(
        "Python {v}（{s}），SQLite {q}",
        "Python {v} ({s}), SQLite {q}",
        v=version,
        s=platform.system(),
        q=sqlite3.sqlite_version,
    )
    yield Finding(
        "python",
        sys.version_info >= (3, 11),
        text,
        None if sys.version_info >= (3, 11) else say("需要 Python 3.11 或更新版本", "Python 3.11 or newer is needed"),
    )


def _libraries(session: Session) -> Iterator[Finding]:
    missing = []
    for name in _LIBRARIES:
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        yield Finding(
            "libraries",
            False,
            say("缺少程序库：{n}", "libraries missing: {n}", n=listed(missing)),
            say("重新安装：python3 tasks.py setup", "install again: python3 tasks.py setup"),
        )
    else:
        yield Finding("libraries", True, say("{n} 个程序库齐全", "all {n} libraries are there", n=len(_LIBRARIES)))


def _workspace(session: Session) -> Iterator[Finding]:
    settings = session.desk().workspace.settings
    yield Finding("workspace", True, say("工作区：{p}", "workspace: {p}", p=session.desk().workspace.root))
    if not settings.me:
        yield Finding(
            "actor",
            None,
            say("设置里没有 me（操作人）", "the settings name no `me` (who acts)"),
            say("写上 me: 姓名，或每次用 --as 姓名", "write `me: NAME`, or give --as NAME each time"),
        )
    if not settings.hospital:
        yield Finding(
            "hospital",
            None,
            say("设置里没有医院名称", "the settings name no hospital"),
            say("写上 hospital: 名称，会印在各种文件上", "write `hospital: NAME`; papers carry it"),
        )


def _look(session: Session) -> Iterator[Finding]:
    """The hospital's own letterhead, logo, colour, fonts and Word template."""
    if session.opened is None:
        return
    from engine.documents.look import PLAIN
    from engine.documents.look.read import read_look

    if read_look(session.opened.workspace) != PLAIN:
        yield Finding("look", True, say("本院的抬头、颜色和字体可用", "the hospital's own look can be used"))


def _database(session: Session) -> Iterator[Finding]:
    if session.opened is None:
        return
    store = session.opened.store
    word = store.integrity()
    yield Finding(
        "database",
        word == "ok",
        say("数据库：{w}", "database: {w}", w=word),
        None if word == "ok" else say("请从备份恢复", "restore a backup"),
    )
    mode = store.journal_mode()
    hint = say("工作区不要放在网络盘上", "keep the workspace off network drives")
    yield Finding(
        "journal",
        mode == "wal" or None,
        say("写入方式：{m}", "journal: {m}", m=mode.upper()),
        None if mode == "wal" else hint,
    )
    problems = session.opened.verify(None)
    count = len(session.opened.pilots())
    if problems:
        yield Finding(
            "log",
            False,
            say("记录有 {n} 处不完整", "{n} places of the record are not whole", n=len(problems)),
            say("运行 playbook verify-log 查看", "`playbook verify-log` shows them"),
        )
    else:
        yield Finding("log", True, say("{n} 个试点的记录完整", "the records of {n} pilots are whole", n=count))


def _calendar(session: Session) -> Iterator[Finding]:
    if session.opened is None:
        return
    calendar = session.opened.calendar
    text = say(
        "工作日历：{a} 至 {b}，时区 {z}",
        "calendar: {a} to {b}, zone {z}",
        a=calendar.first,
        b=calendar.last,
        z=session.opened.workspace.settings.zone,
    )
    today = calendar.today(session.opened.now)
    near = (calendar.last - today).days < 45
    hint = say(
        "之后的调休安排国家还没有公布，期限只按周末推算；公布后请升级程序，或在设置的 holidays 里补上",
        "later make-up days are not published yet: due dates there know weekends only; upgrade when they are, or add them to the settings",
    )
    yield Finding("calendar", None if near else True, text, hint if near else None)


def _fonts(session: Session) -> Iterator[Finding]:
    """Word files name fonts of the reader's machine; this only matters where papers are turned into PDF here."""
    import shutil
    import subprocess

    lister = shutil.which("fc-list")
    if lister is None:
        return
    try:
        asked = [lister, ":lang=zh", "family"]
        found = subprocess.run(asked, capture_output=True, timeout=20, check=False).stdout  # noqa: S603 (fixed words)
    except (OSError, subprocess.TimeoutExpired):
        return
    if not found.strip():
        yield Finding(
            "fonts",
            None,
            say("本机没有中文字体", "this machine has no Chinese font"),
            say(
                "安装 Noto Sans CJK 后，图和 PDF 才能显示中文",
                "install Noto Sans CJK to see Chinese in pictures and PDF",
            ),
        )
    else:
        yield Finding("fonts", True, say("中文字体已安装", "Chinese fonts are installed"))


def _playbooks(session: Session) -> Iterator[Finding]:
    from engine.commands._checking import check_target
    from engine.load.find import known_playbooks

    root = session.opened.workspace.root if session.opened is not None else None
    for name, path in known_playbooks(root).items():
        checked = check_target(path, str(root) if root else None)
        errors = [p for p in checked.problems if p.severity == "error"]
        hint = say("运行 playbook check {p}", "run `playbook check {p}`", p=path) if errors else None
        state = say("有 {n} 处错误", "{n} errors", n=len(errors)) if errors else say("检查通过", "checks")
        yield Finding("playbook", not errors, say("方案 {n}：{s}", "playbook {n}: {s}", n=name, s=state), hint)


_LOOKS: dict[str, Callable[[Session], Iterator[Finding]]] = {
    "program": _program,
    "libraries": _libraries,
    "workspace": _workspace,
    "look": _look,
    "database": _database,
    "calendar": _calendar,
    "fonts": _fonts,
    "playbooks": _playbooks,
}
