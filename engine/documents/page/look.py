"""How pages look: the colours and fonts of papers as variables of a style sheet."""

from __future__ import annotations

from engine.documents.look import PLAIN
from engine.documents.look.colours import AMBER, INK, MUTED, WHITE

MONO = 'Consolas, Menlo, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'


def style_variables() -> dict[str, str]:
    """Name → value, in the program's own look; `engine.documents.look.web` lays a hospital's over them. Nothing else in a
    page names a colour or a font."""
    colours = PLAIN.colours
    return {
        "ink": f"#{INK}",
        "muted": f"#{MUTED}",
        "teal": f"#{colours.main}",
        "dark": f"#{colours.dark}",
        "pale": f"#{colours.pale}",
        "line": f"#{colours.line}",
        "amber": f"#{AMBER}",
        "paper": f"#{WHITE}",
        "warm": "#FDF6EC",
        "fonts": PLAIN.fonts.css,
        "mono": MONO,
    }
