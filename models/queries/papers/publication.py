"""The awards that were decided in a month, a quarter or a year, over all funds and rounds."""

from collections.abc import Iterator

from msgspec.structs import replace

from models.papers.order import PaperOrder
from models.papers.publication import PublicationList, PublishedAward
from models.queries.applications.choices import classified
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import standing_awards
from models.queries.awards.direct_awards import direct_awards
from models.queries.awards.variations.amendments import since_words
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.deciding.progress import who_decided
from models.queries.deciding.reasons import published_reason
from models.queries.papers.paper_texts import letterhead, published_purposes, with_powers
from models.queries.papers.transparency.public_award import PublicAward, purpose_of, taken_back
from models.queries.set_up.funds import fund_called, fund_name_on
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts, round_rows
from models.queries.set_up.rounds import rounds_of
from models.reference.reporting import read_period
from models.session import Session
from models.values.direct_award import CONTRACTS, direct_words
from models.values.recommending import DecisionRow
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow
from scoring.written.text import as_sentence

MARKING = "OFFICIAL"
LET = "It is let as a contract"
LISTED, MAY_BE_LISTED = (
    ", which the list of contracts has as well",
    ", which the list of contracts may have as well",
)
"""Keeps a reader of both lists from counting it twice; a small one is listed with what it extends."""


def publication(session: Session, order: PaperOrder) -> PublicationList:
    """Return the list of a month's awards that stand, by day, then notice, then reference."""
    over = office_on(session, order.today).limit_pence("contracts_over")
    made = [one for line in rounds_of(session, order.fund) for one in _of_round(session, line, order, over)]
    found = [award for award, _ in made]
    found.sort(key=lambda award: (award.decided_on, award.notice, award.reference))
    office, head = letterhead(session, order.kind, order.today)
    gone = tuple(
        one.words for line in rounds_of(session, order.fund) for one in taken_back(session, line, order)
    )
    return PublicationList(
        office=office,
        letterhead=with_powers(head, (power for _, power in made)),
        month=order.month or read_period(order.period).begins_on,
        period=order.period,
        fund=fund_called(session, order.fund, order.today),
        marking=MARKING,
        awards=tuple(found),
        gone=gone,
        none_stands=bool(gone) and not found,
    )


def _of_round(
    session: Session, line: RoundLine, order: PaperOrder, over_pence: int
) -> Iterator[tuple[PublishedAward, str]]:
    """Yield the awards of one round decided in the time, each with its legal power.

    Contracts `over_pence` have a list of their own. A round without an award costs two questions.
    """
    every = decisions(session, line.round_id)
    final, by = final_decisions(every), who_decided(every)
    chosen = {of: row for of, row in final.items() if row.amount_pence and order.has(row.signed_on)}
    if not chosen:
        return
    rows = round_rows(session, line.round_id)
    held = {award.application: award for award in standing_awards(session, line.round_id)}
    typed = dict(round_facts(session, line.round_id, order.today).priorities)
    under, written = classified(session, line.round_id, typed), published_purposes(session, line.round_id)
    direct = direct_awards(session, line.round_id) if line.is_direct else {}
    for row in rows.applications:
        if row.reference in chosen and row.reference in held:
            decided = chosen[row.reference]
            fund = fund_name_on(session, line.round_id, decided.signed_on)
            of = replace(line, fund=fund)
            public = PublicAward(row, held[row.reference])
            made = _award(of, row, decided, public, held[row.reference])
            came = direct.get(row.reference)
            about = purpose_of(row, written)
            if came is not None:
                also = _also_listed(made, over_pence) if came.route in CONTRACTS else ""
                about = f"{about.rstrip('.')}.\n{also}{direct_words(came, made.amount_pence)}"
            purpose = about if about == row.project else as_sentence(about)
            of_lists = under.get(row.reference, "")
            yield (
                replace(
                    made, purpose=public.text(purpose), counted_under=of_lists, decided_by=by[row.reference]
                ),
                decided.legal_power,
            )


def _also_listed(award: PublishedAward, over_pence: int) -> str:
    """Return on a line that a contract stands in the list of contracts as well, or may."""
    return f"{LET}{LISTED if award.amount_pence > over_pence else MAY_BE_LISTED}.\n"


def _award(
    line: RoundLine, row: ApplicationRow, decided: DecisionRow, public: PublicAward, award: AwardRow
) -> PublishedAward:
    """Return an award as it is told, but for its purpose and what it is counted under."""
    first = award.decided_first_pence
    return PublishedAward(
        reference=award.reference,
        fund=line.fund,
        year=line.year,
        recipient=public.recipient,
        numbers=public.numbers,
        project=public.text(row.project),
        purpose="",
        reasons=as_sentence(public.text(published_reason(decided))),
        conditions=tuple(as_sentence(public.text(text)) for text in award.bound_elsewhere),
        start_on=award.terms.start_on or row.start_on,
        end_on=award.terms.end_on or row.end_on,
        area=row.area or "",
        amount_pence=award.stands_pence,
        decided_on=decided.signed_on,
        notice=decided.notice,
        first_pence=None if first in (0, award.stands_pence) else first,
        amended=public.text(since_words(award)),
    )
