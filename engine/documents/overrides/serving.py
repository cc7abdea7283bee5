"""Which template serves which paper in which language, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from engine.documents.environment import OWN, find_template
from engine.documents.overrides.origin import ENGINE
from engine.documents.render import OWN_DOCUMENTS, find_document, spoken
from engine.frozen import frozen
from engine.model import Playbook
from engine.text import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@frozen
class Shelf:
    """A playbook with the templates that belong to it, for looking at its papers in both languages."""

    book: Playbook
    templates: Mapping[str, str]
    titles: Mapping[Language, Mapping[str, str]]  # document → title

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the papers it gives: its own, and those any playbook gives."""
        return (*self.book.documents, *(name for name in OWN_DOCUMENTS if name not in self.book.documents))


@frozen
class Serving:
    """`template` is the file that is used, of the one the document names (or its variant in the language)."""

    document: str
    language: Language
    template: str
    source: Literal["workspace", "playbook", "engine", "missing"]


def servings(shelf: Shelf, workspace: Mapping[str, str]) -> Iterator[Serving]:
    """One for each paper and language that its template speaks; `workspace` are the templates of the workspace."""
    given = {**shelf.templates, **workspace}
    for name in shelf.documents:
        document = find_document(shelf.book, name)
        for language in LANGUAGES:
            if spoken(shelf.book, name, given, language) != language:
                continue
            found = find_template(document.template, given, language)
            if found is None:
                yield Serving(name, language, document.template, "missing")
                continue
            file = found.file.rpartition("/")[2]
            own = found.file.startswith(OWN)
            yield Serving(name, language, file, "engine" if own else "workspace" if file in workspace else "playbook")


def originals(name: str, shelves: Mapping[str, Shelf]) -> dict[str, str]:
    """Source (`engine`, or a playbook's id) → text, of every original that is called `name`; playbooks first."""
    from engine.documents.environment import own_template

    found = {book: shelf.templates[name] for book, shelf in shelves.items() if name in shelf.templates}
    own = own_template(name)
    return found if own is None else {**found, ENGINE: own}
