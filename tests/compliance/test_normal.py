"""Plain text and the way back."""

import pytest

from engine.compliance.normal import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("有效率９８％", "有效率98%"),
        ("最\u200b好", "最好"),
        ("最 好 的医院", "最好的医院"),
        ("**最好**的医院", "最好的医院"),
        ("最*佳医院", "最佳医院"),
        ("全國最好的醫院", "全国最好的医院"),
        ("电话：ABC，好！", "电话:abc,好!"),
        ("周一 周二", "周一 周二"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
    ],
)
def test_plain_text(written: str, read: str) -> None:
    assert plain(written).text == read


def test_spans_lead_back_to_what_was_written() -> None:
    body = plain("我院**最\u200b好**。")
    start = body.text.index("最好")
    assert body.span(start, start + 2) == (4, 7)


def test_text_without_tricks_keeps_its_places() -> None:
    body = plain("我院在人民路1号")
    assert [body.at[i] for i in range(len(body.text) + 1)] == list(range(9))
