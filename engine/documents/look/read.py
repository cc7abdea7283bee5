"""The look in a workspace's settings → `Look`: every file read, everything that is wrong with it told at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from engine.documents.look.colours import Palette, darkened, palette_of, readable
from engine.documents.look.value import CHINESE, LATIN, PLAIN, FontFile, Fonts, Logo, Look, LookError
from engine.errors import PlaybookError, Problem
from engine.text import Message, say

if TYPE_CHECKING:
    from engine.source import Source
    from engine.workspace import Workspace

CODES = ("look-letterhead", "look-file", "look-logo", "look-colour", "look-font", "look-word")
_MOST_LINES, _MOST_LETTERS = 4, 40
_MOST_WORD_BYTES = 5_000_000
_MEGABYTE = 1_000_000

Key = tuple[str | int, ...]


def read_look(workspace: Workspace) -> Look:
    """The hospital's own look; `PLAIN` where the settings name none. Raises PlaybookError with every problem."""
    from engine.workspace import LookSettings

    if workspace.settings.look == LookSettings():
        return PLAIN
    reader = _Reader(workspace)
    look = reader.look()
    if reader.problems:
        source = reader.source
        raise PlaybookError(reader.problems, {source.file: source.text})
    return look


class _Reader:
    def __init__(self, workspace: Workspace) -> None:
        self.root, self.asked = workspace.root, workspace.settings.look
        self.problems: list[Problem] = []
        self._source: Source | None = None

    @property
    def source(self) -> Source:
        """The settings as a text with places; read only when something is wrong."""
        if self._source is None:
            from engine.source import parse, read_text
            from engine.workspace import MARKER

            self._source = parse(read_text(self.root / MARKER), MARKER)
        return self._source

    def look(self) -> Look:
        asked = self.asked
        return Look(
            letterhead=self._letterhead(),
            logo=self._logo(),
            colours=self._colours(),
            fonts=Fonts(asked.chinese_font.strip() or CHINESE, asked.latin_font.strip() or LATIN),
            pdf_fonts=self._fonts(),
            word=self._word(),
        )

    def wrong(self, key: Key, code: str, message: Message, hint: Message | None = None) -> None:
        key = ("look", *key)
        place = self.source.values.get(key) or self.source.nearest(key)
        self.problems.append(Problem(place, code, message, hint))

    def _letterhead(self) -> tuple[str, ...]:
        from engine.documents.markdown import clean

        lines = tuple(clean(line) for line in self.asked.letterhead)
        if len(lines) > _MOST_LINES:
            what = say(
                "抬头有 {n} 行，最多 {m} 行", "{n} lines of letterhead; at most {m}", n=len(lines), m=_MOST_LINES
            )
            self.wrong(
                ("letterhead",),
                "look-letterhead",
                what,
                say("地址电话可以写在一行里", "put address and telephone on one line"),
            )
        for index, line in enumerate(lines):
            if not line or len(line) > _MOST_LETTERS:
                what = say(
                    "抬头一行要有 1 到 {m} 个字，这一行有 {n} 个",
                    "a line has 1 to {m} characters; this has {n}",
                    m=_MOST_LETTERS,
                    n=len(line),
                )
                self.wrong(("letterhead", index), "look-letterhead", what)
        return lines

    def _logo(self) -> Logo | None:
        from engine.documents.look.logo import MOST_BYTES, read_logo
        from engine.errors import UserError

        path = self._file(self.asked.logo, ("logo",), (".png", ".jpg", ".jpeg", ".svg"), MOST_BYTES)
        if path is None:
            return None
        try:
            return read_logo(path.read_bytes())
        except LookError as error:
            self.wrong(
                ("logo",), "look-logo", say("标志用不了：{why}", "the logo cannot be used: {why}", why=error.message)
            )
        except UserError as error:  # an SVG where typst is not installed
            self.wrong(("logo",), "look-logo", error.message, say("把标志另存为 PNG", "save the logo as PNG"))
        return None

    def _colours(self) -> Palette:
        asked = self.asked.colour
        if asked and not readable(asked):
            what = say(
                "颜色 {c} 太浅，白底上和灰度打印都看不清",
                "{c} is too light to be read on white and in grey print",
                c=asked,
            )
            hint = say(
                '换成深一些的，例如同一色调的 "#{c}"',
                'take a darker one, such as "#{c}" of the same hue',
                c=darkened(asked),
            )
            self.wrong(("colour",), "look-colour", what, hint)
        return palette_of(asked) if asked else Palette()

    def _fonts(self) -> tuple[FontFile, ...]:
        from engine.documents.look.font import MOST_BYTES, read_font

        found: list[FontFile] = []
        for index, name in enumerate(self.asked.pdf_fonts):
            key: Key = ("fonts", "pdf", index)
            path = self._file(name, key, (".ttf", ".otf"), MOST_BYTES)
            if path is None:
                continue
            try:
                found.append(read_font(path))
            except LookError as error:
                self.wrong(
                    key,
                    "look-font",
                    say("字体 {f} 用不了：{why}", "the font {f} cannot be used: {why}", f=name, why=error.message),
                )
        if len({font.family for font in found}) > 1:
            names = ", ".join(dict.fromkeys(font.family for font in found))
            what = say(
                "几个字体文件要属于同一种字体，这里有：{n}", "the files must be of one family; here are: {n}", n=names
            )
            self.wrong(
                ("fonts", "pdf"), "look-font", what, say("只留常规和加粗两个文件", "keep the regular and the bold one")
            )
        return tuple(found)

    def _word(self) -> bytes | None:
        from engine.documents.look.office import check_word_template

        path = self._file(self.asked.word, ("word",), (".docx",), _MOST_WORD_BYTES)
        if path is None:
            return None
        content = path.read_bytes()
        try:
            check_word_template(content)
        except LookError as error:
            what = say("Word 模板用不了：{why}", "the Word template cannot be used: {why}", why=error.message)
            self.wrong(("word",), "look-word", what, error.hint)
            return None
        return content

    def _file(self, name: str, key: Key, endings: tuple[str, ...], most: int) -> Path | None:
        """A file of the workspace, or None and the problem with it."""
        if not name:
            return None
        for wrong, hint in _file_problems(self.root, name, endings, most):
            self.wrong(key, "look-file", wrong, hint)
            return None
        return _path(self.root, name)


def _path(root: Path, name: str) -> Path:
    return root / name.replace("\\", "/")


def _file_problems(
    root: Path, name: str, endings: tuple[str, ...], most: int
) -> Iterator[tuple[Message, Message | None]]:
    inside = say(
        "把文件放进工作区，例如 look/ 文件夹，再写 look/文件名",
        "put it into the workspace, say into look/, and write look/NAME",
    )
    path = _path(root, name)
    windows = PureWindowsPath(name)
    try:
        leads_out = windows.drive or windows.root or not path.resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        leads_out = True
    if leads_out:
        yield say("文件不在工作区里：{p}", "the file is not in the workspace: {p}", p=name), inside
        return
    if path.suffix.lower() not in endings:
        kinds = Message("、".join(endings), ", ".join(endings))
        yield (
            say("文件类型不对：{p}", "the wrong kind of file: {p}", p=name),
            say("可以用：{k}", "allowed: {k}", k=kinds),
        )
        return
    try:
        if not path.is_file():
            yield say("找不到文件：{p}", "no such file: {p}", p=name), inside
            return
        size = path.stat().st_size
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        yield say("读不了文件 {p}：{why}", "cannot read {p}: {why}", p=name, why=error.strerror or ""), None
        return
    if size == 0:
        yield say("文件是空的：{p}", "the file is empty: {p}", p=name), None
    elif size > most:
        yield (
            say(
                "文件 {p} 有 {n} MB，上限 {m} MB",
                "{p} has {n} MB; at most {m} MB",
                p=name,
                n=round(size / _MEGABYTE, 1),
                m=most // _MEGABYTE,
            ),
            say("缩小后再放进来", "make it smaller"),
        )
