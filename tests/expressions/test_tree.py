import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions.tokens import tokenize
from engine.expressions.tree import Node, NotAnExpression, conjuncts, parse


def tree(source: str) -> Node:
    return parse(tokenize(source))


def parts(source: str) -> list[str]:
    return [source[n.start : n.end] for n in conjuncts(tree(source))]


def test_dotted_names_are_one_node() -> None:
    node = tree("roles.director.filled")
    assert (node.kind, node.text) == ("name", "roles.director.filled")


def test_a_method_takes_the_last_word() -> None:
    node = tree("fields.name.startsWith('a')")
    assert (node.kind, node.text, node.kids[0].text) == ("method", "startsWith", "fields.name")


def test_and_binds_closer_than_or() -> None:
    node = tree("a || b && c")
    assert (node.text, node.kids[1].text) == ("||", "&&")


def test_arithmetic_binds_closer_than_comparison() -> None:
    node = tree("a + 1 * 2 >= b")
    assert (node.text, node.kids[0].text, node.kids[0].kids[1].text) == (">=", "+", "*")


def test_conjuncts_are_split_at_the_top_only() -> None:
    assert parts("a > 1 && (b || c && d) && e") == ["a > 1", "(b || c && d)", "e"]


def test_conjuncts_inside_outer_brackets_are_split() -> None:
    assert parts("(a && b) && c") == ["a", "b", "c"]


def test_a_macro_is_known_by_its_variable() -> None:
    assert tree("records.cases.exists(c, c.cost > 1)").is_macro
    assert not tree("records.cases.exists(c.cost > 1)").is_macro


@pytest.mark.parametrize(
    ("source", "offset"),
    [("a >", 3), ("a b", 2), ("(a", 2), ("a)", 1), ("", 0), ("f(a,", 4), ("a ? b", 5), ("{a: 1}", 0), ("a in", 4)],
)
def test_the_first_token_that_does_not_fit_is_named(source: str, offset: int) -> None:
    with pytest.raises(NotAnExpression) as caught:
        tree(source)
    assert caught.value.token.start == offset


@pytest.mark.parametrize("source", ["(" * 500 + "a" + ")" * 500, "!" * 500 + "a", "[" * 500])
def test_deep_nesting_is_refused_without_a_crash(source: str) -> None:
    with pytest.raises(NotAnExpression) as caught:
        tree(source)
    assert caught.value.deep


@given(
    st.lists(st.sampled_from(["a", "1", "'x'", "(", ")", "&&", "!", ".", ",", "?", ":", "[", "]", "in"]), max_size=25)
)
def test_any_tokens_give_a_tree_or_a_refusal(words: list[str]) -> None:
    try:
        node = tree(" ".join(words))
    except NotAnExpression:
        return
    assert all(n.start <= n.at <= n.end for n in node.walk() if n.kind not in ("binary", "choice", "index"))
