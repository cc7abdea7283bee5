"""Make the fonts that papers are set in: Noto Sans SC, regular and bold, cut down to what Chinese papers use.

    python -m scripts.make_fonts "NotoSansSC[wght].ttf"

Needs fontTools (`pip install fonttools`), which nothing else here does. The source is the variable font of Google Fonts
(SIL Open Font License 1.1; engine/documents/pdf/fonts/OFL.txt goes with the cut). Kept are the characters of GB 2312, of our
own texts, Latin, punctuation, full-width forms, arrows and boxes; hinting and most of the layout tables are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "engine" / "documents" / "pdf" / "fonts"
_BLOCKS = ((0x20, 0x24F), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218F),
           (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF),
           (0x3000, 0x303F), (0xFE10, 0xFE1F), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x370, 0x3FF))  # fmt: skip


def characters() -> set[int]:
    """Code points to keep."""
    found = {code for first, last in _BLOCKS for code in range(first, last + 1)}
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    for folder in ("playbooks", "engine", "docs"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".yaml", ".md", ".j2"):
                found.update(map(ord, path.read_text(encoding="utf-8")))
    return found


def main(source: str) -> None:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    TARGET.mkdir(parents=True, exist_ok=True)
    for style, weight in (("Regular", 400), ("Bold", 700)):
        font = TTFont(source)
        options = Options()
        options.hinting = False
        options.layout_features = ["locl", "kern", "vert"]
        options.name_IDs = ["*"]
        options.drop_tables += ["DSIG", "STAT", "VORG"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=characters())
        subsetter.subset(font)
        font = instantiateVariableFont(font, {"wght": weight})
        for record in font["name"].names:
            if record.nameID == 2:
                record.string = style
        font["OS/2"].usWeightClass = weight
        font["OS/2"].fsSelection = 0x20 if style == "Bold" else 0x40
        font["head"].macStyle = 1 if style == "Bold" else 0
        font.save(TARGET / f"NotoSansSC-{style}.ttf", reorderTables=True)


if __name__ == "__main__":
    main(sys.argv[1])
