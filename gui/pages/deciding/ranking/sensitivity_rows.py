"""What the How sure panel draws: lines, strips and rows of its tables, from the sums' values."""

from typing import TYPE_CHECKING, NamedTuple

from gui.tables.columns import Keeps
from gui.widgets.charts.chart_or_table import Head
from gui.widgets.charts.severity_strip import Strip
from models.queries.deciding.round_list import RoundFigures
from scoring import money

if TYPE_CHECKING:
    from exchange.papers.sensitivity_words import Known
    from scoring.sensitivity.list_sensitivity import ListSensitivity, ShareLine

DRAWN = (Head("Application", 0, Keeps.WHOLE), Head("Funded", 92), Head("Places", 72))
SHARES = (Head("Application", 0, Keeps.WHOLE), Head("At 0", 58), Head("Now", 58), Head("At 100", 60))
STRIPS = (Head("Member", 0, Keeps.WHOLE), Head("Own mean", 78), Head("Others", 66))


class Drawn(NamedTuple):
    """How random weights treat one application, as printed."""

    reference: str
    organisation: str
    share: str
    places: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return its line of the table."""
        return self.reference, self.share, self.places

    @property
    def words(self) -> str:
        """Return it as it is read out."""
        return f"{self.reference} {self.organisation}, funded in {self.share}, places {self.places}"


def share_lines(found: "ListSensitivity", closed: frozenset[str]) -> tuple["ShareLine", ...]:
    """Return the lines of the chart; those closed to the person are left out."""
    return tuple(line for line in found.lines if line.reference not in closed)


def random_weight_rows(
    found: "ListSensitivity", figures: RoundFigures, closed: frozenset[str]
) -> tuple[Drawn, ...]:
    """Return what random weights do to each application of the area, in the order of places."""
    from exchange.papers.sensitivity_words import places_words, share_words

    draws = found.round_sensitivity.draws
    if draws is None:
        return ()
    there = {
        s.reference: s.organisation
        for s in figures.ranking.standings
        if found.area in (None, s.area) and s.reference not in closed
    }
    return tuple(
        Drawn(
            each.reference,
            there[each.reference],
            share_words(each.funded, draws.count).removesuffix(" of draws"),
            places_words(each.place_low, each.place_high),
        )
        for each in draws.applications
        if each.reference in there
    )


def marking_strips(found: "ListSensitivity", known: "Known") -> tuple[Strip, ...]:
    """Return each member's marks, of those with applications enough in common with others."""
    from exchange.papers.sensitivity_words import severity_words

    agreed = found.agreement
    if agreed is None:
        return ()
    top = found.round_sensitivity.round.scheme.scale_maximum
    made = []
    for each in agreed.members:
        if each.severity is None:
            continue
        marks = [mark for unit in agreed.units for who, mark in unit.marks if who == each.member]
        own = sum(marks) / len(marks)
        counts = tuple(marks.count(mark) for mark in range(top + 1))
        name = known.member(each.member)
        made.append(Strip(name, counts, own, own - float(each.severity), severity_words(each, known)))
    return tuple(made)


def share_cells(line: "ShareLine") -> tuple[str, ...]:
    """Return a line of the chart as a line of its table."""
    return (line.reference, *map(money.score, (line.at_nought_1e2, line.total_1e2, line.at_hundred_1e2)))


def strip_cells(strip: Strip) -> tuple[str, ...]:
    """Return a member's strip as a line of its table."""
    return strip.name, f"{strip.own:.2f}", f"{strip.others:.2f}"
