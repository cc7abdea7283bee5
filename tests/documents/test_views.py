from markupsafe import Markup

from engine.documents.views import Named, Text, names_in, protect


def test_named_is_a_list_of_items_called_by_id() -> None:
    items = Named({"a": {"v": 1}, "b": {"v": 2}})
    assert [item["v"] for item in items] == [1, 2]
    assert items["b"] == {"v": 2} and "a" in items and "c" not in items and len(items) == 2
    assert names_in(items) == ("a", "b") == names_in({"a": 1, "b": 2})


def test_protect_reaches_every_text_and_leaves_markup() -> None:
    made = protect({"a": ["*", ("_x_",)], "n": Named({"k": {"t": "|"}}), "m": Markup("*"), "i": 1})
    assert made["a"][0].__html__() == "\\*" and made["a"][1][0].__html__() == "\\_x\\_"
    assert made["n"]["k"]["t"].__html__() == "\\|"
    assert type(made["m"]) is Markup and made["i"] == 1
    assert Markup("{}").format(Text("*")) == "\\*"
