"""`playbook paper`: any document the playbook declares."""

from __future__ import annotations

from engine.commands._frame import pilot_option, verb, words
from engine.commands._paper import make_paper
from engine.commands._paper_options import paper_options
from engine.commands._pilot import knows, split
from engine.commands._session import Session
from engine.text import say


@verb(
    "paper",
    say("生成方案里的任一文件", "Write any document of the playbook"),
    words(
        say("[试点] [文件]", "[PILOT] [DOCUMENT]"),
        say("文件的 id 或名称；不写就列出有哪些", "a document's id or title; without it, what there is"),
    ),
    pilot_option(),
    *paper_options(),
    examples=("paper", "paper handbook --final"),
)
def command(
    session: Session,
    words: tuple[str, ...],
    pilot: str | None,
    final: bool,
    gaps: bool,
    formats: tuple[str, ...],
    output: str | None,
) -> int:
    from engine.documents.render import OWN_DOCUMENTS

    ref, rest = split(session, words, pilot, least=1, means=knows(session, "documents"))
    if rest:
        documents = session.desk().view(ref).book.documents.values()
        name = next((d.id for d in documents if rest[0] in (d.id, d.title)), rest[0])
        return make_paper(session, ref, name, final=final, gaps=gaps, formats=formats, output=output)
    view = session.desk().view(ref)
    titles = {name: str(title) for name, title in OWN_DOCUMENTS.items()} | {
        d.id: d.title for d in view.book.documents.values()
    }
    session.answer(
        {"ok": True, "documents": [{"id": i, "title": t, "final": i in view.pilot.finals} for i, t in titles.items()]}
    )
    for name, title in titles.items():
        state = say("（已定稿）", " (final)") if name in view.pilot.finals else ""
        session.say(f"{name}  {title}{state}")
    return 0
