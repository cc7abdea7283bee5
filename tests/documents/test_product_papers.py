"""The papers of service-products: the picture, the rules used, lawful words, nothing invented for an empty pilot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from engine.documents.render import Paper, render_paper
from engine.load import load
from engine.load.door import Loaded
from tests.documents import sample
from tests.documents.test_shipped import TEMPLATES, UNLAWFUL, asked, empty_pilot

LONG = "成人特应性皮炎多学科年度管理（皮肤、营养、心理三方评估与随访）"
ROWS: dict[str, dict[int, dict[str, Any]]] = {
    "products": {
        1: {
            "name": "初筛",
            "tier": "traffic",
            "price": Decimal(120),
            "times": Decimal(2),
            "purpose": "入口",
            "indication": "干痒者",
            "contents": "检测",
            "upgrade_to": "2",
            "upgrade_indication": "医生诊断为中重度",
            "refund": "unused",
        },
        2: {"name": "长期管理包", "tier": "core", "price": Decimal(1980), "times": Decimal(6), "upgrade_to": "3"},
        3: {"name": LONG, "tier": "premium", "price": Decimal(12800), "times": Decimal(1)},
    },
    "standards": {1: {"name": "当天答复", "measure": "抽查", "owner": "护士"}},
    "points": {
        1: {
            "product": "2",
            "pain": "回家就忘",
            "solution": "写成用药卡",
            "assurance": "1",
            "difference": "原来口头交代，现在一人一卡",
            "proof": "回执抽查",
        }
    },
    "paths": {
        1: {"name": "图书馆讲座", "product": "1", "place": "offline", "way": "partner", "basis": "协议"},
        2: {"name": "公园讲座", "product": "1", "place": "offline", "way": "partner", "basis": "协议"},
    },
    "chains": {1: {"product": "2", "design": "方宁", "consulting": "何静", "delivery": "李文"}},
    "deliveries": {1: {"product": "2", "person": "孙岩", "by_sop": "yes"}},
}


@cache
def shipped() -> Loaded:
    return load("service-products")


def render(document: str, rows: dict[str, dict[int, dict[str, Any]]] | None = None, draft: bool = True) -> Paper:
    pilot, events = empty_pilot(shipped().playbook)
    return render_paper(
        shipped().playbook,
        replace(pilot, rows=rows or {}),
        events,
        document,
        calendar=sample.calendar(),
        now=datetime(2026, 3, 2, 9, tzinfo=sample.ZONE),
        hospital="示范医院",
        templates=shipped().bundle.templates,
        draft=draft,
    )


def test_the_matrix_paper_has_the_picture_and_its_words() -> None:
    paper = render("matrix", ROWS)
    assert list(paper.charts) == ["matrix"]
    assert "](chart:matrix)" in paper.markdown
    assert f"升级到（只在有医学指征时）：{LONG}" in paper.markdown


def test_the_matrix_paper_tells_prices_upgrades_points_paths_and_chain() -> None:
    text = render("matrix", ROWS).markdown
    for heading in ("矩阵图", "价格与依据", "适应证与升级", "卖点", "推广路径", "三段链条与规程"):
        assert f"\n## {heading}\n" in text
    assert "| 初筛 | 长期管理包 | 医生诊断为中重度 |" in text
    assert "| 回家就忘 | 写成用药卡 | 当天答复 | 原来口头交代，现在一人一卡 | 回执抽查 |" in text


def test_only_the_rules_of_ways_in_use_are_printed_and_each_once() -> None:
    text = render("matrix", ROWS).markdown
    assert text.count("对方只提供场地或共同办健康讲座") == 1
    assert "先办物价手续" not in text


def test_what_is_missing_is_marked_and_listed() -> None:
    text = render("matrix", ROWS).markdown
    assert "【***待补充：收费依据：初筛***】" in text and "【***待补充：升级指征：长期管理包***】" in text
    assert "## 待补充清单" in text and "## 待补充清单" not in render("matrix", ROWS, draft=False).markdown


def test_an_empty_pilot_has_neither_picture_nor_invented_products() -> None:
    paper = render("matrix")
    assert not paper.charts and "待补充：产品矩阵" in paper.markdown
    assert "## 卖点" not in paper.markdown and "## 和自己的过去比" not in paper.markdown


def test_a_card_says_what_suits_whom_and_how_to_answer() -> None:
    text = render("cards", ROWS).markdown
    assert text.count("\n## ") == 3 + 2 + 1  # products, two tables of what to say, what is missing
    assert "靠什么保障：当天答复。" in text and "由医生提出，咨询专员不主动推荐" in text
    assert "院内使用，不对外发放" in text


def test_what_the_papers_say_of_their_own_is_lawful() -> None:
    own = "".join(TEMPLATES[name] for name in ("products.md.j2", "product-cards.md.j2"))
    assert not UNLAWFUL.search(own.replace("不以疗效退费", ""))
    forms = shipped().playbook.decisions["path_rule"].outputs["form"].options
    # Offers and rewards are named only where the lawful form forbids or bounds them.
    assert [w for w, form in forms.items() if UNLAWFUL.search(form) and w not in ("referral", "limited_offer")] == []


@pytest.mark.parametrize("template", ["products.md.j2", "product-cards.md.j2"])
def test_every_id_asked_for_is_declared(template: str) -> None:
    book = shipped().playbook
    columns = {column for record in book.records.values() for column in record.columns}
    known = {
        "need": book.fields,
        "field": book.fields,
        "need_metric": book.metrics,
        "metric": book.metrics,
        "need_rows": book.records,
        "record": book.records,
        "role": book.roles,
        "decision": book.decisions,
        "cell": columns,
        "option": columns,
    }
    ids = list(asked(template))
    assert len(ids) > 15
    assert [one for one in ids if one[0] in known and one[1] not in known[one[0]]] == []


def test_pdf_and_word_carry_the_picture() -> None:
    pytest.importorskip("typst", reason="not installed: typst")
    from engine.documents.pdf import to_pdf
    from engine.documents.word import to_docx

    paper = render("matrix", ROWS)
    made = to_pdf(paper)
    assert made.content.startswith(b"%PDF") and made.pages == 2
    assert b"word/media/" in to_docx(paper)
