"""What operations share: how one becomes known, is refused as out of date, and is made with others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, cast

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Actor, Operation, Outcome, Topic
from models.session import Session
from scoring.refused import Refused

BY_KIND: dict[str, type[Operation]] = {}
"""Every operation that was loaded, by its kind; `models.operations.registry` has all."""


class RegisteredOperation(Struct, frozen=True):
    """An operation of a record's journal: known by its kind as soon as it is defined, and no barrier."""

    kind: ClassVar[str]
    is_barrier: ClassVar[bool] = False
    titled: ClassVar[str] = ""
    """What it comes to, its fields as "{0.area}"; what depends on more has a `label` of its own."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        BY_KIND[cls.kind] = cast("type[Operation]", cls)

    @property
    def label(self) -> str:
        """Return the change in words, for the undo list and History; no personal data."""
        return self.titled.format(self)

    def exchanged(self, name: str) -> Any:
        """Return the inverse of a change of one value: that of the field `name` and `replacing` exchanged."""
        fields: Any = self
        return replace(fields, **{name: fields.replacing, "replacing": getattr(fields, name)})


def refuse_changed(
    stands: object, replacing: object, what: str, was: str = "was changed", then: str = ""
) -> None:
    """Refuse where another value stands by now than the one to be replaced."""
    if stands != replacing:
        raise Refused(f"{what} {was} in the meantime. Look again{then and f', then {then}'}.")


def made_together(
    parts: Sequence[Operation], session: Session, actor: Actor, at: datetime, *, nothing: str
) -> tuple[frozenset[Topic], tuple[Any, ...]]:
    """Make changes and return what they touch, and what takes each back, the last first.

    Each checks its own rules, and the first refusal refuses all; `nothing` is said where there is none.
    """
    if not parts:
        raise Refused(nothing)
    outcomes: list[Outcome] = [part.apply(session, actor, at) for part in parts]
    touched: frozenset[Topic] = frozenset().union(*(outcome.touched for outcome in outcomes))
    return touched, tuple(outcome.inverse for outcome in reversed(outcomes))


def label_of(words: str, *, is_back: bool) -> str:
    """Return what changes come to, or that they are undone."""
    return f"{words} (undone)" if is_back else words
