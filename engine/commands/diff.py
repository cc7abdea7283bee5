"""`playbook diff`: what changed between two versions of a playbook."""

from __future__ import annotations

from engine.commands._frame import argument, verb
from engine.commands._session import Session
from engine.model import Playbook
from engine.text import say


@verb(
    "diff",
    say("比较两个方案的不同", "Compare two versions of a playbook"),
    argument(
        "old",
        say("旧", "OLD"),
        say(
            "旧版本：方案 id、文件，或 pilot:试点（试点所用的版本）",
            "the old one: id, file, or pilot:NAME (the version a pilot runs on)",
        ),
    ),
    argument("new", say("新", "NEW"), say("新版本，写法同上", "the new one, written the same way")),
    examples=("diff four-step-pilot playbooks/our-pilot.yaml", "diff pilot:眼科试点 four-step-pilot"),
)
def command(session: Session, old: str, new: str) -> int:
    from engine.analysis.diff import compare

    changes = compare(_book(session, old), _book(session, new))
    session.answer({"ok": True, "changes": [c.as_dict() for c in changes]})
    colours = {"added": "32", "removed": "31", "changed": "33"}
    session.say(*(session.style(str(c.line()), colours[c.kind]) for c in changes))
    if not changes:
        session.say(say("没有不同", "no difference"))
    return 0


def _book(session: Session, target: str) -> Playbook:
    from engine.load import load
    from engine.text import current_language
    from engine.workspace import find_root

    kind, colon, name = target.partition(":")
    if colon and kind == "pilot":
        return session.desk().view(name).book
    return load(target, folder=find_root(session.folder), language=current_language()).playbook
