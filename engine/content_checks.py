"""Checking the texts of a pilot with a rule pack: what changed since the last check, or whose check is over.

Pure: the pack, the hospital's name and the text behind a file are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, cast

from engine.errors import UserError
from engine.frozen import frozen
from engine.model import Content
from engine.pilot.content import UNREADABLE, Piece, digest_of, facts_for, mark_of, pieces_of, setting
from engine.pilot.events import Erased, NewEvent
from engine.pilot.state import Evidence, OpenFinding
from engine.process import commands as c
from engine.process import decide
from engine.process.context import Context

if TYPE_CHECKING:
    from engine.compliance import Pack


@frozen
class Checker:
    """What a check needs from outside: `pack` by its reference, the text of a file, the hospital's name."""

    pack: Callable[[str], Pack]
    read: Callable[[str, Evidence], str]  # of which pilot, which evidence
    hospital: str = ""


def check_events(checker: Checker, context: Context) -> tuple[NewEvent, ...]:
    """The events that record new checks; none where every content was checked as it stands."""
    return tuple(_events(checker, context))


def _events(checker: Checker, context: Context) -> Iterator[NewEvent]:
    pilot = context.pilot
    for content in context.book.content.values():
        if setting(pilot, content.channel) is None or not pieces_of(context.book, pilot, content):
            continue
        known = pilot.checked.get(content.id)
        digest = digest_of(context.book, pilot, content)
        pack = checker.pack(context.book.compliance)
        stamp = f"{pack.id} {pack.as_of}"
        same = known is not None and (known.digest, known.pack) == (digest, stamp)
        if same and known is not None and (known.until is None or known.until >= context.today):
            continue
        command = _check(checker, context, content, pack, digest, stamp)
        yield from decide(context.book, pilot, command, context.now, context.calendar, context.actor).events


def _check(checker: Checker, context: Context, content: Content, pack: Pack, digest: str, stamp: str) -> c.RecordCheck:
    from engine.compliance import judge

    channel, purpose = setting(context.pilot, content.channel), setting(context.pilot, content.purpose)
    found: list[OpenFinding] = []
    ends: list[date] = []
    for piece in pieces_of(context.book, context.pilot, content):
        facts = _facts(context, content, piece)
        try:
            text = _text_of(checker, context, piece)
        except UserError:
            # Nobody has looked at what cannot be read: a person has to, and answers for it by name.
            found.append(OpenFinding(UNREADABLE, "block", piece.at, 0, 0, mark_of(UNREADABLE)))
            continue
        verdict = judge(pack, text, cast("str", channel), purpose, facts, context.today, hospital=checker.hospital)
        found += [
            OpenFinding(one.rule, one.severity, piece.at, one.start, one.end, mark_of(text[one.start : one.end]))
            for one in verdict.findings
        ]
        # A condition is broken by the piece as a whole, not by a phrase in it.
        found += [
            OpenFinding(one.rule.id, one.rule.severity, piece.at, 0, 0, mark_of(one.rule.id))
            for one in verdict.conditions
            if one.outcome == "broken"
        ]
        ends += [day for day in facts.values() if isinstance(day, date) and day >= context.today]
    return c.RecordCheck(content.id, digest, stamp, tuple(found), min(ends, default=None))


def _facts(context: Context, content: Content, piece: Piece) -> dict[str, object]:
    """What is known of a piece, as the rules ask for it: a fact that was asked for and left empty is told as empty, a yes or
    no that was left open is not told."""
    from engine.compliance.conditions import FACTS
    from engine.expressions import value_of
    from engine.pilot.facts import MISSING, row_facts

    found: dict[str, object] = {}
    for fact, value in facts_for(context.pilot, content, piece).items():
        if fact not in FACTS or isinstance(value, Erased):
            continue
        if FACTS[fact].kind != "flag":
            found[fact] = "" if value is None else value
        elif value is not None:
            found[fact] = value == "yes"
    record = context.book.records.get(content.record or "")
    row = row_facts(record.columns, piece.number, piece.row) if record else None
    for fact, test in content.tests.items():
        told = value_of(context.book, test, context.row_facts(row) if row else context.facts, row, record)
        if told is not MISSING and fact in FACTS:
            found[fact] = told
    return found


def _text_of(checker: Checker, context: Context, piece: Piece) -> str:
    """The text itself, or that of the file behind it."""
    evidence = context.pilot.evidence.get(piece.evidence or 0)
    return piece.text if piece.evidence is None or evidence is None else checker.read(context.pilot.id, evidence)
