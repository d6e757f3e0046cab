"""One change to the record, as data: what it is, who asks for it, and what comes of it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from typing import Any, ClassVar, Protocol, runtime_checkable

from msgspec import Struct

from models.role import Role
from models.session import Session, acting
from models.values import canonical


class Topic(StrEnum):
    """A part of the record that pages watch for change."""

    FUNDS = "funds"
    ROUNDS = "rounds"
    SCHEME = "scheme"
    APPLICATIONS = "applications"
    GATES = "gates"
    PANEL = "panel"
    INTERESTS = "interests"
    MARKS = "marks"
    AGREED = "agreed"
    CHAIR_DECISIONS = "chair decisions"
    RECOMMENDATIONS = "recommendations"
    DECISIONS = "decisions"
    AWARDS = "awards"
    ISSUES = "issues"
    PACKS = "packs"
    RECORD = "record"


UNNAMED = "command line, "
"""How the journal begins the name of whoever gave a command without saying who they are."""


def who_is_named(name: str) -> str:
    """Return a name of the journal, "" where a command named nobody: no paper names an account."""
    return "" if name.startswith(UNNAMED) else name


def references_of(change: object) -> frozenset[str]:
    """Return the applications that a change names, by itself or in its parts; None names none."""
    singly = (getattr(change, name, None) for name in ("application", "reference", "first", "second"))
    lists = (getattr(change, name, ()) for name in ("applications", "references", "order", "withdrawing"))
    named = {one for one in (*singly, *(of for some in lists for of in some)) if one and isinstance(one, str)}
    return frozenset(named.union(*map(references_of, parts_of(change))))


def parts_of(change: object) -> tuple[Any, ...]:
    """Return the parts of a change that may name applications."""
    return tuple(one for name in ("items", "settings", "rows", "parts") for one in getattr(change, name, ()))


class Actor(Struct, frozen=True):
    """Who asks for a change, as stated and not proved: a name, and the role they act in."""

    name: str
    role: str = Role.OFFICER


class Outcome(Struct, frozen=True):
    """What an operation did: the topics touched, its inverse if it can be undone, and a sentence."""

    touched: frozenset[Topic]
    inverse: "Operation | None"
    words: str


@runtime_checkable
class Operation(Protocol):
    """A change to the record: a frozen dataclass of JSON-able values with one `apply`.

    It holds no clock, no randomness and no user: who makes the change and when comes with the session (see
    `carried_out`), drawn once by the record and journalled, so that replaying the journal gives the same
    tables.
    A barrier clears the undo list. An operation that never has an inverse must be one; any other whose
    outcome has none, since what it did stays, clears it then.
    """

    kind: ClassVar[str]
    is_barrier: ClassVar[bool]

    @property
    def label(self) -> str:
        """Return the change in words, for the undo list and History; no personal data."""
        ...

    def apply(self, session: Session) -> Outcome:
        """Check the rules, make the change, and say what was touched; raise `Refused` otherwise."""
        ...


@runtime_checkable
class CheckedAtEntry(Protocol):
    """An operation with rules that are younger than records in use.

    They are asked as the change is made, and not as a journal is done again that was written before them.
    """

    def check_at_entry(self, session: Session) -> None:
        """Raise `Refused` where a younger rule says no."""
        ...


def check_at_entry(session: Session, operation: Operation, actor: Actor, at: datetime) -> None:
    """Ask the rules of an operation that are younger than records in use, where it has any."""
    if isinstance(operation, CheckedAtEntry):
        with acting(session, actor.name, at):
            operation.check_at_entry(session)


def carried_out(session: Session, operation: Operation, actor: Actor, at: datetime) -> Outcome:
    """Make a change as somebody's at a moment, and return what it did."""
    with acting(session, actor.name, at):
        return operation.apply(session)


BY_KIND: dict[str, type[Operation]] = {}
"""Every operation that was loaded, by its kind."""


def every_operation() -> Mapping[str, type[Operation]]:
    """Return every operation by its kind; whoever reads a journal knows them by that alone."""
    import_module("models.operations.registry")
    return BY_KIND


def operation_of(kind: str, body: str) -> Any:
    """Return the operation of a kind as a journal has it."""
    return canonical.from_text(every_operation()[kind], body)
