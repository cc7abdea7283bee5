"""How papers look: letterhead, logo, colours, fonts, Word template. One frozen value that every writer takes.

`PLAIN` is the program's own look; `engine.documents.look.read` makes the hospital's from its settings.
"""

from engine.documents.look.colours import Palette
from engine.documents.look.value import PLAIN, FontFile, Fonts, Logo, Look

__all__ = ["PLAIN", "FontFile", "Fonts", "Logo", "Look", "Palette"]
