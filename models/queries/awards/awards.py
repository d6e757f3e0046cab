"""The awards of a round with their instalments."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace
from sqlalchemy import func, select

from models.queries.applications.applications import applications, corrected_names
from models.queries.awards.award_rows import FULL, AwardRow, BankState
from models.queries.awards.direct_awards import terms_of_direct
from models.queries.awards.finance_codes import supplier_numbers
from models.queries.awards.subsidies import subsidies
from models.queries.awards.variations import (
    Recovery,
    VariationRow,
    recoveries,
    terms_now,
    variations,
)
from models.queries.awards.withheld import confidential_notices, known_as, withheld_names
from models.queries.deciding.decisions import decisions, earlier_decisions
from models.queries.rows import columns_of, grouped
from models.queries.set_up.funds import round_rules
from models.reference.defaults import Payment, in_use
from models.schema.applications import application_table
from models.schema.awards import (
    award_agreement_table,
    award_table,
    bank_ending_table,
    direct_award_table,
    instalment_table,
    return_table,
)
from models.schema.set_up import area_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from models.values.awards import (
    BY_NOTICE,
    NOT_SENT,
    AgreementDetails,
    Instalment,
    Returned,
    WithheldName,
    quarter_of,
)
from models.values.recommending import DecisionRow
from scoring.money import share

_MADE = award_agreement_table
_DETAILS = select(_MADE.c.application_id, *columns_of(AgreementDetails, _MADE))


@part
def agreement_details(session: Session) -> Mapping[int, AgreementDetails]:
    """Return what is known, by the application's number; nothing of those that nothing is known of."""
    return {row[0]: AgreementDetails(*row[1:]) for row in session.execute(_DETAILS)}


OfApplication = TypeVar("OfApplication", VariationRow, Recovery)

_OF, _AWARD, _PART, _BANK = application_table.c, award_table.c, instalment_table.c, bank_ending_table.c
_AWARDS = (
    select(
        _AWARD.application_id.label("number"),
        _OF.reference.label("application"),
        _AWARD.reference,
        _OF.organisation,
        area_table.c.name.label("area"),
        *(_AWARD.amount_pence, _AWARD.profile, _AWARD.agreed_on, _AWARD.held_for, _AWARD.decision_id),
        direct_award_table.c.application_id.is_not(None).label("is_direct"),
    )
    .join(application_table, _OF.id == _AWARD.application_id)
    .outerjoin(area_table, area_table.c.id == _OF.area_id)
    .outerjoin(direct_award_table, direct_award_table.c.application_id == _OF.id)
    .where(_OF.round_id == OF_ROUND)
    .order_by(_AWARD.reference, _OF.position)
)
_INSTALMENTS = (
    select(
        _PART.application_id,
        *columns_of(Instalment, instalment_table, proof=func.coalesce(_PART.proof, "")),
    )
    .join(application_table, _OF.id == _PART.application_id)
    .where(_OF.round_id == OF_ROUND)
    .order_by(_PART.application_id, _PART.number)
)
_BANKS = select(_BANK.application_id, *columns_of(BankState, bank_ending_table))
_RETURNED = select(
    return_table.c.application_id, *columns_of(Returned, return_table, on=return_table.c.returned_on)
).order_by(return_table.c.application_id, return_table.c.number)


@part
def awards(session: Session, round_id: int) -> tuple[AwardRow, ...]:
    """Return a round's awards in order of their references."""
    found = session.execute(_AWARDS, {"of_round": round_id}).all()
    parts = grouped(session, Instalment, _INSTALMENTS, of_round=round_id)
    banks = {row[0]: BankState(*row[1:]) for row in session.execute(_BANKS)}
    returned = grouped(session, Returned, _RETURNED)
    every = decisions(session, round_id)
    decided, earlier = {row.number: row for row in every}, earlier_decisions(every)
    varied = by_application(variations(session, round_id))
    asked = by_application(recoveries(session, round_id))
    names = corrected_names(session)
    suppliers, agreed = supplier_numbers(session, round_id), agreement_details(session)
    subsidy = subsidies(session)
    hidden = _by_notices(session, round_id, every)
    by_notice = {row.number: hidden[row.decision_id] for row in found if row.decision_id in hidden}
    withheld = {**by_notice, **withheld_names(session)}
    known = known_as(session, withheld)
    bound = terms_of_direct(session, round_id) if any(row.is_direct for row in found) else {}
    every_part = (part for of in parts.values() for part in of)
    has_quarters = any(quarter_of(part.trigger) for part in every_part)
    rows = applications(session, round_id) if has_quarters else ()
    days = {row.reference: (row.start_on, row.end_on) for row in rows}
    made = tuple(
        AwardRow(
            application=row.application,
            reference=row.reference,
            organisation=terms_now(varied.get(row.application, ())).recipient
            or names.get(row.number, row.organisation),
            area=row.area or "",
            amount_pence=row.amount_pence,
            profile=row.profile,
            agreed_on=row.agreed_on,
            instalments=parts.get(row.number, ()),
            bank=banks.get(row.number),
            held_for=row.held_for or "",
            returned=returned.get(row.number, ()),
            decision=decided.get(row.decision_id),
            supplier_number=numbers[0] if len(numbers := suppliers.get(row.application, ())) == 1 else "",
            suppliers=numbers,
            variations=varied.get(row.application, ()),
            asked_back=asked.get(row.application, ()),
            agreement=agreed.get(row.number, NOT_SENT),
            subsidy=subsidy.get(row.number),
            earlier=earlier.get(row.application, ()),
            withheld=withheld.get(row.number),
            known_as=known.get(row.number, ()),
            contract=bound.get(row.application, ()),
            applied_days=days.get(row.application, (None, None)),
        )
        for row in found
    )
    return _with_unsigned(session, round_id, made) if any(row.varied for row in made) else made


def _with_unsigned(session: Session, round_id: int, made: Iterable[AwardRow]) -> tuple[AwardRow, ...]:
    """Return awards that say which of their variations both have not signed."""
    from models.queries.awards.agreements import issue_times, signed_as_varied  # it asks for awards

    times = issue_times(session, round_id)
    return tuple(
        replace(
            row,
            unsigned=tuple(one.number for one in row.varied if signed_as_varied(row, one, times) is None),
        )
        for row in made
    )


def _by_notices(session: Session, round_id: int, every: Sequence[DecisionRow]) -> Mapping[int, WithheldName]:
    """Return which decisions are withheld with their whole notice, by number: its signer decided that."""
    grounds = confidential_notices(session, round_id, every)
    lines = (row for row in every if row.notice in grounds)
    return {
        row.number: WithheldName(BY_NOTICE, grounds[row.notice], row.signed_by, row.post) for row in lines
    }


def by_application(rows: Iterable[OfApplication]) -> dict[str, tuple[OfApplication, ...]]:
    """Return rows by the application that they are of, in their order."""
    found: dict[str, list[OfApplication]] = {}
    for row in rows:
        found.setdefault(row.application, []).append(row)
    return {of: tuple(some) for of, some in found.items()}


def payments(session: Session, round_id: int) -> tuple[Payment, ...]:
    """Return the payment profiles of the round's fund, the usual one first."""
    return in_use(round_rules(session, round_id).payments) or (FULL,)


def parts_of(amount_pence: int, payment: Payment) -> tuple[Instalment, ...]:
    """Return an award in the parts of a profile, which add up to it to the penny."""
    keys = [f"{number:03d}" for number in range(len(payment.parts))]
    weights = [(key, percent) for key, (percent, _) in zip(keys, payment.parts, strict=True)]
    shares = share(amount_pence, weights)
    named = zip(keys, payment.parts, strict=True)
    return tuple(Instalment(shares[key], trigger) for key, (_, trigger) in named if shares[key])


def standing_awards(session: Session, round_id: int) -> tuple[AwardRow, ...]:
    """Return a round's awards without those that were withdrawn, in order of their references."""
    every = awards(session, round_id)
    gone = withdrawn_in(session, round_id) if every else frozenset()
    return tuple(row for row in every if stands(row, gone))


def not_taken_up(session: Session, round_id: int) -> frozenset[str]:
    """Return the applications of a round that were withdrawn and of which nothing was paid, by reference."""
    gone = withdrawn_in(session, round_id)
    return gone - {row.application for row in awards(session, round_id) if row.paid_pence} if gone else gone


def stands(row: AwardRow, gone: Collection[str]) -> bool:
    """Whether an award stands, of applications that are `gone`: what was paid is told in any case."""
    return row.application not in gone or row.paid_pence > 0


def withdrawn_in(session: Session, round_id: int) -> frozenset[str]:
    """Return the applications of a round that were withdrawn, by reference."""
    return frozenset(row.reference for row in applications(session, round_id) if row.withdrawn)
