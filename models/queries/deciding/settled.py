"""Which applications wait for no decision any more: one rule for every paper that counts what is decided.

Source: ineligible, incomplete and late applications have their answer by letter as the others do, and what is
incomplete is shown as incomplete and never ranked, so that nobody decides on it.
"""

from collections.abc import Collection, Iterable

from models.values.round_line import RoundLine
from models.values.rows import ApplicationRow
from scoring.round import Eligibility

OUT = (Eligibility.NO, Eligibility.TO_CHECK)
"""What the checks came to where nothing can be awarded."""


def is_settled(eligibility: Eligibility, *, has_decision: bool, is_begun: bool, is_done: bool) -> bool:
    """Whether an application that was not withdrawn waits for no decision.

    It has one, or its area `is_done`. One that failed a check, or stayed incomplete, is settled with the
    others of its area: where deciding these `is_begun` nobody decides on it, and its letter says so.
    """
    return has_decision or is_done or (eligibility in OUT and is_begun)


def settled_of(line: RoundLine, rows: Iterable[ApplicationRow], decided: Collection[str]) -> frozenset[str]:
    """Return which applications of a round wait for no decision, as what was withdrawn waits for none."""
    rows = tuple(rows)
    done = areas_done(line)
    begun = {row.area for row in rows if row.reference in decided}
    return frozenset(
        row.reference
        for row in rows
        if row.withdrawn
        or is_settled(
            row.eligibility,
            has_decision=row.reference in decided,
            is_begun=row.area in begun,
            is_done=row.area in done,
        )
    )


def never_decided(row: ApplicationRow, settled: Collection[str], decided: Collection[str]) -> bool:
    """Whether an application that could be awarded waits for no decision and has none: all was closed."""
    return row.reference in settled and row.reference not in decided and row.eligibility not in OUT


def areas_done(line: RoundLine) -> frozenset[str]:
    """Return the areas of a round in which nothing more is decided."""
    return frozenset(area.name for area in line.areas if area.stage == "done" or line.stage == "closed")
