"""`playbook dashboard`: the results of a pilot as one HTML file."""

from __future__ import annotations

from pathlib import Path

from engine.commands._frame import option, pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.text import current_language, say


@verb(
    "dashboard",
    say("生成结果仪表盘（一个网页文件）", "Write the results dashboard (one HTML file)"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    option(
        "--output",
        "-o",
        metavar=say("文件夹", "DIR"),
        help=say(
            "写到哪个文件夹，或写成 .html 结尾的文件名（默认 papers）",
            "folder, or a file that ends in .html (default: papers)",
        ),
    ),
    more=say(
        "指标对照目标、漏斗、渠道、预算、经过和规则，都在一个文件里，不联网也能打开，可以打印。",
        "Figures against targets, funnel, channels, budgets, timeline and rules in one file; opens offline and prints.",
    ),
    examples=("dashboard", "dashboard 皮肤科试点 -o D:/周会"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, output: str | None) -> int:
    from engine.documents.files import safe_name, write_atomically
    from engine.documents.look.read import read_look
    from engine.documents.look.web import dress
    from engine.documents.page import render_dashboard
    from engine.service.results import results_of

    ref, _ = split(session, words, pilot)
    desk = session.desk()
    view = desk.view(ref)
    look = read_look(desk.workspace)
    hospital = desk.workspace.settings.hospital
    page = render_dashboard(
        results_of(desk, view), hospital="" if look.names(hospital) else hospital, language=current_language()
    )
    path = Path(output).expanduser() if output else desk.workspace.papers
    if path.suffix.casefold() != ".html" or path.is_dir():
        path /= safe_name(f"{view.pilot.name}-{say('仪表盘', 'dashboard')}") + ".html"
    write_atomically(path, dress(page, look).encode())
    session.answer({"ok": True, "file": str(path), "counted_on": view.pilot.counted_on})
    session.say(say("✓ 仪表盘：{p}", "✓ dashboard: {p}", p=shown(path)))
    return 0
