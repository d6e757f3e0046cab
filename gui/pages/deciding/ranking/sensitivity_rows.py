"""What the How sure panel draws: lines, strips and rows of its tables, from the sums' values."""

from typing import TYPE_CHECKING, NamedTuple

from gui.tables.columns import Keeps
from gui.tables.line_column import LineColumn
from gui.widgets.charts.severity_strip import Strip
from models.queries.deciding.round_list import RoundFigures
from scoring import money

if TYPE_CHECKING:
    from exchange.papers.sensitivity_words import Known
    from scoring.sensitivity.list_sensitivity import ListSensitivity, ShareLine


class Drawn(NamedTuple):
    """How random weights treat one application, as printed."""

    reference: str
    organisation: str
    share: str
    places: str


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


def _drawn_reference(row: tuple[int, Drawn]) -> str:
    return row[1].reference


def _drawn_share(row: tuple[int, Drawn]) -> str:
    return row[1].share


def _drawn_places(row: tuple[int, Drawn]) -> str:
    return row[1].places


def drawn_name(row: tuple[int, Drawn]) -> str:
    """Return a row as it is read out."""
    each = row[1]
    return f"{each.reference} {each.organisation}, funded in {each.share}, places {each.places}"


def drawn_key(row: tuple[int, Drawn]) -> int:
    """Return what a row stays known by."""
    return row[0]


DRAWN: tuple[LineColumn[tuple[int, Drawn]], ...] = (
    LineColumn(
        "reference",
        "Application",
        _drawn_reference,
        drawn_name,
        drawn_name,
        is_strong=True,
        keeps=Keeps.WHOLE,
    ),
    LineColumn("share", "Funded", _drawn_share, _drawn_share, width=92, is_right=True),
    LineColumn("places", "Places", _drawn_places, _drawn_places, width=72, is_right=True),
)


def _share_reference(row: "tuple[int, ShareLine]") -> str:
    return row[1].reference


def _share_cost(row: "tuple[int, ShareLine]") -> str:
    return money.score(row[1].at_nought_1e2)


def _share_total(row: "tuple[int, ShareLine]") -> str:
    return money.score(row[1].total_1e2)


def _share_quality(row: "tuple[int, ShareLine]") -> str:
    return money.score(row[1].at_hundred_1e2)


SHARES: "tuple[LineColumn[tuple[int, ShareLine]], ...]" = (
    LineColumn(
        "reference", "Application", _share_reference, _share_reference, is_strong=True, keeps=Keeps.WHOLE
    ),
    LineColumn("cost", "At 0", _share_cost, _share_cost, width=58, is_right=True),
    LineColumn("total", "Now", _share_total, _share_total, width=58, is_right=True),
    LineColumn("quality", "At 100", _share_quality, _share_quality, width=60, is_right=True),
)


def _strip_name(row: tuple[int, Strip]) -> str:
    return row[1].name


def _strip_own(row: tuple[int, Strip]) -> str:
    return f"{row[1].own:.2f}"


def _strip_others(row: tuple[int, Strip]) -> str:
    return f"{row[1].others:.2f}"


STRIPS: tuple[LineColumn[tuple[int, Strip]], ...] = (
    LineColumn("member", "Member", _strip_name, _strip_name, is_strong=True, keeps=Keeps.WHOLE),
    LineColumn("own", "Own mean", _strip_own, _strip_own, width=78, is_right=True),
    LineColumn("others", "Others", _strip_others, _strip_others, width=66, is_right=True),
)
