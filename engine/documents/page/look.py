"""How pages look: the colours and fonts of papers as variables of a style sheet."""

from __future__ import annotations

from engine.documents.word import look

FONTS = '"Noto Sans SC", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Hiragino Sans GB", sans-serif'
MONO = 'Consolas, Menlo, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'


def style_variables() -> dict[str, str]:
    """Name → value. Nothing else in a page names a colour or a font."""
    return {
        "ink": f"#{look.INK}",
        "muted": f"#{look.MUTED}",
        "teal": f"#{look.TEAL}",
        "dark": f"#{look.DARK}",
        "pale": f"#{look.PALE}",
        "line": f"#{look.LINE}",
        "amber": f"#{look.AMBER}",
        "paper": "#FFFFFF",
        "warm": "#FDF6EC",
        "fonts": FONTS,
        "mono": MONO,
    }
