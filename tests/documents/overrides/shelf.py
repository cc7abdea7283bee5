"""The scanner's playbook on a shelf, with pilots to try its papers on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.documents.overrides.checking import Subject
from engine.documents.overrides.sample import samples
from engine.documents.overrides.serving import Shelf
from engine.documents.overrides.trial import Case
from engine.text import Language
from tests.documents import sample


def shelf(templates: Mapping[str, str] | None = None, **changes: Any) -> Shelf:
    book = sample.book(**changes)
    names = {name: document.title for name, document in book.documents.items()}
    return Shelf(book, templates or {}, {"zh": names, "en": names})


def subject(templates: Mapping[str, str] | None = None, **changes: Any) -> Subject:
    on = shelf(templates, **changes)

    def cases(language: Language) -> Iterator[Case]:
        for one in samples(on.book, sample.calendar(), sample.NOW):
            yield Case(on.book, one.pilot, one.events, sample.calendar(), sample.NOW)
        yield Case(on.book, sample.pilot(), sample.events(), sample.calendar(), sample.NOW)

    return Subject(on, cases)
