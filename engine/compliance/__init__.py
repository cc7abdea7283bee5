"""What a hospital may say where: a rule pack over texts (phrases, names, numbers) and facts (consent, review, labels).

Patterns are a net, not a judgement: nothing here ever says that a text is lawful, only what was found in it.
"""

from __future__ import annotations

from engine.compliance.load import load_pack
from engine.compliance.model import Finding, Pack
from engine.compliance.scan import scan

__all__ = ["Finding", "Pack", "load_pack", "scan"]
