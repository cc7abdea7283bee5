"""`playbook new`: a first file to write on, or a variant of a shipped playbook."""

from __future__ import annotations

from pathlib import Path

from engine.commands._frame import argument, option, verb
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.errors import UserError
from engine.text import say


@verb(
    "new",
    say("新建一个方案文件", "Make a new playbook file"),
    argument(
        "name",
        say("id", "ID"),
        say(
            "方案的 id：小写字母、数字和连字符，例如 eye-pilot",
            "its id: lower-case letters, digits and hyphens, such as eye-pilot",
        ),
    ),
    option(
        "--from",
        "base",
        metavar=say("方案", "PLAYBOOK"),
        help=say("以现有方案为底，只写不同之处", "a variant: says only what differs from this playbook"),
    ),
    option("--title", metavar=say("名称", "TEXT"), help=say("方案的名称", "its title")),
    examples=("new eye-pilot --title 眼科试点方案", "new our-pilot --from four-step-pilot"),
)
def command(session: Session, name: str, base: str | None, title: str | None) -> int:
    from engine.commands._starter import starter, starter_scenarios, variant
    from engine.documents.files import write_atomically
    from engine.load import load
    from engine.workspace import find_root

    _check_name(name)
    root = find_root(session.folder)
    folder = (root / "playbooks") if root else Path(session.folder or ".")
    path = folder / f"{name}.yaml"
    if path.exists():
        raise UserError(
            "exists",
            say("已经有这个文件：{p}", "the file exists already: {p}", p=path),
            say("换一个 id", "choose another id"),
        )
    schema = _schema(root)
    if base is None:
        text = starter(name, title or name, schema)
    else:
        text = variant(name, title, load(base, folder=root).playbook, schema)
    written = [path]
    write_atomically(path, text.encode())
    beside = path.with_name(f"{name}.scenarios.yaml")
    if base is None and not beside.exists():
        write_atomically(beside, starter_scenarios(name, schema).encode())
        written.append(beside)
    session.answer({"ok": True, "file": str(path), "files": [str(p) for p in written]})
    session.say(*(say("✓ 已新建 {p}", "✓ made {p}", p=shown(p)) for p in written))
    session.say(say("用文本编辑器修改它，然后：playbook check {p}", "edit it, then: playbook check {p}", p=shown(path)))
    return 0


def _schema(root: Path | None) -> str:
    """Where an editor finds the schema: a copy in the workspace, made anew each time so that it fits this program."""
    from engine.documents.files import write_atomically
    from engine.resources import docs_for_authors, schemas_folder

    if root is None:
        return (schemas_folder() / "playbook.schema.json").as_uri()
    for path in (*schemas_folder().glob("*.schema.json"), *docs_for_authors()):
        write_atomically(root / "schemas" / path.name, path.read_bytes())
    return "../schemas/playbook.schema.json"


def _check_name(name: str) -> None:
    import re

    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,59}", name):
        raise UserError(
            "bad-name",
            say("“{n}”不能作 id", "'{n}' cannot be an id", n=name),
            say(
                "用小写字母开头，只含小写字母、数字、连字符；中文名称写在 --title",
                "start with a lower-case letter; lower-case letters, digits and hyphens only; --title takes any text",
            ),
        )
