"""The other applications of an organisation in which an interest is declared, and how they are named."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from scoring.counted import listed
from scoring.round import InterestKind


class Declared(Protocol):
    """What a member says of one application; `kind` is None while nothing is said."""

    @property
    def reference(self) -> str:
        """Return the application."""

    @property
    def organisation(self) -> str:
        """Return who applies by name."""

    @property
    def organisation_id(self) -> int:
        """Return who applies by number."""

    @property
    def kind(self) -> InterestKind | None:
        """Return what is declared."""

    @property
    def has_interest(self) -> bool:
        """Return whether an interest is declared."""


Line = TypeVar("Line", bound=Declared)


def unanswered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without an answer whose organisation has an interest declared on another."""
    own = {line.organisation_id for line in lines if line.has_interest}
    return tuple(line for line in lines if line.kind is None and line.organisation_id in own)


def declared_none(lines: Sequence[Line], reference: str) -> tuple[Line, ...]:
    """Return the lines that say none of the organisation in which an application has an interest."""
    at = next(line for line in lines if line.reference == reference)
    others = (line for line in lines if line.organisation_id == at.organisation_id and line is not at)
    return tuple(line for line in others if at.has_interest and line.kind is InterestKind.NONE)


def waiting_words(lines: Sequence[Declared], waiting: Sequence[Declared]) -> str:
    """Ask for an answer to each application that “None for all the rest” did not answer."""
    reasons = [line.reference for line in lines if line.has_interest and _is_of(line, waiting)]
    named = listed([f"{line.reference} {line.organisation}" for line in waiting])
    verb, them = ("comes", "it") if len(waiting) == 1 else ("come", "each")
    return (
        f"{named} {verb} from an organisation in which an interest is declared ({listed(reasons)}). Choose "
        f"for {them}, or press “None for all the rest” again."
    )


def none_words(organisation: str, others: Sequence[Declared]) -> str:
    """Say which applications of an organisation stand as none beside one with an interest."""
    verb = "says" if len(others) == 1 else "say"
    named = listed([line.reference for line in others])
    return (
        f"{organisation} also has {named}, which {verb} “None”. Check whether the interest holds there too."
    )


def _is_of(line: Declared, waiting: Sequence[Declared]) -> bool:
    return line.organisation_id in {one.organisation_id for one in waiting}
