"""Whether the sums of a round's awards agree, and in which months they are paid."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from models.queries.awards.award_rows import AwardRow
from scoring.allocating.over_pot import PotUse, over_words
from scoring.money import short_pounds


class AwardDifference(Struct, frozen=True):
    """Two sums that should be one, in a sentence; `application` is "" where it is an area's."""

    application: str
    words: str


class MonthSum(Struct, frozen=True):
    """What is paid and still due in a month, in pence; `first` is its first day, None for no date yet."""

    first: date | None
    paid_pence: int
    due_pence: int

    @property
    def total_pence(self) -> int:
        """Return all of it."""
        return self.paid_pence + self.due_pence


def award_differences(
    rows: Sequence[AwardRow], decided: Mapping[str, int], pots: Sequence[PotUse]
) -> tuple[AwardDifference, ...]:
    """Return where sums differ, and by how much; none when all is well.

    Each award's instalments add up to it, and it is what was decided (`decided`, pence by reference);
    the awards of an area go over its pot only as far as its tolerance or an authority goes.
    """
    found = [fault for row in rows for fault in _of_award(row, decided.get(row.application, 0))]
    awarded = {row.application for row in rows}
    missing = [of for of, pence in decided.items() if pence and of not in awarded]
    found += [AwardDifference(of, f"{of} was decided for funding but has no award.") for of in missing]
    for pot in pots:
        total = sum(row.amount_pence for row in rows if row.area == pot.area)
        use = replace(pot, given_pence=total)
        if use.beyond_pence and total:
            words = f"{use.area}: awards of {short_pounds(total)}: {over_words(use, short_pounds)}."
            found.append(AwardDifference("", words))
    return tuple(found)


def month_sums(rows: Iterable[AwardRow], today: date) -> tuple[MonthSum, ...]:
    """Return what is paid and due by month, in order; what has no date yet comes last.

    A paid instalment counts in the month it was paid, another in the month it is due.
    """
    sums: dict[date | None, list[int]] = {}
    for award, part in ((row, part) for row in rows for part in row.instalments):
        day = part.paid_on or award.expected_on(part, today)
        pair = sums.setdefault(None if day is None else day.replace(day=1), [0, 0])
        pair[0 if part.paid_on else 1] += part.amount_pence
    order = sorted(sums, key=_in_time)
    return tuple(MonthSum(first, *sums[first]) for first in order)


def _of_award(row: AwardRow, decided_pence: int) -> Iterable[AwardDifference]:
    parts = sum(part.amount_pence for part in row.instalments)
    if parts != row.amount_pence:
        yield AwardDifference(
            row.application,
            f"{row.reference}: instalments of {short_pounds(parts)} are "
            f"{short_pounds(abs(parts - row.amount_pence))} {'more' if parts > row.amount_pence else 'less'} "
            f"than the award of {short_pounds(row.amount_pence)}.",
        )
    if decided_pence != row.first_pence:
        yield AwardDifference(
            row.application,
            f"{row.reference}: the award is {short_pounds(row.first_pence)}, the decision "
            f"{short_pounds(decided_pence)}.",
        )


def _in_time(first: date | None) -> tuple[bool, date]:
    return (first is None, first or date.max)
