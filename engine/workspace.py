"""The folder a hospital works in: settings, the database, evidence, its own playbooks and papers.

`playbook-workspace.yaml` marks it. Settings are read on every command, so they are kept parsed beside the database and
read from YAML only when the file has changed.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from engine.errors import UserError
from engine.frozen import cached, frozen
from engine.privacy import describe, find_identifiers
from engine.process.commands import Attachment
from engine.text import Message, say

if TYPE_CHECKING:
    from pathlib import Path

MARKER = "playbook-workspace.yaml"
DATA = ".playbook"
ENVIRONMENT = "PLAYBOOK_WORKSPACE"

_NAME_LIMIT = 120
_MEDIA = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@frozen
class LookSettings:
    """How papers look, as the settings name it: files by their path in the workspace, nothing opened or checked yet
    (`engine.documents.look` does that). Everything empty is the program's own look."""

    letterhead: tuple[str, ...] = ()
    logo: str = ""
    colour: str = ""
    chinese_font: str = ""
    latin_font: str = ""
    pdf_fonts: tuple[str, ...] = ()
    word: str = ""


@frozen
class Settings:
    """What the settings file says. `off`/`work` are the hospital's own days, laid over the public calendar."""

    hospital: str = ""
    me: str = ""
    zone: str = "Asia/Shanghai"
    language: str = ""
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    evidence_limit_mb: int = 50
    look: LookSettings = field(default_factory=LookSettings)


@frozen
class Workspace:
    """`folder` is its absolute path."""

    folder: str
    settings: Settings = field(default_factory=Settings)

    @cached
    def root(self) -> Path:
        from pathlib import Path

        return Path(self.folder)

    @property
    def data(self) -> Path:
        return self.root / DATA

    @property
    def database(self) -> str:
        return os.path.join(self.folder, DATA, "pilots.db")

    @property
    def papers(self) -> Path:
        return self.root / "papers"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    def evidence_file(self, digest: str) -> Path:
        """Where content with this hash lies, whether it is there or not."""
        return self.data / "evidence" / digest[:2] / digest

    def inspect(self, path: Path) -> Attachment:
        """Name, hash and size of a file somebody wants to attach. Raises UserError when it cannot be taken."""
        if not path.exists():
            raise UserError(
                "no-file",
                say("找不到文件：{path}", "no such file: {path}", path=path),
                say("检查文件名和所在文件夹", "check the name and the folder"),
            )
        if not path.is_file():
            raise UserError("not-a-file", say("这不是文件：{path}", "not a file: {path}", path=path))
        name = safe_name(path.name)
        found = find_identifiers(name)
        if found:
            raise UserError(
                "identity",
                say(
                    "文件名里有个人身份信息（{what}）",
                    "the file name holds personal identifiers ({what})",
                    what=describe(found),
                ),
                say("改名后再附，例如用“患者A”代替", "rename it, using a code name"),
            )
        try:
            size = path.stat().st_size
            limit = self.settings.evidence_limit_mb * 1_000_000
            if size > limit:
                raise UserError(
                    "file-too-large",
                    say(
                        "文件有{n} MB，上限{limit} MB",
                        "the file has {n} MB; at most {limit} MB",
                        n=round(size / 1e6, 1),
                        limit=self.settings.evidence_limit_mb,
                    ),
                    say(
                        "压缩后再附，或在工作区设置里提高 evidence_limit_mb",
                        "compress it, or raise evidence_limit_mb in the settings",
                    ),
                )
            if size == 0:
                raise UserError("file-empty", say("文件是空的：{path}", "the file is empty: {path}", path=path))
            with path.open("rb") as file:
                digest = _digest(file)
        except OSError as error:
            raise _unreadable(path, error) from None
        return Attachment(name, digest, size, _MEDIA.get(path.suffix.lower(), "application/octet-stream"))

    def hash_of(self, path: Path) -> str:
        with path.open("rb") as file:
            return _digest(file)

    def keep(self, path: Path) -> Path:
        """Copy a file into the evidence folder under its hash: complete or not at all."""
        from pathlib import Path
        from tempfile import NamedTemporaryFile

        try:
            folder = self.data / "evidence"
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("rb") as source, NamedTemporaryFile(dir=folder, delete=False) as copy:
                hasher = sha256()
                while block := source.read(1 << 20):
                    hasher.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            target = self.evidence_file(hasher.hexdigest())
            target.parent.mkdir(exist_ok=True)
            Path(copy.name).replace(target)
        except OSError as error:
            raise _unreadable(path, error) from None
        return target


def safe_name(name: str) -> str:
    """A file name without path parts, control characters and direction marks, cut to a sane length."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = "".join(ch for ch in name if unicodedata.category(ch) not in ("Cc", "Cf", "Cs"))
    name = name.strip(" .") or "file"
    if len(name) > _NAME_LIMIT:
        stem, dot, suffix = name.rpartition(".")
        name = (
            f"{stem[: _NAME_LIMIT - len(suffix) - 1]}{dot}{suffix}" if dot and len(suffix) < 12 else name[:_NAME_LIMIT]
        )
    return name


def find_root(start: str | os.PathLike[str] | None = None) -> Path | None:
    """The workspace at or above `start` (by default $PLAYBOOK_WORKSPACE, else the current folder)."""
    from pathlib import Path

    found = _find(start)
    return Path(found) if found else None


def _find(start: str | os.PathLike[str] | None) -> str | None:
    here = os.path.realpath(start or os.environ.get(ENVIRONMENT) or os.getcwd())
    while not os.path.isfile(os.path.join(here, MARKER)):
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above
    return here


def open_workspace(start: str | os.PathLike[str] | None = None) -> Workspace:
    """The workspace at or above `start`. Raises UserError `no-workspace`, or PlaybookError for bad settings."""
    root = _find(start)
    if root is None:
        raise UserError(
            "no-workspace",
            say("这里还不是工作区：{path}", "this is not a workspace: {path}", path=start or os.getcwd()),
            say(
                "先运行 playbook init，或用 --workspace 指明文件夹",
                "run `playbook init` first, or name the folder with --workspace",
            ),
        )
    os.makedirs(os.path.join(root, DATA), exist_ok=True)
    return Workspace(root, read_settings(root))


def init_workspace(folder: Path, hospital: str = "", me: str = "") -> tuple[Workspace, tuple[Path, ...]]:
    """Make a workspace; safe to run twice, nothing is ever overwritten. Returns it and what was created."""
    created: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (DATA, "playbooks", "papers", "templates"):
            if not (folder / name).is_dir():
                (folder / name).mkdir()
                created.append(folder / name)
        for name, text in ((MARKER, _settings_text(hospital, me)), (".gitignore", f"/{DATA}/\n/papers/\n")):
            if not (folder / name).exists():
                (folder / name).write_text(text, encoding="utf-8")
                created.append(folder / name)
    except OSError as error:
        raise UserError(
            "cannot-write",
            say(
                "不能在这里建立工作区：{path}（{why}）",
                "cannot make a workspace here: {path} ({why})",
                path=folder,
                why=error.strerror or "",
            ),
            say("换一个有写权限的文件夹", "choose a folder that may be written"),
        ) from None
    return open_workspace(folder), tuple(created)


def read_settings(root: str | os.PathLike[str]) -> Settings:
    """The settings, from the parsed copy when the file has not changed since."""
    stat = os.stat(os.path.join(root, MARKER))
    stamp = f"{stat.st_mtime_ns}:{stat.st_size}"
    copy = os.path.join(root, DATA, "settings.json")
    try:
        with open(copy, encoding="utf-8") as text:
            kept = json.load(text)
        if kept["stamp"] == stamp:
            return _settings(kept["settings"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    from pathlib import Path

    data = _parse_settings(Path(root, MARKER))
    settings = _settings(data)
    try:
        _replace(Path(copy), json.dumps({"stamp": stamp, "settings": data}, ensure_ascii=False))
    except OSError:
        pass  # a read-only folder only costs the copy
    return settings


def _parse_settings(file: Path) -> dict[str, Any]:
    from engine.errors import PlaybookError
    from engine.schema import validate
    from engine.source import parse, read_text

    text = read_text(file)
    source = parse(text, str(file))
    problems = validate(source, "workspace")
    if problems:
        raise PlaybookError(problems, {source.file: text})
    return dict(source.data)


def _settings(data: Mapping[str, Any]) -> Settings:
    days = data.get("holidays") or {}
    return Settings(
        hospital=str(data.get("hospital") or ""),
        me=str(data.get("me") or ""),
        zone=str(data.get("zone") or "Asia/Shanghai"),
        language=str(data.get("language") or ""),
        off=tuple(date.fromisoformat(str(d)) for d in days.get("off") or ()),
        work=tuple(date.fromisoformat(str(d)) for d in days.get("work") or ()),
        evidence_limit_mb=int(data.get("evidence_limit_mb") or 50),
        look=_look(data.get("look") or {}),
    )


def _look(data: Mapping[str, Any]) -> LookSettings:
    fonts = data.get("fonts") or {}
    return LookSettings(
        letterhead=tuple(data.get("letterhead") or ()),
        logo=data.get("logo") or "",
        colour=data.get("colour") or "",
        chinese_font=fonts.get("chinese") or "",
        latin_font=fonts.get("latin") or "",
        pdf_fonts=tuple(fonts.get("pdf") or ()),
        word=data.get("word") or "",
    )


def _settings_text(hospital: str, me: str) -> str:
    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    return f"""# 工作区设置（改完保存即可，下一条命令就会用上）
# 医院名称：印在各种文件的抬头
hospital: {quoted(hospital)}
# 平时由谁操作：记录里的操作人；临时换人用 --as 姓名
me: {quoted(me)}
# 时区
zone: Asia/Shanghai
# 证据文件大小上限（MB）
evidence_limit_mb: 50
# 本院自己的放假日与加班日（国家法定节假日和调休已经包含，不用写）
# holidays:
#   off: ["2026-05-12"]
#   work: ["2026-05-16"]
# 本院文件的样子（不写就用程序自带的样子）；文件都放在这个工作区里，路径从这里写起
# look:
#   letterhead: ["医院名称", "科室或地址"]   # 首页抬头，最多四行，第一行最大
#   logo: look/logo.png                      # 标志：PNG、JPEG 或 SVG，不超过 1 MB
#   colour: "#0F6E84"                        # 一种主色，引号不能少；太浅、灰度打印看不清的会被指出
#   fonts:
#     chinese: 微软雅黑                      # Word、网页里的中文字体；电脑上没有时换用常见的黑体
#     latin: Arial                           # 西文和数字
#     pdf: [look/本院字体.ttf]               # PDF 用的字体文件（常规，可再加粗体）；不写或缺字就用自带字体
#   word: look/信纸.docx                     # Word 模板：取它的样式、页面、页眉和页脚
"""


def _replace(path: Path, text: str) -> None:
    """Write a file complete or not at all."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def _digest(file: Any) -> str:
    hasher = sha256()
    while block := file.read(1 << 20):
        hasher.update(block)
    return hasher.hexdigest()


def _unreadable(path: Path, error: OSError) -> UserError:
    why: Message | str = error.strerror or str(error)
    return UserError(
        "unreadable", say("文件读写失败：{path}（{why}）", "cannot read or copy: {path} ({why})", path=path, why=why)
    )
