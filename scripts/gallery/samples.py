"""Every shipped playbook with the pilot of its sample data, and the papers and task list that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendar import calendar_for
from engine.documents.look import Look
from engine.documents.pages import with_pages
from engine.documents.render import OWN_DOCUMENTS, Paper, render_paper
from engine.documents.tasklist import TaskList, task_list
from engine.load import load
from engine.load.door import Loaded
from engine.resources import playbooks_folder
from engine.scenarios import Played, play_case
from engine.service.results import Results
from engine.service.views import PilotView
from engine.source import parse, read_text

HOSPITAL = "示范市第一人民医院"
_STORIES = ("demo.yaml", "sample.yaml", "story.yaml")
_ALWAYS = ("docx", "pdf", "html")


@dataclass(frozen=True, slots=True)
class Sample:
    """A playbook and its pilot as the sample's last step left it."""

    loaded: Loaded
    played: Played
    source: Path

    @property
    def id(self) -> str:
        return self.loaded.playbook.id


@dataclass(frozen=True, slots=True)
class Item:
    """What the gallery shows: a paper, or the task list, and the formats it is made in."""

    playbook: str
    name: str
    title: str
    made: Paper | TaskList
    formats: tuple[str, ...]

    @property
    def stem(self) -> str:
        return f"{self.playbook}.{self.name}"


def playbooks() -> list[str]:
    return sorted(path.stem for path in playbooks_folder().glob("*.yaml") if path.name.count(".") == 1)


def sample_of(name: str) -> Sample:
    """The story in `samples/`, else the first scenario, which goes to the end."""
    folder = playbooks_folder()
    stories = [folder / "samples" / name / story for story in _STORIES]
    path = next((p for p in stories if p.is_file()), folder / f"{name}.scenarios.yaml")
    loaded = load(name)
    data: Any = parse(read_text(path), str(path)).data
    case: Mapping[str, Any] = data["cases"][0]
    years = [int(str(case["start"]["on"])[:4]) + n for n in (0, 1)]
    calendar = calendar_for(ZoneInfo("Asia/Shanghai"), years, {})
    # Whoever starts the sample also keeps its records: papers name who filed each piece of evidence.
    actor = str(case["start"].get("as") or "示范用户")
    return Sample(loaded, play_case(loaded.playbook, case, calendar, path.parent, actor), path)


def items_of(sample: Sample, look: Look) -> Iterator[Item]:
    """The playbook's own papers, those every playbook can give, and the task list."""
    book, context = sample.loaded.playbook, sample.played.context
    results = Results(PilotView(context, sample.played.events, context.now), sample.played.sums)
    for name in dict.fromkeys((*book.documents, *OWN_DOCUMENTS)):
        paper = render_paper(
            book,
            context.pilot,
            sample.played.events,
            name,
            calendar=context.calendar,
            now=context.now,
            hospital=HOSPITAL,
            templates=sample.loaded.bundle.templates,
            draft=False,
            results=results,
            look=look,
        )
        formats = (*_ALWAYS, "pptx") if "pptx" in paper.formats else _ALWAYS
        yield Item(sample.id, name, paper.title, with_pages(paper, formats), formats)
    tasks = task_list(book, context.pilot, context.calendar, context.now, hospital=HOSPITAL)
    yield Item(sample.id, "task-list", "任务清单", replace(tasks, look=look), ("xlsx",))
