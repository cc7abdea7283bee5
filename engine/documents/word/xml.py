"""Small pieces of WordprocessingML that python-docx has no call for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from engine.documents.look import Fonts
from engine.documents.word.look import INK, SYMBOL

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
# Children of a run's properties, in the order the schema asks for.
_RUN_ORDER = "rStyle rFonts b bCs i iCs caps strike color spacing sz szCs highlight u shd vertAlign lang".split()


def element(tag: str, **attributes: object) -> Any:
    """`element("w:shd", fill="EEEEEE")`: attributes are in the `w:` namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def run_properties(
    *, size: float | None = None, color: str | None = None, bold: bool = False, strike: bool = False, font: str = ""
) -> Any:
    """`w:rPr`. The hint makes quotation marks and dashes take the Chinese font's shapes."""
    made = element("w:rPr")
    if font:
        made.append(element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
    else:
        made.append(element("w:rFonts", hint="eastAsia"))
    if bold:
        made.extend([element("w:b"), element("w:bCs")])
    if strike:
        made.append(element("w:strike"))
    if color:
        made.append(element("w:color", val=color))
    if size:
        made.extend([element("w:sz", val=int(size * 2)), element("w:szCs", val=int(size * 2))])
    made[:] = sorted(made, key=lambda child: _RUN_ORDER.index(child.tag.rpartition("}")[2]))
    return made


def run(text: str, **properties: Any) -> Any:
    """`w:r` with text; line feeds become line breaks."""
    made = element("w:r")
    made.append(run_properties(**properties))
    for index, line in enumerate(text.split("\n")):
        if index:
            made.append(element("w:br"))
        if line:
            words = element("w:t")
            words.text = line
            words.set(qn("xml:space"), "preserve")
            made.append(words)
    return made


def check_box(number: int, checked: bool, label: str) -> Any:
    """A content control that Word ticks on a click. `number` must be unique in the document."""
    mark = "\N{BALLOT BOX WITH CHECK}" if checked else "\N{BALLOT BOX}"
    made = parse_xml(
        f"<w:sdt {nsdecls('w')} xmlns:w14='{W14}'><w:sdtPr><w:alias/><w:tag w:val='check-{number}'/>"
        f"<w:id w:val='{number}'/><w14:checkbox><w14:checked w14:val='{int(checked)}'/>"
        f"<w14:checkedState w14:val='2611' w14:font='{SYMBOL}'/>"
        f"<w14:uncheckedState w14:val='2610' w14:font='{SYMBOL}'/></w14:checkbox></w:sdtPr>"
        "<w:sdtContent/></w:sdt>"
    )
    made.find(qn("w:sdtPr")).find(qn("w:alias")).set(qn("w:val"), label[:60])
    made.find(qn("w:sdtContent")).append(run(mark, font=SYMBOL))
    return made


def field(instruction: str, shown: str, **properties: Any) -> list[Any]:
    """Runs of a field such as PAGE, with the text shown until Word computes it."""
    parts = []
    for kind in ("begin", "separate", "end"):
        mark = element("w:r")
        mark.append(run_properties(**properties))
        mark.append(element("w:fldChar", fldCharType=kind))
        if kind == "begin":
            code = element("w:r")
            code.append(run_properties(**properties))
            words = element("w:instrText")
            words.text = f" {instruction} "
            words.set(qn("xml:space"), "preserve")
            code.append(words)
            parts.extend([mark, code])
        elif kind == "separate":
            parts.extend([mark, run(shown, **properties)])
        else:
            parts.append(mark)
    return parts


def fonts(names: Fonts) -> Any:
    return element("w:rFonts", ascii=names.latin, hAnsi=names.latin, eastAsia=names.chinese, cs=names.latin)


def style(
    name: str,
    *,
    base: str = "Normal",
    kind: str = "paragraph",
    id: str = "",
    next: str = "",
    size: float | None = None,
    color: str = INK,
    bold: bool = False,
    font: str = "",
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    pitch: float = 0,
    left: float = 0,
    hanging: float = 0,
    right: float = 0,
    outline: int | None = None,
    keep: bool = False,
    fill: str = "",
    border: str = "",
) -> Any:
    """A paragraph style. Points, but `left`, `right`, `hanging` in centimetres; `line` in lines of the font,
    `pitch` in points; `border` is what `w:pBdr` holds."""
    made = element("w:style", type=kind, styleId=id or name.replace(" ", ""))
    made.append(element("w:name", val=name))
    if name != "Normal":
        made.append(element("w:basedOn", val=base))
    else:
        made.set(qn("w:default"), "1")
    if next:
        made.append(element("w:next", val=next))
    made.append(element("w:qFormat"))
    shape = element("w:pPr")
    if keep:
        shape.extend([element("w:keepNext"), element("w:keepLines")])
    if border:
        shape.append(parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"))
    if fill:
        shape.append(element("w:shd", val="clear", color="auto", fill=fill))
    spacing = element("w:spacing", before=int(before * 20), after=int(after * 20))
    if line:
        spacing.set(qn("w:line"), str(int(line * 240)))
        spacing.set(qn("w:lineRule"), "auto")
    if pitch:
        spacing.set(qn("w:line"), str(round(pitch * 20)))
        spacing.set(qn("w:lineRule"), "exact")
    shape.append(spacing)
    if left or hanging or right:
        shape.append(element("w:ind", left=twips(left), right=twips(right), hanging=twips(hanging)))
    if outline is not None:
        shape.append(element("w:outlineLvl", val=outline))
    made.append(shape)
    look = run_properties(size=size, color=color, bold=bold)
    look.remove(look.find(qn("w:rFonts")))
    if font:
        look.insert(0, fonts(Fonts(font, font)))
    made.append(look)
    return made


def twips(centimetres: float) -> int:
    return round(centimetres * 1440 / 2.54)
