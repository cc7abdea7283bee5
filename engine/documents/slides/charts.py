"""A chart of PowerPoint's own, which can be edited: its figures stand in the workbook inside it, as text and numbers."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time
from typing import Any

from engine.documents.charts import Figures
from engine.documents.look import Palette
from engine.documents.slides import look
from engine.documents.slides.plan import Box
from engine.documents.slides.xml import emu
from engine.documents.word.inline import visible

_AMOUNT = re.compile(r"[\d,]+(?:\.\d+)?([^\d\s（()/\"]{0,4})")


def form_of(figures: Figures) -> str:
    """How a value is written behind its bar: a share, or an amount with the unit that all of them have."""
    if figures.form == "share":
        return "0.0%"
    found = [
        _AMOUNT.fullmatch(t)
        for one in figures.series
        for t, v in zip(one.texts, one.values, strict=True)
        if v is not None
    ]
    units = {one[1] if one else "" for one in found}
    unit = units.pop() if len(units) == 1 else ""
    return f'#,##0"{unit}"' if unit else "#,##0"


def add_chart(slide: Any, box: Box, figures: Figures, day: date, colours: Palette) -> None:
    """Bars from left to right, the first row on top, each with its figure behind it."""
    from pptx.chart import data as chart_data
    from pptx.enum.chart import XL_CHART_TYPE

    chart_data_of: Any = chart_data.CategoryChartData  # python-pptx is not typed
    data = chart_data_of(number_format=form_of(figures))
    data.categories = [visible(label) for label in figures.labels]
    for one in figures.series:
        data.add_series(visible(one.name), [None if v is None else float(v) for v in one.values])
    place = [emu(v) for v in (box.x, box.y, box.width, box.height)]
    shape = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    shape.name = visible(figures.title)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", visible(box.block.alt))
    shape.chart.part.chart_workbook.update_from_xlsx_blob(_workbook(figures, day))
    _dress(shape.chart, figures, colours)
    _number_axes(shape.chart)


def _number_axes(chart: Any) -> None:
    """python-pptx numbers axes below zero, which the schema forbids."""
    numbers: dict[str, str] = {}
    for one in chart._chartSpace.xpath(".//c:axId | .//c:crossAx"):
        one.set("val", numbers.setdefault(one.get("val"), str(len(numbers) + 1)))


def _workbook(figures: Figures, day: date) -> bytes:
    """The workbook behind the chart, in the cells that the chart names; a text that looks like a formula is a text."""
    import xlsxwriter

    from engine.documents.tasklist.xlsx import SAFE

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    book.set_properties({"created": datetime.combine(day, time())})
    sheet = book.add_worksheet("Sheet1")
    form = book.add_format({"num_format": form_of(figures)})
    for y, label in enumerate(figures.labels, 1):
        sheet.write_string(y, 0, visible(label))
    for x, one in enumerate(figures.series, 1):
        sheet.write_string(0, x, visible(one.name))
        for y, value in enumerate(one.values, 1):
            if value is not None:
                sheet.write_number(y, x, float(value), form)
    book.close()
    return made.getvalue()


def _dress(chart: Any, figures: Figures, colours: Palette) -> None:
    from pptx.dml import color
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    def shade(value: str) -> Any:
        kind: Any = color.RGBColor
        return kind.from_string(value)

    chart.font.size, chart.font.color.rgb = Pt(14), shade(look.INK)
    chart.has_title = True
    title = chart.chart_title.text_frame
    title.text = visible(figures.title)
    title.paragraphs[0].runs[0].font.size, title.paragraphs[0].runs[0].font.bold = Pt(14), True
    chart.has_legend = len(figures.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = True  # the first on top
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = shade(look.MUTED)
    names.has_major_gridlines = values.has_major_gridlines = False
    values.visible = False
    values.minimum_scale = 0 if not any(v is not None and v < 0 for s in figures.series for v in s.values) else None
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 0
    both = (colours.line, colours.main)  # before, after: apart in grey print too
    shades = both if len(figures.series) == 2 else (colours.main,)
    for one, drawn, fill in zip(figures.series, plot.series, [*shades, *both], strict=False):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = shade(fill)
        drawn.format.line.color.rgb = shade(colours.dark)
        labels = drawn.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, form_of(figures), False
        labels.font.size = Pt(13)
        if figures.form == "share":  # a share is never told without what it was counted from
            for index, text in enumerate(one.texts):
                if text:
                    frame = drawn.points[index].data_label.text_frame
                    frame.text, frame.word_wrap = visible(text), False
                    frame.paragraphs[0].runs[0].font.size = Pt(13)
