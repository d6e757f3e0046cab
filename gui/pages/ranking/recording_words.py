"""What is about to be recorded, in counts and sums, before anything is done."""

from collections.abc import Sequence

from gui.round_list import Mark
from gui.text import OUTCOME_WORDS, column_money, counted
from models.queries.recommendations import RecommendationRow
from scoring.ranking import Outcome, Ranking


def lines_of(
    items: Sequence[RecommendationRow], recorded: Sequence[RecommendationRow], area: str | None
) -> tuple[str, ...]:
    """Return the sentences of the box: where, each outcome with its count and sum, what is replaced."""
    where = area or "All areas"
    outcomes = [_outcome_words(mark, items) for mark in Mark if any(i.outcome == mark for i in items)]
    paid = [item.amount_pence for item in items if item.amount_pence is not None]
    total = column_money(paid)(sum(paid))
    words = (
        f"{where}: {', '.join(outcomes)}.",
        f"{total} in all, as the rule proposes, each with the rule's reason.",
    )
    replaced = len({row.application for row in recorded} & {item.application for item in items})
    if not replaced:
        return words
    were = "recommendation recorded before is" if replaced == 1 else "recommendations recorded before are"
    return (*words, f"{replaced:,} {were} replaced.")


def nothing_to_record(
    ranking: Ranking,
    recorded: Sequence[RecommendationRow],
    items: Sequence[RecommendationRow],
    area: str | None,
) -> str:
    """Return why there is nothing to record, "" when there is something."""
    ties = sum(1 for s in ranking.standings if s.outcome is Outcome.TIE and area in (None, s.area))
    if not items and ties:
        tied = counted(ties, "application is", "applications are")
        return f"{tied} tied at the line: the chair decides first."
    if not items:
        return "No application has all its marks yet, so the rule proposes nothing."
    before = {row.application: row for row in recorded}
    if all(before.get(item.application) == item for item in items):
        return "The recommendations are recorded already, as the rule proposes them."
    return ""


def _outcome_words(mark: Mark, items: Sequence[RecommendationRow]) -> str:
    found = [item for item in items if item.outcome == mark]
    word = OUTCOME_WORDS[mark].lower()
    paid = [item.amount_pence for item in found if item.amount_pence is not None]
    return f"{word} {len(found)}" + (f" ({column_money(paid)(sum(paid))})" if paid else "")
