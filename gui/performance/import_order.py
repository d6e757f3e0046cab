"""The order in which files of the window's code are loaded one by one, so that none takes long."""

from collections.abc import Iterator
from importlib.util import find_spec
from types import CodeType
from typing import Protocol, runtime_checkable

ROOM = "gui."


@runtime_checkable
class HasCode(Protocol):
    """What loads a module that is written in Python, from a file or out of the frozen program."""

    def get_code(self, fullname: str, /) -> CodeType | None:
        """Return the compiled code of a module."""
        ...


def loading_order(module: str, known: set[str]) -> Iterator[str]:
    """Yield what a module imports of the window's code, each after what it imports, the module last.

    What is `known` is left out, and all that is yielded becomes so: a circle comes to an end.
    """
    if module in known:
        return
    known.add(module)
    for imported in _imports_of(module):
        yield from loading_order(imported, known)
    yield module


def _imports_of(module: str) -> list[str]:
    """Return what a module imports of the window's code: in its compiled code no other name has a dot."""
    spec = find_spec(module)
    loader = None if spec is None else spec.loader
    code = loader.get_code(module) if isinstance(loader, HasCode) else None
    return [] if code is None else [name for name in code.co_names if name.startswith(ROOM)]
