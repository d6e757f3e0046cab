"""What the explanation panel shows, as rows: the sum by hand, then each rule in words."""

from collections.abc import Iterator

from msgspec import Struct

from gui.text import NOTHING, STATUS_WORDS
from gui.widgets.explaining.explain_text import sentences
from scoring import money
from scoring.explaining.steps import Explanation, difference_words, side_points
from scoring.ranking import CriterionResult, Standing, Status
from scoring.scheme import Criterion, Scheme, Side


class Row(Struct, frozen=True):
    """One cell of words across the panel, or four in the table of marks, weights and points, and their look.

    Without cells it is a `rule` so many pixels thick, or some room where that is 0.
    """

    cells: tuple[str, ...] = ()
    size: float = 12
    weight: int = 400
    tone: str = "text"
    rule: int = 0


def what_is_asked(standing: Standing) -> str:
    """Return which application is explained, and what it asks for."""
    return f"{standing.reference} · requested {money.short_pounds(standing.requested_pence)}"


def explained_rows(explanation: Explanation, scheme: Scheme, *, has_steps: bool) -> tuple[Row, ...]:
    """Return an explanation as rows, with every step of it where they are folded out."""
    standing = explanation.standing
    rows: list[Row] = [Row((standing.organisation,), 15, 600)]
    if standing.status is Status.RANKED:
        rows += _sum(explanation, scheme)
    else:
        rows.append(Row((STATUS_WORDS[standing.status],), 13, 600, "danger"))
    rows.append(Row())
    rows += [Row((words,), tone="text2") for words in sentences(explanation, scheme)]
    return (*rows, *(_steps(explanation, scheme) if has_steps else ()))


def _steps(explanation: Explanation, scheme: Scheme) -> Iterator[Row]:
    for step in explanation.steps:
        yield Row(rule=1)
        yield Row((f"{step.rule[:1].upper()}{step.rule[1:]}: {step.shown}",), weight=600)
        yield Row((money.without_noughts(step.read),), tone="text2")


def _sum(explanation: Explanation, scheme: Scheme) -> Iterator[Row]:
    """Yield the table of marks, weights and points, with each side and the total."""
    yield Row(("Criterion", "Mark", "Weight", "Points"), 11, tone="muted")
    standing, given = explanation.standing, side_points(explanation, scheme)
    points = {result.code: result for result in standing.criteria}
    added: dict[Side, int] = {}
    for side, shown in ((Side.QUALITY, standing.quality_1e2), (Side.COST, standing.cost_1e2)):
        if shown is None:
            continue
        criteria = [c for c in scheme.criteria if c.side is side]
        for criterion in criteria:
            yield _criterion(criterion, points.get(criterion.code))
        yield Row(rule=1)
        added[side] = sum(points[c.code].points_1e2 for c in criteria if c.code in points)
        weight = money.percent(sum(c.weight_1e4 for c in criteria))
        name = f"{side.value.capitalize()} {money.score(shown)} of 100"
        yield Row((name, "", weight, money.score(given[side])), weight=600)
    yield Row(rule=2)
    place = money.place_with_rule(standing.place, tied=standing.tied, by=standing.place_by)
    yield Row((f"Total, place {place}", "", "", money.score(standing.total_1e2)), weight=700)
    if words := difference_words(added, given):
        yield Row((words,), tone="text2")


def _criterion(criterion: Criterion, result: CriterionResult | None) -> Row:
    name = f"{criterion.code}  {criterion.title}"
    if result is None or result.value_1e2 is None:
        return Row((name, "n/a", "", NOTHING), tone="muted")
    weight = f"× {_short(result.weight_1e2)}"
    cells = (name, _short(result.value_1e2), weight, money.score(result.points_1e2))
    return Row(cells, tone="text2")


def _short(value_1e2: int) -> str:
    """Return a mark or weight without decimals where it is whole."""
    return money.score(value_1e2).removesuffix(".00")
