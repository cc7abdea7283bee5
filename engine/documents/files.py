"""Papers as files: names that every system accepts, inside the folder, and never half written."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from engine.documents.markdown import clean
from engine.documents.render import Paper
from engine.errors import UserError
from engine.text import say

_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)  # names Windows keeps for devices
_MOST_BYTES = 180  # of a name without its ending: file systems allow 255 bytes, and a Chinese character takes three
_MOST_TEMPLATE = 200_000  # bytes
NOTHING_MADE: Mapping[str, bytes] = MappingProxyType({})
PART = ".part"  # the ending of what is not whole yet; its name begins with the number of the process that writes it


def safe_name(text: str) -> str:
    """`text` as a file name (without ending) on Windows, macOS and Linux; never empty, never a path."""
    name = unicodedata.normalize("NFC", clean(text))
    name = re.sub(r'[<>:"/\\|?*]+', "_", name).strip(" .")
    while len(name.encode(errors="replace")) > _MOST_BYTES:
        name = name[:-1]
    name = name.strip(" .") or "_"
    return f"_{name}" if _RESERVED.match(name.partition(".")[0].strip()) else name


def paper_name(paper: Paper) -> str:
    """`试点名-文档名`, with a mark for drafts, so that a draft never lies where the final one is looked for."""
    mark = ("-草稿" if paper.language == "zh" else "-draft") if paper.draft else ""
    return safe_name(f"{paper.pilot}-{paper.title}") + mark


def write_atomically(path: Path, content: bytes) -> None:
    """Replace `path` in one step: a reader sees the old file or the whole new one. Raises UserError `cannot-write`."""
    handle = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{os.getpid()}-", suffix=PART, delete=False
        ) as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.chmod(handle.name, 0o666 & ~_umask())  # a temporary file is for its owner only; a paper is handed around
        os.replace(handle.name, path)
    except OSError as error:
        if handle is not None:
            Path(handle.name).unlink(missing_ok=True)
        raise UserError(
            "cannot-write",
            say("写不进文件 {path}：{why}", "cannot write {path}: {why}", path=path, why=error.strerror or error),
            say("如果它正在 Word 或 WPS 里打开，请先关闭", "if it is open in Word, close it first"),
        ) from error


def write_paper(
    paper: Paper, folder: Path, formats: Iterable[str] = (), made: Mapping[str, bytes] = NOTHING_MADE
) -> list[Path]:
    """Write the paper in each format (default: the document's own) and return the paths, in the order asked for. `made`:
    what there is of it already (`engine.documents.pages.Measured`).

    Everything is made before anything is written. Raises UserError `unknown-format` or `cannot-write`.
    """
    wanted = tuple(dict.fromkeys(formats)) or paper.formats
    unknown = [name for name in wanted if name not in WRITERS]
    if unknown:
        raise UserError(
            "unknown-format",
            say("不支持的格式：{names}", "unknown format: {names}", names=", ".join(unknown)),
            say("可用的格式：{names}", "formats: {names}", names=", ".join(WRITERS)),
        )
    contents = [made[name] if name in made else WRITERS[name](paper) for name in wanted]
    paths = [folder / f"{paper_name(paper)}.{name}" for name in wanted]
    for path, content in zip(paths, contents, strict=True):
        write_atomically(path, content)
        note_of(path).unlink(missing_ok=True)  # of a batch: what it tells of this file is no longer so
    return paths


def note_of(path: Path) -> Path:
    """The hidden file in which a batch notes what a paper was made from (`engine.documents.made`)."""
    return path.with_name(f".{path.name}.made")


def workspace_templates(folder: Path) -> dict[str, str]:
    """The templates of a workspace: the `*.j2` files directly in its `templates` folder. Lay them over the pinned ones.

    Raises UserError `bad-template` for one that is not UTF-8 or too large.
    """
    found: dict[str, str] = {}
    for path in sorted((folder / "templates").glob("*.j2")):
        if not path.is_file():
            continue
        try:
            if path.stat().st_size > _MOST_TEMPLATE:
                raise ValueError(f"> {_MOST_TEMPLATE} bytes")
            found[path.name] = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except (OSError, ValueError) as error:
            raise UserError(
                "bad-template",
                say("读不了模板 {path}：{why}", "cannot read the template {path}: {why}", path=path.name, why=error),
                say("请存为 UTF-8 编码的文本", "save it as UTF-8 text"),
            ) from error
    return found


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _markdown(paper: Paper) -> bytes:
    """A picture cannot stand in plain text: its words do."""
    label = "图" if paper.language == "zh" else "Figure"
    return re.sub(r"^!\[(.*)\]\(chart:\w+\)$", rf"*{label}：\1*", paper.markdown, flags=re.MULTILINE).encode()


def _pdf(paper: Paper) -> bytes:
    from engine.documents.pdf import to_pdf

    return to_pdf(paper).content


def _docx(paper: Paper) -> bytes:
    from engine.documents.word import to_docx

    return to_docx(paper)


def _html(paper: Paper) -> bytes:
    from engine.documents.look.web import dress
    from engine.documents.page import to_html

    return dress(to_html(paper).decode(), paper.look, painted=True).encode()


def _pptx(paper: Paper) -> bytes:
    from engine.documents.slides import to_pptx

    return to_pptx(paper)


WRITERS: dict[str, Callable[[Paper], bytes]] = {
    "md": _markdown,
    "docx": _docx,
    "pdf": _pdf,
    "html": _html,
    "pptx": _pptx,
}
