"""What stands around a paper's text: header, footer, properties, table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from markdown_it.token import Token

from engine.documents.chapters import chapter_mark
from engine.documents.markdown import plain
from engine.documents.render import Paper
from engine.documents.word.look import AMBER, MUTED
from engine.documents.word.xml import element, field, run, twips
from engine.text import Language, say


def properties(document: Any, paper: Paper) -> None:
    """Core properties, all of them fixed by the paper: the same paper gives the same bytes."""
    core = document.core_properties
    moment = datetime.combine(paper.day, time(), UTC).replace(tzinfo=None)
    core.title, core.subject = paper.title[:250], paper.pilot[:250]
    core.author = core.last_modified_by = paper.hospital[:250]
    core.created = core.modified = moment
    core.comments = core.keywords = core.category = ""
    core.language = "zh-CN" if paper.language == "zh" else "en"
    core.revision = 1


def running_head(header: Any, paper: Paper, width_cm: float) -> None:
    """Hospital, title, the draft's mark."""
    zh = paper.language == "zh"
    header.is_linked_to_previous = False
    top = _line(header, "Header", "bottom", paper.look.colours.line, width_cm)
    top.append(run(paper.hospital or paper.pilot))
    top.append(_tab())
    top.append(run(paper.title))
    if paper.draft:
        top.append(run("　草稿" if zh else "  DRAFT", bold=True, color=AMBER))


def page_foot(footer: Any, paper: Paper, width_cm: float) -> None:
    """The pilot, page of pages."""
    zh = paper.language == "zh"
    footer.is_linked_to_previous = False
    foot = _line(footer, "Footer", "top", paper.look.colours.line, width_cm)
    foot.append(run(paper.pilot))
    foot.append(_tab())
    before, between, after = ("第 ", " 页 / 共 ", " 页") if zh else ("Page ", " of ", "")
    foot.append(run(before))
    foot.extend(field("PAGE", "1"))
    foot.append(run(between))
    foot.extend(field("NUMPAGES", "1"))
    if after:
        foot.append(run(after))


def _line(part: Any, style: str, edge: str, color: str, width_cm: float) -> Any:
    """The one paragraph of a header or footer: a thin line, and a tab stop at the right margin."""
    paragraph = part.paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    shape = element("w:pPr")
    shape.append(element("w:pStyle", val=style))
    shape.append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:{edge} w:val="single" w:sz="4" w:space="4" w:color="{color}"/></w:pBdr>')
    )
    tabs = element("w:tabs")
    tabs.append(element("w:tab", val="right", pos=twips(width_cm)))
    shape.append(tabs)
    paragraph.append(shape)
    return paragraph


def _tab() -> Any:
    made = element("w:r")
    made.append(element("w:tab"))
    return made


# Behind the entries, inside the field: where the contents are made anew it makes room for the numbers.
_HINT = say(
    "按住 Ctrl 点一条，跳到那里；要看页码，在目录上按右键，选“更新域”。",
    "Ctrl+click an entry to go there. For page numbers, right-click the contents and choose Update Field.",
)


def contents(tokens: Sequence[Token], language: Language, depth: int) -> Any:
    """A table of contents as Word makes it, already filled in: each entry is a link, with its chapter's number.

    Without page numbers, for only Word knows them, and a wrong one is worse than none. Measured on the shipped papers that have
    contents: of 188 entries 24 are in LibreOffice on the page they have in the PDF, where other fonts and spaces are used; in Word
    the pages depend on the fonts of the computer. Word would work them out by itself when the file is opened (`w:updateFields`
    in the settings, or `w:dirty` at the field), but it asks the reader first whether fields "that may refer to other files"
    shall be updated, which looks like a warning. So a line says how to have the numbers, and goes away with that.
    """
    made = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    inside = made.find(qn("w:sdtContent"))
    heading = _paragraph("TOCHeading")
    heading.append(run("目录" if language == "zh" else "Contents"))
    inside.append(heading)
    entries = _entries(tokens, depth, language)
    begin, code, separate, _, end = field(rf'TOC \o "1-{depth}" \h \z \u', "")
    for index, (level, text, bookmark) in enumerate(entries):
        paragraph = _paragraph(f"TOC{level}")
        if not index:
            paragraph.extend([begin, code, separate])
        link = element("w:hyperlink", anchor=bookmark, history=1)
        link.append(run(text))
        paragraph.append(link)
        inside.append(paragraph)
    if entries:
        hint = _paragraph("Normal")
        hint.extend([run(_HINT.zh if language == "zh" else _HINT.en, size=8.5, color=MUTED), end])
        inside.append(hint)
    return made


def _entries(tokens: Sequence[Token], depth: int, language: Language) -> list[tuple[int, str, str]]:
    """(level, text, bookmark) of the headings down to `depth` (1 or 2), numbered as the document numbers them."""
    found: list[tuple[int, str, str]] = []
    counts = [0, 0]
    bookmark = 0
    numbering = False
    for index, token in enumerate(tokens):
        if token.type == "html_block" and token.content.strip() == "<!-- numbered -->":
            numbering = True
        if token.type != "heading_open" or token.tag == "h1":
            continue
        bookmark += 1
        level = int(token.tag[1]) - 1
        if level > 2:
            continue
        mark = ""
        if numbering:
            counts[level - 1] += 1
            if level == 1:
                counts[1] = 0
            mark = chapter_mark(counts, level, language)
        if level > depth:
            continue
        found.append((level, mark + plain(tokens[index + 1].children or ()), f"_Toc{bookmark:06}"))
    return found


def _paragraph(style: str) -> Any:
    made = element("w:p")
    shape = element("w:pPr")
    shape.append(element("w:pStyle", val=style))
    made.append(shape)
    return made
