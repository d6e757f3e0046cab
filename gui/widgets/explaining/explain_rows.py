"""What the explanation panel shows, as rows: the sum by hand, then each rule in words."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from gui.text import NOTHING, STATUS_WORDS
from gui.widgets.explaining.explain_text import sentences
from scoring import money
from scoring.explaining.steps import Explanation, difference_words, side_points
from scoring.ranking import CriterionResult, Standing, Status
from scoring.scheme import Criterion, Scheme, Side

Cells = tuple[str, str, str, str]


class Style(Struct, frozen=True):
    """How the words of a row look."""

    size: float = 12
    weight: int = 400
    tone: str = "text"


class Line(Struct, frozen=True):
    """Words across the panel; short ones are cut at their end, others run over several lines."""

    words: str
    style: Style
    is_short: bool = False


class SumLine(Struct, frozen=True):
    """A line of the table of marks, weights and points."""

    cells: Cells
    style: Style


class Rule(Struct, frozen=True):
    """A thin line, in the table of points or across the panel."""

    is_strong: bool = False
    in_sum: bool = True


class Gap(Struct, frozen=True):
    """Some room."""


Row = Line | SumLine | Rule | Gap


def row_texts(row: Row) -> tuple[str, ...]:
    """Return the words of a row, in the order of its labels."""
    if isinstance(row, Line):
        return (row.words,)
    return row.cells if isinstance(row, SumLine) else ()


def row_shape(rows: Sequence[Row]) -> tuple[object, ...]:
    """Return all of some rows but their words: rows of one shape need the same labels."""
    return tuple(_shape(row) for row in rows)


def hint_rows(words: str) -> tuple[Row, ...]:
    """Return what is shown where nothing is explained."""
    return (Line(words, Style(size=13, tone="muted")),)


def what_is_asked(standing: Standing) -> str:
    """Return which application is explained, and what it asks for."""
    return f"{standing.reference} · requested {money.short_pounds(standing.requested_pence)}"


def explained_rows(explanation: Explanation, scheme: Scheme, *, has_steps: bool) -> tuple[Row, ...]:
    """Return an explanation as rows, with every step of it where they are folded out."""
    standing = explanation.standing
    rows: list[Row] = [Line(standing.organisation, Style(size=15, weight=600))]
    if standing.status is Status.RANKED:
        rows += _sum(explanation, scheme)
    else:
        rows.append(Line(STATUS_WORDS[standing.status], Style(size=13, weight=600, tone="danger")))
    rows.append(Gap())
    rows += [Line(words, Style(tone="text2")) for words in sentences(explanation, scheme)]
    return (*rows, *(_steps(explanation, scheme) if has_steps else ()))


def _shape(row: Row) -> object:
    if isinstance(row, Line):
        return (Line, row.style, row.is_short)
    return (SumLine, row.style) if isinstance(row, SumLine) else row


def _steps(explanation: Explanation, scheme: Scheme) -> Iterator[Row]:
    for step in explanation.steps:
        yield Rule(in_sum=False)
        yield Line(f"{step.rule[:1].upper()}{step.rule[1:]}: {step.shown}", Style(weight=600))
        yield Line(money.without_noughts(step.read), Style(tone="text2"))


def _sum(explanation: Explanation, scheme: Scheme) -> Iterator[Row]:
    """Yield the table of marks, weights and points, with each side and the total."""
    yield SumLine(("Criterion", "Mark", "Weight", "Points"), Style(size=11, tone="muted"))
    standing, given = explanation.standing, side_points(explanation, scheme)
    points = {result.code: result for result in standing.criteria}
    added: dict[Side, int] = {}
    for side, shown in ((Side.QUALITY, standing.quality_1e2), (Side.COST, standing.cost_1e2)):
        if shown is None:
            continue
        criteria = [c for c in scheme.criteria if c.side is side]
        for criterion in criteria:
            yield _criterion(criterion, points.get(criterion.code))
        yield Rule()
        added[side] = sum(points[c.code].points_1e2 for c in criteria if c.code in points)
        weight = money.percent(sum(c.weight_1e4 for c in criteria))
        name = f"{side.value.capitalize()} {money.score(shown)} of 100"
        yield SumLine((name, "", weight, money.score(given[side])), Style(weight=600))
    yield Rule(is_strong=True)
    place = money.place_with_rule(standing.place, tied=standing.tied, by=standing.place_by)
    yield SumLine((f"Total, place {place}", "", "", money.score(standing.total_1e2)), Style(weight=700))
    if words := difference_words(added, given):
        yield Line(words, Style(tone="text2"))


def _criterion(criterion: Criterion, result: CriterionResult | None) -> SumLine:
    name = f"{criterion.code}  {criterion.title}"
    if result is None or result.value_1e2 is None:
        return SumLine((name, "n/a", "", NOTHING), Style(tone="muted"))
    weight = f"× {_short(result.weight_1e2)}"
    cells = (name, _short(result.value_1e2), weight, money.score(result.points_1e2))
    return SumLine(cells, Style(tone="text2"))


def _short(value_1e2: int) -> str:
    """Return a mark or weight without decimals where it is whole."""
    return money.score(value_1e2).removesuffix(".00")
