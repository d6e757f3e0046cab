"""What a part of an award waits for where its project has fewer quarters than it is paid in."""

from collections.abc import Iterable

from models.papers.monitoring.quarters import quarter_ends_on
from models.queries.awards.award_rows import AwardRow
from models.values.award_parts import PROJECT_END, Instalment, quarter_of


def trigger_of(row: AwardRow, part: Instalment) -> str:
    """Return what a part waits for; the end of a quarter that its project does not have is the project's.

    A project of nine months that is paid by quarters has its third and its fourth payment on its last day:
    one waits for the end of quarter 3, the other for the end of the project.
    """
    quarter, (starts, ends) = quarter_of(part.trigger), row.project_days
    if not quarter or part.due_on is not None or starts is None or ends is None or ends < starts:
        return part.trigger
    return PROJECT_END if quarter > 1 and quarter_ends_on(starts, quarter - 1) >= ends else part.trigger


def parts_told(row: AwardRow, parts: Iterable[Instalment]) -> tuple[tuple[int, str], ...]:
    """Return parts as letters tell them: each in pence, and what it waits for."""
    return tuple((part.amount_pence, trigger_of(row, part)) for part in parts)
