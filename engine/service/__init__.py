"""One call per user wish: load, settle timers, decide, append, project. Every shell (terminal, web) stands on this."""

from engine.service.desk import Desk
from engine.service.views import Outcome, PilotView

__all__ = ["Desk", "Outcome", "PilotView"]
