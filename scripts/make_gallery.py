"""Pictures of every paper of every shipped playbook, for looking at: files, PNGs and an index.html in a folder.

Usage: python3 scripts/make_gallery.py [--look] OUT [PLAYBOOK | PLAYBOOK.PAPER …]

Papers are made of the playbooks' sample data (`playbooks/samples/`, else the first scenario) in all their formats. Without
names all are made. `--look` dresses them in a made-up hospital's look. What is missing on this machine is told on the
screen and at the head of the page. Not part of CI.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.documents.look import PLAIN, Fonts, Logo, Look
from engine.documents.look.colours import palette_of
from engine.text import use_language
from scripts.gallery.files import write_files
from scripts.gallery.index import write_index
from scripts.gallery.pictures import Picture, absent, pictures_of
from scripts.gallery.samples import HOSPITAL, Item, items_of, playbooks, sample_of
from tests.documents.look.making import png


def made_up_look() -> Look:
    """Letterhead, logo, colour and a font with serifs."""
    logo = png(160, 60, (0x7A, 0x1F, 0x2B))
    lines = (HOSPITAL, "地址：示范市湖畔路1号　电话：0000-0000000", "让每一位患者都听得懂、找得到、走得顺")
    return Look(lines, Logo(logo, "image/png", 160, 60, logo), palette_of("#7A1F2B"), Fonts("宋体", "Times New Roman"))


def make_gallery(target: Path, names: Sequence[str] = (), look: Look = PLAIN) -> tuple[list[Picture], list[str]]:
    """The gallery in `target`; returns its pictures and what is missing in it."""
    wanted = {name.partition(".")[0] for name in names}
    items: list[Item] = []
    notes: dict[str, str] = {}
    missing = absent()
    files: list[Path] = []
    for playbook in playbooks():
        if wanted and playbook not in wanted:
            continue
        sample = sample_of(playbook)
        if sample.played.problems:
            why = "; ".join(p.message.en for p in sample.played.problems)
            notes[playbook] = (
                f"The sample {sample.source.name} stopped before its end, the papers show that point: {why}"
            )
        for item in items_of(sample, look):
            if names and not {item.playbook, item.stem} & set(names):
                continue
            items.append(item)
            found, lacking = write_files(item, target / "files")
            files += found
            missing += lacking
    pictures = list(pictures_of(files, target / "pictures"))
    write_index(target / "index.html", items, pictures, missing, notes)
    return pictures, [*missing, *(f"{name}: {note}" for name, note in notes.items())]


def main(words: list[str]) -> int:
    names = [word for word in words if not word.startswith("-")]
    unknown = [n for n in names[1:] if n.partition(".")[0] not in playbooks()] + [
        w for w in words if w.startswith("-") and w != "--look"
    ]
    if not names or unknown:
        print(__doc__, *(f"not known: {one}\n" for one in unknown), sep="\n", file=sys.stderr)
        return 2
    use_language("zh")
    target = Path(names[0])
    pictures, missing = make_gallery(target, names[1:], made_up_look() if "--look" in words else PLAIN)
    print(f"{len(pictures)} pictures; open {target / 'index.html'}")
    for text in missing:
        print(f"missing: {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
