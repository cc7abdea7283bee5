"""The demo's pilot in memory, as it stood after some of its steps: what papers look like when there is something to say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.documents.render import Paper, render_paper, spoken
from engine.load import load
from engine.pilot.events import Event
from engine.pilot.state import Pilot
from engine.process.context import Context
from engine.scenarios import _Runner
from engine.source import parse, read_text
from engine.text import Language
from tests.process.world import days

SAMPLE = Path(__file__).parents[2] / "playbooks" / "samples" / "four-step-pilot" / "demo.yaml"


@cache
def played(before: str = "") -> tuple[Pilot, tuple[Event, ...], Context]:
    """The pilot, its events and its context after the steps before the one that completes the task `before` (or all)."""
    book = load("four-step-pilot").playbook
    case = parse(read_text(SAMPLE), str(SAMPLE)).data["cases"][0]
    runner = _Runner(book, days(), SAMPLE.parent)
    runner.step({"start": case["start"]})
    for step in case["steps"]:
        done = step.get("done", ())
        if before and before in ([done] if isinstance(done, str) else done):
            break
        runner.step(step)
    assert runner.pilot is not None
    return runner.pilot, tuple(runner.events), Context(book, runner.pilot, runner.now, runner.calendar)


def paper(document: str, before: str = "", language: Language = "zh") -> Paper:
    """A paper of the demo's pilot."""
    pilot, events, context = played(before)
    templates = load("four-step-pilot").bundle.templates
    language = spoken(context.book, document, templates, language)
    return render_paper(
        load("four-step-pilot", language=language).playbook,
        pilot,
        events,
        document,
        calendar=context.calendar,
        now=context.now,
        hospital="示范医院",
        templates=templates,
        language=language,
    )
