from docx import Document
from docx.oxml.ns import qn

from engine.documents.word.styles import NUMBERS, add_number, prepare


def test_every_style_rests_on_one_that_is_there() -> None:
    document = Document()
    prepare(document)
    styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}
    assert len(styles) < 40  # the sample template's two hundred are gone
    for made in styles.values():
        base = made.find(qn("w:basedOn"))
        assert base is None or base.get(qn("w:val")) in styles


def test_numberings_come_before_their_instances_and_restart() -> None:
    document = Document()
    prepare(document)
    add_number(document, 11, NUMBERS, restart=True, start=3)
    tags = [child.tag.rpartition("}")[2] for child in document.part.numbering_part.element]
    assert tags == sorted(tags)  # abstractNum … num
    last = document.part.numbering_part.element[-1]
    assert last.find(qn("w:lvlOverride")).find(qn("w:startOverride")).get(qn("w:val")) == "3"


def test_the_chinese_font_names_what_may_stand_in_for_it() -> None:
    document = Document()
    prepare(document)
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    assert "Noto Sans CJK SC" in part.blob.decode()
