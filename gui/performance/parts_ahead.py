"""Parts of pages that take long, each made in a turn of the event loop before the page itself is."""

from collections.abc import Callable, Iterator
from typing import TypeVar, cast

from PySide6.QtWidgets import QWidget

Part = TypeVar("Part", bound=QWidget)
Kind = Callable[..., QWidget]


class PartsAhead:
    """Make parts before anybody wants them, and hand each over once; what was not made ahead is made then.

    A part is made of what is `given`.
    """

    def __init__(self) -> None:
        self._made: dict[object, QWidget] = {}

    def prepare(self, kind: Kind, *given: object) -> None:
        """Make a part, unless one of its kind still waits."""
        if kind not in self._made:
            self._made[kind] = kind(*given)

    def take(self, kind: Callable[..., Part], *given: object) -> Part:
        """Return a part that nobody else has."""
        return cast("Part", self._made.pop(kind, None) or kind(*given))


def parts_ahead(page: object, tools: object) -> Iterator[tuple[Kind, tuple[object, ...]]]:
    """Yield what the class of a page takes from `PartsAhead`, with what each is made of.

    These are what it names as `parts_ahead`, of nothing, and as `parts_of_tools`, of its tools.
    """
    for name, given in (("parts_ahead", ()), ("parts_of_tools", (tools,))):
        yield from ((part, given) for part in getattr(page, name, ()))
