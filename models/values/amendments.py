"""What papers say of an award that was varied, or of which money came back: what it was, and what it is."""

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct

from models.values.award_parts import Returned
from scoring.money import pounds
from scoring.written.days import short_day


class Amendment(Struct, frozen=True):
    """One variation that holds: the award before and after in pence, what else it changed, and why."""

    number: int
    on: date
    was_pence: int
    pence: int
    words: str
    reason: str

    @property
    def change_pence(self) -> int:
        """Return by how much the award is more than before, below nothing where it is less."""
        return self.pence - self.was_pence


def amended_words(
    amendments: tuple[Amendment, ...],
    recovered: Sequence[Returned] = (),
    day_words: Callable[[date], str] = short_day,
) -> str:
    """Return in words what an award was and what was done to it since, "" where nothing was."""
    told = [
        f"{'on' if number else 'On'} {day_words(one.on)} {one.words}" for number, one in enumerate(amendments)
    ]
    if recovered:
        days = sorted({one.on for one in recovered})
        when = f"on {day_words(days[0])}" if len(days) == 1 else f"by {day_words(days[-1])}"
        told.append(f"{pounds(sum(one.amount_pence for one in recovered))} was recovered {when}")
    return "; ".join(told)
