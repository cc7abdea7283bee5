"""A deck with one of everything, and readers for what comes out."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from engine.documents.charts import Figures, Series
from engine.documents.render import Paper
from engine.documents.slides import to_pptx
from tests.documents.word.test_writer import paper

SHARES = Figures(
    "各环节比例",
    ("咨询→预约", "预约→到诊"),
    (
        Series("之前", (Decimal("0.357"), Decimal("0.788")), ("35.7%（104/291）", "78.8%（82/104）")),
        Series("现在", (Decimal("0.446"), Decimal("0.808")), ("44.6%（172/386）", "80.8%（139/172）")),
    ),
    "share",
)
MONEY = Figures(
    "各渠道收入",
    ("短视频", '=HYPERLINK("http://a.example")'),
    (Series("花费", (16400, None), ("16,400元", "—")), Series("收入", (43875, 17550), ("43,875元", "17,550元"))),
)
TEXT = """# 成果展示

> ***草稿*** · 2026年3月2日

## 怎样开始的

<!-- notes: 先讲主任的那句话，
甲\\*乙\\* 不念稿。 -->

- 湿疹患者反复就诊，**同一个问题**问了又问
  - 里面一层
1. 第一条

- [ ] 邀请眼科
- [x] 邀请内分泌科

## 数字

<!-- cards -->

| 投入 | 新患者 |
| --- | --- |
| 58,600元 | 【***待补充：新患者***】 |

![两边的比例](chart:change)

前后对比不能证明原因。

---

![收入](chart:channels)

## 表

| 环节 | 日期 | 现在 |
| --- | --- | ---: |
| 咨询 | 2026-07-07 | 当天回 |
"""


def deck(markdown: str = TEXT, **changes: Any) -> Paper:
    values = {"figures": {"change": SHARES, "channels": MONEY}, "title": "成果展示", "draft": True}
    return paper(markdown, **(values | changes))


def read(made: Paper) -> Any:
    from pptx import Presentation

    return Presentation(io.BytesIO(to_pptx(made)))


def texts(slide: Any) -> str:
    """All text of a slide: boxes, tables."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found += [p.text for p in shape.text_frame.paragraphs]
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)
