"""The layout of tables: no column too narrow to be read; what does not fit on a phone becomes cards."""

from engine.documents.page.tables import Layout, is_blank, layout_of
from engine.documents.pdf.nodes import Node, nodes_of


def table(*rows: str) -> Node:
    head, *body = rows
    marks = "|".join("---:" if cell.endswith(":") else "---" for cell in head.split("|"))
    lines = "\n".join(f"| {line} |" for line in (head.replace(":", ""), marks, *body))
    return nodes_of(f"# 题\n\n{lines}\n")[1]


def test_a_name_and_a_text_stay_a_table_and_the_text_has_the_room() -> None:
    found = layout_of(
        table("项目|内容", "试点科室|皮肤科", "核心价值|一次看明白怎样长期管住湿疹，用药、护肤、复诊写成一张卡")
    )
    assert found.phone == (226, 774) and found.least == 240


def test_a_date_needs_its_line() -> None:
    found = layout_of(table("日期|经过", "2026年12月31日|" + "进入下一步" * 8))
    assert 7.48 * 15 <= found.phone[0] * 328 / 1000 - 13 <= 7.6 * 15


def test_three_long_texts_become_cards() -> None:
    say = "您好，我先了解一下您的情况，再向您介绍就诊流程"
    assert layout_of(table("可以这样说|不要这样说|为什么", f"{say}|{say}|{say}")).phone == ()


def test_many_figures_become_cards_and_few_do_not() -> None:
    head, row = "渠道|花费:|到诊:", "讲座|9,600元|31人"
    assert layout_of(table(head, row)).phone != ()
    assert layout_of(table(f"{head}|新增业务收入:|单位获客成本:", f"{row}|187,200元|1,290.91元/人")).phone == ()


def test_columns_that_were_given_too_little_get_what_they_need() -> None:
    node = table("编号|收费已核|说明", "1|已核|" + "很长的说明" * 9)
    narrow = {**node, "widths": [4800, 100, 4700]}
    found = layout_of(narrow)
    assert found.shares[1] * 858 / 1000 >= 4 * 15 + 21 and 998 <= sum(found.shares) <= 1002


def test_a_table_of_very_many_columns_is_cards_everywhere() -> None:
    found = layout_of(table("|".join(f"列{n}的名称" for n in range(11)), "|".join(["说明写在这里"] * 11)))
    assert found == Layout((91,) * 11, 0, ())


def test_what_no_line_break_falls_into_has_room() -> None:
    found = layout_of(table("环节|占前一环", "曝光|那一段时间里 7%（1,288,520/11,122,500），比之前多"))
    assert found.least == 300


def test_a_box_takes_room_beside_its_words() -> None:
    assert layout_of(table("事|办", "科室|[ ] 是")).phone == layout_of(table("事|办", "科室|三个字")).phone


def test_a_row_is_blank_where_nothing_stands_and_no_box_is_ticked() -> None:
    rows = table("甲|乙", "|", "|[ ]", "|[x]", "丙|[ ]")["rows"]
    assert [is_blank(row) for row in rows] == [False, True, True, False, False]
