from engine.checks import conditions
from engine.errors import Place
from engine.model import ChildStart, Duration, Expr, Record, Timer
from tests.checks.books import book, field, found, gate, stage, way


def bad(name: str) -> Expr:
    return Expr("fields.nothing > 1", Place(name, 1, 1))


def test_every_condition_is_looked_at() -> None:
    sample = book(
        stage(
            "a",
            next="end",
            gate=(gate(kind="when", when=bad("gate")), gate(id="g2", kind="count", record="r", where=bad("where"))),
            transitions=(way("w", "end", when=bad("way")),),
            timers=(Timer("timer_1", Duration(1, "days"), "end", when=bad("timer")),),
            starts=(ChildStart("other", when=bad("start")),),
        ),
        records=(Record("r", "R", {"c": field("c")}, "c"),),
        transitions=(way("stop", "end", when=bad("general")),),
    )
    assert [path for _, path in found(conditions, sample)] == ["gate", "where", "way", "timer", "start", "general"]


def test_conditions_of_each_know_the_row() -> None:
    item = gate(kind="each", record="r", when=Expr("row.c == 'x' && row.d == 1", Place("here", 1, 1)))
    sample = book(stage("a", gate=(item,), next="end"), records=(Record("r", "R", {"c": field("c")}, "c"),))
    assert [(p.code, p.place.col) for p in conditions.check(sample)] == [("unknown-name", 17)]


def test_conditions_about_an_unknown_record_wait_for_it() -> None:
    item = gate(kind="each", record="nothing", when=Expr("row.c == 'x'"))
    assert found(conditions, book(stage("a", gate=(item,), next="end"))) == []
