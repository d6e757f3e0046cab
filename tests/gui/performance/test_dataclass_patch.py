"""Dataclasses put together from ready functions do what Python's own do."""

import sys
from importlib.util import find_spec, module_from_spec
from itertools import product
from types import ModuleType
from typing import Any

import pytest

from gui.performance.dataclass_patch import COMPILES_AT_ONCE, patch_dataclasses

VALUES = (1, 2, float("nan"))


@pytest.mark.skipif(sys.version_info >= COMPILES_AT_ONCE, reason="this Python is let be")
def test_they_do_what_pythons_own_do() -> None:
    own, put_together = _library(), _library()
    patch_dataclasses(put_together)

    assert put_together._hash_fn is not own._hash_fn
    assert _tried(put_together) == _tried(own)


def _library() -> ModuleType:
    """Return Python's own module anew, whatever was done to the one that is loaded."""
    spec = find_spec("dataclasses")
    assert spec is not None
    assert spec.loader is not None
    library = module_from_spec(spec)
    spec.loader.exec_module(library)
    return library


def _tried(library: ModuleType) -> list[object]:
    found: list[object] = []
    for kind in _kinds(library):
        size = len(library.fields(kind))
        ones = [kind(*values) for values in product(VALUES, repeat=size)]
        found += [(repr(one), _or_error(hash, one), repr(library.replace(one))) for one in ones]
        for one, other in product(ones, ones):
            found += [one == other, one != other, _or_error(kind.__lt__, one, other), one == (other,)]
            found.append(_or_error(kind.__ge__, one, other))
        for name in ("a", "other"):
            found += [_or_error(setattr, ones[0], name, 3), _or_error(delattr, ones[0], name)]
        methods = [getattr(kind, name) for name in ("__eq__", "__hash__", "__repr__", "__setattr__")]
        found += [(method.__name__, method.__qualname__) for method in methods if method is not None]
    return found


def _kinds(library: ModuleType) -> list[Any]:
    """Return classes of no, one and two values, each made in every way, and one that says itself."""

    class Nothing:
        pass

    class One:
        a: float

    class Two:
        a: float
        b: float = library.field(default=1, compare=False, repr=False)

    class Loop:
        a: float

        def __post_init__(self) -> None:
            object.__setattr__(self, "a", self)

        def __hash__(self) -> int:
            return 1

    ways: tuple[dict[str, bool], ...] = (
        {"frozen": True, "slots": True},
        {"frozen": True, "order": True},
        {"order": True},
        {"unsafe_hash": True, "slots": True},
    )
    kinds = [
        library.dataclass(**way)(type(kind.__name__, (), dict(kind.__dict__)))
        for kind, way in product((Nothing, One, Two), ways)
    ]
    return [*kinds, library.dataclass(frozen=True, eq=False)(Loop)]


def _or_error(done: Any, *given: object) -> object:
    try:
        return done(*given)
    except (AttributeError, TypeError) as error:
        return type(error).__name__, str(error)
