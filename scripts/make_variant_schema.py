"""Write schemas/variant.schema.json, the schema editors use for files with `extends`, from schemas/playbook.schema.json.

Run it after changing the playbook schema: `python -m scripts.make_variant_schema`. A test fails when it was forgotten.
"""

from __future__ import annotations

import json
from typing import Any

from engine.resources import schemas_folder
from engine.schema import schema


def variant_schema() -> dict[str, Any]:
    """The loosened schema as a file of its own."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "变体 / variant",
        "description": "由 playbook.schema.json 生成，请勿手改。 / Made from playbook.schema.json; do not edit.",
        **schema("variant"),
    }


def variant_text() -> str:
    return json.dumps(variant_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    (schemas_folder() / "variant.schema.json").write_text(variant_text(), encoding="utf-8", newline="\n")
