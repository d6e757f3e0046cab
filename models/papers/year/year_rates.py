"""Award rates: who applied, was eligible and was awarded, by area, kind of organisation and size."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from models.papers.year.summed_tables import uncompeted
from models.papers.year.year_bands import bands, is_within
from models.papers.year.year_facts import FundYear, YearApplied
from models.papers.year.year_tables import YearCell, YearColumn, YearTable
from scoring.money import half_up
from scoring.written.names import text_key

AWARD_RATES, TITLE = "Award rates", "Who Applied and Who Was Awarded"
SMALL, SMALL_NUMBER = 5, "small number"
NOT_STATED = "Not stated"
ALL, BY_AREA, BY_TYPE, BY_KNOWN = "All", "Area", "Organisation type", "Funded before"
BY_ASKED, BY_AWARDED = "Size of request", "Size of award"


class Rate(Struct, frozen=True):
    """One group of applications; a group by size of award holds awards alone and has no rate of applying."""

    counted_by: str
    group: str
    applied: int | None
    eligible: int | None
    awarded: int
    asked_pence: int
    awarded_pence: int

    @property
    def rate(self) -> int | None:
        """Return how many of those that applied were awarded, in hundredths of a percent."""
        return half_up(self.awarded * 10_000, self.applied) if self.applied else None

    @property
    def money_rate(self) -> int | None:
        """Return how much of what was asked for was awarded, in hundredths of a percent."""
        return half_up(self.awarded_pence * 10_000, self.asked_pence) if self.asked_pence else None

    @property
    def is_small(self) -> bool:
        """Whether the group is so small that its rate says little, and may tell of one applicant."""
        return 0 < (self.awarded if self.applied is None else self.applied) < SMALL


def rates(of: FundYear) -> tuple[Rate, ...]:
    """Return every group of a fund's year that has an application, the whole first.

    One that waits for its decision is in none: it would count as turned down.
    """
    everyone = of.judged
    areas = [(pot.area, [one for one in everyone if one.area == pot.area]) for pot in of.pots]
    known = [
        ("Funded before", [one for one in everyone if one.is_known]),
        ("New", [one for one in everyone if not one.is_known]),
    ]
    groups = [(ALL, "All applications", list(everyone))]
    groups += [(BY_AREA, name, several) for name, several in areas]
    groups += [(BY_TYPE, name, several) for name, several in _types(everyone)]
    groups += [(BY_KNOWN, name, several) for name, several in known]
    groups += [(BY_ASKED, name, several) for name, several in _sizes(everyone)]
    counted = [_rate(by, name, several) for by, name, several in groups if several]
    return (*counted, *_awarded_sizes(everyone))


def award_rates(of: FundYear) -> YearTable:
    """Return the rates as a table."""
    columns = (
        YearColumn("Counted by", "text"),
        YearColumn("Group", "text"),
        YearColumn("Applied", "count"),
        YearColumn("Eligible", "count"),
        YearColumn("Awarded", "count"),
        YearColumn("Award rate %", "percent"),
        YearColumn("Asked £", "pounds"),
        YearColumn("Awarded £", "pounds"),
        YearColumn("Share of money asked %", "percent"),
        YearColumn("Note", "text"),
    )
    waiting = len(of.applied) - len(of.judged)
    apart = f"; {waiting:,} more {'is' if waiting == 1 else 'are'} not decided yet" if waiting else ""
    base = (
        f"Applications that are decided and were not withdrawn, before or after that{apart}. The award rate "
        f"is of these. A group of fewer than {SMALL} is marked “{SMALL_NUMBER}”: its rate says little."
        f"{uncompeted(of)}"
    )
    rows = tuple(_row(rate) for rate in rates(of))
    return YearTable(AWARD_RATES, TITLE, of.fund, of.year, base, columns, rows)


def by_office(table: YearTable, area: str) -> YearTable:
    """Return the table of rates with the office's own word for an area where it says what is counted by."""
    if table.code != AWARD_RATES:
        return table
    return replace(table, rows=tuple((area, *row[1:]) if row[0] == BY_AREA else row for row in table.rows))


def _row(rate: Rate) -> tuple[YearCell, ...]:
    return (
        rate.counted_by,
        rate.group,
        rate.applied,
        rate.eligible,
        rate.awarded,
        rate.rate,
        rate.asked_pence,
        rate.awarded_pence,
        rate.money_rate,
        SMALL_NUMBER if rate.is_small else "",
    )


def _rate(by: str, name: str, several: Sequence[YearApplied]) -> Rate:
    awards = [one.awarded_pence for one in several if one.awarded_pence is not None]
    return Rate(
        by,
        name,
        len(several),
        sum(one.is_eligible for one in several),
        len(awards),
        sum(one.requested_pence for one in several),
        sum(awards),
    )


def _types(everyone: Iterable[YearApplied]) -> list[tuple[str, list[YearApplied]]]:
    """Return applications by kind of organisation, as first written; those that say none last."""
    found: dict[str, tuple[str, list[YearApplied]]] = {}
    for one in everyone:
        words = one.organisation_type
        found.setdefault(text_key(words), (words or NOT_STATED, []))[1].append(one)
    return [found[key] for key in sorted(found, key=_unnamed_last)]


def _unnamed_last(key: str) -> tuple[bool, str]:
    return not key, key


def _sizes(everyone: Sequence[YearApplied]) -> Iterator[tuple[str, list[YearApplied]]]:
    for words, least, most in bands():
        yield words, [one for one in everyone if is_within(one.requested_pence, least, most)]


def _awarded_sizes(everyone: Sequence[YearApplied]) -> Iterator[Rate]:
    for words, least, most in bands():
        inside = [one for one in everyone if is_within(one.awarded_pence or 0, least, most)]
        if inside:
            asked, awarded = (
                sum(one.requested_pence for one in inside),
                sum(one.awarded_pence or 0 for one in inside),
            )
            yield Rate(BY_AWARDED, words, None, None, len(inside), asked, awarded)
