"""Checking the texts of a pilot with the rule pack: what changed since the last check, or whose check is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, cast

from engine.model import Content
from engine.pilot.content import Piece, digest_of, facts_for, mark_of, pieces_of, setting
from engine.pilot.events import NewEvent
from engine.pilot.state import OpenFinding
from engine.process import commands as c
from engine.process import decide
from engine.process.context import Context

if TYPE_CHECKING:
    from engine.compliance import Pack
    from engine.service.desk import Desk


def check_events(desk: Desk, context: Context) -> tuple[NewEvent, ...]:
    """The events that record new checks; none where every content was checked as it stands."""
    return tuple(_events(desk, context))


def _events(desk: Desk, context: Context) -> Iterator[NewEvent]:
    pilot = context.pilot
    for content in context.book.content.values():
        if setting(pilot, content.channel) is None or not pieces_of(context.book, pilot, content):
            continue
        known = pilot.checked.get(content.id)
        digest = digest_of(context.book, pilot, content)
        pack = pack_of(desk, context.book.compliance)
        stamp = f"{pack.id} {pack.version}"
        good = known is not None and known.digest == digest and known.pack == stamp
        if good and known is not None and (known.until is None or known.until >= context.today):
            continue
        command = _check(desk, context, content, pack, digest, stamp)
        yield from decide(context.book, pilot, command, context.now, context.calendar, context.actor).events


def _check(desk: Desk, context: Context, content: Content, pack: Pack, digest: str, stamp: str) -> c.RecordCheck:
    from engine.compliance import judge

    channel, purpose = setting(context.pilot, content.channel), setting(context.pilot, content.purpose)
    found: list[OpenFinding] = []
    ends: list[date] = []
    for piece in pieces_of(context.book, context.pilot, content):
        facts = facts_for(context.pilot, content, piece)
        text = _text_of(desk, context, piece)
        verdict = judge(
            pack, text, cast("str", channel), purpose, facts, context.today, hospital=desk.workspace.settings.hospital
        )
        found += [
            OpenFinding(one.rule, one.severity, piece.at, one.start, one.end, mark_of(text[one.start : one.end]))
            for one in verdict.findings
        ]
        ends += [day for day in facts.values() if isinstance(day, date) and day >= context.today]
    return c.RecordCheck(content.id, digest, stamp, tuple(found), min(ends, default=None))


def _text_of(desk: Desk, context: Context, piece: Piece) -> str:
    """The text itself, or that of the file behind it."""
    evidence = context.pilot.evidence.get(piece.evidence or 0)
    if piece.evidence is None or evidence is None:
        return piece.text
    from pathlib import PurePath

    from engine.compliance.reading import read_file

    suffix = PurePath(str(evidence.name)).suffix
    return read_file(desk.workspace.evidence_file(evidence.sha256), suffix=suffix).text


def pack_of(desk: Desk, ref: str) -> Pack:
    """The rule pack, read once per desk."""
    from engine.compliance import load_pack

    found = desk.packs.get(ref)
    if found is None:
        found = desk.packs[ref] = load_pack(ref, folder=desk.workspace.root)
    return found
