"""Write docs/dsl-keys.md, every key of the language in a table, from the schemas.

Run it after changing a schema: `python -m scripts.make_dsl_tables`. A test fails when it was forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.resources import schema_text

TARGET = Path(__file__).resolve().parent.parent / "docs" / "dsl-keys.md"
_FILES = {
    "playbook": "Playbooks · 方案",
    "overlay": "Overlays · 翻译",
    "scenarios": "Scenarios · 测试场景",
    "workspace": "Workspace settings · 工作区设置",
}
_HEAD = """# Every key of the language

Made from `schemas/` by `python -m scripts.make_dsl_tables`; do not edit. What the keys mean together is in
[dsl.md](dsl.md). A key in **bold** is required.
"""


def keys_page() -> str:
    """The page as Markdown."""
    parts = [_HEAD]
    for name, title in _FILES.items():
        whole = json.loads(schema_text(name))
        parts.append(f"## {title}\n")
        objects = whole.get("definitions", {})
        if "properties" in whole:
            objects = {name: whole, **objects}
        elif "playbook" in objects:
            objects = {"playbook": objects["playbook"], **objects}
        for key, part in objects.items():
            if "properties" in part:
                parts.append("\n".join(_table(key, part)))
    return "\n".join(parts)


def _table(name: str, part: Mapping[str, Any]) -> Iterator[str]:
    zh, en = _halves(part.get("title", name))
    yield f"### {en or zh} · {zh}\n" if en else f"### {zh}\n"
    zh, en = _halves(part.get("description", ""))
    yield f"{en} {zh}\n"
    yield "| key | form | meaning | 说明 |"
    yield "|---|---|---|---|"
    for key, value in part["properties"].items():
        shown = f"**`{key}`**" if key in part.get("required", ()) else f"`{key}`"
        zh, en = _halves(value.get("description", ""))
        yield f"| {shown} | {_form(value)} | {en} | {zh} |"
    yield ""


def _form(value: Mapping[str, Any]) -> str:
    """What may be written there, in a few words."""
    if "$ref" in value:
        return f"a {_target(value)}"
    if "anyOf" in value:
        return " or ".join(dict.fromkeys(_form(part) for part in value["anyOf"]))
    if "enum" in value:
        text = ", ".join(f"`{v}`" for v in value["enum"])
    elif value.get("type") == "array":
        text = f"list of {_plural(value['items'])}"
    elif value.get("type") == "object":
        rest = value.get("additionalProperties")
        text = f"map: id → {_form(rest)}" if isinstance(rest, Mapping) else "map"
    else:
        kinds = value.get("type", "any")
        text = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
        text = "text" if text == "string" else text.replace("string", "text")
    default = value.get("default")
    return text if default is None else f"{text}; default `{json.dumps(default).strip(chr(34))}`"


def _plural(part: Mapping[str, Any]) -> str:
    form = _form(part)
    return f"{form.removeprefix('a ')}s" if form.startswith("a ") else form


def _target(value: Mapping[str, Any]) -> str:
    return str(value["$ref"]).rpartition("/")[2].replace("_", " ")


def _halves(text: str) -> tuple[str, str]:
    zh, _, en = text.partition(" / ")
    return zh.replace("|", "\\|"), en.replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(keys_page(), encoding="utf-8", newline="\n")
