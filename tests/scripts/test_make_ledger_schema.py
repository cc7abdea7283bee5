from __future__ import annotations

import json

import jsonschema
import pytest

from engine.resources import schemas_folder
from scripts.make_ledger_schema import ledger_schema

SCHEMA = json.loads((schemas_folder() / "ledger.schema.json").read_text(encoding="utf-8"))


def test_schema_is_up_to_date() -> None:
    assert ledger_schema() == SCHEMA


@pytest.mark.parametrize(
    ("row", "valid"),
    [
        ({"day": "2026-03-02", "channel": "公众号", "enquiries": 3, "spend": 12.5}, True),
        ({"key": "P001", "day": "2026-03-02", "step": "booking"}, True),
        ({"day": "2026-03-02", "enquiries": -1}, False),
        ({"day": "2026-03-02", "姓名": "张三"}, False),
        ({"channel": "公众号"}, False),
        ({"key": "张三", "day": "2026-03-02", "step": "booking"}, False),
    ],
)
def test_rows_are_judged(row: dict[str, object], valid: bool) -> None:
    assert jsonschema.Draft7Validator(SCHEMA).is_valid(row) is valid
