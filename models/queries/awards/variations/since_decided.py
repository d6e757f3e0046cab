"""What became of the awards of a round since they were decided: one list for all papers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from models.queries.awards.award_rows import AwardRow
from models.queries.awards.variations.amendments import since_words
from models.queries.awards.variations.standing_awards import stands
from models.queries.deciding.decided_anew import decided_anew
from models.queries.deciding.decisions import DecisionRow, earlier_decisions, final_decisions


class Since(NamedTuple):
    """What became of one award, in words; `award` is its reference, "" where it has none any more."""

    application: str
    award: str
    words: str


def since_decided(
    held: Iterable[AwardRow], every: Sequence[DecisionRow], gone: Collection[str] = ()
) -> Iterator[Since]:
    """Yield what became of awards in their order, then what had money and was decided anew to have none.

    `gone` are the applications that were withdrawn.
    """
    for row in held:
        withdrawn = "" if stands(row, gone) else "withdrawn by the applicant"
        if words := "; ".join(filter(None, (since_words(row), withdrawn))):
            yield Since(row.application, row.reference, words)
    decided = final_decisions(every)
    for of, earlier in earlier_decisions(every).items():
        now = decided.get(of)
        if now is not None and now.amount_pence is None and any(row.amount_pence for row in earlier):
            yield Since(of, "", decided_anew(earlier, now))
