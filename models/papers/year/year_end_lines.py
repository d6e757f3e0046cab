"""Each line of a fund's year at its end: money, commitment, expenditure, what is left, what was decided."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from models.papers.order import Texts
from models.papers.paper_words import Sentences
from models.papers.year.year_facts import (
    NOTHING_RECORDED,
    Allowance,
    FundYear,
    LineEnd,
    YearAward,
    YearPot,
    awarded_pence,
    spent_pence,
)
from scoring.money import half_up
from scoring.written.area_label import AREA, AreaLabel

TENTHS = 1000
"""Tenths of a percent in a whole."""
OFFICE_FUNDING = "Office funding"


class FirstDecision(Struct, frozen=True):
    """Money in pence that a decision gives an application without an award, which not all have signed."""

    reference: str
    proposed_pence: int
    awarded_pence: int = 0


class YearEndLine(Struct, frozen=True):
    """One line. Budget is the pot with start-up money; money is that with what was brought forward.

    `allowances` are the tolerances of the year's rounds and what was allowed over its pots. `is_apart` says
    that it has figures only and is none of the year's areas or lines any more, `allotted_pence` what the year
    before allocated to it. `held_pence` is what the pots of open rounds hold of it above their awards, and
    `adds_pence` what decisions and changes that not all have signed add to these. `first` are those of the
    decisions that are to make awards.
    """

    pot: YearPot
    end: LineEnd
    awards: tuple[YearAward, ...]
    allowances: tuple[Allowance, ...] = ()
    is_apart: bool = False
    allotted_pence: int | None = None
    held_pence: int = 0
    adds_pence: int = 0
    first: tuple[FirstDecision, ...] = ()

    @property
    def changing(self) -> tuple[YearAward | FirstDecision, ...]:
        """Return the awards, and the decisions that are to make some."""
        return *self.awards, *self.first

    @property
    def name(self) -> str:
        return self.pot.area

    @property
    def budget_pence(self) -> int:
        return self.pot.budget_pence

    @property
    def money_pence(self) -> int:
        return self.pot.budget_pence + self.pot.brought_pence

    @property
    def committed_pence(self) -> int:
        """Return what stands decided, start-up money too, with what the pot had committed before."""
        return self.pot.committed_pence + awarded_pence(self.awards)

    @property
    def bound_pence(self) -> int:
        """Return that with the start-up money that is not awarded: it is free for nothing else."""
        given = awarded_pence(award for award in self.awards if not award.is_project)
        return self.committed_pence + max(self.pot.start_up_pence - given, 0)

    @property
    def spent_pence(self) -> int:
        """Return the expenditure without start-up money: recorded for the line, else of its awards."""
        if self.end.spent is not None:
            return self.end.spent.pence
        return spent_pence(self.awards) - self.pot.contributed_pence - self.pot.recovered_pence

    @property
    def given_spent_pence(self) -> int:
        """Return what the office itself gave, as far as it is taken off what is spent."""
        return self.pot.contributed_pence if self.end.spent is None else 0

    @property
    def start_up_spent_pence(self) -> int:
        return 0 if self.end.spent is None else self.end.spent.start_up_pence

    @property
    def whole_spent_pence(self) -> int:
        return self.spent_pence + self.start_up_spent_pence

    @property
    def committed_less_pence(self) -> int:
        return self.budget_pence - self.committed_pence

    @property
    def spent_less_pence(self) -> int:
        return self.budget_pence - self.whole_spent_pence

    @property
    def left_pence(self) -> int:
        """Return the arithmetic: the money, what was brought forward included, less the expenditure."""
        return self.money_pence - self.whole_spent_pence

    @property
    def promised_pence(self) -> int:
        """Return the part of what is left that is committed and not spent: it is free for nothing else.

        What is proposed adds to it, and is held.
        """
        unspent = max(self.committed_pence + self.adds_pence - self.spent_pence, 0)
        return min(unspent, max(self.left_pence - self.start_up_left_pence, 0))

    @property
    def held_left_pence(self) -> int:
        """Return the part of what is left that open rounds hold: they can still award it."""
        rest = self.left_pence - self.start_up_left_pence - self.promised_pence
        return min(self.held_pence, max(rest, 0))

    @property
    def start_up_left_pence(self) -> int:
        return self.pot.start_up_pence - self.start_up_spent_pence

    @property
    def carried_pence(self) -> int | None:
        return self.end.carried_pence

    @property
    def apart_pence(self) -> int | None:
        """Return by how much the decision is more or (negative) less than the arithmetic; None before it."""
        return None if self.carried_pence is None else self.carried_pence - self.left_pence

    @property
    def over_pence(self) -> int:
        """Return how much more is committed than there is money for, start-up money counted as committed."""
        return max(self.bound_pence - self.money_pence, 0)

    @property
    def committed_tenths(self) -> int | None:
        """Return how much of its money is committed in tenths of a percent; None without money."""
        return committed_part([self], TENTHS)

    @property
    def committed_share(self) -> int | None:
        """Return the same in hundredths of a percent."""
        return committed_part([self])

    @property
    def committed_words(self) -> str:
        """Return how much is committed: "102.4%"."""
        tenths = self.committed_tenths
        return "–" if tenths is None else f"{tenths // 10}.{tenths % 10}%"

    @property
    def authority(self) -> str:
        """Return who allowed that more is committed than there is; "" when nobody did, or need not."""
        if not self.over_pence:
            return ""
        allowed = self.end.authority
        if allowed is not None and allowed.pence >= self.over_pence:
            return allowed.decided_by
        return self._of_rounds()

    def _of_rounds(self) -> str:
        """Return who allowed it in the year's rounds: the published tolerance first, then for the area."""
        left, names = self.over_pence, []
        published = [one for one in self.allowances if not one.area]
        for one in (*published[:1], *(one for one in self.allowances if one.area == self.name)):
            if left > 0:
                left -= one.pence if one.area else int(self.pot.pot_pence * one.percent // 100)
                names.append(one.authority)
        return "" if left > 0 else " and ".join(dict.fromkeys(names))

    @property
    def awards_spent_pence(self) -> int:
        return spent_pence(self.awards)

    @property
    def notes(self) -> Texts:
        """Return what has to be looked at, each in a sentence."""
        return tuple(filter(None, (getattr(_SAID, name)(self) for name in _NOTES)))

    @property
    def held_twice_pence(self) -> int:
        """Return what open rounds hold and may award that is carried forward too; 0 or less for nothing."""
        carried, held = self.end.carried, self.held_left_pence
        unheld = self.left_pence - max(self.start_up_left_pence, 0) - held
        return 0 if carried is None else min(carried.pence - unheld, held)


_SAID = Sentences("year")
_NOTES = ("over", "apart", "allotted", "of_awards", "since", "held", "gave", "as_proposed")


class YearEnd(Struct, frozen=True):
    """A fund's year at its end: its lines, and all that has to be looked at.

    `left_out` says of which applications proposals are not in the figures, "" for none.
    """

    of: FundYear
    lines: tuple[YearEndLine, ...]
    area_label: AreaLabel = AREA
    left_out: str = ""

    @property
    def notes(self) -> Texts:
        """Return what has to be looked at of each line, and what is left out."""
        every = (note for line in self.lines for note in line.notes)
        return tuple(filter(None, (*every, self.left_out)))

    @property
    def undecided(self) -> tuple[YearEndLine, ...]:
        return tuple(line for line in self.lines if line.end.carried is None)


def year_end_lines(of: FundYear) -> tuple[YearEndLine, ...]:
    """Return the lines of a fund's year, in the order of its areas."""
    return tuple(
        YearEndLine(
            pot,
            of.end_of(pot.area),
            of.of(pot.area),
            of.allowances,
            is_apart=pot.area in of.lines_apart,
            allotted_pence=of.allotted.get(pot.area),
        )
        for pot in of.pots
    )


def given_spent_pence(of: FundYear) -> int:
    return sum(line.given_spent_pence for line in year_end_lines(of))


def before_given(of: FundYear, gave_pence: int = 0) -> tuple[YearEndLine, ...]:
    """Return the lines before what the office itself gave, and below nothing that, where it gave anything."""
    pots = (
        replace(pot, committed_pence=pot.committed_pence + pot.contributed_pence, contributed_pence=0)
        for pot in of.pots
    )
    off = given_spent_pence(of)
    gift = YearPot(OFFICE_FUNDING, 0, committed_pence=-of.given_pence, recovered_pence=off)
    given = (YearEndLine(gift, NOTHING_RECORDED, ()),) if gave_pence else ()
    return (*year_end_lines(replace(of, pots=tuple(pots))), *given)


def committed_part(lines: Sequence[YearEndLine], whole: int = 10_000) -> int | None:
    """Return how much of their money lines have committed, of a `whole`; None without money."""
    money = sum(line.money_pence for line in lines)
    return half_up(sum(line.bound_pence for line in lines) * whole, money) if money > 0 else None
