from hypothesis import given
from hypothesis import strategies as st

from engine.expressions.tokens import tokenize


def kinds(source: str) -> list[tuple[str, str]]:
    return [(t.kind, t.text) for t in tokenize(source)[:-1]]


def test_operators_are_taken_whole() -> None:
    assert kinds("a>=1&&!b") == [("name", "a"), ("op", ">="), ("int", "1"), ("op", "&&"), ("op", "!"), ("name", "b")]


def test_numbers_whole_and_decimal() -> None:
    assert kinds("1 2.5 3e4 0x1F 7u") == [
        ("int", "1"),
        ("float", "2.5"),
        ("float", "3e4"),
        ("int", "0x1F"),
        ("int", "7u"),
    ]


def test_strings_keep_their_quotes_and_may_hold_the_other_kind() -> None:
    assert kinds("""'say "hi"' == "it's" """) == [("string", "'say \"hi\"'"), ("op", "=="), ("string", '"it\'s"')]


def test_an_open_string_runs_to_the_end() -> None:
    assert kinds("a == 'x && b") == [("name", "a"), ("op", "=="), ("open_string", "'x && b")]


def test_chinese_outside_quotes_is_other() -> None:
    assert kinds("得分>1")[0] == ("other", "得分")


@given(st.text(max_size=60))
def test_every_character_but_blanks_is_in_a_token(source: str) -> None:
    tokens = tokenize(source)
    covered = "".join(source[t.start : t.end] for t in tokens)
    assert [t.text for t in tokens] == [source[t.start : t.end] for t in tokens]
    assert set(source) - set(covered) <= set(" \t\r\n\f") or "//" in source
