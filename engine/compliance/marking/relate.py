"""A new part of a package: its relation and its content type, so that Office finds it."""

from __future__ import annotations

import posixpath
from typing import Any

from engine.compliance.reading.package import Package, relations_of

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"


def relate(package: Package, owner: str, part: str, kind: str, content_type: str) -> str:
    """Tell that `owner` has `part`; the id of the relation."""
    file = relations_of(owner)
    if file not in package:
        package.put(file, f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
    root = package.change(file)
    taken = {relation.get("Id") for relation in root}
    number = next(n for n in range(1, len(taken) + 2) if f"rIdPlaybook{n}" not in taken)
    relation = root.makeelement(f"{{{_RELATIONS}}}Relationship", {"Id": f"rIdPlaybook{number}", "Type": kind})
    relation.set("Target", posixpath.relpath(part, posixpath.dirname(owner) or "."))
    root.append(relation)
    types = package.change(_CONTENT_TYPES)
    types.append(types.makeelement(f"{{{_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": content_type}))
    return f"rIdPlaybook{number}"


def unrelate(package: Package, part: str) -> None:
    """Take a part out of the package, with every relation to it and its content type."""
    if part not in package:
        return
    for file in [name for name in package.xml_names() if name.endswith(".rels")]:
        owner = posixpath.join(posixpath.dirname(posixpath.dirname(file)), posixpath.basename(file)[: -len(".rels")])
        ids = {r.id for r in package.relations(owner.lstrip("/")) if r.target == part and not r.outside}
        if ids:
            _remove(package.change(file), "Id", ids)
    _remove(package.change(_CONTENT_TYPES), "PartName", {f"/{part}"})
    package.drop(part)


def _remove(root: Any, attribute: str, values: set[str]) -> None:
    for child in [c for c in root if c.get(attribute) in values]:
        root.remove(child)
