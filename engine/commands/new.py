"""`playbook new`: a first file to write on, or a variant of a shipped playbook."""

from __future__ import annotations

from pathlib import Path

from engine.commands._frame import argument, option, verb
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.errors import UserError
from engine.pilot.blockers import quoted
from engine.text import current_language, say


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
    from engine.commands._starter import starter, starter_scenarios, variant, variant_scenarios
    from engine.documents.files import write_atomically
    from engine.load import load
    from engine.workspace import find_root

    check_name(name)
    root = find_root(session.folder)
    folder = (root / "playbooks") if root else Path(session.folder or ".")
    path = folder / f"{name}.yaml"
    if path.exists():
        raise UserError(
            "exists",
            say("已经有这个文件：{p}", "the file exists already: {p}", p=path),
            say("换一个 id", "choose another id"),
        )
    original = load(base, folder=root, language=current_language()).playbook if base is not None else None
    if original is not None:
        _check_reach(original.id, base or "", folder, root)
    schema, docs = schema_for(root)
    if original is None:
        text, cases = starter(name, title or name, schema, docs), starter_scenarios(name, schema)
    else:
        text, cases = variant(name, title, original, schema), variant_scenarios(name, schema)
    written = [path]
    write_atomically(path, text.encode())
    beside = path.with_name(f"{name}.scenarios.yaml")
    if not beside.exists():
        write_atomically(beside, cases.encode())
        written.append(beside)
    session.answer({"ok": True, "file": str(path), "files": [str(p) for p in written]})
    session.say(*(say("✓ 已新建 {p}", "✓ made {p}", p=shown(p)) for p in written))
    session.say(
        say(
            "用文本编辑器修改它，然后：playbook check {p}",
            "edit it, then: playbook check {p}",
            p=quoted(shown(path)),
        )
    )
    return 0


def schema_for(root: Path | None) -> tuple[str, str]:
    """Where an editor finds the schema, and a person the reference: copies in the workspace, made anew each time so that
    they fit this program."""
    from engine.documents.files import write_atomically
    from engine.resources import docs_for_authors, schemas_folder

    if root is None:
        docs = next((path.parent for path in docs_for_authors()), schemas_folder())
        return (schemas_folder() / "playbook.schema.json").as_uri(), str(docs)
    for path in (*schemas_folder().glob("*.schema.json"), *docs_for_authors()):
        write_atomically(root / "schemas" / path.name, path.read_bytes())
    return "../schemas/playbook.schema.json", "../schemas"


def _check_reach(ident: str, typed: str, folder: Path, root: Path | None) -> None:
    """A variant names its base by id; one that cannot be found from where the variant lies would never check."""
    from engine.load.find import known_playbooks, playbooks_in

    if ident not in playbooks_in(folder) and ident not in known_playbooks(root):
        raise UserError(
            "base-elsewhere",
            say(
                "从 {f} 里找不到原方案“{id}”", "the playbook '{id}' cannot be found from {f}", id=ident, f=shown(folder)
            ),
            say("先把 {p} 复制到那里", "copy {p} there first", p=typed),
        )


def check_name(name: str) -> None:
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
