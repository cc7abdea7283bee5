"""The variant a replica runs on: tuned by what its parent really did, checked before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.analysis.variant_text import Heading, variant_text
from engine.errors import PlaybookError, UserError
from engine.frozen import frozen, replace
from engine.load.door import Loaded
from engine.process.tuning import Tuning, tuning
from engine.service import Desk
from engine.service.views import PilotView
from engine.text import Message, say


@frozen
class Variant:
    """`dropped` are changes that would not have passed `playbook check` and were left out."""

    path: Path
    text: str
    loaded: Loaded
    found: Tuning
    dropped: tuple[Message, ...] = ()


def make_variant(desk: Desk, parent: PilotView, department: str, schema: str, ident: str | None = None) -> Variant:
    """The tuned variant of `parent`'s playbook for `department`: its text and model. Nothing is written.

    Raises UserError when the playbook it would extend cannot be found any more.
    """
    from engine.load.find import known_playbooks, playbooks_in

    folder = desk.workspace.root / "playbooks"
    known = known_playbooks(desk.workspace.root)
    base = parent.book.id
    if base not in known:
        raise UserError(
            "base-missing",
            say(
                "找不到“{n}”所用的方案 {id}",
                "the playbook {id} of '{n}' is not there any more",
                n=parent.pilot.name,
                id=base,
            ),
            say("把它的文件放回工作区的 playbooks/", "put its file back into the workspace's playbooks/"),
        )
    name = ident or _free(base, {*known, *playbooks_in(folder)})
    found = tuning(parent.book, parent.pilot, parent.events, desk.calendar)
    title = str(say("{t}（{d}）", "{t} ({d})", t=_plain_title(parent.book.title), d=department.strip()))
    heading = Heading(name, title, base, parent.pilot.name, schema)

    def attempt(one: Tuning) -> tuple[str, Loaded]:
        text = variant_text(parent.book, one, heading)
        return text, _load_text(text, folder / f"{name}.yaml", desk)

    found, dropped = _that_passes(found, attempt)
    text, loaded = attempt(found)
    return Variant(folder / f"{name}.yaml", text, loaded, found, dropped)


def _that_passes(found: Tuning, attempt: Callable[[Tuning], object]) -> tuple[Tuning, tuple[Message, ...]]:
    """The tuning without what the playbook as it is now would refuse (a task that is gone, a date that cannot be)."""
    try:
        attempt(found)
    except PlaybookError:
        kept, dropped = Tuning((), (), found.unused), []
    else:
        return found, ()
    attempt(kept)  # the base itself must check: its problems are told as they are
    for retimed in found.retimed:
        tried = replace(kept, retimed=(*kept.retimed, retimed))
        try:
            attempt(tried)
            kept = tried
        except PlaybookError:
            dropped.append(say("期限没有改：{t}", "due date left as it was: {t}", t=retimed.task or retimed.stage))
    for check in found.checks:
        tried = replace(kept, checks=(*kept.checks, check))
        try:
            attempt(tried)
            kept = tried
        except PlaybookError:
            dropped.append(say("没有加核对任务：{t}", "no task added for: {t}", t=check.record))
    return kept, tuple(dropped)


def _load_text(text: str, path: Path, desk: Desk) -> Loaded:
    """Load a file that is not there yet: checked under a hidden name in the same folder, so that `extends` finds the same."""
    from engine.documents.files import write_atomically
    from engine.load import load
    from engine.text import current_language

    trial = path.with_name(f".{path.stem}.trial.yaml")
    write_atomically(trial, text.encode())
    try:
        return load(trial, folder=desk.workspace.root, language=current_language())
    finally:
        trial.unlink(missing_ok=True)


def _free(base: str, known: set[str]) -> str:
    """`four-step-pilot-2`, `-3` …; a variant of a variant counts on, so that generations do not pile up in the name."""
    import re

    stem = re.sub(r"-\d+$", "", base)
    number = 2
    while f"{stem}-{number}" in known:
        number += 1
    return f"{stem}-{number}"


def _plain_title(title: str) -> str:
    """Without the department of the generation before."""
    import re

    return re.sub(r"\s*[（(][^（）()]*[）)]$", "", title) or title
