"""A page in the hospital's look: its colours, fonts and letterhead put into an HTML file of the program's own.

A page keeps to three conventions and knows nothing of hospitals: colours and fonts are the variables `--teal`, `--dark`,
`--pale`, `--line` and `--fonts`, the first `</style>` ends its stylesheet, and the first `<header>` is its head. All three
are the program's own words; a text of anybody's is escaped and cannot be taken for them.
"""

from __future__ import annotations

import re
from html import escape

from engine.documents.look.value import PLAIN, Look

_HEADER = re.compile(r"<header\b[^>]*>")


def dress(page: str, look: Look, *, painted: bool = False) -> str:
    """The page in this look; the program's own look leaves it as it is. `painted`: its pictures are in the look's colours
    already (one of them may be a colour of the program's own, and must not be taken for it)."""
    if look == PLAIN:
        return page
    page = page if painted else look.colours.paint(page)
    page = page.replace("</style>", f"{stylesheet(look)}</style>", 1)
    return _HEADER.sub(lambda found: found[0] + "\n" + letterhead(look), page, count=1) if look.headed else page


def stylesheet(look: Look) -> str:
    """Rules to stand after those of a page."""
    c = look.colours
    return (
        f":root {{ --teal: #{c.main}; --dark: #{c.dark}; --pale: #{c.pale}; --line: #{c.line}; "
        f"--fonts: {look.fonts.css}; }}\n"
        f"body, svg text {{ font-family: {look.fonts.css}; }}\n"
        ".letterhead { display: flex; align-items: center; gap: 14px; padding-bottom: 10px; margin-bottom: 10px; "
        "border-bottom: 1px solid var(--line); background: #fff; }\n"
        ".band .letterhead { padding: 14px max(24px, calc(50% - 566px)); margin: 0; }\n"
        ".letterhead img { max-width: 45%; max-height: 56px; }\n"
        # A wide logo stands above the name on a phone, a square one beside it.
        "@media screen and (max-width: 640px) { .letterhead { flex-wrap: wrap; gap: 8px 14px; } "
        ".letterhead img { max-width: 100%; max-height: 44px; } .letterhead div { flex: 1 1 15em; } "
        ".band .letterhead { padding: 12px 16px; } }\n"
        "@media print { .band .letterhead { padding: 0 0 6px; margin: 0 0 6px; } .letterhead img { max-height: 44px; } }\n"
        "header .letterhead p { margin: 0; font-size: 13px; color: var(--muted); }\n"
        "header .letterhead p:first-child { font-size: 20px; font-weight: 700; color: var(--dark); }\n"
    )


def letterhead(look: Look) -> str:
    """The letterhead as HTML; empty where there is none."""
    if not look.headed:
        return ""
    logo = f'<img src="{look.logo.uri}" alt="">' if look.logo else ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in look.letterhead)
    return f'<div class="letterhead">{logo}<div>{lines}</div></div>\n'
