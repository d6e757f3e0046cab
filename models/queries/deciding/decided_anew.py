"""Decisions that others took the place of, as papers tell of them."""

from collections.abc import Iterator, Sequence

from models.queries.deciding.decisions import DecisionRow, earlier_decisions
from scoring.money import pounds, short_pounds
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome
from scoring.written.days import full_day, short_day

_TO_DO = {
    PanelOutcome.DECLINE: " to decline the application",
    PanelOutcome.RESERVE: " to place the application on the reserve list",
    PanelOutcome.DEFER: " to defer the application",
    PanelOutcome.REFER: " to refer the application to another fund",
}


def decided_anew(earlier: Sequence[DecisionRow], now: DecisionRow | None) -> str:
    """Return what was decided before, and that it was decided anew since, "" where it was decided once."""
    if not earlier or now is None:
        return ""
    *before, last = (*(_decided(row) for row in earlier), _decided(now))
    return f"{', then '.join(before)} was decided; decided again: {last}"


def replaced_decision(earlier: Sequence[DecisionRow]) -> str:
    """Return the newest of earlier decisions as a letter goes on: "of 2 December 2026 (notice 7/2026) to …".

    "" without one.
    """
    if not earlier:
        return ""
    row = earlier[-1]
    what = _TO_DO.get(PanelOutcome(row.outcome), "")
    if row.amount_pence is not None:
        what = f" to award {short_pounds(row.amount_pence)}"
    return f"of {full_day(row.signed_on)} (notice {row.notice}){what}"


def replaced_words(every: Sequence[DecisionRow], lines: Sequence[DecisionRow]) -> Iterator[str]:
    """Yield for each line that was decided before what it was, and why it is decided anew.

    `every` are all decisions of the round, `lines` those of one notice.
    """
    earlier = earlier_decisions(every)
    for line in lines:
        before = [row for row in earlier.get(line.application, ()) if row.number < line.number]
        if before:
            reason = line.change_reason.rstrip(".")
            yield f"{line.application}: {decided_anew(before, line)}. Reason: {reason}."


def _decided(row: DecisionRow) -> str:
    money = OUTCOME_WORDS[PanelOutcome(row.outcome)] if row.amount_pence is None else pounds(row.amount_pence)
    return f"{money} under notice {row.notice} of {short_day(row.signed_on)}"
