"""Names of patients, and facts that together point at one person. All invented."""

import pytest

from engine.compliance.people import patient_names, quasi_span


def names(text: str) -> list[str]:
    return [text[a:b] for a, b in patient_names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("患者周桂兰,女,66岁,因胸闷入院", ["周桂兰"]),
        ("今天化疗的是何桂枝、冯志强两位", ["何桂枝", "冯志强"]),
        ("恭喜费永年大叔连续打卡一百天", ["费永年"]),
        ("产妇欧阳倩已出院", ["欧阳倩"]),
        ("阿依古丽·买买提家的新生儿黄疸值偏高", ["阿依古丽·买买提"]),
        ("患者李某已出院", []),
        ("患者高血压多年", []),
        ("患者方便时请到窗口办理", []),
        ("护士长刘雅琴今天带教新护士", []),
        ("王建国主任周三出诊,请患者提前预约", []),
        ("陈女士带着孩子来复查", []),
        ("患者王小明(化名)已康复", []),
        ("挂号费可全额退款", []),
    ],
)
def test_names(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("今年3月8日,柳林村一位39岁的小学女教师被查出患有法布雷病", True),
        ("一位四十多岁的教师因咽痛就诊", False),
        ("3月8日上午,39岁以上职工体检", False),
        ("李主任3月8日在柳林村义诊,报名电话见公告", False),
    ],
)
def test_facts_together(text: str, points: bool) -> None:
    assert (quasi_span(text) is not None) is points
