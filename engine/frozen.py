"""Frozen value classes that cost little to define.

`@dataclass(frozen=True, slots=True)` writes and compiles six functions for every class at import, about half a
millisecond each; with the sixty classes of the core that was a third of what `playbook advance` took. `@frozen` is the
same to a type checker (PEP 681), and to `dataclasses.replace`, `fields` and `asdict`, but shares between classes what
can be shared, and compiles a class's constructor when the first value of it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from operator import attrgetter
from typing import Any, Generic, TypeVar, dataclass_transform, overload

_T = TypeVar("_T")
_R = TypeVar("_R")
_ABSENT = object()


class cached(Generic[_R]):  # noqa: N801 - used as a decorator
    """A property worked out once and kept in the value's dictionary.

    As `functools.cached_property`, without the lock that one takes in Python 3.11: the values here are not changed, so two
    threads at worst work the same thing out twice.
    """

    def __init__(self, function: Callable[[Any], _R]) -> None:
        self.function, self.name, self.__doc__ = function, function.__name__, function.__doc__

    @overload
    def __get__(self, value: None, owner: Any) -> cached[_R]: ...
    @overload
    def __get__(self, value: object, owner: Any) -> _R: ...
    def __get__(self, value: Any, owner: Any) -> Any:
        if value is None:
            return self
        found = value.__dict__[self.name] = self.function(value)
        return found


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[_T]) -> type[_T]:
    """A class of values that cannot be changed: equal when their fields are equal, with slots.

    Defaults and `dataclasses.field` mean what they mean in a dataclass; `init=False`, `kw_only`, inheritance from
    another value class and `__post_init__` are not supported. Raises TypeError for these.
    """
    return _defined(cls, changeable=False)


@dataclass_transform(field_specifiers=(field,))
def changeable(cls: type[_T]) -> type[_T]:
    """The same for an object that collects something: its fields can be set, and it has no hash."""
    return _defined(cls, changeable=True)


def _defined(cls: type[_T], *, changeable: bool) -> type[_T]:
    space = {k: v for k, v in vars(cls).items() if k not in ("__dict__", "__weakref__")}
    names = tuple(space.get("__annotations__", ()))
    defaults = {name: space.pop(name) for name in names if name in space}
    fields = {name: value for name, value in defaults.items() if isinstance(value, Field)}
    if cls.__bases__ != (object,) or "__post_init__" in space:
        raise TypeError(f"{cls.__qualname__} is not a plain class of values")
    if any(not f.init or f.kw_only is True for f in fields.values()):
        raise TypeError(f"{cls.__qualname__}: init=False and kw_only are not supported")
    compared = [name for name in names if name not in fields or fields[name].compare]
    key: Callable[[Any], Any] = attrgetter(*compared) if compared else lambda value: ()

    def first(self: Any, *args: Any, **kwargs: Any) -> None:
        made.__init__ = _constructor(made, names, defaults)
        made.__init__(self, *args, **kwargs)

    def equal(self: Any, other: object) -> Any:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(key(self))

    # `cached` keeps its result in the dictionary of the value; only a class that has one has a dictionary (and can be
    # watched by a weak reference, as values that live long are).
    keeps = any(isinstance(value, cached) for value in space.values())
    made: Any = type(
        cls.__name__,
        (),
        {
            "__init__": first,
            "__eq__": equal,
            "__hash__": None if changeable else hashed,
            "__repr__": _repr,
            "__reduce__": _reduce,
            **({} if changeable else {"__setattr__": _refuse, "__delattr__": _refuse}),
            "__dataclass_fields__": _Fields(defaults),
            **space,
            "__match_args__": names,
            "__slots__": (*names, "__dict__", "__weakref__") if keeps else names,
        },
    )
    made.__qualname__ = cls.__qualname__
    return made  # type: ignore[no-any-return]


def replace(value: _T, **changes: Any) -> _T:
    """A copy of a `@frozen` value with some fields changed; as `dataclasses.replace`, without its preparations.

    Raises TypeError for a field that the class does not have.
    """
    kind: Any = type(value)
    given = {name: getattr(value, name) for name in kind.__match_args__}
    made: _T = kind(**{**given, **changes})
    return made


def _constructor(made: Any, names: tuple[str, ...], defaults: Mapping[str, Any]) -> Callable[..., None]:
    """`def __init__(self, …)` of one class, compiled from the names of its fields."""
    scope: dict[str, Any] = {"_absent": _ABSENT}
    parameters, body = [], []
    for name in names:
        scope[f"_set_{name}"] = vars(made)[name].__set__  # the slot's own setter: past the refusal, and quick
        default = defaults.get(name, MISSING)
        if isinstance(default, Field) and default.default_factory is not MISSING:
            scope[f"_make_{name}"] = default.default_factory
            parameters.append(f"{name}=_absent")
            body.append(f" _set_{name}(self, _make_{name}() if {name} is _absent else {name})")
            continue
        default = default.default if isinstance(default, Field) else default
        if default is not MISSING:
            scope[f"_default_{name}"] = default
        parameters.append(name if default is MISSING else f"{name}=_default_{name}")
        body.append(f" _set_{name}(self, {name})")
    # Names of fields only: they were identifiers in our own source.
    source = f"def __init__({', '.join(['self', *parameters])}):\n" + "\n".join(body or [" pass"])
    exec(source, scope)  # noqa: S102
    function: Callable[..., None] = scope["__init__"]
    function.__qualname__ = f"{made.__qualname__}.__init__"
    return function


class _Fields:
    """`__dataclass_fields__`, made by `dataclasses` itself when somebody asks (`replace` in a test, `asdict`)."""

    def __init__(self, defaults: Mapping[str, Any]) -> None:
        self.defaults = defaults

    def __get__(self, value: object, owner: Any) -> Any:
        space = {"__annotations__": owner.__annotations__, "__module__": owner.__module__, **self.defaults}
        twin: Any = dataclass(frozen=True)(type(owner.__name__, (), space))
        fields = twin.__dataclass_fields__
        owner.__dataclass_fields__ = fields
        return fields


def _repr(self: Any) -> str:
    shown = (name for name, f in self.__dataclass_fields__.items() if f.repr)
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), tuple(getattr(self, name) for name in self.__match_args__)


def _refuse(self: Any, name: str, *value: object) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of {type(self).__qualname__}")
