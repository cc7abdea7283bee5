"""The papers of the demo: written as a user would write them, each with one line that says what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.documents.files import safe_name, write_atomically
from engine.text import Message, current_language, say

if TYPE_CHECKING:
    from engine.commands._demo_story import Story


def write_papers(story: Story) -> list[tuple[Path, Message]]:
    """Write what the story did not write itself; every file in the papers folder with what it is for."""
    from engine.analysis.graph import graph_of
    from engine.analysis.svg import svg
    from engine.documents.tasklist import WRITERS, task_list

    try:
        desk = story.inner.desk()
        view = desk.view(story.pilot)
        settings = desk.workspace.settings
        tasks = task_list(
            view.book, view.pilot, desk.calendar, desk.now, language=current_language(), hospital=settings.hospital
        )
        name = safe_name(story.pilot)
        folder = desk.workspace.papers
        for ending in ("md", "xlsx"):
            write_atomically(folder / f"{name}-{say('任务清单', 'tasks')}.{ending}", WRITERS[ending](tasks))
        write_atomically(folder / f"{name}-{say('流程图', 'flow')}.svg", svg(graph_of(view.book)).encode())
        successor = next((k for k in view.pilot.links if k.relation == "successor"), None)
        if successor is not None:
            following = desk.view(successor.name)
            ahead = task_list(
                following.book,
                following.pilot,
                desk.calendar,
                desk.now,
                language=current_language(),
                hospital=settings.hospital,
            )
            stem = f"{safe_name(successor.name)}-{say('期限', 'due dates')}"
            write_atomically(folder / f"{stem}.ics", WRITERS["ics"](ahead))
        _write(story, folder, story.pilot, ("showcase", "letter", "journey", "role_handbook"))
        if successor is not None:
            _write(
                story, folder, successor.name, ("meeting",)
            )  # it has gates ahead; the first pilot is through them all
        return [(path, _what(path)) for path in sorted(folder.iterdir()) if path.is_file()]
    finally:
        story.inner.close()


def _write(story: Story, folder: Path, pilot: str, documents: tuple[str, ...]) -> None:
    """Papers as drafts, in the first of their formats: nobody has signed them."""
    from engine.commands._paper import Renderer
    from engine.documents.files import write_paper

    renderer = Renderer(story.inner, pilot)
    for name in documents:
        paper = renderer(name)
        write_paper(paper, folder, paper.formats[:1])


def _what(path: Path) -> Message:
    for words, what in _WHAT.items():
        if any(word in path.stem for word in words) and (path.suffix in what or "" in what):
            return what.get(path.suffix) or what[""]
    return say("文件", "paper")


_WHAT: dict[tuple[str, ...], dict[str, Message]] = {
    ("任务清单", "tasks"): {
        ".xlsx": say(
            "任务清单（Excel）：每项任务由谁、何时完成，可筛选、可打印",
            "the task list for Excel: who does what by when",
        ),
        "": say("任务清单（文本）：每个阶段做了什么、由谁、何时", "the task list as text"),
    },
    ("简报", "rief"): {
        ".docx": say(
            "成果简报（Word）：一两页，投入、做法、结果、建议，给院领导看",
            "the results brief for Word: one or two pages for the leadership",
        ),
        ".pdf": say("成果简报（PDF）：两页以内，可以直接打印", "the results brief to print"),
        "": say("成果简报（文本）：与 Word 版内容相同", "the results brief as text"),
    },
    ("指南", "uide"): {
        ".docx": say(
            "实操指南（Word）：这个试点摸索出的做法、话术和清单，给下一个科室用",
            "the guide for Word: what worked here, for the next department",
        ),
        "": say("实操指南（文本）：与 Word 版内容相同", "the guide as text"),
    },
    ("展示会", "showcase", "Showcase"): {
        "": say(
            "展示会幻灯片（PowerPoint）：故事、前后对比、三条经验、邀请，讲稿在备注里",
            "slides for the show: story, before and after, three lessons, invitation; what to say is in the notes",
        )
    },
    ("加入试点的信", "etter", "nvitation"): {
        "": say(
            "给下一个科室的信（Word）：一页，带回执", "the letter to the next department for Word: one page with a slip"
        )
    },
    ("走查表", "ourney"): {
        "": say("患者旅程走查表（Word）：打印后带着承诺去走", "the journey sheet for Word, to print and walk with")
    },
    ("角色手册", "andbook"): {
        "": say("角色手册（Word）：一个角色一章，可以拆开分发", "the role handbook for Word: a chapter for each role")
    },
    ("评审会", "Gate review"): {
        "": say("下一个试点的评审会议程与纪要（Word）", "agenda and minutes of the next pilot's gate review, for Word")
    },
    ("流程图", "flow"): {
        "": say(
            "流程图：四步走的阶段、关口和去向，用浏览器打开",
            "the flow chart: stages, gates and ways out; opens in a browser",
        )
    },
    ("期限", "due dates"): {
        "": say("下一个试点的任务期限，可导入手机或电脑日历", "the next pilot's due dates, for a calendar")
    },
}
