"""Unknown names that are noted and not raised: one try of a template finds all of them."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import currentframe
from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import SecurityError
from jinja2.utils import missing as absent

from engine.documents.views import names_in
from engine.frozen import frozen


@frozen
class Note:
    """`known`: what could stand there, None for any name of the paper. `forbidden`: it is there, but not for templates."""

    file: str
    line: int
    name: str
    known: tuple[str, ...] | None
    forbidden: bool


class Noted(Undefined):
    """Behaves like nothing at all, whatever a template does with it, and writes down where that was."""

    __slots__ = ()
    notes: list[Note]

    def _note(self) -> None:
        file, line = _here()
        obj = self._undefined_obj
        known = None if obj is absent else names_in(obj)
        forbidden = self._undefined_exception is SecurityError
        note = Note(file, line, str(self._undefined_name), known, forbidden)
        if note not in self.notes:
            self.notes.append(note)

    def _nothing(self, *others: Any, **more: Any) -> Any:
        self._note()
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._nothing()

    def __str__(self) -> str:
        self._note()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._note()
        return iter(())

    def __len__(self) -> int:
        self._note()
        return 0

    def __bool__(self) -> bool:
        self._note()
        return False

    def __eq__(self, other: object) -> bool:
        self._note()
        return False

    def __ne__(self, other: object) -> bool:
        self._note()
        return True

    def __hash__(self) -> int:
        return id(self)

    def __contains__(self, item: object) -> bool:
        self._note()
        return False

    def _zero(self, *others: Any, **more: Any) -> Any:
        self._note()
        return 0

    __int__ = __float__ = _zero

    __call__ = __getitem__ = _nothing
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _nothing
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pos__ = __neg__ = __pow__ = __rpow__ = _nothing

    def _less(self, *others: Any, **more: Any) -> Any:
        self._note()
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _less


def noting(notes: list[Note]) -> type[Undefined]:
    """What an unknown name becomes so that it ends up in `notes`."""
    return type("_Noted", (Noted,), {"__slots__": (), "notes": notes})


def _here() -> tuple[str, int]:
    """The file and line of the innermost template that runs now."""
    frame = currentframe()
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and frame.f_code.co_filename == template.filename:
            return str(template.filename), int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return "", 0
