"""The six steps, in order."""

from datetime import date

from engine.compliance import Pack, judge

TODAY = date(2026, 11, 25)


def test_nothing_found_is_never_called_lawful(medical: Pack) -> None:
    facts = {"has_case": False, "shows_image": False, "ai_made": False, "paid_placement": False}
    verdict = judge(
        medical, "门诊时间：周一至周五8:00—17:30。", "self_media", "disclosure", facts, TODAY, signed_by="赵敏"
    )
    assert str(verdict.summary) == "未发现已知问题"
    assert [s.id for s in verdict.steps] == ["purpose", "advertisement", "privacy", "text", "evidence", "sign_off"]
    assert {s.state for s in verdict.steps} == {"clear"}
    assert not verdict.stopped


def test_what_is_missing_is_said(medical: Pack) -> None:
    verdict = judge(medical, "门诊时间：8:00—17:30。", "self_media", None, {}, TODAY)
    states = {s.id: s.state for s in verdict.steps}
    assert states["purpose"] == states["privacy"] == states["sign_off"] == "open"
    privacy = next(s for s in verdict.steps if s.id == "privacy")
    assert "没有说明：含病例或患者故事" in {str(m) for m in privacy.missing}


def test_blocks_and_the_step_they_stand_in(medical: Pack) -> None:
    verdict = judge(
        medical, "患者周桂兰，我院保证根治。", "self_media", "promotion", {"has_case": True, "consent_id": ""}, TODAY
    )
    assert {"MED-EFF-01", "PI-NAME-01", "PI-CONS-01"} <= set(verdict.blocks)
    states = {s.id: s.state for s in verdict.steps}
    assert states["privacy"] == states["text"] == "stopped"
    advertisement = next(s for s in verdict.steps if s.id == "advertisement")
    assert "MED-EFF-01" in str(advertisement.missing[0])


def test_a_figure_without_source_is_a_matter_of_evidence(medical: Pack) -> None:
    verdict = judge(medical, "本院去年接诊量同比增长37%。", "self_media", "disclosure", {}, TODAY)
    assert verdict.warnings == ("AD-CITE-01",)
    evidence = next(s for s in verdict.steps if s.id == "evidence")
    assert [f.rule for f in evidence.findings] == ["AD-CITE-01"] and evidence.state == "open"
