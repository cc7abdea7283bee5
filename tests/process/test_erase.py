from __future__ import annotations

import pytest

from engine.frozen import replace
from engine.pilot.blockers import Refused
from engine.pilot.events import ERASED
from engine.process import commands as c
from engine.process.erase import erase
from tests.process.world import FILE, Bench, codes


def test_erase_finds_evidence_notes_fields_rows_and_records() -> None:
    bench = Bench().do(
        c.Attach(FILE, "decorate"),
        c.AddNote("记一笔"),
        c.SetFields({"story": "一"}),
        c.SetFields({"story": "二"}),
        c.AddRow("breads", {"name": "吐司"}),
    )
    assert erase(bench.book, bench.events, "E1", "撤回同意").evidence == (1,)
    assert erase(bench.book, bench.events, "N1", "撤回同意").contents == ((3, "text"),)
    assert erase(bench.book, bench.events, "story", "撤回同意").contents == ((4, "value"), (5, "value"))
    assert erase(bench.book, bench.events, "breads/1", "撤回同意").contents == ((6, "name"),)
    assert erase(bench.book, bench.events, "#2", "撤回同意").evidence == (1,)


@pytest.mark.parametrize(("item", "reason", "code"), [("E9", "x", "nothing-to-erase"), ("E1", "", "reason-missing")])
def test_erase_refuses(item: str, reason: str, code: str) -> None:
    bench = Bench()
    with pytest.raises(Refused) as caught:
        erase(bench.book, bench.events, item, reason)
    assert codes(caught.value.blockers)[0][0] == code


def test_what_is_gone_does_not_go_again() -> None:
    bench = Bench().do(c.AddNote("记一笔"))
    event = bench.events[-1]
    bench.events[-1] = replace(event, texts=dict.fromkeys(event.texts, ERASED))
    with pytest.raises(Refused) as caught:
        erase(bench.book, bench.events, "N1", "撤回同意")
    assert codes(caught.value.blockers) == [("erased-already", "N1")]
