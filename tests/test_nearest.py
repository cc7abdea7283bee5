import pytest

from engine.nearest import nearest, suggestion
from engine.text import say


@pytest.mark.parametrize(
    ("word", "best"),
    [("directr", "director"), ("director", "head_director"), ("fields.scroe", "fields.score"), ("zzz", None)],
)
def test_nearest(word: str, best: str | None) -> None:
    assert nearest(word, ["analyst", "director" if best == "director" else "head_director", "fields.score"]) == best


def test_a_shared_beginning_makes_nothing_near() -> None:
    assert nearest("fields.zz", ["fields.a", "fields.b"]) is None


def test_suggestion_names_the_best_and_lists_the_rest() -> None:
    found = suggestion("ab", ["abc", "xyz"])
    assert found is not None
    assert found.en == "did you mean 'abc'? there are: abc, xyz"


def test_suggestion_cuts_a_long_list_but_keeps_the_best() -> None:
    found = suggestion("wanted", [f"n{i}" for i in range(50)] + ["wantd"])
    assert found is not None
    assert "wantd, n0" in found.en and "51 in all" in found.en


def test_suggestion_when_nothing_is_declared() -> None:
    found = suggestion("x", [], say("指标", "metrics"))
    assert found is not None and found.zh == "这份方案里还没有声明任何指标"
