"""What somebody must confirm before an award is set: a cap that it passes, or a sum ten times another.

Worked example: an award of £2,300.00 under a cap of £5,000.00 is to become £23,000.00. That is £18,000.00
over the cap and ten times what it was: each is confirmed, or the sum corrected.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from enum import StrEnum
from statistics import median_low
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from scoring.money import pounds
from scoring.written.text import listed

TIMES = 10
FEWEST = 3
"""So many other awards have a usual sum; of fewer none is known."""


class Concern(StrEnum):
    """What is asked about, by the option of the command that confirms it."""

    CAP = "over-cap"
    TENFOLD = "amount-is-right"


class Doubt(NamedTuple):
    """Something to confirm, its sentence, and the award that it is about."""

    concern: Concern
    words: str
    reference: str = ""


class Beyond(NamedTuple):
    """Money that passes a budget of an area and that nobody allows, in pence.

    The budget is that of its round, or the area's money of a `year` of a `fund`.
    """

    area: str
    pence: int
    fund: str = ""
    year: str = ""

    @property
    def budget(self) -> str:
        return (
            f"the money of {self.area} for {self.year}" if self.year else f"the round budget of {self.area}"
        )

    def words(self, show: Callable[[int], str] = pounds) -> str:
        return f"This is {show(self.pence)} over {self.budget}, and nobody allows that yet."


class Caps(NamedTuple):
    """The most that one award and one organisation may get in a round, in pence; None for no such cap."""

    award_pence: int | None = None
    organisation_pence: int | None = None


class NewSum(Struct, frozen=True):
    """An award that is to be set to a sum, in pence.

    `awarded_pence` is what it is now, 0 before it is decided, and `stood_pence` what was last recommended,
    signed or agreed. `beside` are the other awards of its organisation in the round, which come to
    `beside_pence`. `others` are the sums of awards like it.
    """

    reference: str
    pence: int
    awarded_pence: int = 0
    stood_pence: int = 0
    beside: tuple[str, ...] = ()
    beside_pence: int = 0
    others: Sequence[int] = ()

    @property
    def is_unusual(self) -> bool:
        return len(self.others) >= FEWEST and self.pence >= TIMES * median_low(self.others)


class OpenSum(NamedTuple):
    """An award whose sum is still to be typed, and the caps that it is held against."""

    of: NewSum
    caps: Caps

    def doubts(self, pence: int | None) -> tuple[Doubt, ...]:
        """Return what is to be confirmed of a sum that is typed, None for none."""
        return tuple(doubts(replace(self.of, pence=pence), self.caps)) if pence else ()


def doubts(one: NewSum, caps: Caps) -> Iterator[Doubt]:
    """Yield what is to be confirmed of a sum; nothing of one that is not raised."""
    if one.pence <= one.awarded_pence:
        return
    most, of_organisation = caps
    if most is not None and one.pence > most:
        words = f"{one.reference}: {pounds(one.pence)} is over the cap of {pounds(most)} for one award."
        yield Doubt(Concern.CAP, words)
    together = one.pence + one.beside_pence
    if of_organisation is not None and together > of_organisation:
        beside = f" with {listed(one.beside)}" if one.beside else ""
        yield Doubt(
            Concern.CAP,
            f"{one.reference}: its organisation would get {pounds(together)}{beside}, over the cap of "
            f"{pounds(of_organisation)} for one organisation.",
        )
    if one.stood_pence and one.pence >= TIMES * one.stood_pence:
        yield _tenfold(one, f"the {pounds(one.stood_pence)} that it had before")
    elif one.is_unusual:
        yield _tenfold(one, f"the usual award of {pounds(median_low(one.others))}")


def unconfirmed(found: Collection[Doubt], confirmed: Collection[str]) -> str:
    """Return why a sum is not set until it is confirmed, with the options that confirm it; "" where it is."""
    left = [one for one in found if one.concern not in confirmed]
    options = listed(list(dict.fromkeys(f"--{one.concern}" for one in left)))
    words = " ".join(one.words for one in left)
    return f"{words} Correct the amount, or confirm it with {options}." if left else ""


def _tenfold(one: NewSum, than: str) -> Doubt:
    words = f"{one.reference}: {pounds(one.pence)} is at least {TIMES} times {than}."
    return Doubt(Concern.TENFOLD, words, one.reference)
