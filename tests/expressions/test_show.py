import pytest

from engine.expressions.show import explain_error, show_value
from tests.expressions.books import BOOK, day


@pytest.mark.parametrize(
    ("name", "kind", "value", "shown"),
    [
        ("score", "number", 85.0, "85"),
        ("score", "number", 12345.5, "12,345.5"),
        ("rate", "number", 92.0, "92%"),
        ("ends", "date", day("2026-03-20"), "2026-03-20"),
        ("tier", "text", "first", "“首批”"),
        ("platforms", "list", ["抖音", "公众号"], "抖音、公众号"),
        ("platforms", "list", [], "空"),
    ],
)
def test_values_as_people_read_them(name: str, kind: str, value: object, shown: str) -> None:
    assert show_value(BOOK.fields[name], kind, value).zh == shown  # type: ignore[arg-type]


def test_rows_are_counted_and_yes_no_is_a_word() -> None:
    assert show_value(None, "rows", [1, 2]).zh == "2 行"
    assert show_value(None, "yes_no", False).zh == "否"


def test_division_by_zero_is_said_plainly() -> None:
    assert explain_error("INVALID_ARGUMENT: divide by zero").en == "division by zero"
