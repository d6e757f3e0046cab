"""What an agreement on an award says, which version of it is signed, and what it waits for."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from msgspec.structs import replace

from models.operation import operation_of
from models.papers.grant_agreement import AgreedPart, AgreedPoint, AgreedReturn, GrantAgreement
from models.papers.issued import Issued
from models.papers.kinds import AGREEMENT, KINDS
from models.papers.letters.letter import GrantNow
from models.papers.monitoring.monitoring import AwardMonitoring
from models.papers.monitoring.monitoring_plan import asked_returns, varied_outputs
from models.papers.order import PaperOrder
from models.papers.texts import PaperTexts
from models.queries.applications.applications import asked_corrected
from models.queries.applications.endings import erasures
from models.queries.awards.amendments import change_words, with_succession
from models.queries.awards.award_checks import (
    agreement_fault,
    as_proposed,
    bound_by_source,
    minimal_total,
    undecided_matches,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards, standing_awards
from models.queries.awards.budget import budget_key
from models.queries.awards.direct_awards import AWARD, direct_awards
from models.queries.awards.monitoring import monitored_award, monitored_rows, reporting_rules
from models.queries.awards.year_facts import trigger_of
from models.queries.deciding.decided_anew import without_number
from models.queries.deciding.decisions import recommendations
from models.queries.deciding.reasons import own_words, published_reason
from models.queries.papers.issues import issues
from models.queries.papers.notices.lines import contact
from models.queries.papers.paper_texts import letterhead_of, published_purposes
from models.queries.set_up.funds import fund_rules_of
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.rounds import is_direct
from models.reference.clauses import (
    ENDING,
    PUBLICITY,
    WITHHELD_PUBLICITY,
    Clause,
    clauses_of,
    conditions_of,
    is_usual,
    with_break,
)
from models.reference.defaults import FundDefaults, ReturnBand, in_use
from models.reference.reporting import Every
from models.schema.awards import agreement_template_table
from models.session import Session, selection
from models.store.chain import said_rows
from models.store.parts import part
from models.values.awards import MINIMAL, Instalment
from models.values.direct_award import CONTRACTS
from models.values.recommending import SCOPE, DecisionRow
from models.values.rows import ApplicationRow, address_lines, by_application
from models.values.stored import each_read
from scoring.written.days import full_day
from scoring.written.text import A_FEW, Refused, first_few, first_sentences
from scoring.written.working_days import working_day_from

TERMS = ("organisation", "amount_pence", "conditions", "points", "clauses", "returns")
"""What both sides agree on, beside parts and, where somebody named them, the days."""
TO_RENEW = "varied since it was agreed: the agreement needs a new version"
TO_SIGN_AGAIN = "varied since it was agreed: the new version of the agreement is not signed"


def never_issued(award: str) -> str:
    return f"The agreement of {award} was never issued from this record."


def with_agreements(session: Session, round_id: int) -> tuple[AwardRow, ...]:
    """Return a round's awards, with when agreements are to come back and whose wait for a person.

    Where the fund's rules cannot be read, no agreement has a date to come back by.
    """
    rules = next(each_read(lambda at: fund_rules_of(session, at), (round_id,)), None)
    made = awards(session, round_id)
    matches = undecided_matches(session, round_id, {row.application for row in made}, date.today())
    return tuple(
        replace(row, agree_by=_back_by(session, row, rules), match=matches.get(row.application, ""))
        for row in made
    )


def _back_by(session: Session, row: AwardRow, rules: FundDefaults | None) -> date | None:
    """Return the day by which an agreement is to come back, None where no signature is waited for.

    Of one that was issued it is the day that its newest version says, by the fund's rules as it was issued.
    """
    newest = row.newest_version
    sent = newest.issued_on if newest else row.agreement.sent_on
    if rules is None or sent is None or not (row.stands and (row.wants_signature or row.agreed_on is None)):
        return None
    if newest:
        before = (
            one.replacing
            for at, one in _changed_rules(session)
            if at > newest.issued_at and one.code == rules.code
        )
        rules = next(before, rules)
    return sign_by(session, sent, rules.agreement_days)


@part
def _changed_rules(session: Session) -> Sequence[tuple[datetime, Any]]:
    """Return each change of a fund's rules and when it was made, oldest first."""
    return [(row.at, operation_of(row.kind, row.body)) for row in said_rows(session, ("set fund",))]


def agreement_template(session: Session, fund_id: int) -> str:
    """Return the office's own template in base64, "" where the one that ships is used."""
    return session.scalar(selection(agreement_template_table.c.content, fund_id=fund_id)) or ""


def grant_now(
    award: AwardRow,
    parts: Sequence[Instalment],
    *,
    leaves_open: bool = False,
    lacks_outcomes: bool = False,
) -> GrantNow:
    """Return how a grant stands; `parts` are the payments that its letter lists."""
    asked = sum(one.amount_pence for one in award.asked_back)
    came = asked - award.to_come_back_pence
    return GrantNow(
        has_account=award.bank is not None,
        is_account_checked=award.is_account_checked,
        paid_on=tuple(part.paid_on for part in parts),
        proof_on=tuple(part.proof_on for part in parts),
        asked_back_pence=asked,
        came_of_it_pence=came,
        other_back_pence=award.returned_pence - came,
        leaves_open=leaves_open,
        held_for=award.holds_up,
        lacks_outcomes=lacks_outcomes,
        to_confirm=bool(award.before_signing),
        asks_days=award.agreed_on is None and (leaves_open or lacks_outcomes),
    )


class Unsettled(NamedTuple):
    """Applications of whose awards nobody settled what less than was asked is for, or any outcome."""

    which_part: frozenset[str]
    outcomes: frozenset[str]


def is_part(award: AwardRow) -> bool:
    """Whether an award is less than was asked, as it was decided or by a variation."""
    return min(award.first_pence, award.amount_pence) < award.applied.requested_pence


def is_scoped(award: AwardRow) -> bool:
    """Whether a condition says what of the application the award pays for."""
    return any(one.startswith(SCOPE) for one in award.conditions)


def is_amount_varied(award: AwardRow) -> bool:
    """Whether a change of an award says what it leaves out: one of payments alone says nothing."""
    return any(one.change_pence for one in award.varied)


def is_drafted(of: AwardMonitoring) -> bool:
    """Whether what is agreed is no more than the applicant's own words on the outcomes."""
    return not (of.outputs or varied_outputs(of)) and bool(of.wished.strip())


def lacks_outcomes(of: AwardMonitoring) -> bool:
    """Whether neither the office nor the application says what a grant is to bring about."""
    return not (of.outputs or varied_outputs(of) or of.wished.strip())


def unsettled(session: Session, round_id: int) -> Unsettled:
    """Return the applications whose awards leave open what they are for."""
    rows = monitored_rows(session, round_id)
    return Unsettled(
        which_part=frozenset(a.application for a, of in rows if is_drafted(of) and not is_scoped(a)),
        outcomes=frozenset(a.application for a, of in rows if lacks_outcomes(of)),
    )


def signed_as_it_stands(
    session: Session, order: PaperOrder, found: GrantAgreement, award: AwardRow
) -> date | None:
    """Return the day on which an award's agreement was signed as it stands, None where it is to be signed.

    Where the version that was signed is known, what it says tells; of one on other paper its day does.
    """
    day = award.signed_on
    if day is None or award.wants_agreement or award.wants_signature:
        return None
    every = issues(session, AGREEMENT, order.of_round, found.award)
    number = award.agreement.signed_version
    of_then = (one for one in every if one.issued_at.date() <= day)
    signed = next((one for one in every if one.version == number), None if number else next(of_then, None))
    said = issued_values(signed)
    return day if said is None or _is_same(said, found) else None


def issued_values(issued: Issued | None) -> GrantAgreement | None:
    """Return what an agreement was issued with, None where it was not, or that is erased."""
    if issued is None or not issued.content:
        return None
    value = KINDS[AGREEMENT].value_of(issued.content)
    assert isinstance(value, GrantAgreement), "what an agreement was issued with"
    return value


def _is_same(signed: GrantAgreement, now: GrantAgreement) -> bool:
    """Say whether two agreements bind to the same; what was paid or proved since changes nothing."""
    signed = replace(signed, conditions=conditions_of(signed.conditions, is_contract=signed.is_contract))
    named = (*TERMS, "start_on", "end_on") if signed.is_dated and now.is_dated else TERMS
    if any(getattr(signed, name) != getattr(now, name) for name in named):
        return False
    parts = ([(one.amount_pence, one.trigger) for one in of.parts] for of in (signed, now))
    return next(parts) == next(parts)


NO_AWARD = (
    "No award is decided in this round yet, or it was withdrawn or erased, so there is no agreement to write."
)


def grant_agreement(session: Session, order: PaperOrder) -> GrantAgreement:
    """Return the agreement on the award that an order names; raises Refused where there is none."""
    award = _that_stands(session, order.of_round, order.award)
    row, who = award.applied, award.recipient_on(order.today)
    facts, office = round_facts(session, order.of_round, order.today), office_on(session, order.today)
    rules = fund_rules_of(session, order.of_round)
    terms = monitored_award(session, order.of_round, award.application)
    direct = direct_awards(session, order.of_round).get(award.application)
    if direct is None and is_direct(session, order.of_round):
        raise Refused(
            f"What {award.reference} extends is closed to you, so you cannot write its agreement. Ask an "
            "officer who may read all of it."
        )
    purpose = published_purposes(session, order.of_round).get(award.application, "").strip()
    break_on = None if direct is None else direct.break_on
    is_contract = direct is not None and direct.route in CONTRACTS
    unsigned_on = order.today if award.agreed_on is None else None
    assert award.decision is not None, "an award is made by a decision"
    told = [(one, "; ".join(change_words(one, full_day, is_told=True))) for one in award.varied]
    varied = ((one.effective_on or one.proposed_on, words, one.reason) for one, words in told)
    changed = with_succession(award, varied, is_to_come=True)
    found = GrantAgreement(
        office=office.name,
        letterhead=letterhead_of(office, order.kind),
        fund=facts.line.fund,
        round=facts.line.name,
        year=facts.line.year,
        marking=facts.line.marking,
        award=award.reference,
        application=award.application,
        organisation=who.organisation,
        registered=_registered(who),
        address=address_lines(who.address, who.postcode),
        contact_name=who.contact_name,
        project=row.project,
        summary=purpose or first_sentences(row.summary, A_FEW),
        is_quoted=not purpose and not direct and bool(row.summary.strip()),
        area=award.area,
        amount_pence=award.amount_pence,
        notice=award.decision.notice,
        decided_on=award.decision.signed_on,
        power=award.decision.legal_power or rules.legal_power or office.get("legal_power"),
        reason=_reason(session, order.of_round, award.decision),
        start_on=terms.start_on,
        end_on=terms.end_on,
        is_dated=all(award.days),
        parts=tuple(
            AgreedPart(
                part.amount_pence,
                trigger_of(award, part),
                award.not_before(part),
                part.paid_on,
                part.proof_on,
                part.due_on,
            )
            for part in award.instalments
        ),
        conditions=(
            *conditions_of(award.bound_by, is_contract=is_contract),
            *bound_by_source(session, order.of_round, award.application),
        ),
        points=agreed_points(terms),
        is_drafted=is_drafted(terms),
        asked_pence=row.requested_pence if is_part(award) and not direct else 0,
        asked_was=asked_corrected(session, order.of_round).get(award.application, ""),
        is_scoped=is_scoped(award),
        is_withheld=award.withheld is not None,
        returns=tuple(agreed_returns(terms, *reporting_rules(session, order.of_round), unsigned_on)),
        clauses=tuple(
            _clauses(
                clauses_of(rules.clauses, is_contract=is_contract),
                break_on,
                is_withheld=award.withheld is not None,
            )
        ),
        contact=contact(PaperTexts(), office),
        changes=AWARD.lines(
            "changed", award, changed, [(one, award.comes_to_pence(one)) for one in award.asked_back]
        ),
        is_first=bool(award.varied) and award.agreed_on is None and not award.paid_pence,
        subsidy=subsidy_words(session, award),
        template=agreement_template(session, budget_key(session, order.of_round)[0]),
        sign_by=sign_by(session, order.today, rules.agreement_days),
        is_signed=award.agreed_on is not None,
        came_back_pence=award.returned_pence,
        to_come_back_pence=award.to_come_back_pence,
        is_direct=direct is not None,
        is_contract=is_contract,
        held_for=award.holds_up,
        to_confirm=bool(award.before_signing),
        unchecked=agreement_fault(session, order.of_round, award.reference),
        sends_to=None if office.get("email") else ", ".join(office.get("address").splitlines()),
        is_of_amount=is_amount_varied(award) or bool(award.asked_back or award.returned),
        is_letter=not is_contract and rules.is_offered_in_agreement(award.decision.amount_pence),
    )
    return found if award.agreed_on is None else _signed(session, order, found, award)


def _that_stands(session: Session, round_id: int, name: str) -> AwardRow:
    """Return the award of a reference; raises Refused where it was erased, or withdrawn before payment."""
    award = award_named(session, round_id, name)
    if award.application in (gone := erasures(session, round_id)):
        raise Refused(
            f"{gone[award.application]} There is no agreement to write any more: record one that was signed, "
            "or withdraw the application; a closed round is reopened for that."
        )
    if award.stands:
        return award
    raise Refused(
        f"The application of {award.reference} was withdrawn, so there is no agreement to write. "
        "Correct the decision on the Decisions page."
    )


def _signed(session: Session, order: PaperOrder, found: GrantAgreement, award: AwardRow) -> GrantAgreement:
    """Return an agreement of which a version is signed: when as it stands, by whom, and when it is paid."""
    days = map(award.due_on, award.instalments)
    return replace(
        found,
        parts=tuple(replace(one, due_on=day) for one, day in zip(found.parts, days, strict=True)),
        signed_on=signed_as_it_stands(session, order, found, award),
        signers=award.agreement.signed_for,
        has_account=award.bank is not None,
        is_account_checked=award.is_account_checked,
    )


def sign_by(session: Session, day: date, days: int) -> date:
    """Return the working day by which an agreement of a day, sent or issued, is to come back signed."""
    return working_day_from(day + timedelta(days=days), office_on(session, day).closed_days)


def agreement_orders(session: Session, order: PaperOrder) -> tuple[PaperOrder, ...]:
    """Return an order for each award of a round, or for the one named, under the award's own reference."""
    if order.award:
        return (replace(order, award=award_named(session, order.of_round, order.award).reference),)
    gone = erasures(session, order.of_round)
    found = tuple(
        replace(order, award=row.reference)
        for row in standing_awards(session, order.of_round)
        if row.application not in gone
    )
    if not found:
        raise Refused(NO_AWARD)
    return found


def award_named(session: Session, round_id: int, name: str) -> AwardRow:
    """Return the award of a reference, its own or its application's; raises Refused where there is none."""
    made = awards(session, round_id)
    if not made:
        raise Refused(NO_AWARD)
    found = [row for row in made if name.casefold() in (row.reference.casefold(), row.application.casefold())]
    if not found:
        known = first_few([row.reference for row in made], 8, "award", "awards")
        what = f"The round has no award “{name}”." if name else "An agreement is on one award."
        raise Refused(f"{what} Its awards: {known}.")
    return found[0]


def agreed_points(terms: AwardMonitoring) -> tuple[AgreedPoint, ...]:
    """Return what is agreed, or until something is, what the application says that will change.

    The application's words are quoted line by line: a sentence alone may promise what nobody meant. What a
    variation says of the outcomes stands in place of both, with the measure of what was agreed so.
    """
    rows = varied_outputs(terms) or terms.outputs
    if not rows:
        lines = (" ".join(line.split()) for line in terms.wished.splitlines())
        return tuple(AgreedPoint(f"“{line}”", is_outcome=True) for line in lines if line)
    return tuple(AgreedPoint(row.words, row.target, row.measure or "", row.is_outcome) for row in rows)


def _clauses(
    clauses: Sequence[Clause], break_on: date | None, *, is_withheld: bool
) -> Iterator[tuple[str, str]]:
    """Yield the clauses in use; the one on publicity says of a name that is withheld that it is.

    The usual one on ending names the day of a contract's break.
    """
    for one in in_use(clauses):
        text = with_break(one.text, break_on) if break_on and one.code == ENDING else one.text
        if is_withheld and one.code == PUBLICITY:
            text = WITHHELD_PUBLICITY if is_usual(one) else f"{text} {WITHHELD_PUBLICITY}"
        yield one.heading, text


def subsidy_words(session: Session, award: AwardRow) -> str:
    """Return what an award is under subsidy control, "" where nothing is recorded."""
    subsidy = award.subsidy
    if subsidy is None:
        return ""
    if subsidy.kind != MINIMAL:
        return AWARD.subsidy(award, None, "")
    total = minimal_total(session, award.number, subsidy.declared_pence or 0)
    others = as_proposed(one for one in total.half if one[0].number != award.number)
    return AWARD.subsidy(award, total, others)


def agreed_returns(
    terms: AwardMonitoring,
    bands: Sequence[ReturnBand],
    every: Every | None = None,
    unsigned_on: date | None = None,
) -> Iterator[AgreedReturn]:
    """Yield the returns that are planned, or until some are, those that the bands ask of its amount.

    Of an agreement that nobody has signed on a day they are those still to come.
    """
    for one in asked_returns(terms, bands, every, unsigned_on):
        yield AgreedReturn(one.due_on, one.words, one.covers_to)


def _registered(row: ApplicationRow) -> str:
    named = (("registered charity", row.charity), ("company", row.company))
    return ", ".join(f"{what} {number}" for what, number in named if number)


def _reason(session: Session, round_id: int, decided: DecisionRow) -> str:
    """Return why an award was made: what is published, else what was written of a change or by the panel."""
    advised = by_application(recommendations(session, round_id))
    return published_reason(decided) or without_number(own_words(decided, advised.get(decided.application)))
