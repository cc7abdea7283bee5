import hashlib
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.privacy import describe, find_identifiers

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(f.kind, text[f.start : f.end]) for f in find_identifiers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",  # both numbers are the examples of GB 11643 itself
        "440524188001010014",
        "110105 19491231 002x",
        "110105-1949-1231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105491231002",
        "1101 0549 1231 002",
    ],
)
def test_a_resident_id_is_found_however_it_is_written(text: str) -> None:
    assert kinds(f"患者{text}，男") == [("resident_id", text)]


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # wrong check character
        "110105194913310025",  # thirteenth month
        "990105194912310025",  # no such province
        "110105491331002",
        "990105491231002",
        "11010519491231002X7",
    ],
)
def test_a_number_that_is_no_resident_id_is_not_taken_for_one(text: str) -> None:
    assert kinds(text) == []


@given(st.sampled_from(["11", "33", "54", "82"]), st.dates(), st.integers(0, 9999), st.sampled_from(["", " ", "-"]))
def test_every_well_formed_resident_id_is_found(province: str, born: object, rest: int, gap: str) -> None:
    from datetime import date

    assert isinstance(born, date)
    head = f"{province}{rest:04}{1850 + born.year % 250:04}{born.month:02}{min(born.day, 28):02}{rest % 1000:03}"
    number = head + "10X98765432"[sum(int(d) * w for d, w in zip(head, WEIGHTS, strict=True)) % 11]
    written = gap.join((number[:6], number[6:14], number[14:]))
    assert kinds(f"号码{written}。") == [("resident_id", written)]


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138－0013－8000",
        "1380-013-8000",
        "+86 13800138000",
        "8613800138000",
        "１３８００１３８０００",
        "138\u200b0013\u200b8000",
        "①③⑧00138000",
        "١٣٨٠٠١٣٨٠٠٠",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text: str) -> None:
    assert kinds(f"请联系 {text} 王女士") == [("mobile", text)]


@pytest.mark.parametrize("before", ["tel", "手机", "微信：", "wx", "1.", "电话"])
def test_a_mobile_number_is_found_behind_a_word(before: str) -> None:
    assert kinds(f"{before}13800138000") == [("mobile", "13800138000")]


@pytest.mark.parametrize(
    "text",
    ["0571-88887777", "0571 8888777", "010-62345678", "(0571)88887777", "（0571）8888-7777", "+86 571 8888 7777"],
)
def test_a_landline_with_its_area_code_is_found(text: str) -> None:
    assert kinds(f"办公室{text}") == [("phone", text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("住院号：123456", "123456"),
        ("住院号 ZY-0012", "ZY-0012"),
        ("病历号为A00123", "A00123"),
        ("门诊号#20260012", "20260012"),
        ("床号12", "12"),
        ("病床号：3", "3"),
        ("就诊卡号（778899）", "778899"),
        ("MRN 123456", "123456"),
    ],
)
def test_a_record_number_is_found_behind_its_word(text: str, number: str) -> None:
    assert kinds(text) == [("record_number", number)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "取得临时协调权",
        "费用86000元，其中 15000000000元",
        "¥13800138000",
        "13,800,138,000",
        "13800138000.50",
        "2026-03-02 10:30 至 2026-03-15",
        "20260302103000",
        "国卫办〔2026〕12号",
        "ISBN 978-7-5217-1234-5",
        "9787521712345",
        "P-20260302-01",
        "合格率 46/50，0.13800138000",
        "每天放门诊号 200 个",
        "门诊号源 50",
        "138001380001",
        "a13800138000f",
        "版本 1.10.123",
    ],
)
def test_money_dates_and_document_numbers_are_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_hashes_are_left_alone() -> None:
    found = [i for i in range(3000) if find_identifiers(hashlib.sha256(str(i).encode()).hexdigest())]
    assert found == []


def test_several_findings_come_in_order_with_their_places() -> None:
    text = "住院号123456，身份证11010519491231002X，电话０５７１－８８８８７７７７"
    assert kinds(text) == [
        ("record_number", "123456"),
        ("resident_id", "11010519491231002X"),
        ("phone", "０５７１－８８８８７７７７"),
    ]


def test_describe_masks_what_it_names() -> None:
    said = describe(find_identifiers("13812345678 和 住院号 1234567"))
    assert said.zh == "手机号 138****5678、病历/住院类号码 *******"
    assert said.en == "mobile number 138****5678, record number *******"


@given(st.text(max_size=200))
def test_any_text_is_read_and_places_lie_inside_it(text: str) -> None:
    end = 0
    for found in find_identifiers(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


def test_a_text_without_digits_costs_almost_nothing() -> None:
    prose = "我们计划完成试点，" * 500
    probe = "我们计划在2026年完成试点，" * 320
    fast = min(timeit.repeat(lambda: find_identifiers(prose), number=20, repeat=3))
    slow = min(timeit.repeat(lambda: find_identifiers(probe), number=20, repeat=3))
    assert fast * 3 < slow
    assert slow / 20 < 0.05
