from __future__ import annotations

from engine.process import commands as c
from tests.process.world import Bench, codes


def test_assign_adds_and_removes() -> None:
    bench = Bench().do(c.Assign("baker", ("李师傅",)), c.Assign("面包师", ("陈师傅",)))
    assert bench.pilot.people["baker"] == ("李师傅", "陈师傅")
    bench.do(c.Assign("baker", ("李师傅",), remove=True))
    assert bench.pilot.people["baker"] == ("陈师傅",)


def test_assign_beyond_the_bounds_is_refused() -> None:
    found = Bench().refused(c.Assign("baker", ("甲", "乙", "丙")))
    assert codes(found) == [("too-many-people", "baker")]


def test_assign_an_unknown_role_or_absent_person() -> None:
    assert codes(Bench().refused(c.Assign("bakr", ("甲",)))) == [("unknown-role", "bakr")]
    assert codes(Bench().refused(c.Assign("baker", ("甲",), remove=True))) == [("not-assigned", "baker")]


def test_assign_one_task_to_one_person() -> None:
    bench = Bench().do(c.Assign("owner", ("王蕾",)), c.AssignTask("decorate", "小张"))
    assert {v.key: v.people for v in bench.context.views}["decorate"] == ("小张",)
