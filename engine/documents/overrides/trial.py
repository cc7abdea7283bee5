"""One paper rendered to see whether its templates work: every problem it runs into, none of them the end of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.calendar import Calendar
from engine.documents.environment import (
    MOST_CHARACTERS,
    column_of,
    failed,
    find_template,
    make_environment,
    unknown_name,
)
from engine.documents.overrides.noting import Note, noting
from engine.documents.render import find_document
from engine.errors import Place, Problem
from engine.frozen import frozen
from engine.model import Playbook
from engine.pilot.events import Event
from engine.pilot.state import Pilot
from engine.text import Language, say

if TYPE_CHECKING:
    from engine.documents.asking import Asking
    from engine.service.results import Results

_MOST = 30  # failing lines of one paper
_PRINTED = re.compile(r"\{\{.*?\}\}")


@frozen
class Case:
    """What a paper is rendered for."""

    book: Playbook
    pilot: Pilot
    events: Sequence[Event]
    calendar: Calendar
    now: datetime
    results: Results | None = None


def paper_names(case: Case, document: str, language: Language) -> tuple[str, ...]:
    """The names a template may use."""
    return tuple(_context(case, document, language, draft=True)[0])


def try_paper(
    cases: Sequence[Case],
    document: str,
    templates: Mapping[str, str],
    language: Language,
    unknown: Collection[str] = (),
) -> list[Problem]:
    """The problems of rendering one paper, as a draft and final, for each of the pilots; empty where it works.

    A line that fails is told and left out, and the paper tried again, so that what stands behind it is tried too.
    `unknown`: filters and tests that are told already; they do nothing.
    """
    left, found, notes = dict(templates), [], []  # type: dict[str, str], list[Problem], list[Note]
    environment = _environment(left, language, notes, unknown)
    names: tuple[str, ...] = ()
    for case in cases:
        name = find_document(case.book, document, language).template
        for draft in (True, False):
            data, asking = _context(case, document, language, draft=draft)
            names = names or tuple(data)
            while (error := _render(environment, name, data, asking)) is not None:
                source = find_template(name, left, language)
                if source is None:
                    break
                found += failed(error, source, left, language).problems
                if len(found) > _MOST or not _left_out(found[-1].place, left):
                    break
                environment = _environment(left, language, notes, unknown)
    # A name that begins with an underscore is told already.
    return [*found, *(_problem(note, templates, language, names) for note in notes if not note.name.startswith("_"))]


def _environment(
    templates: Mapping[str, str], language: Language, notes: list[Note], unknown: Collection[str]
) -> ImmutableSandboxedEnvironment:
    environment = make_environment(dict(templates), language, unknown=noting(notes))
    for tool in unknown:
        environment.filters.setdefault(tool, _as_it_is)
        environment.tests.setdefault(tool, _as_it_is)
    return environment


def _render(
    environment: ImmutableSandboxedEnvironment, name: str, data: dict[str, Any], asking: Asking
) -> Exception | None:
    """What the paper fails with, if it does."""
    for _ in range(2):  # as `render_paper`: what is missing is known after the first time
        try:
            size = 0
            for part in environment.get_template(name).generate(dict(data)):
                size += len(part)
                if size > MOST_CHARACTERS:
                    raise ValueError("the paper grows too long")
        except Exception as error:  # a template can make any operation fail; all of it is the template's
            return error
        data["missing"] = list(asking.missing.values())
    return None


def _as_it_is(value: Any, *others: Any, **more: Any) -> Any:
    return value


def _left_out(place: Place, templates: dict[str, str]) -> bool:
    """Take what a line prints out of its template; false where it prints nothing, or the template is not ours to change."""
    name = place.file.rpartition("/")[2]
    rows = templates.get(name, "").split("\n")
    if not 0 < place.line <= len(rows):
        return False
    row = rows[place.line - 1]
    rows[place.line - 1] = _PRINTED.sub("", row)
    templates[name] = "\n".join(rows)
    return rows[place.line - 1] != row


def _context(case: Case, document: str, language: Language, *, draft: bool) -> tuple[dict[str, Any], Asking]:
    from engine.documents.context import build_context
    from engine.process.context import Context

    return build_context(
        Context(case.book, case.pilot, case.now, case.calendar),
        case.events,
        find_document(case.book, document, language),
        hospital="样例医院",
        language=language,
        draft=draft,
        results=case.results,
    )


def _problem(note: Note, templates: Mapping[str, str], language: Language, names: tuple[str, ...]) -> Problem:
    here = find_template(note.file.rpartition("/")[2], templates, language)
    place = Place(note.file, note.line, column_of(here.text if here else "", note.line, note.name))
    if note.forbidden:
        message = say("模板里不允许这样做：{what}", "a template may not do this: {what}", what=note.name)
        return Problem(place, "template-forbidden", message)
    return unknown_name(note.name, place, names if note.known is None else note.known)
