"""The page that shows a gallery: what is missing first, then each paper with its files and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from scripts.gallery.pictures import Picture
from scripts.gallery.samples import Item

_NAMES = {
    "docx": "Word, through LibreOffice",
    "pdf": "PDF",
    "grey": "PDF, printed in grey",
    "pptx": "Slides, through LibreOffice",
    "xlsx": "Excel, printed through LibreOffice",
    "desktop": "HTML in Chromium, 1280 pixels",
    "phone": "HTML in Chromium, 375 pixels",
}
_STYLE = """body{font:15px/1.5 sans-serif;margin:24px;color:#1f2933}h2{margin-top:48px;border-bottom:2px solid #0f6e84}
.warn{background:#fdf6ec;border-left:5px solid #b45309;padding:8px 14px}
.row{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}img{border:1px solid #c5d3d8;max-width:100%}
.docx img,.pdf img,.grey img{width:297px}.pptx img{width:420px}.xlsx img{width:420px}.desktop img{width:640px}"""


def write_index(
    target: Path, items: Iterable[Item], pictures: Iterable[Picture], missing: Iterable[str], notes: Mapping[str, str]
) -> None:
    """`missing`: parts that are not shown, and why; `notes`: what is to be known of a playbook's sample."""
    shown: dict[str, dict[str, list[Picture]]] = {}
    for one in pictures:
        shown.setdefault(one.file.stem, {}).setdefault(one.kind, []).append(one)
    told = "".join(f"<li>{escape(text)}</li>" for text in missing)
    parts = [f'<div class="warn"><p>Missing here:</p><ul>{told}</ul></div>' if told else "<p>Nothing is missing.</p>"]
    before = ""
    for item in items:
        if item.playbook != before:
            before = item.playbook
            parts.append(f"<h1>{escape(before)}</h1>")
            if before in notes:
                parts.append(f'<p class="warn">{escape(notes[before])}</p>')
        parts.append(_part(item, shown.get(item.stem, {}), target.parent))
    body = "\n".join(parts)
    target.write_text(
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>Papers</title><style>{_STYLE}</style></head>'
        f"<body>{body}</body></html>\n",
        encoding="utf-8",
    )


def _part(item: Item, kinds: Mapping[str, list[Picture]], root: Path) -> str:
    files = ", ".join(f'<a href="files/{escape(item.stem)}.{f}">{f}</a>' for f in item.formats)
    made = [f"<h2>{escape(item.title)} ({escape(item.stem)})</h2><p>{files}</p>"]
    for kind, found in kinds.items():
        images = "".join(
            f'<a href="{escape(p.path.relative_to(root).as_posix())}"><img loading="lazy" alt="{escape(p.path.stem)}" '
            f'src="{escape(p.path.relative_to(root).as_posix())}"></a>'
            for p in found
        )
        made.append(f'<h3>{_NAMES[kind]}</h3><div class="row {kind}">{images}</div>')
    if not kinds:
        made.append('<p class="warn">No pictures.</p>')
    return "\n".join(made)
