"""Conditions: CEL, typed against what a playbook declares. The only importer of the CEL library.

`compile_check` finds what is wrong with a condition as written; `evaluate` decides it and says which part failed;
`names` lists what it talks about. The names a condition may use are listed in docs/dsl.md, "Conditions".
"""

from engine.expressions.check import compile_check
from engine.expressions.evaluate import Verdict, evaluate
from engine.expressions.names import names
from engine.pilot.facts import MISSING

__all__ = ["MISSING", "Verdict", "compile_check", "evaluate", "names"]
