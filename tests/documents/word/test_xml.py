from docx.oxml.ns import qn

from engine.documents.word.xml import check_box, field, run, run_properties, style


def names(node: object) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in node]  # type: ignore[attr-defined]


def test_run_properties_stand_in_the_order_of_the_schema() -> None:
    made = run_properties(size=9, color="000000", bold=True, strike=True, font="Arial")
    assert names(made) == ["rFonts", "b", "bCs", "strike", "color", "sz", "szCs"]


def test_run_breaks_lines_and_keeps_spaces() -> None:
    made = run(" 甲\n乙")
    assert names(made) == ["rPr", "t", "br", "t"]
    assert made.find(qn("w:t")).text == " 甲"


def test_check_box_holds_its_label_as_text() -> None:
    made = check_box(7, True, "<a> & '引'")
    assert made.find(qn("w:sdtPr")).find(qn("w:alias")).get(qn("w:val")) == "<a> & '引'"
    assert [t.text for t in made.iter(qn("w:t"))] == ["☑"]


def test_field_opens_and_closes() -> None:
    kinds = [c.get(qn("w:fldCharType")) for part in field("PAGE", "1") for c in part.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_style_properties_stand_in_the_order_of_the_schema() -> None:
    made = style("X", keep=True, fill="FFFFFF", left=1, outline=0, border='<w:top w:val="single"/>', next="Normal")
    assert names(made) == ["name", "basedOn", "next", "qFormat", "pPr", "rPr"]
    order = ["keepNext", "keepLines", "pBdr", "shd", "spacing", "ind", "outlineLvl"]
    assert names(made.find(qn("w:pPr"))) == order
