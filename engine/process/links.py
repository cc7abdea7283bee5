"""Other pilots and papers: children, successors, final documents."""

from __future__ import annotations

from engine.pilot.blockers import Refused
from engine.pilot.events import NewEvent
from engine.process.commands import Finalise, RecordLink, RecordLinkFinished
from engine.process.context import Context, Decision, must_run, refuse
from engine.process.fields import unknown_name
from engine.text import say


def record_link(context: Context, command: RecordLink) -> Decision:
    """A child or a successor was started. Successors may start after the end: what worked is copied then."""
    if command.relation == "child":
        must_run(context, also_on_hold=True)
    data = {
        "relation": command.relation,
        "pilot": command.pilot,
        "playbook": command.playbook,
        "name": command.name,
    }
    return Decision((NewEvent("linked", data),))


def record_link_finished(context: Context, command: RecordLinkFinished) -> Decision:
    known = any(link.pilot == command.pilot and link.outcome is None for link in context.pilot.links)
    data = {"pilot": command.pilot, "outcome": command.outcome}
    return Decision((NewEvent("link_finished", data),) if known else ())


def finalise(context: Context, command: Finalise) -> Decision:
    """Record a final document. A paper over its word limit is not final."""
    must_run(context, also_on_hold=True)
    document = context.book.documents.get(command.document)
    if document is None:
        titles = {d.id: d.title for d in context.book.documents.values()}
        raise Refused((unknown_name("document", command.document, titles),))
    if document.max_words is not None and command.words > document.max_words:
        raise refuse(
            "too-long",
            document.id,
            say(
                "“{title}”限{limit}字，现在{words}字，请删去{cut}字再定稿",
                "'{title}' is limited to {limit} words and has {words}; cut {cut}",
                title=document.title,
                limit=document.max_words,
                words=command.words,
                cut=command.words - document.max_words,
            ),
        )
    data = {"document": document.id, "sha256": command.sha256, "words": command.words, "files": list(command.files)}
    return Decision((NewEvent("document_final", data),))
