"""Awards, rates and sums of several offices, worked out from what they issued."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from models.papers.order import Texts
from models.papers.year.summed_tables import COMMITMENT, EXPENDITURE, YearCell, YearTable, YearTables, total
from models.papers.year.year_end_tables import (
    AWARD_RATES,
    BUDGET,
    BY_AWARDED,
    COMMITTED_SHARE,
    YEAR_END,
    Rate,
)
from models.reference.reporting import year_of
from models.values.rows import gathered
from scoring.money import half_up
from scoring.written.names import text_key

ADDED = ("pounds", "count")
KEPT_TABLES = (AWARD_RATES, YEAR_END)
"""The year tables that can be put side by side; all others are of one office's own areas and lists."""


class IssuedAward(Struct, frozen=True):
    """One award of an office, as its open data has it; money in pence, None where nobody asked for it."""

    identifier: str
    title: str
    recipient_id: str
    recipient: str
    registered: str
    fund: str
    area: str
    asked_pence: int | None
    awarded_pence: int
    awarded_on: date


class IssuedFigures(Struct, frozen=True):
    """An issued file as a regional book keeps it.

    `paper` is its title, by which a newer version takes its place; `sha256` is of the data that it was issued
    with, as the office's own record has it.
    """

    kind: str
    office: str
    paper: str
    version: int
    sha256: str
    made_at: datetime
    awards: tuple[IssuedAward, ...] = ()
    tables: tuple[YearTable, ...] = ()

    @property
    def has_figures(self) -> bool:
        """Whether anything of it stands beside other offices: tables that are kept as printed do not."""
        return bool(self.awards or self.tables)


def unsound_words(figures: IssuedFigures) -> str:
    """Return which table's lines do not add up to its own sums, as a sentence goes on; "" where all do."""
    for table in figures.tables:
        whole, parts = _sums(table)
        for name, rows in parts.items():
            for n, column in enumerate(table.columns):
                if column.kind in ADDED and total([whole[n]]) != total(row[n] for row in rows):
                    return f"{table.fund}, {table.name}: {column.heading} {name} does not add up".strip()
    return ""


def _sums(table: YearTable) -> tuple[Sequence[YearCell], Mapping[str, Sequence[Sequence[YearCell]]]]:
    """Return the sums of a table, and the rows that each come to them, by what those are counted by.

    Award rates count the same applications several times, and by the size of award only some of them.
    """
    if table.code != AWARD_RATES:
        return table.totals or (None,) * len(table.columns), {"": list(table.rows)} if table.totals else {}
    return table.rows[0], gathered((f"by {row[0]}", row) for row in table.rows[1:] if row[0] != BY_AWARDED)


def kept_tables(paper: YearTables) -> tuple[YearTable, ...]:
    return tuple(table for table in paper.tables if table.code in KEPT_TABLES and table.rows)


class OfficeAward(NamedTuple):
    """An award with the office that made it."""

    office: str
    award: IssuedAward

    @property
    def year(self) -> str:
        return year_of(self.award.awarded_on)


class Awarded(Struct, frozen=True):
    """How many awards there are under some names, and their money in pence."""

    names: Texts
    awards: int
    asked_pence: int
    awarded_pence: int

    @property
    def average_pence(self) -> int:
        """Return the average award; there is one at least."""
        return half_up(self.awarded_pence, self.awards)


class OfficeRate(Struct, frozen=True):
    """How many applied to a fund of an office in a year, and how many were awarded."""

    office: str
    fund: str
    year: str
    rate: Rate


class OfficeMoney(Struct, frozen=True):
    """What a fund of an office had in a year, committed and spent, in pence.

    `committed_share` is how much of its money is committed, in hundredths of a percent, by its own tables.
    """

    office: str
    fund: str
    year: str
    budget_pence: int
    committed_pence: int
    spent_pence: int
    committed_share: int | None = None


class Region(Struct, frozen=True):
    """Every figure of the book; of two files that say the same thing, the newer counts."""

    papers: tuple[IssuedFigures, ...]

    @property
    def current(self) -> tuple[IssuedFigures, ...]:
        """Return the newest version of each paper, by office and title."""
        newest: dict[tuple[str, str, str], IssuedFigures] = {}
        for paper in sorted(self.papers, key=attrgetter("version", "made_at", "sha256")):
            newest[paper.kind, text_key(paper.office), text_key(paper.paper)] = paper
        return tuple(sorted(newest.values(), key=attrgetter("office", "paper", "kind")))

    @property
    def awards(self) -> tuple[OfficeAward, ...]:
        """Return every award once, by office, day and identifier."""
        found = {
            award.identifier: OfficeAward(paper.office, award)
            for paper in sorted(self.current, key=attrgetter("made_at"))
            for award in paper.awards
        }
        return tuple(sorted(found.values(), key=attrgetter("office", "award.awarded_on", "award.identifier")))

    def awarded(self, *names: str) -> tuple[Awarded, ...]:
        """Return the awards counted under what each has by these names, in their order."""
        return tuple(_awarded(key, several) for key, several in _grouped(self.awards, *names))

    @property
    def rates(self) -> tuple[OfficeRate, ...]:
        return tuple(
            OfficeRate(office, table.fund, table.year, _rate(table))
            for office, table in self._tables(AWARD_RATES)
        )

    @property
    def money(self) -> tuple[OfficeMoney, ...]:
        """Return the money of each fund and year, at its end or as it stands."""
        return tuple(
            OfficeMoney(
                office,
                table.fund,
                table.year,
                _summed(table, BUDGET),
                _summed(table, COMMITMENT),
                _summed(table, EXPENDITURE),
                _share(table),
            )
            for office, table in self._tables(YEAR_END)
        )

    @property
    def shared(self) -> tuple[Awarded, ...]:
        """Return what several offices gave to one recipient, by its number, its name and the office."""
        known = [one for one in self.awards if one.award.registered]
        found = []
        for (number,), several in _grouped(known, "award.registered"):
            offices, recipient = _grouped(several, "office"), several[-1].award.recipient
            if len(offices) > 1:
                found += [_awarded((number, recipient, *office), ones) for office, ones in offices]
        return tuple(found)

    def _tables(self, code: str) -> list[tuple[str, YearTable]]:
        """Return the newest table of a code for each office, fund and year."""
        found: dict[tuple[str, str, str], tuple[str, YearTable]] = {}
        for paper in sorted(self.current, key=attrgetter("made_at")):
            for table in paper.tables:
                if table.code == code:
                    found[paper.office, table.fund, table.year] = (paper.office, table)
        return [found[key] for key in sorted(found)]


def whole_rate(rates: Sequence[Rate]) -> Rate:
    return Rate(
        "All",
        "All applications",
        *(sum(getattr(one, of) or 0 for one in rates) for of in Rate.__struct_fields__[2:]),
    )


def _grouped(several: Iterable[OfficeAward], *names: str) -> list[tuple[Texts, tuple[OfficeAward, ...]]]:
    found = gathered((tuple(attrgetter(name)(one) for name in names), one) for one in several)
    return sorted(found.items())


def _awarded(names: Texts, several: Sequence[OfficeAward]) -> Awarded:
    return Awarded(
        names,
        len(several),
        sum(one.award.asked_pence or 0 for one in several),
        sum(one.award.awarded_pence for one in several),
    )


def _rate(table: YearTable) -> Rate:
    """Return the first row of a table of rates, which is of all applications."""
    by, group, applied, eligible, awarded, _, asked, given, *_ = table.rows[0]
    figures = [
        figure if isinstance(figure, int) else 0 for figure in (applied, eligible, awarded, asked, given)
    ]
    return Rate(str(by), str(group), *figures)


def _share(table: YearTable) -> int | None:
    place = table.column(COMMITTED_SHARE)
    return None if place is None or not table.totals else total([table.totals[place]])


def _summed(table: YearTable, heading: str) -> int:
    place = table.column(heading)
    return 0 if place is None else total(row[place] for row in table.rows)
