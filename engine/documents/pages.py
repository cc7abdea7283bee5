"""How many pages a paper has, measured on the PDF as it is set; too many is an error that says what to cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.documents.markdown import sections
from engine.documents.pdf import to_pdf
from engine.documents.render import Paper
from engine.errors import Place, Problem, UserError
from engine.frozen import frozen, replace
from engine.text import say


@frozen
class Measured:
    """A paper with its pages and what was found; `made`: format → file, of what had to be made in order to measure."""

    paper: Paper
    made: Mapping[str, bytes]


def with_pages(paper: Paper, formats: Iterable[str] = ()) -> Paper:
    """The paper as `measure_pages` finds it."""
    return measure_pages(paper, formats).paper


def measure_pages(paper: Paper, formats: Iterable[str] = ()) -> Measured:
    """The paper with what its pages are too many for, and which characters no font can draw. Where no typst is installed
    the pages cannot be counted, which is said as a warning. `formats`: what will be written (default: the document's
    own). Slides are checked for what finds no room on them; of a paper that is slides and no PDF, they are the pages."""
    wanted = tuple(formats) or paper.formats
    if "pptx" in wanted:
        paper = _with_slides(paper)
    if "pptx" in paper.formats and "pdf" not in wanted:
        return Measured(paper, {})
    if paper.most_pages is None and "pdf" not in (*paper.formats, *wanted):
        return Measured(paper, {})
    counted = "pptx" in paper.formats and "pdf" not in paper.formats  # already, as slides
    try:
        made = to_pdf(paper)
    except UserError as error:
        problem = Problem(Place(""), "no-pages", error.message, error.hint, "warning")
        return Measured(replace(paper, problems=(*paper.problems, problem)), {})
    found = list(paper.problems)
    if paper.most_pages is not None and made.pages > paper.most_pages and not counted:
        found.append(_too_long(paper, made.pages, paper.most_pages))
    if made.undrawable:
        message = say(
            "有字体里没有的字：{c}，PDF 里可能显示为空白",
            "characters that the font does not have: {c}; the PDF may show nothing there",
            c=" ".join(made.undrawable[:20]),
        )
        found.append(Problem(Place(""), "no-glyph", message, say("换一个写法", "write it another way"), "warning"))
    if made.lacking:
        message = say(
            "本院字体里没有这些字：{c}；这份 PDF 用自带字体排",
            "the hospital's font does not have: {c}; this PDF is set in the program's own",
            c=" ".join(made.lacking[:20]),
        )
        found.append(Problem(Place(""), "font-lacks", message, None, "warning"))
    pages = paper.pages if counted else made.pages
    return Measured(replace(paper, problems=tuple(found), pages=pages), {"pdf": made.content})


def _with_slides(paper: Paper) -> Paper:
    from engine.documents.slides import check_slides

    count, found = check_slides(paper)
    if "pptx" in paper.formats and "pdf" not in paper.formats:
        paper = replace(paper, pages=count)
        if paper.most_pages is not None and count > paper.most_pages:
            found = (*found, _too_long(paper, count, paper.most_pages))
    return replace(paper, problems=(*paper.problems, *found))


def _too_long(paper: Paper, pages: int, most: int) -> Problem:
    """Names the longest sections: that is where a page is won, not with smaller type."""
    longest = sorted((p for p in sections(paper.markdown) if p.title), key=lambda p: -p.words)[:3]
    message = say(
        "{t}排出来有 {n} 页，上限 {m} 页",
        "{t} has {n} pages; at most {m} are allowed",
        t=paper.title if paper.title.startswith("《") else f"《{paper.title}》",
        n=pages,
        m=most,
    )
    hint = say(
        "从最长的部分删起：{zh}",
        "cut the longest sections first: {en}",
        zh="、".join(f"“{p.title}”{p.words} 字" for p in longest),
        en=", ".join(f"'{p.title}' {p.words} words" for p in longest),
    )
    return Problem(Place(""), "too-long", message, hint if longest else None)
