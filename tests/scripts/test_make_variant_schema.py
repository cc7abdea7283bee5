"""The schema of variants is up to date."""

from engine.resources import schema_text
from scripts.make_variant_schema import variant_text


def test_file_is_up_to_date() -> None:
    assert schema_text("variant") == variant_text(), "run: python -m scripts.make_variant_schema"
