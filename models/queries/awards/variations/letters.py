"""The letters that variations and requests for money back call for, of the awards of a round or an area."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from models.papers.letters import RECOVERY, VARIATION, Letter, Letters
from models.papers.order import PaperOrder
from models.queries.applications.applications import applications
from models.queries.awards.agreements.grant_agreement import award_named
from models.queries.awards.awards import AwardRow, awards
from models.queries.awards.variations.amendments import change_words
from models.queries.awards.variations.recoveries import Recovery
from models.queries.awards.variations.variations import VariationRow
from models.queries.deciding.decisions import decisions
from models.queries.papers.letterhead import letterhead_of
from models.queries.papers.letters import contact_of
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts
from models.session import Session
from models.values.rows import ApplicationRow


def award_letters(session: Session, order: PaperOrder) -> Letters:
    """Return a letter for each variation in effect and each request for money, by award, then in time."""
    assert order.round_id is not None, "letters are of a round"
    facts, office = round_facts(session, order.round_id, order.today), office_on(session, order.today)
    every = decisions(session, order.round_id)
    rows = {row.reference: row for row in applications(session, order.round_id)}
    named = (award_named(session, order.round_id, order.award).reference,) if order.award else ()
    meant = [
        one
        for one in awards(session, order.round_id)
        if order.area in (None, one.area) and (not named or one.reference in named)
    ]
    return Letters(
        office=office.name,
        letterhead=letterhead_of(office, order.kind),
        fund=facts.line.fund,
        round=facts.line.name,
        year=facts.line.year,
        marking=facts.line.marking,
        contact=contact_of(session, order.round_id, every, office),
        letters=tuple(letter for one in meant for letter in _of_award(one, rows[one.application])),
        is_of_awards=True,
    )


def _of_award(award: AwardRow, row: ApplicationRow) -> Iterator[Letter]:
    for one in award.varied:
        yield _varied(award, row, one)
    for asked in award.asked_back:
        yield _asked(award, row, asked)


def _varied(award: AwardRow, row: ApplicationRow, one: VariationRow) -> Letter:
    said = one.becomes.conditions
    return replace(
        _letter(award, row, one.number, one.reason, one.effective_on or one.proposed_on),
        kind=VARIATION,
        offered_pence=one.to_pence,
        conditions=award.conditions if said is None else said,
        payments=tuple((part.amount_pence, part.trigger) for part in award.instalments if not part.paid_on),
        changes=tuple(_changes(one)),
    )


def _asked(award: AwardRow, row: ApplicationRow, one: Recovery) -> Letter:
    letter = _letter(award, row, one.number, one.reason, one.asked_on)
    return replace(letter, offered_pence=award.amount_pence, asked_back_pence=one.amount_pence)


def _changes(one: VariationRow) -> Iterator[str]:
    """Yield what a variation changes as points of a letter, with the outcomes themselves."""
    for words in change_words(one):
        yield words[:1].upper() + words[1:]
    if one.becomes.outcomes:
        yield f"The outcomes are now: {one.becomes.outcomes}"


def _letter(award: AwardRow, row: ApplicationRow, number: int, reason: str, on: date) -> Letter:
    """Return what both kinds of letter say; it has a name of its own by the number."""
    return Letter(
        kind=RECOVERY,
        reference=f"{award.reference} {number}",
        organisation=award.organisation,
        contact_name=row.contact_name,
        address=tuple(line.strip() for line in (*row.address.splitlines(), row.postcode) if line.strip()),
        project=row.project,
        asked_pence=row.requested_pence,
        offered_pence=None,
        reason=reason,
        decline_words="",
        feedback=(),
        conditions=(),
        payments=(),
        notice="" if award.decision is None else award.decision.notice,
        decided_on=on,
        award=award.reference,
    )
