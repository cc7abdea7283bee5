"""Places of scalar values, held against what PyYAML makes of the same text."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Place
from engine.scalar import text_places


def places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The value of key `k`, and (line, column) of each of its characters."""
    top = yaml.compose(text, Loader=yaml.SafeLoader)
    assert top is not None
    node = top.value[0][1]
    start = Place("f", node.start_mark.line + 1, node.start_mark.column + 1)
    first, lines = text_places(text.split("\n"), start, node.value)
    found = []
    for index in range(len(node.value)):
        offset, place = max(((o, p) for o, p in lines if o <= index), default=(0, first), key=lambda x: x[0])
        found.append((place.line, place.col + index - offset))
    return node.value, found


@pytest.mark.parametrize(
    ("text", "needle", "line", "col"),
    [
        ("k: fields.a >= 90\n", "fields.a", 1, 4),
        ("k: 'fields.a >= 90'\n", "fields.a", 1, 5),
        ('k: "fields.a == \\"x\\" && b"\n', "b", 1, 26),
        ("k: 'it''s here'\n", "here", 1, 11),
        ("k: |\n    first\n    second line\n", "line", 3, 12),
        ("k: >-\n  first &&\n  second line\n", "second", 3, 3),
        ("k: first &&\n     second line\n", "second", 2, 6),
        ("k: 'first &&\n   second'\n", "second", 2, 4),
        ("k: |\n  a\n    indented\n", "indented", 3, 5),
        ("k: 中文 && b\n", "b", 1, 10),
    ],
)
def test_place_of_a_word(text: str, needle: str, line: int, col: int) -> None:
    value, found = places(text)
    assert found[value.index(needle)] == (line, col)


def test_a_value_from_elsewhere_keeps_the_start() -> None:
    start = Place("f", 1, 4)
    assert text_places(["k: abc"], start, "xyz") == (start, ())


@given(st.text(alphabet="ab\"' \\:&", min_size=1, max_size=30), st.sampled_from(['"', "'", "|"]))
def test_every_character_is_found(value: str, style: str) -> None:
    value = value.strip() or "a"  # a condition does not begin with spaces
    text = yaml.dump({"k": value}, default_style=style, width=20, allow_unicode=True)
    read, found = places(text)
    rows = text.split("\n")
    for char, (line, col) in zip(read, found, strict=True):
        if char not in " \n":
            assert rows[line - 1][col - 1] in (char, "\\") or rows[line - 1][col - 1 : col + 1] == "''"
