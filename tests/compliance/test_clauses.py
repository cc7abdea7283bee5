"""What is said without being asserted lifts a finding; what only looks like it does not."""

import pytest

from engine.compliance import Pack, scan


def rules(pack: Pack, text: str, channel: str = "self_media") -> set[str]:
    return {f.rule for f in scan(pack, text, channel)}


@pytest.mark.parametrize(
    "text",
    [
        "我们不承诺治愈，也不保证不复发。",
        "宣传稿不得出现“根治”“药到病除”等字样。",
        "网上说喝醋能根治高血压，这是谣言。",
        "能不能根治，要看病程。",
        "让每位患者早日康复，是我们努力的方向。",
        "效果因人而异，医生不能保证治好。",
        "禁用词：根治、药到病除、永不复发",
        "错误示例：我院包治好，药到病除。",
        "# 错误示例\n- 我院包治好\n- 一针见效\n",
        "✗ 我院包治百病，一针见效",
    ],
)
def test_not_asserted(medical: Pack, text: str) -> None:
    assert "MED-EFF-01" not in rules(medical, text)


@pytest.mark.parametrize(
    "text",
    [
        "我院包治好，一针见效。",
        "不仅安全，而且保证一次根治。",
        "错误示例：把话说满。正确写法：我院保证治好。",
        "# 错误示例\n- 包治好\n\n# 正文\n我院保证治好。",
    ],
)
def test_asserted(medical: Pack, text: str) -> None:
    assert "MED-EFF-01" in rules(medical, text)


def test_very_long_sentences_are_read_in_pieces(medical: Pack) -> None:
    text = "候诊" * 400 + "我院包治好一针见效" + "候诊" * 400
    found = [f for f in scan(medical, text, "self_media") if f.rule == "MED-EFF-01"]
    assert found and all("包治" in f.text or "一针见效" in f.text for f in found)
