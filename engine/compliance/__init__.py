"""What a hospital may say where: a rule pack over texts (phrases, names, numbers) and facts (consent, review, labels).

Patterns are a net, not a judgement: nothing here ever says that a text is lawful, only what was found in it.
"""

from __future__ import annotations

from engine.compliance.load import load_pack
from engine.compliance.model import CHANNELS, PURPOSES, Finding, Pack
from engine.compliance.scan import scan
from engine.compliance.verdict import Verdict, judge

__all__ = ["CHANNELS", "PURPOSES", "Finding", "Pack", "Verdict", "judge", "load_pack", "scan"]
