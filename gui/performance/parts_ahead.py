"""Parts of pages that take long, each made in a turn of the event loop before the page itself is."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from PySide6.QtWidgets import QWidget

from gui.theme.look import Look

Part = TypeVar("Part", bound=QWidget)
Kind = Callable[[Any], QWidget]


class PartsAhead:
    """Make parts before anybody wants them, and hand each over once; what was not made ahead is made then.

    A part is made of the look, or of what is `given` in its place.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._made: dict[object, QWidget] = {}

    @property
    def are_taken(self) -> bool:
        """Whether each part that was made ahead stands in its page."""
        return not self._made

    def prepare(self, kind: Kind, given: object = None) -> None:
        """Make a part, unless one of its kind still waits."""
        if kind not in self._made:
            self._made[kind] = kind(given or self._look)

    def take(self, kind: Callable[[Any], Part], given: object = None) -> Part:
        """Return a part that nobody else has."""
        return cast("Part", self._made.pop(kind, None) or kind(given or self._look))


def parts_ahead(page: object) -> tuple[Kind, ...]:
    """Return what the class of a page names as `parts_ahead`: it takes each of them from `PartsAhead`."""
    named: tuple[Kind, ...] = getattr(page, "parts_ahead", ())
    return named


def parts_of_tools(page: object) -> tuple[Kind, ...]:
    """Return what the class of a page names as `parts_of_tools`: parts ahead that are made of its tools."""
    named: tuple[Kind, ...] = getattr(page, "parts_of_tools", ())
    return named
