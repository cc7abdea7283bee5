"""Names of patients. All invented."""

import pytest

from engine.compliance.names import patient_names


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
