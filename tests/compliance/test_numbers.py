"""Numbers of patients. All invented."""

import pytest

from engine.compliance import Pack, scan
from engine.compliance.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "what", "found"),
    [
        ("身份证 11010519491231002X", "resident_ids", ["11010519491231002X"]),
        ("编号 110105194912310021", "resident_ids", []),
        ("电话139 0000 4417", "mobiles", ["139 0000 4417"]),
        ("幺三三,零零零零,七七二九", "mobiles", ["幺三三,零零零零,七七二九"]),
        ("住院号0045678", "records", ["0045678"]),
        ("就诊卡20260071", "records", ["20260071"]),
        ("3床", "records", []),
        ("出生医学证明编号p330106001", "records", ["p330106001"]),
        ("病检申请号bl2610-4471,切缘阳性", "records", ["bl2610-4471"]),
        ("3301 0620 2603,这是他本次出院单上的那串号", "records", ["3301 0620 2603"]),
        ("医疗机构执业许可证登记号330106001", "records", []),
        ("设备编号330106001,患者检查单照常打印", "records", []),
        ("住院处电话0000-2224444", "records", []),
        ("挂号费50元", "records", []),
    ],
)
def test_numbers(text: str, what: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in numbers_in(text)[what]] == found


def test_contact_of_the_hospital_is_none(medical: Pack) -> None:
    def rules(text: str) -> set[str]:
        return {f.rule for f in scan(medical, text, "internal")}

    assert "PI-ID-01" in rules("患者家属的手机是13900001234，记得回访。")
    assert "PI-ID-01" not in rules("值班电话13900001234，请各科知悉。")


def test_numbers_are_shown_masked(medical: Pack) -> None:
    (finding,) = (f for f in scan(medical, "患者手机13900001234。", "internal") if f.rule == "PI-ID-01")
    assert finding.text == "139****1234"
