"""The CEL library, wrapped: compile text against declared names, run it, read its errors. Imported on first use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from engine.expressions.scope import Kind
from engine.frozen import frozen

_ERROR = r"(?m)^(?:INVALID_ARGUMENT: )?ERROR: <input>:(\d+):(\d+): (.*?)(?: \[INVALID_ARGUMENT\])?$"


@frozen
class CelError:
    """One complaint of the compiler: its offset in the compiled text and its words."""

    index: int
    text: str


class CelRefused(Exception):
    """The compiler's complaints about one text."""

    def __init__(self, errors: tuple[CelError, ...]) -> None:
        super().__init__("; ".join(error.text for error in errors))
        self.errors = errors


@frozen
class Outcome:
    """What running a condition gave: a plain value, or (`error`) why there is none."""

    value: object = None
    error: str = ""


class Program:
    """A compiled condition. `result` is the CEL name of its type (`BOOL`, `DOUBLE` …)."""

    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled
        self.result: str = compiled.return_type().name()

    def run(self, data: Mapping[str, object]) -> Outcome:
        # The library does not raise: an error is a value of type ERROR, and its text would count as true.
        result = self._compiled.eval(data=data)
        if result.type().name() == "ERROR":
            return Outcome(error=str(result.value()))
        return Outcome(value=result.value())


def compile_text(text: str, environment: Any) -> Program:
    """Compile `text` in an environment of declared names. Raises CelRefused."""
    try:
        return Program(environment.compile(text))
    except RuntimeError as problem:
        raise CelRefused(_errors(text, str(problem))) from None


def environment(declared: Mapping[str, Kind]) -> Any:
    """A CEL environment that knows the names in `declared`."""
    cel = _cel()
    kinds: dict[Kind, Any] = {
        "number": cel.Type.DOUBLE,
        "text": cel.Type.STRING,
        "yes_no": cel.Type.BOOL,
        "date": cel.Type.TIMESTAMP,
        "list": cel.Type.List(cel.Type.STRING),
        "rows": cel.Type.List(cel.Type.Map(cel.Type.STRING, cel.Type.DYN)),
    }
    return cel.NewEnv(variables={name: kinds[kind] for name, kind in declared.items()})


@cache
def _cel() -> Any:
    # Imported once: the package looks the extension up on disk at every `from … import`.
    from cel_expr_python import cel

    return cel


def _errors(text: str, complaint: str) -> tuple[CelError, ...]:
    lines = text.split("\n")
    found = []
    for match in re.finditer(_ERROR, complaint):
        line, column = int(match[1]), int(match[2])
        before = sum(len(row) + 1 for row in lines[: line - 1])
        found.append(CelError(min(before + max(column, 1) - 1, len(text)), match[3]))
    return tuple(found) or (CelError(0, complaint.splitlines()[0]),)
