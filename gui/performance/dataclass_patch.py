"""Let Python put the methods of dataclasses together from ready functions, not compile each from text.

Up to 3.12 it compiles six for every frozen dataclass, of which the first page needs some two hundred: without
five of them the start takes a twentieth less. Here `__init__` alone is still compiled; the others do the same
as Python's own. From 3.13 on it compiles them at once, https://github.com/python/cpython/issues/109870; when
no older one runs the program, this file can go.
"""

import dataclasses
import operator
import sys
from collections.abc import Callable, Sequence
from dataclasses import Field, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr
from types import ModuleType
from typing import Any

COMPILES_AT_ONCE = (3, 13)
OPERATORS = {
    "==": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

Method = Callable[..., Any]
Fields = Sequence[Field[Any]]


def patch_dataclasses(library: ModuleType = dataclasses) -> None:
    """Put together the methods of dataclasses that are made from here on; a newer Python is let be."""
    if sys.version_info < COMPILES_AT_ONCE:
        makers = {"_repr_fn": _repr, "_hash_fn": _hash, "_cmp_fn": _compare, "_frozen_get_del_attr": _frozen}
        for name, maker in makers.items():
            setattr(library, name, maker)


def _repr(fields: Fields, _globals: object) -> Method:
    names = [field.name for field in fields]

    def __repr__(self: object) -> str:  # noqa: N807
        said = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
        return f"{self.__class__.__qualname__}({said})"

    return recursive_repr()(__repr__)


def _hash(fields: Fields, _globals: object) -> Method:
    values = _values([field.name for field in fields])

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(values(self))

    return __hash__


def _compare(name: str, op: str, own: str, _other: str, *_globals: object, **_named: object) -> Method:
    """Return a comparison of the values that a text such as "(self.mark,self.reason,)" names."""
    values = _values([one.partition(".")[2] for one in own.strip("(),").split(",") if one])
    compared = OPERATORS[op]

    def compare(self: object, other: object) -> Any:
        if other.__class__ is self.__class__:
            return compared(values(self), values(other))
        return NotImplemented

    compare.__name__ = name
    return compare


def _frozen(cls: Any, fields: Fields, _globals: object) -> tuple[Method, Method]:
    names = frozenset(field.name for field in fields)

    def __setattr__(self: object, name: str, value: object) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: object, name: str) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return __setattr__, __delattr__


def _values(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Return what reads the values of these names as a tuple, however few they are."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple([getattr(one, name) for name in names])
