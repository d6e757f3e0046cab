"""Values with fields that their repr holds back, or that do not count when two are compared."""

from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import asdict


class Guarded(Struct, frozen=True, eq=False):
    """An immutable value; a class that is one names the fields which are not shown, or not compared."""

    unshown: ClassVar[frozenset[str]] = frozenset()
    uncompared: ClassVar[frozenset[str]] = frozenset()

    def __repr__(self) -> str:
        shown = (f"{name}={one!r}" for name, one in asdict(self).items() if name not in self.unshown)
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._compared() == other._compared()

    def __ne__(self, other: object) -> bool:
        return not self == other  # a struct has one of its own, which would compare as the class says

    def __hash__(self) -> int:
        return hash(self._compared())

    def _compared(self) -> tuple[Any, ...]:
        return tuple(one for name, one in asdict(self).items() if name not in self.uncompared)
