"""What is said where somebody asks about a round that was taken out, by another or by undoing."""

from typing import Any

from sqlalchemy import Result

from scoring.refused import Refused


class RoundGone(Refused):
    """Somebody asks about a round that was taken out; a page hears of it at once and shows another."""


def row_of_round(found: Result[Any]) -> Any:
    """Return the one row that a round has; raises RoundGone where the round is not there any more."""
    row = found.one_or_none()
    if row is None:
        raise round_gone()
    return row


def round_gone() -> RoundGone:
    """Return what is said of a round that is not there any more."""
    return RoundGone("The round is no longer in the record. Choose another one.")
