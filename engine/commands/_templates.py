"""What `playbook template` does: reads the shelves (playbooks with their templates), shows, copies, checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from engine.commands._session import Session
from engine.commands._shared import shown
from engine.errors import PlaybookError, UserError
from engine.text import Message, listed, say

if TYPE_CHECKING:
    from engine.documents.overrides.checking import Subject
    from engine.documents.overrides.serving import Serving, Shelf
    from engine.documents.overrides.trial import Case
    from engine.load import Bundle
    from engine.service.views import PilotView
    from engine.text import Language

_SOURCES = {
    "workspace": say("工作区", "workspace"),
    "playbook": say("方案", "playbook"),
    "engine": say("程序自带", "program"),
    "missing": say("没有这个模板", "there is no such template"),
}


def shelves(session: Session, names: Sequence[str] = ()) -> dict[str, Shelf]:
    """The playbooks that can be read, by id; only `names`, if there are any. Raises UserError `unknown-playbook`."""
    from engine.load import load
    from engine.load.find import known_playbooks

    root = session.desk().workspace.root
    found: dict[str, Shelf] = {}
    for name in names or sorted(known_playbooks(root)):
        try:
            bundle = load(name, folder=root).bundle
        except PlaybookError:
            if names:
                raise
            continue  # `playbook check` is for these
        found[bundle.id] = shelf_of(bundle)
    return found


def shelf_of(bundle: Bundle) -> Shelf:
    from engine.documents.overrides.serving import LANGUAGES, Shelf
    from engine.documents.render import find_document
    from engine.load import unpack

    books = {language: unpack(bundle, language) for language in LANGUAGES}
    shelf = Shelf(books["zh"], bundle.templates, {})
    titles = {
        language: {name: find_document(book, name, language).title for name in shelf.documents}
        for language, book in books.items()
    }
    return Shelf(books["zh"], bundle.templates, titles)


def show(session: Session, names: Sequence[str]) -> int:
    """`template list`."""
    from engine.commands._wrap import table
    from engine.documents.files import workspace_templates
    from engine.documents.overrides.serving import servings
    from engine.text import current_language

    found = shelves(session, names)
    ours = workspace_templates(session.desk().workspace.root)
    rows = [(book, one) for book, shelf in found.items() for one in servings(shelf, ours)]
    session.answer(
        {
            "ok": True,
            "papers": [
                {
                    "playbook": book,
                    "document": one.document,
                    "language": one.language,
                    "template": one.template,
                    "source": one.source,
                }
                for book, one in rows
            ],
            "workspace": [{"template": name, "state": str(_state(name, text, found))} for name, text in ours.items()],
        }
    )
    for book, shelf in found.items():
        session.say(f"{book}  {shelf.book.title}")
        lines = [
            (
                f"  {one.document}",
                shelf.titles[current_language()][one.document],
                languages,
                one.template,
                str(_SOURCES[one.source]),
            )
            for one, languages in _together(servings(shelf, ours))
        ]
        session.say(*table(lines), "")
    if ours:
        session.say(say("工作区的模板（templates/）：", "templates of the workspace (templates/):"))
        session.say(*table([(f"  {name}", str(_state(name, text, found))) for name, text in ours.items()]), "")
    session.say(
        say("要改一份：playbook template copy 模板", "to change one: playbook template copy TEMPLATE")
        if not ours
        else say("改完检查：playbook template check", "after changing one: playbook template check")
    )
    return 0


def _together(found: Iterable[Serving]) -> Iterator[tuple[Serving, str]]:
    """One line for a paper whose languages come from the same file."""
    groups: dict[tuple[str, str], list[Serving]] = {}
    for one in found:
        groups.setdefault((one.document, one.template), []).append(one)
    for same in groups.values():
        yield same[0], " ".join(one.language for one in same)


def _state(name: str, text: str, found: dict[str, Shelf]) -> Message:
    """Where a template of the workspace comes from, and how it stands to its original."""
    from engine.documents.overrides.origin import digest_of, origin_of
    from engine.documents.overrides.serving import originals

    origin = origin_of(text)
    if origin is None:
        return say("自己写的", "written here")
    told = say("抄自 {o}", "copied from {o}", o=origin.source)
    changed = say("改过", "changed") if origin.changed else say("没有改动", "unchanged")
    now = originals(name, found).get(origin.source)
    late = now is not None and digest_of(now) != origin.digest
    more = say("；原模板后来改过", "; the original has changed since") if late else say("", "")
    return say("{t}，{c}{m}", "{t}, {c}{m}", t=told, c=changed, m=more)


def copy(session: Session, names: Sequence[str], source: str | None, *, force: bool) -> int:
    """`template copy`."""
    from engine.documents.files import workspace_templates
    from engine.documents.overrides.copying import copy_templates, find_originals
    from engine.documents.overrides.origin import ENGINE
    from engine.documents.overrides.serving import servings

    found = shelves(session)
    workspace = session.desk().workspace
    before = workspace_templates(workspace.root)
    chosen = list({one.name: one for name in names for one in find_originals(name, source, found)}.values())
    paths = copy_templates(chosen, workspace.templates, force=force)
    session.answer({"ok": True, "files": [str(path) for path in paths], "from": [one.source for one in chosen]})
    for one, path in zip(chosen, paths, strict=True):
        session.say(say("✓ {p}（抄自 {s}）", "✓ {p} (copied from {s})", p=shown(path), s=one.source))
        for book, shelf in found.items():
            papers = [
                s for s in servings(shelf, {one.name: one.text}) if s.template == one.name and s.source == "workspace"
            ]
            if not papers:
                continue
            told = listed(dict.fromkeys(shelf.titles["zh"][s.document].strip("《》") for s in papers))
            session.say(say("  用于 {b}：{d}", "  serves {b}: {d}", b=book, d=told))
            was = {s.source for s in servings(shelf, before) if s.template == one.name}
            if one.source not in (book, ENGINE) and was and shelf.templates.get(one.name) != one.text:
                session.say(
                    say(
                        "    ⚠ 这个方案原来用的是另一份 {n}；用 template check 看合不合用",
                        "    ⚠ this playbook used another {n} so far; see with template check whether this one fits",
                        n=one.name,
                    )
                )
    session.say(say("改好后：playbook template check", "when it is changed: playbook template check"))
    return 0


def check(session: Session) -> int:
    """`template check`."""
    from engine.documents.files import workspace_templates
    from engine.documents.overrides.checking import check_templates
    from engine.errors import render

    desk = session.desk()
    ours = workspace_templates(desk.workspace.root)
    if not ours:
        raise UserError(
            "nothing-to-check",
            say("工作区的 templates/ 里没有模板", "there is no template in templates/ of the workspace"),
            say("先抄一份：playbook template copy brief", "copy one first: playbook template copy brief"),
        )
    subjects, count = _subjects(session)
    problems = check_templates(ours, subjects)
    bad = any(problem.severity == "error" for problem in problems)
    session.answer({"ok": not bad, "checked": len(ours), "pilots": count, "problems": [p.as_dict() for p in problems]})
    texts = {f"templates/{name}": text for name, text in ours.items()}
    session.say(*render(problems, texts))
    errors = sum(problem.severity == "error" for problem in problems)
    if bad:
        session.say("", say("{n} 处要改（{c} 个模板）", "{n} to mend ({c} templates)", n=errors, c=len(ours)))
    else:
        session.say(
            say(
                "✓ {c} 个模板都能用（用样例和 {n} 个试点试过）",
                "✓ {c} templates work (tried on samples and {n} pilots)",
                c=len(ours),
                n=count,
            )
        )
    return 1 if bad else 0


def _subjects(session: Session) -> tuple[dict[str, Subject], int]:
    """Playbooks with made-up pilots and, of each, the pilots of this workspace; and how many pilots those are."""
    from engine.documents.overrides.checking import Subject
    from engine.documents.overrides.sample import samples
    from engine.documents.overrides.trial import Case
    from engine.frozen import replace
    from engine.load import Bundle, load, unpack
    from engine.load.find import known_playbooks
    from engine.process.context import Context
    from engine.results.sums import NoLedger
    from engine.service.results import Results, results_of
    from engine.service.views import PilotView

    desk = session.desk()
    bundles: dict[str, tuple[Bundle, list[PilotView]]] = {}
    root = desk.workspace.root
    for name in sorted(known_playbooks(root)):
        try:
            bundle = load(name, folder=root).bundle
        except PlaybookError:
            continue
        bundles[bundle.id] = (bundle, [])
    rows = desk.pilots()
    for row in rows:
        view = desk.view(row.pilot)
        pinned = Bundle.from_json(desk.store.pin(view.pilot.pin))
        key = pinned.id
        if (key in bundles and bundles[key][0].templates != pinned.templates) or key not in bundles:
            key = f"{pinned.id} {pinned.version}"
            bundles.setdefault(key, (pinned, []))
        bundles[key][1].append(view)

    def cases(bundle: Bundle, views: list[PilotView], language: Language) -> Iterator[Case]:
        """Made-up pilots first, then those of the workspace, each in `language`."""
        book = unpack(bundle, language)
        for sample in samples(book, desk.calendar, desk.now):
            context = Context(book, sample.pilot, desk.now, desk.calendar)
            results = Results(PilotView(context, sample.events, desk.now), NoLedger())
            yield Case(book, sample.pilot, sample.events, desk.calendar, desk.now, results)
        for view in views:
            own = unpack(Bundle.from_json(desk.store.pin(view.pilot.pin)), language)
            moved = replace(view, context=replace(view.context, book=own))
            yield Case(own, view.pilot, view.events, desk.calendar, desk.now, results_of(desk, moved))

    found = {key: Subject(shelf_of(bundle), partial(cases, bundle, views)) for key, (bundle, views) in bundles.items()}
    return found, len(rows)
