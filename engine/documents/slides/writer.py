"""A paper as a presentation that can be edited: real titles, tables and charts, notes for the speaker."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from engine.documents.slides.charts import add_chart
from engine.documents.slides.draw import Drawer
from engine.documents.slides.master import CONTENT, COVER, prepare, retheme
from engine.documents.slides.plan import Plan, plan_slides
from engine.documents.word.inline import visible
from engine.documents.word.package import fixed
from engine.errors import UserError
from engine.text import say

if TYPE_CHECKING:
    from engine.documents.render import Paper


def to_pptx(paper: Paper) -> bytes:
    """The paper as PPTX. The same paper gives the same bytes. Raises UserError `no-pptx` without python-pptx."""
    try:
        from pptx import Presentation
    except ImportError:
        raise UserError(
            "no-pptx",
            say("这台电脑上没有 python-pptx，写不了幻灯片", "python-pptx is not installed; no slides can be made"),
            say("pip install python-pptx；其他格式不受影响", "pip install python-pptx; other formats are not affected"),
        ) from None
    presentation = Presentation()
    prepare(presentation, paper.look)
    _properties(presentation, paper)
    for plan in plan_slides(paper):
        _slide(presentation, plan, paper)
    raw = io.BytesIO()
    presentation.save(raw)
    return fixed(raw.getvalue(), paper.day)


def _slide(presentation: Any, plan: Plan, paper: Paper) -> None:
    layout = presentation.slide_layouts[COVER if plan.slide.cover else CONTENT]
    slide = presentation.slides.add_slide(layout)
    for holder in list(slide.placeholders):
        holder._element.getparent().remove(holder._element)
    drawer = Drawer(slide, paper.language, paper.look)
    drawer.title(plan)
    above = " · ".join(part for part in paper.above if part)
    if plan.slide.cover:
        drawer.above(_short(above, 60))
        drawer.letterhead(paper.look)
    for box in plan.boxes:
        if box.block.kind == "chart":
            add_chart(slide, box, paper.figures[box.block.name], paper.day, paper.look.colours)
        else:
            drawer.box(box, cover=plan.slide.cover)
    if not plan.slide.cover:
        drawer.foot(_short(_below(paper), 52), paper.draft)
    _notes(slide, plan, paper)


def _notes(slide: Any, plan: Plan, paper: Paper) -> None:
    """What the speaker says; under it, what found no room on the slide, so that nothing is lost."""
    notes = [plan.slide.notes] if plan.slide.notes else []
    if plan.left_over:
        head = "【本页放不下的内容】" if paper.language == "zh" else "[What found no room on this slide]"
        notes += [head, plan.left_over]
    if not notes:
        return
    first = not slide.has_notes_slide
    slide.notes_slide.notes_text_frame.text = visible("\n".join(notes))
    if first:
        retheme(slide.notes_slide.part.notes_master.part, paper.look)


def _below(paper: Paper) -> str:
    """The letterhead's first line, else the hospital; and the pilot."""
    return " · ".join(part for part in (*paper.look.letterhead[:1], *paper.above) if part)


def _short(text: str, ems: float) -> str:
    from engine.documents.charts.measure import fit

    return fit(text, ems, 1)


def _properties(presentation: Any, paper: Paper) -> None:
    """Core properties, all of them fixed by the paper."""
    core = presentation.core_properties
    moment = datetime.combine(paper.day, time(), UTC).replace(tzinfo=None)
    core.title, core.subject = visible(paper.title)[:250], visible(paper.pilot)[:250]
    core.author = core.last_modified_by = visible(paper.hospital)[:250]
    core.created = core.modified = moment
    core.comments = core.keywords = core.category = ""
    core.language = "zh-CN" if paper.language == "zh" else "en"
    core.revision = 1
