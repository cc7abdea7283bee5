"""The templates of a workspace checked: each as a text, then every paper they have a part in tried on pilots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches

from engine.documents.environment import find_template, make_environment
from engine.documents.overrides.origin import digest_of, origin_of
from engine.documents.overrides.reading import Reading, read_template
from engine.documents.overrides.serving import LANGUAGES, Shelf, originals, servings
from engine.documents.overrides.trial import Case, paper_names, try_paper
from engine.errors import Place, Problem
from engine.frozen import frozen, replace
from engine.text import Language, listed, say

CODES = ("template-unused", "template-outdated")


@frozen
class Subject:
    """A playbook's papers with the pilots to try them on. `templates` are those the pilots are pinned to."""

    shelf: Shelf
    cases: Callable[[Language], Iterable[Case]]


def check_templates(workspace: Mapping[str, str], subjects: Mapping[str, Subject]) -> list[Problem]:
    """All problems of the workspace's templates (`name` → text), sorted. Warnings: a template no paper uses, and a copy
    whose original has changed since."""
    shelves = {name: subject.shelf for name, subject in subjects.items()}
    used: dict[str, set[str]] = {}  # template → playbooks whose papers it has a part in
    seen: dict[tuple[Place, str, str], tuple[Problem, set[str]]] = {}
    for book, subject in subjects.items():
        for problem in _tried(workspace, subject, used):
            key = (problem.place, problem.code, problem.message.zh)
            seen.setdefault(key, (problem, set()))[1].add(book)
    found = [_told(problem, books, used) for problem, books in seen.values()]
    for name, text in workspace.items():
        place = Place(f"templates/{name}", 1, 1)
        if name not in used:
            found.append(_unused(name, place, shelves))
        found += _outdated(name, text, place, shelves)
    return sorted(found, key=Problem.sort_key)


def _told(problem: Problem, books: set[str], used: Mapping[str, set[str]]) -> Problem:
    """A template that serves several playbooks may fit one and not the other: then the problem says which."""
    if books == used.get(problem.place.file.rpartition("/")[2], books):
        return problem
    message = say("{m}（方案 {b}）", "{m} (playbook {b})", m=problem.message, b=listed(sorted(books)))
    return replace(problem, message=message)


def _tried(workspace: Mapping[str, str], subject: Subject, used: dict[str, set[str]]) -> Iterator[Problem]:
    """The problems of one playbook's papers; the workspace's templates that have a part in them are added to `used`."""
    given = {**subject.shelf.templates, **workspace}
    for language in LANGUAGES:
        cases = list(subject.cases(language))
        papers = [one for one in servings(subject.shelf, workspace) if one.language == language]
        if not cases or not papers:
            continue
        texts = _Texts(given, paper_names(cases[0], papers[0].document, language), language)
        for paper in papers:
            everything = texts.with_parts(paper.template)
            ours = set(everything) & set(workspace)
            for name in ours:
                used.setdefault(name, set()).add(subject.shelf.book.id)
                yield from everything[name].problems
            if not ours or not all(reading.runs for reading in everything.values()):
                continue
            without = {name: "" for reading in everything.values() for name in reading.absent}
            unknown = {name for reading in everything.values() for name in reading.unknown}
            yield from try_paper(cases, paper.document, given | without, language, unknown)


class _Texts:
    """The templates as texts, each read once."""

    def __init__(self, given: Mapping[str, str], known: tuple[str, ...], language: Language) -> None:
        self.given, self.known, self.language = given, known, language
        self.environment = make_environment(given, language)
        self._read: dict[str, Reading] = {}

    def with_parts(self, name: str) -> dict[str, Reading]:
        """File → reading, of a template and all that it takes in, directly or not."""
        found: dict[str, Reading] = {}
        ahead = [name]
        while ahead:
            source = find_template(ahead.pop(), self.given, self.language)
            file = source.file.rpartition("/")[2] if source else ""
            if source is None or file in found:
                continue
            if file not in self._read:
                self._read[file] = read_template(source, self.known, self.given, self.language, self.environment)
            found[file] = self._read[file]
            ahead += found[file].includes
        return found


def _unused(name: str, place: Place, shelves: Mapping[str, Shelf]) -> Problem:
    known = sorted({one.template for shelf in shelves.values() for one in servings(shelf, {})})
    message = say("没有文件用到这个模板", "no paper uses this template")
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = (
        say("是不是要叫 {n}？", "should it be called {n}?", n=near[0])
        if near
        else say("文件用的模板有：{all}", "papers use: {all}", all=listed(known))
    )
    return Problem(place, "template-unused", message, hint, "warning")


def _outdated(name: str, text: str, place: Place, shelves: Mapping[str, Shelf]) -> Iterator[Problem]:
    origin = origin_of(text)
    if origin is None:
        return
    now = originals(name, shelves).get(origin.source)
    if now is not None and digest_of(now) == origin.digest:
        return
    copy = f"playbook template copy {name} --from {origin.source} --force"
    if now is None:
        message = say("它的原模板（{o}）已经没有了", "its original ({o}) is gone", o=origin.source)
        yield Problem(place, "template-outdated", message, None, "warning")
        return
    message = say(
        "抄来以后，原模板（{o}）改过了", "its original ({o}) has changed since it was copied", o=origin.source
    )
    hint = (
        say(
            "先留一份自己的改动，再用 {c} 换成新的，把改动补上",
            "keep your changes, take the new one with {c}, and put them in again",
            c=copy,
        )
        if origin.changed
        else say("这份没有改动过，可以直接换：{c}", "this copy is unchanged; take the new one: {c}", c=copy)
    )
    yield Problem(place, "template-outdated", message, hint, "warning")
