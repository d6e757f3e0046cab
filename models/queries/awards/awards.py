"""The awards of a round with their instalments, the codes of finance, and whose recipients are withheld."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import func, select

from models.papers.kinds import AGREEMENT
from models.queries.applications.applications import (
    application_heads,
    applications,
    entered,
    in_round,
)
from models.queries.applications.merges import merged_into, organisation_aliases, succeeded_to
from models.queries.awards.award_rows import FULL, AwardRow, BankState, IssuedAgreement
from models.queries.awards.direct_awards import DIRECT, direct_awards, ending_in, subsidies
from models.queries.awards.variations import (
    half_agreed,
    recipients,
    recoveries,
    succeeded_at,
    successors,
    terms_now,
    variations,
    varied_terms,
)
from models.queries.awards.year_end_figures import returned_by_award
from models.queries.deciding.decisions import decisions, earlier_decisions, half_decided
from models.queries.papers.notices.lines import notice_texts
from models.queries.rows import by_application, columns_of, grouped, rows_of_round
from models.queries.set_up.funds import round_rules
from models.reference.defaults import Payment, in_use
from models.schema.applications import application_table, organisation_table
from models.schema.awards import (
    award_agreement_table,
    award_table,
    bank_ending_table,
    finance_codes_table,
    instalment_table,
    payment_layout_table,
    supplier_number_table,
    withheld_name_table,
)
from models.schema.papers import paper_issue_table, paper_text_table
from models.schema.set_up import area_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from models.values.awards import (
    BY_NOTICE,
    NOT_SENT,
    AgreementDetails,
    Instalment,
    WithheldName,
)
from models.values.payments import STANDARD, PaymentLayout
from models.values.recommending import DecisionRow
from models.values.rows import by_reference, gathered
from models.values.stored import read_or
from scoring.money import share
from scoring.written.names import text_key
from scoring.written.text import Refused, listed


class FinanceCodes(Struct, frozen=True):
    """Codes as text, of a whole round (`area` "") or one area; "" in an area's is as the round's."""

    area: str = ""
    cost_centre: str = ""
    nominal_code: str = ""
    project_code: str = ""

    @property
    def parts(self) -> tuple[str, str, str]:
        return (self.cost_centre, self.nominal_code, self.project_code)


def booked_words(codes: FinanceCodes) -> str:
    """Say what an award is booked under: "Booked under 0042 · 003100"; that nothing is recorded yet."""
    held = " · ".join(code for code in codes.parts if code)
    return f"Booked under {held}" if held else "No finance codes yet"


_CODES = finance_codes_table.c
finance_codes = rows_of_round(
    FinanceCodes,
    select(func.coalesce(area_table.c.name, ""), _CODES.cost_centre, _CODES.nominal_code, _CODES.project_code)
    .select_from(finance_codes_table)
    .outerjoin(area_table)
    .where(_CODES.round_id == OF_ROUND)
    .order_by(_CODES.position),
)
"""The codes of a round, as they were recorded: the round's own, then its areas'."""


def codes_in(codes: Iterable[FinanceCodes], area: str) -> FinanceCodes:
    """Return what an award of an area is booked under: the area's own codes, else the round's."""
    by_area = {row.area: row for row in codes}
    whole, own = by_area.get("", FinanceCodes()), by_area.get(area, FinanceCodes())
    return FinanceCodes(area, *(mine or theirs for mine, theirs in zip(own.parts, whole.parts, strict=True)))


@part
def supplier_numbers(session: Session, round_id: int) -> Mapping[str, tuple[str, ...]]:
    """Return the numbers that finance knows each payee by, by the application's reference.

    An organisation without a number of its own has those of what was merged into it, and of what its name and
    numbers became one with. Several that differ wait for somebody to set the right one. Who took an award
    over has the number that was set for that award since, else that of its organisation.
    """
    return {of: held[-1] for of, held in holder_suppliers(session, round_id).items()}


@part
def holder_suppliers(session: Session, round_id: int) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the same of each that has had an award: of whoever applied, then of its successors in order."""
    known, taken, moved = _numbers(session), successors(session), succeeded_to(session)
    found = {}
    for reference, of in entered(session, round_id).items():
        later = (
            (own.supplier_number,) if own.supplier_number else known.get(to.organisation_id or 0, ())
            for own, to in zip(taken.get(of.number, ()), moved.get(of.number, ()), strict=True)
        )
        found[reference] = (known.get(of.organisation_id, ()), *later)
    return found


def _numbers(session: Session) -> Mapping[int, tuple[str, ...]]:
    found = gathered((payee.now, payee.number) for payee in known_payees(session))
    return {of: tuple(dict.fromkeys(numbers)) for of, numbers in found.items()}


class Payee(NamedTuple):
    """A supplier number, the organisation that it was set for, and the one that this is now."""

    number: str
    of: int
    now: int


def known_payees(session: Session) -> Iterator[Payee]:
    """Yield every supplier number that is set.

    An organisation whose names are all another's by now is that one, found by the name it was first known by.
    """
    now, table = merged_into(session), supplier_number_table.c
    owners: dict[str, set[int]] = {}
    for one in organisation_aliases(session):
        owners.setdefault(one.name_key, set()).add(one.organisation_id)
    every = set().union(*owners.values())
    named = select(table.number, table.organisation_id, organisation_table.c.name)
    joined = named.join(organisation_table, organisation_table.c.id == table.organisation_id)
    for number, of, name in session.execute(joined.order_by(table.organisation_id)):
        others = {of} if of in every else owners.get(text_key(name), set())
        owner = min(others) if len(others) == 1 else of
        yield Payee(number, of, now.get(owner, owner))


def unsettled_supplier(numbers: Sequence[str]) -> str:
    """Say that a payee has several supplier numbers, "" for one or none."""
    return f"supplier numbers {listed(numbers)}: set the right one" if len(numbers) > 1 else ""


def saved_layouts(session: Session) -> tuple[PaymentLayout, ...]:
    """Return the layouts that the office saved, by name."""
    saved = session.scalars(select(payment_layout_table.c.layout).order_by(payment_layout_table.c.name))
    found = (read_or("payment_layouts.layout", text, None) for text in saved)
    return tuple(one for one in found if one is not None)


def payment_layouts(session: Session) -> tuple[PaymentLayout, ...]:
    """Return the layouts there are to choose from: the standard one first, as it stands, then the others."""
    saved = saved_layouts(session)
    first = tuple(one for one in saved if one.name == STANDARD.name) or (STANDARD,)
    return (*first, *(one for one in saved if one.name != STANDARD.name))


def payment_layout(session: Session, name: str) -> PaymentLayout:
    """Return the layout of a name, in any case and spacing; refused where there is none."""
    found = payment_layouts(session)
    layout = next((one for one in found if text_key(one.name) == text_key(name)), None)
    if layout is None:
        known = listed([one.name for one in found])
        raise Refused(f"There is no layout “{name}” of payment files. The layouts: {known}.")
    return layout


@part
def withheld_names(session: Session) -> Mapping[int, WithheldName]:
    """Return what is recorded, by the application's number."""
    return by_application(session, WithheldName, withheld_name_table)


@part
def withheld_in(session: Session, round_id: int) -> Mapping[str, WithheldName]:
    """Return what is recorded of a round's applications, awarded or not, by reference."""
    return in_round(session, round_id, withheld_names(session))


def known_as(session: Session, numbers: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the names and numbers that the recipients of some awards have gone by, by application.

    Those of an organisation that was merged with theirs are among them, and what a variation called it.
    """
    wanted = set(numbers)
    if not wanted:
        return {}
    now, owners = merged_into(session), _owners(session)
    names = defaultdict[int, dict[str, None]](dict)
    for one in organisation_aliases(session):
        names[now.get(one.organisation_id, one.organisation_id)] |= dict.fromkeys(one.said)
    for number, name in recipients(session):
        names[owners[number]].setdefault(name)
    return {number: tuple(names[owners[number]]) for number in wanted}


def _owners(session: Session) -> Mapping[int, int]:
    """Return the organisation that each application is of now, by its number."""
    now = merged_into(session)
    return {
        one.number: now.get(one.organisation_id, one.organisation_id) for one in application_heads(session)
    }


def withheld_elsewhere(session: Session, round_id: int) -> Mapping[str, tuple[str, str]]:
    """Return which applications of a round are named while their organisation is withheld elsewhere.

    By the application's reference its organisation, and the reference of one that is withheld: the award's,
    else the application's. Organisations that were merged are one.
    """
    hidden = withheld_names(session)
    if not hidden:
        return {}
    owners = _owners(session)
    owned = [(one, owners[one.number]) for one in application_heads(session)]
    elsewhere = {owner: one.award or one.reference for one, owner in owned if one.number in hidden}
    return {
        one.reference: (one.organisation, elsewhere[owner])
        for one, owner in owned
        if one.round_id == round_id and one.number not in hidden and owner in elsewhere
    }


_GROUND, _PART = "confidential", "confidential_part"
_WRITTEN = select(paper_text_table.c.round_id).where(
    paper_text_table.c.paper == "notice", paper_text_table.c.field == _GROUND
)


def withholds_anything(session: Session) -> bool:
    """Whether a record may have a name that the public is not told: most have none, and are asked no more."""
    return bool(withheld_names(session)) or session.scalar(_WRITTEN.limit(1)) is not None


def confidential_notices(session: Session, round_id: int, every: Iterable[DecisionRow]) -> Mapping[str, str]:
    """Return why each notice of a round is withheld as a whole, by its number.

    One with a part that is printed apart has its decision in the public one.
    """
    if session.scalar(_WRITTEN.where(paper_text_table.c.round_id == round_id).limit(1)) is None:
        return {}
    lines = dict[str, dict[str, None]]()
    areas = {row.reference: row.area or "" for row in applications(session, round_id)}
    for row in every:
        if row.notice:
            lines.setdefault(row.notice, {})[areas.get(row.application, "")] = None
    found = {number: notice_texts(session, round_id, number, tuple(of)) for number, of in lines.items()}
    return {
        number: texts.get(_GROUND)
        for number, texts in found.items()
        if texts.get(_GROUND) and not texts.get(_PART)
    }


@part
def agreement_details(session: Session) -> Mapping[int, AgreementDetails]:
    """Return what is known, by the application's number; nothing of those that nothing is known of."""
    return by_application(session, AgreementDetails, award_agreement_table)


_OF, _AWARD, _INSTALMENT = application_table.c, award_table.c, instalment_table.c
_AWARDS = (
    select(
        _AWARD.application_id.label("number"),
        _OF.reference.label("application"),
        _AWARD.reference,
        *(_AWARD.amount_pence, _AWARD.profile, _AWARD.agreed_on, _AWARD.held_for, _AWARD.decision_id),
    )
    .join(application_table, _OF.id == _AWARD.application_id)
    .where(_OF.round_id == OF_ROUND)
    .order_by(_AWARD.reference, _OF.position)
)
_INSTALMENTS = (
    select(
        _INSTALMENT.application_id,
        *columns_of(Instalment, instalment_table, proof=func.coalesce(_INSTALMENT.proof, "")),
    )
    .join(application_table, _OF.id == _INSTALMENT.application_id)
    .where(_OF.round_id == OF_ROUND)
    .order_by(_INSTALMENT.application_id, _INSTALMENT.number)
)


@part
def awards(session: Session, round_id: int) -> tuple[AwardRow, ...]:
    """Return a round's awards in order of their references."""
    found = session.execute(_AWARDS, {"of_round": round_id}).all()
    parts = grouped(session, Instalment, _INSTALMENTS, of_round=round_id)
    banks = by_application(session, BankState, bank_ending_table)
    returned = returned_by_award(session)
    every = decisions(session, round_id)
    decided, earlier = {row.number: row for row in every}, earlier_decisions(every)
    varied = gathered((row.application, row) for row in variations(session, round_id))
    asked = gathered((row.application, row) for row in recoveries(session, round_id))
    suppliers, agreed = supplier_numbers(session, round_id), agreement_details(session)
    subsidy = subsidies(session)
    hidden = _by_notices(session, round_id, every)
    by_notice = {row.number: hidden[row.decision_id] for row in found if row.decision_id in hidden}
    withheld = {**by_notice, **withheld_names(session)}
    known = known_as(session, withheld)
    bound = {
        of: DIRECT.lines("binding", award, ending_in(session, round_id))
        for of, award in direct_awards(session, round_id).items()
    }
    rows = by_reference(applications(session, round_id)) if found else {}
    taken_over, since = successors(session), succeeded_at(session)
    issued = _issued(session, round_id) if found else {}
    corrected = half_decided(session) if found else {}
    return tuple(
        AwardRow(
            application=row.application,
            reference=row.reference,
            organisation=taken_over[row.number][-1].name
            if row.number in taken_over
            else terms_now(varied.get(row.application, ())).recipient or rows[row.application].organisation,
            area=rows[row.application].area or "",
            amount_pence=row.amount_pence,
            profile=row.profile,
            agreed_on=row.agreed_on,
            instalments=parts.get(row.number, ()),
            bank=_verified_since(banks.get(row.number), since.get(row.number)),
            successors=taken_over.get(row.number, ()),
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
            number=row.number,
            applied=rows[row.application],
            issued=issued.get(row.reference, ()),
            corrected_pence=corrected.get(row.number),
        )
        for row in found
    )


def _verified_since(bank: BankState | None, succeeded: datetime | None) -> BankState | None:
    """Return an account, not verified where that was done before a successor took the award over."""
    if bank is None or bank.checked_at is None or succeeded is None or bank.checked_at > succeeded:
        return bank
    return replace(bank, checked_by="", checked_at=None)


def agreed_names(session: Session, day: date) -> Mapping[int, str]:
    """Return what recipients are called since a variation that both have signed, by the application.

    Of an award that was taken over by a day it is the successor.
    """
    varied = {number: terms.recipient for number, terms in varied_terms(session).items()}
    half = {number: row.awarded_to for number, row in half_agreed(session).items()}
    taken = ((number, one) for number, each in successors(session).items() for one in each)
    over = {number: one.name for number, one in taken if one.from_on <= day}
    return {number: name for number, name in (varied | half | over).items() if name is not None}


def _issued(session: Session, round_id: int) -> Mapping[str, tuple[IssuedAgreement, ...]]:
    """Return the versions of each award's agreement in their order, by the award's reference."""
    table = paper_issue_table
    columns = select(table.c.subject, *columns_of(IssuedAgreement, table)).order_by(table.c.version)
    own = columns.where(table.c.paper == AGREEMENT, table.c.round_id == round_id)
    return grouped(session, IssuedAgreement, own)


def _by_notices(session: Session, round_id: int, every: Sequence[DecisionRow]) -> Mapping[int, WithheldName]:
    """Return which decisions are withheld with their whole notice, by number: its signer decided that."""
    grounds = confidential_notices(session, round_id, every)
    lines = (row for row in every if row.notice in grounds)
    return {
        row.number: WithheldName(BY_NOTICE, grounds[row.notice], row.signed_by, row.post) for row in lines
    }


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
    return tuple(row for row in awards(session, round_id) if row.stands)
