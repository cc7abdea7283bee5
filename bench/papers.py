"""The guide of the demo's pilot in every format, each against its bare library with as many paragraphs, tables, slides and
cells; and the guides of 200 departments as files, against python-docx alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import bare
from bench.figures import Figure, in_turn
from engine.documents.files import WRITERS, write_paper
from engine.documents.look import PLAIN
from engine.documents.render import Paper, render_paper
from engine.documents.slides.outline import slides_of, words
from engine.documents.tasklist import TaskList
from engine.documents.tasklist.xlsx import to_xlsx
from engine.frozen import replace
from engine.service.results import Results
from engine.service.views import PilotView
from scripts.gallery.samples import HOSPITAL, Sample, items_of, sample_of

_DEPARTMENTS = 200
_ROUNDS = 7


def measure() -> list[Figure]:
    sample = sample_of("four-step-pilot")
    made = {item.name: item.made for item in items_of(sample, PLAIN)}
    showcase, tasks = made["showcase"], made["task-list"]
    assert isinstance(showcase, Paper) and isinstance(tasks, TaskList)
    paper = guide(sample, "皮肤科")
    blocks = bare.flat(paper.markdown)
    slides = [
        (words(slide.title), list(bare.flatten(slide.blocks))) for slide in slides_of(showcase.markdown, "（续）")
    ]
    tables = sum(not isinstance(block, str) for block in blocks)
    size = f"{len(blocks) - tables} paragraphs, {tables} tables"
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        f"the guide as DOCX ({size}) against python-docx": (
            lambda: WRITERS["docx"](paper),
            lambda: bare.docx(blocks),
        ),
        f"the guide as PDF ({size}) against typst": (lambda: WRITERS["pdf"](paper), lambda: bare.pdf(blocks)),
        "the guide as HTML against markdown-it": (lambda: WRITERS["html"](paper), lambda: bare.html(paper.markdown)),
        f"the showcase as PPTX ({len(slides)} slides, charts) against python-pptx": (
            lambda: WRITERS["pptx"](showcase),
            lambda: bare.pptx(slides),
        ),
        f"the task list as XLSX ({len(tasks.rows)} tasks) against xlsxwriter": (
            lambda: to_xlsx(tasks),
            lambda: bare.xlsx(tasks),
        ),
    }
    figures = []
    for name, (ours, floor) in pairs.items():
        a, b, ratio = in_turn(ours, floor, _ROUNDS)
        figures.append(Figure(name, a, b, "s", ratio, None))
    figures.append(_all(pairs, sample))
    figures.append(_departments(sample))
    return figures


def guide(sample: Sample, department: str) -> Paper:
    """The guide, as a department's own pilot would have it."""
    context = sample.played.context
    pilot = replace(context.pilot, name=f"{department}试点", fields={**context.pilot.fields, "department": department})
    context = replace(context, pilot=pilot)
    return render_paper(
        context.book,
        pilot,
        sample.played.events,
        "guide",
        calendar=context.calendar,
        now=context.now,
        hospital=HOSPITAL,
        templates=sample.loaded.bundle.templates,
        draft=False,
        results=Results(PilotView(context, sample.played.events, context.now), sample.played.sums),
    )


def _all(pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]], sample: Sample) -> Figure:
    """Rendered once, written in all formats, with the slides and the task list; the floor renders nothing."""

    def ours() -> None:
        guide(sample, "皮肤科")
        for act, _ in pairs.values():
            act()

    def floor() -> None:
        for _, act in pairs.values():
            act()

    a, b, ratio = in_turn(ours, floor, _ROUNDS)
    return Figure("one guide rendered and in all formats, against the bare libraries together", a, b, "s", ratio, None)


def _departments(sample: Sample) -> Figure:
    with tempfile.TemporaryDirectory() as name:

        def ours() -> None:
            for number in range(_DEPARTMENTS):
                write_paper(guide(sample, f"第{number + 1}科"), Path(name))

        blocks = bare.flat(guide(sample, "皮肤科").markdown)

        def floor() -> None:
            for number in range(_DEPARTMENTS):
                Path(name, f"{number}.docx").write_bytes(bare.docx(blocks))

        a, b, ratio = in_turn(ours, floor, 1)
    title = f"guides of {_DEPARTMENTS} departments rendered and written (Markdown, DOCX) against python-docx"
    return Figure(title, a, b, "s", ratio, None)
