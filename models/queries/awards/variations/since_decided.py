"""What became of the awards of a round since they were decided: one list for all papers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from models.queries.applications.applications import applications
from models.queries.applications.withdrawals import UNKNOWN, Withdrawal, withdrawals
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.variations.amendments import DayWords, since_words
from models.queries.awards.variations.standing_awards import stands, withdrawn_in
from models.queries.awards.withheld.names import withheld_references
from models.queries.deciding.decided_anew import decided_anew
from models.queries.deciding.decisions import DecisionRow, earlier_decisions, final_decisions
from models.session import Session
from scoring.written.days import short_day
from scoring.written.text import with_capital

NOBODY: Mapping[str, Withdrawal] = MappingProxyType({})


class Since(NamedTuple):
    """What became of one award, in words; `award` is its reference, "" where it has none any more."""

    application: str
    award: str
    words: str


def since_decided(
    held: Iterable[AwardRow],
    every: Sequence[DecisionRow],
    gone: Mapping[str, Withdrawal] = NOBODY,
    day_words: DayWords = short_day,
) -> Iterator[Since]:
    """Yield what became of awards in their order, then what had money and was decided anew to have none.

    `gone` are the applications that were withdrawn, by `gone_in`.
    """
    for row in held:
        withdrawn = "" if stands(row, gone) else not_taken_up_words(gone[row.application], day_words)
        if words := "; ".join(filter(None, (since_words(row, day_words), withdrawn))):
            yield Since(row.application, row.reference, with_capital(words))
    decided = final_decisions(every)
    for of, earlier in earlier_decisions(every).items():
        now = decided.get(of)
        if now is not None and now.amount_pence is None and any(row.amount_pence for row in earlier):
            yield Since(of, "", decided_anew(earlier, now, day_words))


def gone_in(session: Session, round_id: int, held: Iterable[AwardRow]) -> Mapping[str, Withdrawal]:
    """Return what was withdrawn in a round; when and why, if known, where it had an award of these."""
    gone = withdrawn_in(session, round_id)
    is_asked = any(not stands(row, gone) for row in held)
    known = withdrawals(session, round_id) if is_asked else {}
    return {of: known.get(of, UNKNOWN) for of in gone}


def not_taken_up_words(found: Withdrawal, day_words: DayWords = short_day) -> str:
    """Return what became of an award whose applicant withdrew before anything of it was paid."""
    on = f" on {day_words(found.on)}" if found.on else ""
    return f"not taken up, as the applicant withdrew{on}"


def named_applications(session: Session, round_id: int) -> Mapping[str, str]:
    """Return each application of a round as reports name one: "ACF-002, Allotment Friends 2".

    One whose name is withheld from the public has its reference alone.
    """
    withheld = withheld_references(session, round_id)
    return {
        row.reference: row.reference if row.reference in withheld else f"{row.reference}, {row.organisation}"
        for row in applications(session, round_id)
    }
