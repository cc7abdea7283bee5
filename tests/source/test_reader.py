"""Data, places, limits; and that no text whatever gets past with another exception."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from engine.errors import Place, PlaybookError, Problem
from engine.source import MAX_DEPTH, MAX_NODES, Source, parse
from engine.source.files import decode
from engine.source.reader import _Resolver
from engine.source.slow import SlowComposer


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(PlaybookError) as caught:
        parse(text, "f")
    return caught.value.problems


def codes(text: str) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.col) for p in problems(text)]


def test_data_and_places() -> None:
    source = parse("名: 一\nlist:\n  - {a: 1}\n  - 𝒜b: x\n", "f")
    assert source.data == {"名": "一", "list": [{"a": 1}, {"𝒜b": "x"}]}
    assert source.keys[("名",)] == Place("f", 1, 1)
    assert source.values[("名",)] == Place("f", 1, 4)
    assert source.values[("list", 0)] == Place("f", 3, 5)
    assert source.keys[("list", 0, "a")] == Place("f", 3, 6)
    assert source.values[("list", 1, "𝒜b")] == Place("f", 4, 9)
    assert source.values[()] == Place("f", 1, 1)


def test_byte_order_mark_does_not_move_columns() -> None:
    assert parse("\ufeffa: 1", "f").keys[("a",)] == Place("f", 1, 1)


def test_windows_line_ends() -> None:
    assert parse("a: 1\r\nb: 2\r\n", "f").keys[("b",)] == Place("f", 2, 1)


def test_one_scalar_is_read() -> None:
    assert parse("5", "f").data == 5


def test_duplicate_key_names_both_places() -> None:
    (problem,) = problems("a: 1\nb: 2\na: 3\n")
    assert (problem.code, problem.place) == ("duplicate-key", Place("f", 3, 1))
    assert problem.related[0][0] == Place("f", 1, 1)


def test_duplicates_after_reading_as_text() -> None:
    assert codes('1: a\n"1": b\n') == [("duplicate-key", 2, 1)]


def test_all_are_reported_at_once() -> None:
    assert codes("a: 1\na: 2\nb: !x 3\nc: {d: 1, d: 2}\n") == [
        ("duplicate-key", 2, 1),
        ("yaml-tag", 3, 4),
        ("duplicate-key", 4, 11),
    ]


@pytest.mark.parametrize("tag", ["!!python/name:os.system x", "!!int 5", "!foo x", "!!str 5", "!!map {}", "!!set {a}"])
def test_tags_are_refused(tag: str) -> None:
    assert codes(f"a: {tag}") == [("yaml-tag", 1, 4)]


def test_tag_on_a_key() -> None:
    assert codes("!!str a: 1") == [("yaml-tag", 1, 1)]


def test_merge_key_is_refused() -> None:
    assert codes("a: &x {b: 1}\nc:\n  <<: *x\n") == [("merge-key", 3, 3)]


def test_quoted_merge_key_is_a_key() -> None:
    assert parse('"<<": 1', "f").data == {"<<": 1}


def test_odd_keys_are_refused() -> None:
    assert codes("{[a]: 1}") == [("bad-key", 1, 2)]


def test_aliases_are_copies() -> None:
    data = parse("a: &x [1]\nb: *x\n", "f").data
    assert data == {"a": [1], "b": [1]}
    assert data["a"] is not data["b"]


def test_alias_bomb() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert [code for code, _, _ in codes("\n".join(rows))] == ["too-many-values"]


def test_alias_of_itself() -> None:
    assert codes("a: &a [*a]") == [("too-deep", 0, 0)]


def test_too_many_values() -> None:
    assert codes("[" + "[],[x],\n" * MAX_NODES + "]")[0][0] == "too-many-values"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting(opening: str) -> None:
    assert codes(opening * 100_000)[0][0] == "too-deep"


def test_just_deep_enough() -> None:
    data = parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, "f").data
    for _ in range(MAX_DEPTH - 1):
        (data,) = data
    assert data == []
    assert codes("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [("too-deep", 0, 0)]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "--- # nothing\n...\n"])
def test_empty(text: str) -> None:
    if text.startswith("---"):
        assert parse(text, "f").data is None
    else:
        assert codes(text) == [("empty-file", 0, 0)]


def test_control_character() -> None:
    assert codes("a: 1\nb: x\x07y\n") == [("bad-character", 2, 5)]


def test_too_large() -> None:
    assert codes("#" * 2_000_001) == [("too-large", 0, 0)]


def outcome(text: str) -> Source | None:
    try:
        return parse(text, "f")
    except PlaybookError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.place.file == "f"
            assert problem.place.line <= len(text.splitlines()) + 1
        return None


_YAMLISH = st.text(st.sampled_from(list("ab1:-[]{}#&*!|>'\"%@`,? \n\t。：\\\x85\u2028~<.")), max_size=60)


@given(st.text() | _YAMLISH)
@example("&a [*a]")
@example("\ud800")
@example("a: 1\n\u2028b: 2")
@example("%YAML 9.9\n---\n")
@example("? ? ? a")
@example("! x")
def test_any_text_is_read_or_refused(text: str) -> None:
    source = outcome(text)
    if source is not None:
        for path in source.values:
            assert source.values[path].line >= 1


@given(st.binary())
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf\xff")
@example("中".encode("gbk"))
@example(b"ab\xef\xbb\xbf\xff\n")
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        decode(raw, "f")
    except PlaybookError as error:
        assert len(error.problems) == 1


class _Slow(_Resolver, SlowComposer):
    pass


@given(_YAMLISH)
def test_both_composers_agree(text: str) -> None:
    """The plain one stands in where libyaml is missing. Where both read a text, they read the same."""
    source = outcome(text)
    try:
        node = _Slow(text).get_single_node()
    except (yaml.YAMLError, ValueError, IndexError):
        return
    if source is not None and node is not None:
        assert (node.start_mark.line + 1, node.start_mark.column + 1) == (
            source.values[()].line,
            source.values[()].col,
        )
