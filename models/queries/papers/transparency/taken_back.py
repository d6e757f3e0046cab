"""What was awarded in a time and taken back since: an earlier list for the public may name it."""

from collections.abc import Iterator
from typing import NamedTuple

from models.papers.order import PaperOrder
from models.queries.applications.withdrawals import UNKNOWN, withdrawals
from models.queries.awards.awards import awards
from models.queries.awards.variations.standing_awards import standing_awards, withdrawn_in
from models.queries.deciding.decided_anew import decided_anew
from models.queries.deciding.decisions import decisions, earlier_decisions, final_decisions
from models.session import Session
from models.values.round_line import RoundLine
from scoring.money import pounds
from scoring.written.days import short_day


class TakenBack(NamedTuple):
    """What became of one award, in words; `pence` is the most that was decided."""

    application: str
    pence: int
    words: str


def taken_back(session: Session, line: RoundLine, order: PaperOrder) -> Iterator[TakenBack]:
    """Yield what of a round was awarded in the time, and was decided again or withdrawn since."""
    every = decisions(session, line.round_id)
    final = final_decisions(every)
    for of, earlier in earlier_decisions(every).items():
        now = final.get(of)
        was_here = any(row.amount_pence and order.has(row.signed_on) for row in earlier)
        if now is not None and not now.amount_pence and was_here:
            most = max(row.amount_pence or 0 for row in earlier)
            yield TakenBack(of, most, f"{of}: {decided_anew(earlier, now)}")
    gone = withdrawn_in(session, line.round_id) if final else frozenset()
    if gone:
        yield from _withdrawn(session, line, gone, order)


def _withdrawn(
    session: Session, line: RoundLine, gone: frozenset[str], order: PaperOrder
) -> Iterator[TakenBack]:
    """Yield the awards of the time whose applications were withdrawn before anything was paid."""
    held = {row.application for row in standing_awards(session, line.round_id)}
    known = withdrawals(session, line.round_id)
    for row in awards(session, line.round_id):
        of, now = row.application, row.decision
        if (
            now is None
            or not now.amount_pence
            or of not in gone
            or of in held
            or not order.has(now.signed_on)
        ):
            continue
        was = f"{pounds(now.amount_pence)} awarded on {short_day(now.signed_on)} (notice {now.notice})"
        on = known.get(of, UNKNOWN).on
        when = "since" if on is None else f"on {short_day(on)}"
        words = f"{row.reference} ({of}): {was}; withdrawn {when}, and nothing of it was paid"
        yield TakenBack(of, now.amount_pence, words)
