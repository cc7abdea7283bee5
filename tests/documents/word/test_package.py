import io
import zipfile
from datetime import date

from engine.documents.word.package import fixed


def package(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in names:
            target.writestr(
                name, '<a><Relationship Id="1" Target="docProps/thumbnail.jpeg"/><Relationship Id="2" Target="b"/></a>'
            )
    return made.getvalue()


def test_order_of_parts_and_clock_do_not_matter() -> None:
    one = fixed(package("word/b.xml", "[Content_Types].xml", "word/a.xml"), date(2026, 3, 2))
    assert one == fixed(package("word/a.xml", "word/b.xml", "[Content_Types].xml"), date(2026, 3, 2))
    assert zipfile.ZipFile(io.BytesIO(one)).namelist()[0] == "[Content_Types].xml"
    assert one != fixed(package("word/a.xml", "word/b.xml", "[Content_Types].xml"), date(2026, 3, 3))


def test_unused_parts_go_with_their_relations() -> None:
    made = zipfile.ZipFile(
        io.BytesIO(fixed(package("_rels/.rels", "docProps/thumbnail.jpeg", "customXml/item1.xml"), date(2026, 3, 2)))
    )
    assert made.namelist() == ["_rels/.rels"]
    assert made.read("_rels/.rels") == b'<a><Relationship Id="2" Target="b"/></a>'
