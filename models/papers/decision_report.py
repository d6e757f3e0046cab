"""A report on a round's decisions to a committee: numbered paragraphs, and thirteen implications."""

from datetime import date
from typing import Literal

from msgspec import Struct

from models.papers.notice import Allocation
from models.papers.order import Counts, RoundPaper, TextPairs, Texts
from models.values.rows import gathered
from scoring.money import pounds
from scoring.written.text import Refused, counted


class AreaDecided(Struct, frozen=True):
    """What was decided in an area: applications, awards and money in pence.

    `committed_pence` was committed of the pot before the round. `tolerance_pence` is what its published
    tolerance comes to; `over` says who allows what is over the pot. One
    that is not `is_decided` has no decision yet, and counts in no sum. `stands_pence` is what the awards
    stand at today, None where that is what was awarded, and `takes_pence` what they take of the pot, None
    where that is the same. An area that `is_sharing` has no pot of its own; the
    pot of several has a value of its own, in which what they were awarded is what counts against it.
    """

    area: str
    applications: int
    awards: int
    pot_pence: int
    committed_pence: int
    asked_pence: int
    awarded_pence: int
    tolerance_pence: int
    over: str = ""
    is_decided: bool = True
    stands_pence: int | None = None
    takes_pence: int | None = None
    is_sharing: bool = False

    @property
    def now_pence(self) -> int:
        return self.awarded_pence if self.stands_pence is None else self.stands_pence

    @property
    def taken_pence(self) -> int:
        return self.now_pence if self.takes_pence is None else self.takes_pence

    @property
    def left_pence(self) -> int:
        return 0 if self.is_sharing else self.pot_pence - self.committed_pence - self.taken_pence

    @property
    def kept_pence(self) -> int:
        return max(self.left_pence, 0)

    @property
    def over_pence(self) -> int:
        return max(-self.left_pence, 0)


class Totals(Struct, frozen=True):
    """The sums of all areas that are decided, each of the figures above it: no pot helps another."""

    applications: int
    awards: int
    pot_pence: int
    tolerance_pence: int
    committed_pence: int
    asked_pence: int
    awarded_pence: int
    now_pence: int
    kept_pence: int
    over_pence: int


OF_POTS = ("pot_pence", "tolerance_pence", "committed_pence", "kept_pence", "over_pence")
"""The sums that are those of pots, to which pots of several areas add theirs."""


class NoticeTold(Struct, frozen=True):
    """A notice of a day: who decided it, and where to read who is given what.

    `where` is that its annex names each, or but a part of them, that it awards nothing, or takes back
    `pence`, or that it is withheld: of how many (`withheld`) the name alone, or the whole on a `ground`.
    """

    number: str
    on: date
    by: str
    where: Literal["annex", "part", "nothing", "back", "withheld"] = "annex"
    pence: int = 0
    withheld: int = 0
    ground: str = ""


class DecisionReport(RoundPaper, frozen=True):
    """A whole report; `implications` are the thirteen headings, "" where nothing is written.

    `reminders` say under which of them only a person can write, and what; drafts alone print them. `notices`
    are those of the decisions told of, `signed_before` who signed the steps before, `changed` what
    else is to be told of them; `changes` is what became of awards since, `stands` what all stand at where
    that changed it, and `allocations` who is awarded what, as notices have it, with `kinds` over what each is
    for. `not_taken_up` are the applications whose award was given
    up since; `unnamed` counts the allocations whose
    recipient is not named; `shared` says which areas share a pot. Where the office wrote no `background` it
    is told how many of the `decided_lines` were `scored`, who the `deciders` are, how many are `withdrawn`
    and `without` an award, each in words, and the `notes`.
    `asked_was` says which amounts asked for are as corrected.
    Raises Refused when nothing is decided.
    """

    committee: str
    meeting: str
    subject: str
    author: str
    purpose: Texts
    background: Texts
    recommendation: Texts
    implications: TextPairs
    contact: TextPairs
    notices: tuple[NoticeTold, ...]
    areas: tuple[AreaDecided, ...]
    pots: tuple[AreaDecided, ...] = ()
    reminders: TextPairs = ()
    signed_before: Texts = ()
    changed: Texts = ()
    changes: Texts = ()
    asked_was: str = ""
    stands: str = ""
    allocations: tuple[Allocation, ...] = ()
    kinds: str = ""
    not_taken_up: Texts = ()
    unnamed: int = 0
    shared: Texts = ()
    notes: Texts = ()
    decided_lines: int = 0
    scored: int = 0
    deciders: Texts = ()
    withdrawn: int = 0
    without: Counts = ()

    def __post_init__(self) -> None:
        if not self.notices:
            raise Refused("Nothing is decided in this round yet, so there is no decision to report.")

    @property
    def title(self) -> str:
        return self.subject

    @property
    def decided(self) -> tuple[AreaDecided, ...]:
        return tuple(area for area in self.areas if area.is_decided)

    @property
    def totals(self) -> Totals:
        """Return the sums of the areas that are decided."""
        return Totals(
            **{
                name: sum(getattr(a, name) for a in (*self.decided, *(self.pots if name in OF_POTS else ())))
                for name in Totals.__struct_fields__
            }
        )

    @property
    def is_changed(self) -> bool:
        return any(area.stands_pence is not None for area in self.decided)

    @property
    def told(self) -> tuple[tuple[NoticeTold, ...], ...]:
        """Return the notices; those with an annex that the same people decided stand together."""
        apart = ((one.by if one.where == "annex" and one.by else one.number, one) for one in self.notices)
        return tuple(gathered(apart).values())

    @property
    def applications(self) -> int:
        return sum(area.applications for area in self.areas)

    @property
    def asked_pence(self) -> int:
        return sum(area.asked_pence for area in self.areas)

    @property
    def subjects(self) -> tuple[tuple[str, str, str], ...]:
        """Return each heading of the implications with its text, and what only a person can write there."""
        lacking = dict(self.reminders)
        return tuple((of, text.strip(), lacking.get(of, "")) for of, text in self.implications)

    @property
    def shared_apart(self) -> Texts:
        """Return who shares pots, where what the office wrote of finance itself does not tell it."""
        return tuple(
            words for words in self.shared if words not in dict(self.implications).get("Finance", "")
        )

    @property
    def awarded_pence(self) -> int:
        return sum(area.awarded_pence for area in self.areas)

    @property
    def unlisted_pence(self) -> int:
        """Return what was awarded under notices that are withheld, none of which is among the allocations."""
        return max(self.awarded_pence - sum(line.amount_pence for line in self.allocations), 0)

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        awards = sum(area.awards for area in self.areas)
        return f"{counted(awards, 'award')}, {pounds(self.awarded_pence)}"
