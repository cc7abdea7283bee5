"""A scan: places, order, channels, evidence."""

from itertools import pairwise
from pathlib import Path

from engine.compliance import Pack, load_pack, scan
from tests.compliance.packs import pack_text, written


def test_start_and_end_count_code_points_of_the_text(medical: Pack) -> None:
    text = "😀我院**根\u200b治**鼻炎。"
    (finding,) = (f for f in scan(medical, text, "self_media") if f.rule == "MED-EFF-01")
    assert text[finding.start : finding.end] == finding.text
    assert "根\u200b治" in finding.text


def test_finding_says_basis_and_rewrite(medical: Pack) -> None:
    (finding,) = (f for f in scan(medical, "我院包治鼻炎，保证根治。", "self_media") if f.rule == "MED-EFF-01")
    assert finding.severity == "block"
    assert "《中华人民共和国广告法》第十六条第一款第一项、第五十八条（2021-04-29起施行）" in finding.basis
    assert finding.rewrite == "改成“效果因人而异，是否适合请由医生评估”。"
    assert set(finding.as_dict()) == {"rule", "severity", "start", "end", "text", "basis", "rewrite"}


def test_findings_stand_in_order_and_one_rule_does_not_overlap_itself(medical: Pack) -> None:
    found = scan(medical, "本院保证根治鼻炎，永不复发，一针见效。\n无效退款，包您满意。", "self_media")
    assert [f.start for f in found] == sorted(f.start for f in found)
    for rule in {f.rule for f in found}:
        spans = [(f.start, f.end) for f in found if f.rule == rule]
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_internal_text_is_free_unless_it_orders_publishing(medical: Pack) -> None:
    assert scan(medical, "本病区手术成功率98%。", "internal") == ()
    assert "MED-RATE-01" in {f.rule for f in scan(medical, "海报上写“手术成功率98%”。", "internal")}


def test_advertisement_without_number(medical: Pack) -> None:
    text = "青禾医院，综合医院，床位120张，电话0571-00000000"
    assert {f.rule for f in scan(medical, text, "ad")} == {"MED-REV-01"}
    assert scan(medical, f"{text}，（浙）医广〔2026〕第06-11-023号", "ad") == ()


def test_evidence_answers_warnings_only(tmp_path: Path) -> None:
    text = pack_text("    find: [甲]\n    ask: source\n", severity="warn", statutory="false")
    pack = load_pack(written(tmp_path, text))
    assert [f.rule for f in scan(pack, "甲", "ad")] == ["X-ONE-01"]
    assert scan(pack, "甲", "ad", evidence=["source"]) == ()
    block = load_pack(written(tmp_path, pack_text("    find: [甲]\n    ask: source\n")))
    assert [f.rule for f in scan(block, "甲", "ad", evidence=["source"])] == ["X-ONE-01"]


def test_purpose_narrows_where_it_is_given(tmp_path: Path) -> None:
    pack = load_pack(written(tmp_path, pack_text("    find: [甲]\n    purposes: [promotion]\n")))
    assert [f.rule for f in scan(pack, "甲", "ad")] == ["X-ONE-01"]
    assert [f.rule for f in scan(pack, "甲", "ad", "promotion")] == ["X-ONE-01"]
    assert scan(pack, "甲", "ad", "training") == ()


def test_near_unless_and_yields(tmp_path: Path) -> None:
    rules = (
        "    find: [{find: 甲, near: [乙, 丙], unless: [丁]}, {find: 戊, yields: [X-TWO-01]}]\n"
        "  X-TWO-01:\n    title: 二\n    severity: warn\n"
        "    basis: [{law: 某法, articles: 第二条, in_force: 2021-01-01}]\n"
        "    explanation: 说明\n    rewrite: 改法\n    find: [己]\n"
    )
    pack = load_pack(written(tmp_path, pack_text(rules)))

    def rules_of(text: str) -> list[str]:
        return [f.rule for f in scan(pack, text, "ad")]

    assert rules_of("甲乙") == []
    assert rules_of("甲乙。丙") == ["X-ONE-01"]
    assert rules_of("甲乙\n丙") == []
    assert rules_of("甲乙丙丁") == []
    assert rules_of("戊") == ["X-ONE-01"]
    assert rules_of("戊己") == ["X-TWO-01"]


def test_an_order_to_publish_is_judged_as_the_own_account_only(medical: Pack) -> None:
    text = "海报底部写上：咨询请拨0000-1234567，来我院门诊三楼。"
    assert "MED-KEPU-01" in {f.rule for f in scan(medical, text, "kepu")}
    assert "MED-KEPU-01" not in {f.rule for f in scan(medical, text, "internal")}
