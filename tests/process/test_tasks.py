"""The checklist: what done means, and what each refusal says."""

from __future__ import annotations

from engine.process import commands as c
from tests.process.world import FILE, Bench, codes


def test_done_needs_evidence_and_the_fields_it_sets() -> None:
    bench = Bench()
    found = bench.refused(c.CompleteTask("1"))
    assert codes(found) == [("field-empty", "rent"), ("evidence-missing", "find_place")]
    assert found[0].commands == ("done 1 --set rent=金额",)
    assert found[1].commands == ("done 1 --attach 文件路径",)


def test_done_with_fields_and_evidence_records_all_three() -> None:
    bench = Bench().do(c.CompleteTask("找铺面", {"rent": "1.2万"}, attachments=(FILE,)))
    assert [e.type for e in bench.events[1:]] == ["attached", "field_set", "task_done"]
    state = bench.pilot.tasks["find_place"]
    assert (state.status, state.by, state.evidence) == ("done", "王蕾", (1,))
    assert str(bench.pilot.fields["rent"]) == "12000.00"


def test_done_waits_for_what_it_needs_and_names_the_command() -> None:
    found = Bench().refused(c.CompleteTask("draw", attachments=(FILE,)))
    assert codes(found) == [("needs", "find_place")]
    assert found[0].commands == ("done 1 --set rent=金额 --attach 文件路径",)


def test_done_fills_a_file_field_from_the_attachment() -> None:
    bench = Bench().do(
        c.CompleteTask("find_place", {"rent": "1"}, attachments=(FILE,)), c.CompleteTask("draw", attachments=(FILE,))
    )
    assert bench.pilot.fields["plan"] == "E2"


def test_done_twice_is_refused() -> None:
    bench = Bench().do(c.CompleteTask("decorate"))
    assert codes(bench.refused(c.CompleteTask("decorate"))) == [("already-done", "decorate")]


def test_done_of_a_later_stage_is_refused() -> None:
    bench = Bench().do(c.SetFields({"shifts": "早班"}))
    assert codes(bench.refused(c.CompleteTask("taste"))) == [("stage-not-reached", "bake")]


def test_approval_needs_another_signer() -> None:
    bench = Bench().do(c.Assign("bank", ("赵经理",)))
    assert codes(bench.refused(c.CompleteTask("loan"))) == [("signer", "loan")]
    assert codes(bench.refused(c.CompleteTask("loan", signer="王蕾"))) == [("signer", "loan")]
    assert codes(bench.refused(c.CompleteTask("loan", signer="路人"))) == [("signer", "loan")]
    bench.do(c.CompleteTask("loan", signer="赵经理"))
    assert bench.pilot.tasks["loan"].signer == "赵经理"


def test_approval_with_a_signed_page_needs_no_signer() -> None:
    bench = Bench().do(c.CompleteTask("loan", attachments=(FILE,)))
    assert bench.pilot.tasks["loan"].status == "done"


def test_for_each_has_one_instance_per_item() -> None:
    bench = Bench().to_bake()
    assert [(v.number, v.title) for v in bench.context.views if v.task.id == "taste"] == [
        ("5.1", "试吃（早班）"),
        ("5.2", "试吃（晚班）"),
    ]
    bench.do(c.CompleteTask("5.1"))
    assert bench.pilot.tasks["taste@早班"].status == "done"
    assert "taste@晚班" not in bench.pilot.tasks


def test_skip_takes_a_reason_and_a_required_task_still_blocks() -> None:
    bench = Bench()
    assert codes(bench.refused(c.SkipTask("decorate", ""))) == [("reason-missing", "decorate")]
    bench.do(c.SkipTask("loan", "自有资金"))
    blocked = bench.refused(c.Advance())
    assert ("task-skipped", "loan") in codes(blocked)


def test_reopen_goes_back_to_open() -> None:
    bench = Bench().do(c.CompleteTask("decorate"), c.ReopenTask("decorate", "重做"))
    assert bench.pilot.tasks["decorate"].status == "open"
    assert codes(bench.refused(c.ReopenTask("decorate"))) == [("not-done", "decorate")]


def test_begin_marks_in_progress_once() -> None:
    bench = Bench().do(c.BeginTask("decorate"), c.BeginTask("decorate"))
    assert [e.type for e in bench.events] == ["started", "task_begun"]


def test_note_with_a_phone_number_is_refused_and_nothing_is_written() -> None:
    bench = Bench()
    found = bench.refused(c.AddNote("打电话13812345678找她"))
    assert codes(found) == [("identity", "note")]
    assert "13812345678" not in str(found[0].message)


def test_attach_refuses_an_id_number_in_the_file_name() -> None:
    file = c.Attachment("11010519491231002X.pdf", "ab" * 32, 10, "application/pdf")
    assert codes(Bench().refused(c.Attach(file, "decorate")))[0][0] == "identity"


def test_a_word_of_a_suggested_command_is_no_signature() -> None:
    bench = Bench()
    for signer in ("签字人", "SIGNER"):
        assert codes(bench.refused(c.CompleteTask("loan", signer=signer)))[0] == ("placeholder", "loan")
    assert [b.code for b in bench.refused(c.SetFields({"story": "内容"}))] == ["placeholder"]
    assert [b.code for b in bench.refused(c.Assign("owner", ("姓名",)))] == ["placeholder"]
