"""What was awarded in a time and taken back since: an earlier list for the public may name it."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from models.papers.order import PaperOrder
from models.queries.applications.applications import applications
from models.queries.applications.endings import UNKNOWN, withdrawals
from models.queries.awards.awards import awards, standing_awards, withdrawn_in
from models.queries.awards.withheld.names import withheld_in
from models.queries.deciding.decided_anew import decided_anew, without_number
from models.queries.deciding.decisions import DecisionRow, decisions, earlier_decisions, final_decisions
from models.queries.papers.transparency.public_award import PublicAward
from models.session import Session
from models.values.round_line import RoundLine
from scoring.money import pounds
from scoring.written.days import short_day
from scoring.written.text import with_capital


class TakenBack(NamedTuple):
    """What became of one award, in words; `pence` is the most that was decided."""

    application: str
    pence: int
    words: str


def taken_back(session: Session, line: RoundLine, order: PaperOrder) -> Iterator[TakenBack]:
    """Yield what of a round was awarded in the time, and was decided again or withdrawn since."""
    every = decisions(session, line.round_id)
    final, earlier = final_decisions(every), earlier_decisions(every)
    again = {of: now for of, now in final.items() if of in earlier and not now.amount_pence}
    gone = withdrawn_in(session, line.round_id) if final else frozenset()
    if not (again or gone):
        return
    told = _told(session, line.round_id, again.keys() | gone)
    for of, now in again.items():
        given = [row for row in earlier[of] if row.amount_pence]
        if any(order.has(row.signed_on) for row in given):
            name, public = told[of]
            became = decided_anew(earlier[of], now)
            words = f"{name}: {became[:1].lower()}{became[1:]}{_why(now, public)}"
            yield TakenBack(of, max(row.amount_pence or 0 for row in given), words)
    if gone:
        yield from _withdrawn(session, line, gone, order, told)


def _told(session: Session, round_id: int, of: Collection[str]) -> dict[str, tuple[str, PublicAward]]:
    """Return how an award is named with its recipient, and what is told of it, by its application."""
    made = {row.application: row for row in awards(session, round_id)}
    recorded = withheld_in(session, round_id)
    found = dict[str, tuple[str, PublicAward]]()
    for row in applications(session, round_id):
        if row.reference in of:
            award = made.get(row.reference)
            public = PublicAward(row, award, recorded.get(row.reference))
            number = row.reference if award is None else f"{award.reference} ({row.reference})"
            found[row.reference] = (f"{number}, {public.recipient}", public)
    return found


def _why(now: DecisionRow, public: PublicAward) -> str:
    """Return why it was decided again, as its notice says it, to stand after the decision."""
    why = public.text(without_number(now.change_reason)).strip()
    return f". Reason: {with_capital(why).rstrip('.')}" if why else ""


def _withdrawn(
    session: Session,
    line: RoundLine,
    gone: frozenset[str],
    order: PaperOrder,
    told: Mapping[str, tuple[str, PublicAward]],
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
        was = f"awarded {pounds(now.amount_pence)} on {short_day(now.signed_on)} (notice {now.notice})"
        on = known.get(of, UNKNOWN).on
        when = "since" if on is None else f"on {short_day(on)}"
        words = f"{told[of][0]}: {was}; withdrawn {when}, and nothing of it was paid"
        yield TakenBack(of, now.amount_pence, words)
