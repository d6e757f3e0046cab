"""Who asks, and for which area of which round: what a page knows, as far as rules need it."""

from typing import Protocol

from models.values.round_line import RoundLine


class Where(Protocol):
    """A round, and one of its areas or (None) all of them."""

    @property
    def line(self) -> RoundLine:
        """Return the round."""

    @property
    def area(self) -> str | None:
        """Return the area."""


class Who(Protocol):
    """A person by name, in a role; `member` is their code on the panel, None beside it."""

    @property
    def name(self) -> str:
        """Return the name."""

    @property
    def role(self) -> str:
        """Return the role."""

    @property
    def member(self) -> str | None:
        """Return the code."""

    @property
    def is_away(self) -> bool:
        """Return whether the record is a member's own, away from the office."""
