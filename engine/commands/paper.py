"""`playbook paper`: any document the playbook declares."""

from __future__ import annotations

from typing import Any

from engine.commands._frame import pilot_option, verb, words
from engine.commands._paper import make_paper
from engine.commands._paper_options import order_of, paper_options, whom_options
from engine.commands._pilot import knows, split
from engine.commands._session import Session
from engine.commands._shared import usage
from engine.commands._sources import split_sources
from engine.frozen import replace
from engine.text import say


@verb(
    "paper",
    say("生成方案里的任一文件", "Write any document of the playbook"),
    words(
        say("[试点] [文件]", "[PILOT] [DOCUMENT]"),
        say("文件的 id 或名称；不写就列出有哪些", "a document's id or title; without it, what there is"),
    ),
    pilot_option(),
    *whom_options(),
    *paper_options(),
    examples=(
        "paper",
        "paper handbook --final",
        "paper letter --for 眼科 --on 2026-08-03",
        "paper role_handbook --role assistant",
        "paper letter --all",
        "paper --all",
    ),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, **given: Any) -> int:
    from engine.documents.render import OWN_DOCUMENTS

    order = order_of(given)
    words, sources = split_sources(words, order.sources)
    order = replace(order, sources=sources)
    ref, rest = split(session, words, pilot, means=knows(session, "documents"))
    if len(rest) > 1:
        more = " ".join(rest[1:])
        raise usage(
            say("多了“{w}”；试点写在文件前面", "too many words: '{w}'; the pilot comes before the document", w=more)
        )
    documents = session.desk().view(ref).book.documents.values() if rest else ()
    name = next((d.id for d in documents if rest[0] in (d.id, d.title)), rest[0] if rest else None)
    if order.everything:
        from engine.commands._batch import make_all

        return make_all(session, ref, name, order)
    if name is not None:
        return make_paper(session, ref, name, order)
    if order.for_somebody:
        raise usage(
            say(
                "写了 --for、--on 或 --role，还要写是哪份文件；全部文件用 --all",
                "--for, --on and --role need a document; --all takes every one",
            )
        )
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
