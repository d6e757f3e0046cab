"""A round and its areas at a glance, as values."""

from msgspec import Struct

FORCE_WIDE = "Force-wide"
"""The area of a file that has no column for it: no place of its own, and not named in a sentence."""


class RoundKey(Struct, frozen=True):
    """A round by fund (name or code), financial year ("" when it has none) and name."""

    fund: str
    year: str
    name: str

    @property
    def words(self) -> str:
        """Return the round as a sentence names it."""
        return f"“{self.name}” of {self.fund} {self.year}".rstrip()


class AreaLine(Struct, frozen=True):
    """An area of a round: its stage and its money, in pence.

    `was_scored` is true where sheets are handed in: at the first stage they came with a round workbook.
    `shared_pot` names the pot that it shares, "" for its own.
    """

    name: str
    stage: str
    pot_pence: int
    start_up_pence: int
    committed_pence: int
    was_scored: bool = False
    shared_pot: str = ""

    @property
    def to_award_pence(self) -> int:
        """Return the pot less what was committed before, below nothing where that was more."""
        return self.pot_pence - self.committed_pence


class RoundLine(Struct, frozen=True):
    """A round at a glance; `fund` is the fund's name as this round prints it, `year` may be "".

    `ring_fence` says where the money comes from where it is kept for one purpose, else "". One that
    `is_direct` holds awards without a competition: nothing is scored in it.
    """

    round_id: int
    uid: str
    fund: str
    fund_code: str
    year: str
    name: str
    stage: str
    marking: str
    areas: tuple[AreaLine, ...]
    applications: int
    ring_fence: str = ""
    is_direct: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing is decided in it any more."""
        return self.stage == "closed"

    @property
    def words(self) -> str:
        """Return the round as a sentence names it."""
        return f"“{self.name}” ({self.fund} {self.year}".rstrip() + ")"
