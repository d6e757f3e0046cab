"""The letters that a round's decisions call for, with feedback drafted from the agreed reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.papers.letters import DIRECT_OFFER, Letter, Letters
from models.papers.order import PaperOrder
from models.papers.texts import PaperTexts
from models.queries.awards.awards import AwardRow, awards
from models.queries.awards.direct.direct_rounds import is_direct
from models.queries.deciding.decisions import DecisionRow, decisions, final_decisions
from models.queries.deciding.reasons_given import reason_given
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.queries.papers.letterhead import letterhead_of
from models.queries.papers.notice import contact, notice_numbers
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.round_rows import round_rows
from models.session import Session
from models.values.office import Office
from models.values.rows import ApplicationRow, RoundRows, scored_round
from scoring.rank import rank
from scoring.ranking import Standing

Feedback = tuple[tuple[str, str], ...]
"""Reasons under the titles of their criteria."""


@dataclass(frozen=True, slots=True)
class _Known:
    """All that letters are written from, by application."""

    decided: Mapping[str, DecisionRow]
    advised: Mapping[str, RecommendationRow]
    awarded: Mapping[str, AwardRow]
    standings: Mapping[str, Standing]
    feedback: Mapping[str, Feedback]
    decline_words: Mapping[str, str]
    is_direct: bool


def letters(session: Session, order: PaperOrder) -> Letters:
    """Return a letter for each application that stands decided, in the order of the round.

    Nobody applied for an award without a competition, so one that is not made has no letter.
    """
    assert order.round_id is not None, "letters are of a round"
    facts, rows = round_facts(session, order.round_id, order.today), round_rows(session, order.round_id)
    every = decisions(session, order.round_id)
    known = _Known(
        decided=final_decisions(every),
        advised={row.application: row for row in recommendations(session, order.round_id)},
        awarded={row.application: row for row in awards(session, order.round_id)},
        standings={standing.reference: standing for standing in rank(scored_round(rows)).standings},
        feedback=_feedback(rows),
        decline_words={each.code: each.words for each in facts.defaults.decline_codes},
        is_direct=is_direct(session, order.round_id),
    )
    chosen = [row for row in rows.applications if _has_letter(row, known)]
    office = office_on(session, order.today)
    return Letters(
        office=office.name,
        letterhead=letterhead_of(office, order.kind),
        fund=facts.line.fund,
        round=facts.line.name,
        year=facts.line.year,
        marking=facts.line.marking,
        contact=contact_of(session, order.round_id, every, office),
        letters=tuple(_letter(row, known) for row in chosen if order.area in (None, row.area)),
    )


def contact_of(
    session: Session, round_id: int, every: Sequence[DecisionRow], office: Office
) -> tuple[tuple[str, str], ...]:
    """Return who answers questions: whom the newest notice names that names one, else the office's."""
    for number in reversed(notice_numbers(every)):
        found = contact(paper_texts(session, round_id, "notice", number), Office())
        if found:
            return found
    return contact(PaperTexts(), office)


def _has_letter(row: ApplicationRow, known: _Known) -> bool:
    decided = known.decided.get(row.reference)
    return decided is not None and (decided.amount_pence is not None or not known.is_direct)


def _letter(row: ApplicationRow, known: _Known) -> Letter:
    decided, award = known.decided[row.reference], known.awarded.get(row.reference)
    advised = known.advised.get(row.reference)
    return Letter(
        kind=DIRECT_OFFER if known.is_direct else _kind(row, decided),
        reference=row.reference,
        organisation=row.organisation,
        contact_name=row.contact_name,
        address=tuple(line.strip() for line in (*row.address.splitlines(), row.postcode) if line.strip()),
        project=row.project,
        asked_pence=row.requested_pence,
        offered_pence=decided.amount_pence,
        reason=reason_given(decided, advised, known.standings[row.reference]),
        decline_words="" if advised is None else known.decline_words.get(advised.code, ""),
        feedback=known.feedback.get(row.reference, ()),
        conditions=decided.conditions,
        payments=_payments(award),
        notice=decided.notice,
        decided_on=decided.signed_on,
    )


def _payments(award: AwardRow | None) -> tuple[tuple[int, str], ...]:
    """Return the parts of an offer; of an award that was varied since they are no longer what was offered."""
    if award is None or award.varied:
        return ()
    return tuple((part.amount_pence, part.trigger) for part in award.instalments)


def _kind(row: ApplicationRow, decided: DecisionRow) -> str:
    if decided.amount_pence is None:
        return decided.outcome
    return "offer" if decided.amount_pence >= row.requested_pence else "part-offer"


def _feedback(rows: RoundRows) -> dict[str, Feedback]:
    """Return the agreed reasons of each application under the titles of their criteria."""
    titles = [criterion.title for criterion in rows.scheme.judged]
    return {
        agreed.application: tuple(
            (title, reason) for title, reason in zip(titles, agreed.given_reasons, strict=False) if reason
        )
        for agreed in rows.agreed
    }
