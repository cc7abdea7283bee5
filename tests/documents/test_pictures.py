"""Pictures by name: what of a pilot goes into them."""

from decimal import Decimal
from typing import Any

from engine.documents.context import build_context
from engine.documents.pictures import matrix_drawing, stages_drawing
from engine.model import Field, Playbook, Record
from engine.process.context import Context
from engine.service.results import Results
from engine.service.views import PilotView
from scripts.gallery.samples import sample_of
from tests.documents import sample
from tests.documents.charts.picture import assert_sound, texts

COLUMNS = {
    "name": Field("name", "产品", "text", required=True),
    "tier": Field("tier", "层次", "choice", options={"low": "入门", "high": "高端"}),
    "price": Field("price", "价格", "money"),
    "times": Field("times", "次数", "number", unit="次/年"),
    "onward": Field("onward", "升级（有指征）", "ref", to="goods"),
}
ROWS: dict[int, dict[str, Any]] = {
    1: {"name": "初筛", "tier": "low", "price": Decimal(80), "times": Decimal(2), "onward": "3"},
    2: {"name": "护理课", "tier": "low", "price": Decimal(199)},
    3: {"name": "年度管理", "tier": "high", "price": Decimal(9800), "times": Decimal(1)},
}


def book(**columns: Field) -> Playbook:
    record = Record("goods", "产品矩阵", COLUMNS | columns, "name")
    return sample.book(records={**sample.book().records, "goods": record})


def test_a_record_of_products_is_drawn_with_its_tiers_prices_and_paths() -> None:
    drawing = matrix_drawing(book(), sample.pilot(rows={"goods": ROWS}), "zh")
    assert drawing is not None
    assert_sound(drawing.svg)
    assert drawing.alt == (
        "产品矩阵：入门 80元–199元；初筛 80元，2次/年，升级（有指征）：年度管理；护理课 199元；"
        "高端 9,800元；年度管理 9,800元，1次/年"
    )
    assert "升级（有指征）" in texts(drawing.svg)


def test_there_is_no_matrix_without_rows_or_without_the_three_columns() -> None:
    assert matrix_drawing(book(), sample.pilot(), "zh") is None
    for column in ("tier", "price", "onward"):
        plain = book(**{column: Field(column, "别的", "text")})
        assert matrix_drawing(plain, sample.pilot(rows={"goods": ROWS}), "zh") is None
    elsewhere = book(onward=Field("onward", "房间", "ref", to="rooms"))
    assert matrix_drawing(elsewhere, sample.pilot(rows={"goods": ROWS}), "zh") is None


def test_a_row_without_a_tier_stays_out_and_one_without_a_price_is_drawn_all_the_same() -> None:
    rows = {**ROWS, 4: {"name": "未定层"}, 5: {"name": "未定价", "tier": "high", "onward": "9"}}
    drawing = matrix_drawing(book(), sample.pilot(rows={"goods": rows}), "zh")
    assert drawing is not None
    assert "未定层" not in drawing.alt and "未定价" in texts(drawing.svg)


def test_a_paper_has_the_matrix_under_its_name_without_any_ledger() -> None:
    made = Context(book(), sample.pilot(rows={"goods": ROWS}), sample.NOW, sample.calendar())
    document = book().documents["guide"]
    data, asking = build_context(made, sample.events(), document, hospital="医院", language="zh", draft=True)
    assert data["chart"]("matrix").endswith("(chart:matrix)")
    assert list(asking.drawn) == ["matrix"]
    assert data["chart"]("funnel") == ""


def test_a_stage_that_a_pilot_was_in_more_than_once_is_told_apart() -> None:
    played = sample_of("patient-funnel").played
    view = PilotView(played.context, played.events, played.context.now)
    zh = stages_drawing(Results(view, played.sums), "zh")
    en = stages_drawing(Results(view, played.sums), "en")
    assert zh is not None and en is not None
    assert [text for text in texts(zh.svg) if text.startswith("一轮一轮地压")] == [
        f"一轮一轮地压（第{turn}次）" for turn in (1, 2, 3)
    ]
    assert "量基线" in texts(zh.svg)  # once: nothing behind its name
    assert "一轮一轮地压 (turn 3)" in texts(en.svg)
