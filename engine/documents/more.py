"""What a paper may be told besides the pilot itself: its family, who it is for, whether it must name its sources."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from engine.frozen import frozen

if TYPE_CHECKING:
    from engine.process.inheritance import Inherited
    from engine.service.lineage import Ancestor


@frozen
class More:
    """`department` and `start`: the paper is for that department, which would begin on that day. `role`: only what that
    role needs. `trace`: the paper keeps the sources of what it says."""

    ancestors: tuple[Ancestor, ...] = ()
    inherited: tuple[Inherited, ...] = ()
    department: str = ""
    start: date | None = None
    role: str | None = None
    trace: bool = False


NOTHING_MORE = More()
