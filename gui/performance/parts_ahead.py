"""Parts of pages that take long, each made in a turn of the event loop before the page itself is."""

from collections.abc import Callable
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

    @property
    def are_taken(self) -> bool:
        """Whether each part that was made ahead stands in its page."""
        return not self._made

    def prepare(self, kind: Kind, *given: object) -> None:
        """Make a part, unless one of its kind still waits."""
        if kind not in self._made:
            self._made[kind] = kind(*given)

    def take(self, kind: Callable[..., Part], *given: object) -> Part:
        """Return a part that nobody else has."""
        return cast("Part", self._made.pop(kind, None) or kind(*given))


def parts_ahead(page: object) -> tuple[Kind, ...]:
    """Return what the class of a page names as `parts_ahead`: it takes each of them from `PartsAhead`."""
    named: tuple[Kind, ...] = getattr(page, "parts_ahead", ())
    return named


def parts_of_tools(page: object) -> tuple[Kind, ...]:
    """Return what the class of a page names as `parts_of_tools`: parts ahead that are made of its tools."""
    named: tuple[Kind, ...] = getattr(page, "parts_of_tools", ())
    return named
