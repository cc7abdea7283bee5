"""Every date that lies ahead of a pilot."""

from __future__ import annotations

from engine.process import commands as c
from engine.process.dates import dates_of
from tests.process.test_content import SHOP
from tests.process.world import Bench


def told(bench: Bench) -> list[tuple[str, str, str, bool]]:
    return [(one.moment.date().isoformat(), one.kind, one.title.zh, one.late) for one in dates_of(bench.context)]


def test_tasks_of_the_stages_ahead_and_late_ones() -> None:
    bench = Bench().do(c.Assign("owner", ("王蕾",)))
    assert told(bench) == [("2026-03-09", "task", "1 找铺面", False)]
    [one] = dates_of(bench.context)
    assert (one.role, one.people, one.whole_day) == ("店主", ("王蕾",), True)
    assert told(bench.on("2026-03-10")) == [("2026-03-09", "task", "1 找铺面", True)]


def test_timers_of_the_active_stage() -> None:
    bench = Bench().to_bake()
    found = [one for one in dates_of(bench.context) if one.kind == "timer"]
    assert [(one.moment.date().isoformat(), one.title.zh) for one in found] == [
        ("2026-04-14", "“试做”时限到，自动进入“关闭”")
    ]


def test_days_in_fields_and_signatures_that_expire_are_told_until_they_are_over() -> None:
    bench = Bench(SHOP).do(
        c.SetFields({"good": "2026-04-01", "consent": "2026-03-01"}),
        c.Assign("reviewer", ("赵医生",)),
        c.Assign("writer", ("王蕾",)),
        c.CompleteTask("proof"),
    )
    assert told(bench) == [
        ("2026-04-01", "expiry", "“办证明”的签字到期，任务重开", False),
        ("2026-04-01", "day", "证明到期", False),
    ]
    assert [one[1] for one in told(bench.on("2026-04-02"))] == ["expiry"]


def test_a_row_is_named_by_its_number_and_never_by_its_text() -> None:
    text = SHOP.replace("note: {title: 编号, type: text}", "until: {title: 有效期, type: date}").replace(
        ", facts: {consent_id: note}", ""
    )
    bench = Bench(text).do(c.AddRow("talks", {"said": "请带医保卡", "until": "2026-05-01"}))
    assert told(bench) == [("2026-05-01", "day", "话术第1行 有效期", False)]


def test_an_ended_pilot_has_no_dates() -> None:
    bench = Bench().do(c.Advance("stop", reason="不开了"))
    assert dates_of(bench.context) == ()
