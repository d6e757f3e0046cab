"""The rows of the page: an area or service line with its five figures, and its bar."""

from collections.abc import Callable
from operator import attrgetter

from gui.tables.columns import Gives
from gui.tables.line_column import LineColumn
from gui.tables.outcome_chip import Chip
from gui.text import NOTHING
from gui.theme.tokens import Tone
from gui.widgets.pot import PotFigures
from scoring.budget.figures import AreaBudget, FundBudget
from scoring.money import short_pounds

NOT_RECORDED = "No allocation"
WHOLE = 1000
"""Thousandths in a whole."""

area_key: Callable[[AreaBudget], str] = attrgetter("area")
"""Return what a row stays known by."""


def area_name(row: AreaBudget) -> str:
    """Return a row as a screen reader says it."""
    if row.allocated_pence is None:
        return f"{row.area}, no allocation recorded, {short_pounds(row.committed_pence)} committed or held"
    return f"{row.area}, {left_words(row)} of {short_pounds(row.allocated_pence)}"


def left_words(row: AreaBudget) -> str:
    """Return what is left of an area's money in a few words."""
    left = row.left_pence
    if left is None:
        return NOT_RECORDED
    return f"{short_pounds(-left)} over" if left < 0 else f"{short_pounds(left)} left"


def sums_words(budget: FundBudget) -> str:
    """Return the fund's figures in a line of words."""
    figures = budget.figures
    amount = budget.amount_pence
    whole = "No amount recorded" if amount is None else f"{short_pounds(amount)} for the year"
    if figures.left_pence is None or figures.allocated_pence is None:
        return f"{whole} · nothing allocated"
    parts = [whole, f"{short_pounds(figures.allocated_pence)} allocated"]
    if budget.unshared_pence:
        parts.append(f"{short_pounds(budget.unshared_pence)} not allocated yet")
    parts.append(f"{short_pounds(figures.committed_pence)} committed or held")
    parts.append(f"{short_pounds(figures.left_pence)} left")
    return " · ".join(parts)


def bars(budget: FundBudget) -> tuple[PotFigures, ...]:
    """Return the bar of each area: how much of its money is committed, and what is over it."""
    return tuple(_bar(area) for area in budget.areas)


def _bar(row: AreaBudget) -> PotFigures:
    money = row.allocated_pence or 0
    committed = max(row.committed_pence, 0)
    over = -min(row.left_pence or 0, 0)
    allowed = min(over, row.allowed_pence)
    used = min(committed * WHOLE // money, WHOLE) if money > 0 else None
    parts = (allowed * WHOLE // money, (over - allowed) * WHOLE // money) if money > 0 else (0, 0)
    spoken = area_name(row)
    return PotFigures(row.area, row.area, left_words(row), used, over > allowed, spoken, over_1e3=parts)


def _under(row: AreaBudget) -> str:
    parts = [f"start-up {short_pounds(row.start_up_pence)}"] if row.start_up_pence else []
    carried = row.carried.whole_pence
    parts += [f"brought forward {short_pounds(carried)}"] if carried else []
    net = row.moved_in_pence - row.moved_out_pence
    parts += [f"{short_pounds(abs(net))} moved {'in' if net > 0 else 'out'}"] if net else []
    return ", ".join(parts)


def _chip(row: AreaBudget) -> Chip | None:
    if row.left_pence is None or row.left_pence >= 0:
        return None
    is_allowed = -row.left_pence <= row.allowed_pence
    return Chip(Tone.PART if is_allowed else Tone.DANGER, left_words(row))


def _money(name: str) -> Callable[[AreaBudget], str]:
    figure: Callable[[AreaBudget], int | None] = attrgetter(f"{name}_pence")

    def shown(row: AreaBudget) -> str:
        pence = figure(row)
        return NOTHING if pence is None else short_pounds(pence)

    return shown


def _figure(name: str, head: str, after: int, width: int = 96, brief: str = "") -> LineColumn[AreaBudget]:
    """Return a column of money; of those the one with the lowest `after` gives way first."""
    show = _money(name)
    return LineColumn(
        name, head, show, show, is_right=True, width=width, gives_way=Gives.FIGURES + after, brief=brief
    )


COLUMNS: tuple[LineColumn[AreaBudget], ...] = (
    LineColumn("area", "Area or service line", area_key, area_name, under=_under, is_strong=True),
    _figure("allocated", "Allocated", 1),
    _figure("committed", "Committed or held", 4, width=132),
    _figure("decided", "Decided", 3),
    _figure("paid", "Paid less returned", 2, width=124, brief="Net paid"),
    LineColumn("left", "Left", _money("left"), left_words, chip=_chip, is_right=True, width=150),
)
