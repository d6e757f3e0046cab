"""A fund's periods as a list: each with its state and its money."""

from collections.abc import Hashable

from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.tables.outcome_chip import Chip
from gui.theme.tokens import Tone
from models.queries.awards.ministry import PeriodState
from scoring import money


def period_key(one: PeriodState) -> Hashable:
    """Return what a period stays known by."""
    return one.period.name


def period_name(one: PeriodState) -> str:
    """Return a period as a screen reader says it."""
    return f"{one.period.words}, {one.words}, {_paid(one)} paid less returned, {_evidenced(one)} evidenced"


def tone_of(one: PeriodState) -> Tone:
    """Return how pressing a period looks."""
    if one.submitted is not None and not one.changes:
        return Tone.FUND
    if not one.is_over:
        return Tone.INFORMATION
    return Tone.FUND if one.submitted is None and not one.value.silent else Tone.WARNING


def _named(one: PeriodState) -> str:
    return one.period.name


def _months(one: PeriodState) -> str:
    return one.period.months


def _state(one: PeriodState) -> str:
    return one.words


def _chip(one: PeriodState) -> Chip | None:
    return Chip(tone_of(one), one.words)


def _paid(one: PeriodState) -> str:
    return money.short_pounds(one.value.paid_pence)


def _evidenced(one: PeriodState) -> str:
    return money.short_pounds(one.value.evidenced_pence)


PERIOD_COLUMNS: tuple[LineColumn[PeriodState], ...] = (
    LineColumn("period", "Period", _named, period_name, under=_months, is_strong=True, keeps=Keeps.WHOLE),
    LineColumn("state", "Now", _state, _state, chip=_chip, width=190, gives_way=Gives.STATE),
    LineColumn(
        "paid",
        "Paid less returned",
        _paid,
        _paid,
        is_right=True,
        width=124,
        gives_way=Gives.FIGURES,
        brief="Net paid",
    ),
    LineColumn(
        "evidenced",
        "Evidenced",
        _evidenced,
        _evidenced,
        is_right=True,
        width=96,
        gives_way=Gives.FIGURES + 1,
    ),
)
