"""The state machine of a playbook, driven by `transitions` (this is the only module that imports it).

One machine per playbook, shared by all its pilots: the machine holds no pilot, a small throw-away model carries the
state in and out. No callbacks: guards are decided before, effects are events. Trigger names carry the stage that declares
them (`team.next`), so an inner and an outer way out of the same name never shadow each other; a transition of the whole
playbook is `.stop`. A playbook without nested stages gets the flat machine, which is several times faster.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from engine.frozen import frozen
from engine.model import BACK, NEXT, Playbook, Stage

SEPARATOR = "/"


@frozen
class Move:
    """What a transition does: the leaf stages after it, and every stage (also outer ones) that was left and entered."""

    at: tuple[str, ...]
    left: tuple[str, ...]
    entered: tuple[str, ...]


class _State:
    """The model `transitions` moves: nothing but the state, a path or a nested list of paths."""

    __slots__ = ("state",)

    def __init__(self, state: Any) -> None:
        self.state = state


class Flow:
    """The shared machine of one playbook. Thread-safe as far as `transitions` is: it keeps no state of a pilot."""

    def __init__(self, book: Playbook) -> None:
        self.book = book
        self._order = {stage: index for index, stage in enumerate(book.all_stages)}
        self._paths = {stage: SEPARATOR.join((*reversed(book.ancestors(stage)), stage)) for stage in book.all_stages}
        self._machine = _build(book, self._paths)
        # The machine keeps no state of a pilot, so the same way from the same stages always leads to the same place.
        self._moves: dict[tuple[tuple[str, ...], str | None, str], Move] = {}

    def start(self) -> Move:
        """Entering the first stage."""
        at = self._complete(_first_leaves(next(iter(self.book.stages.values()))))
        return Move(at, (), self._closure(at))

    def take(self, at: tuple[str, ...], stage: str | None, transition: str, back: tuple[str, ...] = ()) -> Move:
        """Take `transition` as declared on `stage` (None: on the whole playbook) from the leaf stages `at`.

        `back` are the leaf stages a transition with `to: back` returns to; those stages are not entered anew.
        Raises ValueError when the machine knows no such way from here (a caller checks this first).
        """
        known = self._moves.get((at, stage, transition)) if not back else None
        if known is not None:
            return known
        from transitions import MachineError

        target, scope = self._target(at, stage, transition)
        if target == BACK:
            return Move(back, self._closure(at), ())
        model = _State(self._to_machine(at))
        try:
            if self.nested:
                self._machine.trigger_event(model, f"{stage or ''}.{transition}")
            else:
                self._machine.events[f"{stage or ''}.{transition}"].trigger(model)
        except (MachineError, KeyError) as error:
            raise ValueError(str(error)) from None
        after = self._complete(self._from_machine(model.state))
        before = self._closure(at)
        left = tuple(s for s in before if s == scope or scope in self.book.ancestors(s))
        kept = set(before) - set(left)
        move = Move(after, left, tuple(s for s in self._closure(after) if s not in kept))
        if not back:
            self._moves[at, stage, transition] = move
        return move

    @property
    def nested(self) -> bool:
        return any(stage.nested for stage in self.book.stages.values())

    def _target(self, at: tuple[str, ...], stage: str | None, transition: str) -> tuple[str, str]:
        """Where the transition leads, and the outermost stage that is left by it."""
        if stage is None:
            declared = self.book.transitions[transition]
            outermost = (at[0], *self.book.ancestors(at[0]))[-1]
            return declared.to, outermost
        source = self.book.all_stages[stage]
        to = ways_out(source)[transition]
        if to == BACK:
            return to, stage
        around_target = {*self.book.ancestors(to), to}
        scope = stage
        for outer in self.book.ancestors(stage):
            if outer in around_target and outer != to:
                break
            scope = outer
        return to, scope

    def _closure(self, leaves: Iterable[str]) -> tuple[str, ...]:
        """The leaves and all stages around them, outer before inner, in the order of the file."""
        found = {s for leaf in leaves for s in (leaf, *self.book.ancestors(leaf))}
        return tuple(sorted(found, key=self._order.__getitem__))

    def _complete(self, leaves: Iterable[str]) -> tuple[str, ...]:
        """Add the first stage of every parallel region that has none: a jump into one region enters them all."""
        found = list(leaves)
        active = set(self._closure(found))
        for name in tuple(active):
            for region in self.book.all_stages[name].regions.values():
                if region.id not in active:
                    found.extend(_first_leaves(region))
        return tuple(sorted(set(found), key=self._order.__getitem__))

    def _to_machine(self, at: tuple[str, ...]) -> Any:
        paths = [self._paths[leaf] for leaf in at]
        return paths[0] if len(paths) == 1 else paths

    def _from_machine(self, state: Any) -> list[str]:
        if isinstance(state, str):
            return [state.rsplit(SEPARATOR, 1)[-1]]
        return [leaf for part in state for leaf in self._from_machine(part)]


def ways_out(stage: Stage) -> Mapping[str, str]:
    """Every way out of a stage: transition id → target. Timers are listed under their own ids."""
    ways = {} if stage.next is None else {NEXT: stage.next}
    ways |= {t.id: t.to for t in stage.transitions.values()}
    ways |= {t.id: t.to for t in stage.timers}
    return ways


def flow_of(book: Playbook) -> Flow:
    """The machine of this playbook, built once per playbook object."""
    found = book.__dict__.get("_flow")
    if found is None:
        found = book.__dict__["_flow"] = Flow(book)
    assert isinstance(found, Flow)
    return found


def _first_leaves(stage: Stage) -> list[str]:
    if stage.regions:
        return [leaf for region in stage.regions.values() for leaf in _first_leaves(region)]
    if stage.stages:
        return _first_leaves(next(iter(stage.stages.values())))
    return [stage.id]


def _build(book: Playbook, paths: Mapping[str, str]) -> Any:
    nested = any(stage.nested for stage in book.stages.values())
    kind = _nested_machine() if nested else _flat_machine()
    machine = kind(
        model=None,
        states=[_declare(stage) for stage in book.stages.values()],
        initial=next(iter(book.stages)),
        auto_transitions=False,
        send_event=True,
    )
    for stage in book.all_stages.values():
        for name, to in ways_out(stage).items():
            if to != BACK:
                machine.add_transition(f"{stage.id}.{name}", paths[stage.id], paths[to])
    anywhere = [paths[s.id] for s in book.stages.values() if s.final is None and not s.holds]
    for transition in book.transitions.values():
        machine.add_transition(f".{transition.id}", anywhere, paths[transition.to])
    return machine


def _declare(stage: Stage) -> Any:
    if stage.regions:
        return {"name": stage.id, "parallel": [_declare(region) for region in stage.regions.values()]}
    if stage.stages:
        inner = [_declare(child) for child in stage.stages.values()]
        return {"name": stage.id, "children": inner, "initial": next(iter(stage.stages))}
    return stage.id


def _flat_machine() -> Any:
    from transitions import Machine

    return Machine


def _nested_machine() -> Any:
    with _without_the_package_around("transitions.extensions"):
        from transitions.extensions.nesting import HierarchicalMachine, NestedState

    class PathState(NestedState):
        separator = SEPARATOR

    class PathMachine(HierarchicalMachine):
        state_cls = PathState

    return PathMachine


@contextmanager
def _without_the_package_around(name: str) -> Iterator[None]:
    """Import a module of a package without what the package itself imports on the way.

    Here that is an asyncio, a locking and a diagram variant of the machine, which take as long as the rest of the library.
    An empty package stands in during this one import; whoever wants the whole can import it before or afterwards.
    """
    if name in sys.modules:
        yield
        return
    from importlib.util import find_spec, module_from_spec

    spec = find_spec(name)
    assert spec is not None
    sys.modules[name] = module_from_spec(spec)
    try:
        yield
    finally:
        for loaded in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
            del sys.modules[loaded]
