"""An original template into the workspace, marked with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from engine.documents.environment import own_template
from engine.documents.files import write_atomically
from engine.documents.overrides.origin import ENGINE, marked
from engine.documents.overrides.serving import Shelf, originals, servings
from engine.errors import UserError
from engine.frozen import frozen
from engine.text import listed, say


@frozen
class Original:
    name: str
    source: str
    text: str


def find_originals(asked: str, source: str | None, shelves: Mapping[str, Shelf]) -> list[Original]:
    """The originals a person means: a file (`brief.md.j2`), or a paper (`brief`, its title), then in every language.
    `source` (`engine` or a playbook's id) chooses where several have it; without it a playbook comes before the engine.

    Raises UserError `unknown-template`, `which-template`.
    """
    if source is not None and source != ENGINE and source not in shelves:
        raise UserError(
            "unknown-template",
            say("没有方案“{s}”", "there is no playbook '{s}'", s=source),
            say("--from 后面可以写：{all}", "--from takes: {all}", all=listed([ENGINE, *shelves])),
        )
    names = [asked] if asked.endswith(".j2") else _names_of_paper(asked, source, shelves)
    found = [_one(name, source, shelves) for name in names]
    return [one for one in found if one is not None] or _unknown(asked, source, shelves)


def _names_of_paper(asked: str, source: str | None, shelves: Mapping[str, Shelf]) -> list[str]:
    names: dict[str, None] = {}
    for book, shelf in shelves.items():
        if source not in (None, ENGINE, book):
            continue
        for one in servings(shelf, {}):
            titles = {title.get(one.document, "").strip("《》") for title in shelf.titles.values()}
            if asked == one.document or asked.strip("《》") in titles:
                names[one.template] = None
    return list(names)


def _one(name: str, source: str | None, shelves: Mapping[str, Shelf]) -> Original | None:
    there = originals(name, shelves)
    if source is not None:
        return Original(name, source, there[source]) if source in there else None
    books = {book: text for book, text in there.items() if book != ENGINE}
    if len(set(books.values())) > 1:
        raise UserError(
            "which-template",
            say(
                "几个方案都有自己的 {n}：{all}",
                "several playbooks have a {n} of their own: {all}",
                n=name,
                all=listed(books),
            ),
            say("用 --from 方案 选一个", "choose with --from PLAYBOOK"),
        )
    for book, text in there.items():
        return Original(name, book, text)
    return None


def _unknown(asked: str, source: str | None, shelves: Mapping[str, Shelf]) -> list[Original]:
    every = {name for shelf in shelves.values() for name in shelf.templates}
    every |= {one.template for shelf in shelves.values() for one in servings(shelf, {})}
    every |= {"_parts.md.j2"} if own_template("_parts.md.j2") else set()
    near = get_close_matches(asked, sorted(every), n=3, cutoff=0.5)
    what = say("没有模板“{n}”", "there is no template '{n}'", n=asked)
    if source is not None and originals(asked, shelves):
        what = say("{s} 没有模板“{n}”", "{s} has no template '{n}'", s=source, n=asked)
        near = list(originals(asked, shelves))
        raise UserError("unknown-template", what, say("有它的是：{all}", "it is in: {all}", all=listed(near)))
    raise UserError(
        "unknown-template",
        what,
        say("是不是：{n}？", "did you mean: {n}?", n=listed(near))
        if near
        else say("有这些：{all}", "there are: {all}", all=listed(sorted(every))),
    )


def copy_templates(found: list[Original], folder: Path, *, force: bool) -> list[Path]:
    """Write them into `folder`; nothing is written where one is there already, unless `force`. Raises UserError."""
    paths = [folder / one.name for one in found]
    there = [path.name for path in paths if path.exists()]
    if there and not force:
        raise UserError(
            "template-there",
            say(
                "工作区里已经有：{n}，没有改动它",
                "the workspace has it already: {n}; it was left alone",
                n=listed(there),
            ),
            say(
                "要用原模板盖掉，加 --force（先留一份自己的改动）",
                "--force puts the original in its place (keep your changes first)",
            ),
        )
    for one, path in zip(found, paths, strict=True):
        write_atomically(path, marked(one.text, one.source).encode())
    return paths
