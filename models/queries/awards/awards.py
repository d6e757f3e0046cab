"""The awards of a round with their instalments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select

from models.queries.awards.agreements.details import agreement_details
from models.queries.awards.finance_codes import supplier_numbers
from models.queries.awards.subsidy.subsidies import subsidies
from models.queries.awards.variations.recoveries import Recovery, recoveries
from models.queries.awards.variations.variations import VariationRow, in_effect, terms_now, variations
from models.queries.awards.withheld_names import known_as, withheld_names
from models.queries.deciding.decisions import DecisionRow, decisions, earlier_decisions
from models.queries.set_up.funds import round_rules
from models.reference.fund_defaults import Payment, in_use
from models.schema.applications.application import application_table
from models.schema.applications.organisation import organisation_table
from models.schema.awards.award import award_table, instalment_table, return_table
from models.schema.awards.bank import bank_ending_table
from models.schema.set_up.round import area_table
from models.session import Session
from models.values.agreement import NOT_SENT, AgreementDetails
from models.values.award_parts import SIGNATURES, Instalment, Returned
from models.values.award_terms import Terms
from models.values.subsidy import Subsidy
from models.values.withheld_name import WithheldName
from scoring.money import share

OfApplication = TypeVar("OfApplication", VariationRow, Recovery)

DAYS_TO_PAY = 30
"""How long after the agreement is signed a part that waits for that is due, where no day is set."""

FULL = Payment("full", "Full on signature", ((100, "signature"),))
"""How an award is paid where the fund says nothing."""


@dataclass(frozen=True, slots=True)
class BankState:
    """What is known openly of an award's account: its last four digits, and who recorded it and checked it.

    `changed_after` says that it was changed after it was "checked" or "paid" into, "" when it was not;
    `account_sum` is the salted sum that the journal keeps of it, "" where it keeps none.
    """

    last_four: str
    entered_by: str
    entered_at: datetime
    checked_by: str = ""
    checked_at: datetime | None = None
    changed_after: str = ""
    account_sum: str = ""


@dataclass(frozen=True, slots=True)
class AwardRow:
    """An award as it stands, as varied; `profile` is a payment profile's code, "" for parts of its own.

    `organisation` is the recipient's name; `amount_pence` is before anything that was recovered. `held_for`
    says why nothing more is paid for now, "" when it is not held. `decision` is the one that made it, with
    its notice, legal power and the reason it gives. `supplier_number` is what finance's own system knows the
    payee by. `variations` are all there were, in their order, `asked_back` likewise.
    `earlier` are decisions that the one that made it took the place of, oldest first.
    `counted_under` names the lines of the fund's lists, where asked for. `agreement` is what is known of it
    beside its day. `withheld` says why the public is not told its recipient, None where it is; `known_as`
    are then the names and numbers by which that would be found out. `wants_agreement` says, where asked for,
    that it was varied since its newest agreement.
    """

    application: str
    reference: str
    organisation: str
    area: str
    amount_pence: int
    profile: str
    agreed_on: date | None
    instalments: tuple[Instalment, ...]
    bank: BankState | None = None
    held_for: str = ""
    returned: tuple[Returned, ...] = ()
    decision: DecisionRow | None = None
    supplier_number: str = ""
    variations: tuple[VariationRow, ...] = ()
    asked_back: tuple[Recovery, ...] = ()
    counted_under: str = ""
    agreement: AgreementDetails = NOT_SENT
    subsidy: Subsidy | None = None
    earlier: tuple[DecisionRow, ...] = ()
    withheld: WithheldName | None = None
    known_as: tuple[str, ...] = ()
    wants_agreement: bool = False

    @property
    def varied(self) -> tuple[VariationRow, ...]:
        """Return the variations that hold."""
        return in_effect(self.variations)

    @property
    def terms(self) -> Terms:
        """Return what the variations made of it; what none of them says is None."""
        return terms_now(self.variations)

    @property
    def proposed(self) -> VariationRow | None:
        """Return the variation that waits for signatures, None where none does."""
        return next((one for one in self.variations if one.is_proposed), None)

    @property
    def first_pence(self) -> int:
        """Return what it was before it was varied."""
        return self.amount_pence - sum(one.change_pence for one in self.varied)

    def pence_on(self, day: date) -> int:
        """Return what it was on a day, with the variations that held by then."""
        since = (one for one in self.varied if (one.effective_on or one.proposed_on) <= day)
        return self.first_pence + sum(one.change_pence for one in since)

    @property
    def decided_first_pence(self) -> int:
        """Return what was decided at the very first, nought where that was no money."""
        return (self.earlier[0].amount_pence or 0) if self.earlier else self.first_pence

    @property
    def stands_pence(self) -> int:
        """Return what it stands at: as varied, less what was recovered."""
        return self.amount_pence - self.returned_pence

    @property
    def may_be_asked_pence(self) -> int:
        """Return how much is paid, and neither returned nor asked back."""
        asked = sum(one.outstanding_pence(self.returned) for one in self.asked_back)
        return self.paid_pence - self.returned_pence - asked

    @property
    def conditions(self) -> tuple[str, ...]:
        """Return its conditions: as varied, else as decided."""
        decided = () if self.decision is None else self.decision.conditions
        varied = self.terms.conditions
        return decided if varied is None else varied

    def due_on(self, part: Instalment) -> date | None:
        """Return when a part is due: as set, else so many days after the signature that it waits for."""
        is_signature = any(word in part.trigger.casefold() for word in SIGNATURES)
        if part.due_on is not None or self.agreed_on is None or not is_signature:
            return part.due_on
        return self.agreed_on + timedelta(days=DAYS_TO_PAY)

    def late(self, today: date) -> tuple[int, ...]:
        """Return which parts, counted from 1, are due before a day and not paid."""
        parts = enumerate(self.instalments, 1)
        unpaid = ((number, self.due_on(part)) for number, part in parts if part.paid_on is None)
        return tuple(number for number, due in unpaid if due is not None and due < today)

    @property
    def waits_for(self) -> str:
        """Return what nothing is paid before, "" once the agreement is signed and the account verified."""
        if self.agreed_on is None:
            return "the agreement is not signed"
        if self.bank is None:
            return "there are no bank details yet"
        return "" if self.bank.checked_by else "the bank details are not verified"

    @property
    def bars_payment(self) -> str:
        """Return why nothing of it may be paid now: what is waited for, else a hold; "" when it may be."""
        return self.waits_for or (f"it is on hold: {self.held_for.rstrip('.')}" if self.held_for else "")

    @property
    def on_hold(self) -> str:
        """Return why what is outstanding is not paid now: a hold, what is waited for; "" when it may be."""
        if not self.outstanding_pence:
            return self.held_for
        return "; ".join(words for words in (self.held_for, self.waits_for) if words)

    @property
    def returned_pence(self) -> int:
        """Return what came back of what was paid."""
        return sum(part.amount_pence for part in self.returned)

    @property
    def outstanding_pence(self) -> int:
        """Return what is still to be paid."""
        return sum(part.amount_pence for part in self.instalments if part.paid_on is None)

    @property
    def paid_pence(self) -> int:
        """Return what was paid to date."""
        return sum(part.amount_pence for part in self.instalments if part.paid_on is not None)


def awards(session: Session, round_id: int) -> tuple[AwardRow, ...]:
    """Return a round's awards in order of their references."""
    found = session.execute(
        select(
            award_table.c.application_id,
            application_table.c.reference,
            award_table.c.reference,
            organisation_table.c.name,
            area_table.c.name,
            award_table.c.amount_pence,
            award_table.c.profile,
            award_table.c.agreed_on,
            award_table.c.held_for,
            award_table.c.decision_id,
        )
        .join(application_table, application_table.c.id == award_table.c.application_id)
        .join(organisation_table, organisation_table.c.id == application_table.c.organisation_id)
        .outerjoin(area_table, area_table.c.id == application_table.c.area_id)
        .where(application_table.c.round_id == round_id)
        .order_by(award_table.c.reference, application_table.c.position)
    ).all()
    parts = _instalments(session, [row[0] for row in found])
    banks, returned = _banks(session), _returned(session)
    every = decisions(session, round_id)
    decided, earlier = {row.number: row for row in every}, earlier_decisions(every)
    varied = by_application(variations(session, round_id))
    asked = by_application(recoveries(session, round_id))
    suppliers, agreed = supplier_numbers(session, round_id), agreement_details(session)
    subsidy, withheld = subsidies(session), withheld_names(session)
    known = known_as(session, withheld)
    return tuple(
        AwardRow(
            application=application,
            reference=reference,
            organisation=terms_now(varied.get(application, ())).recipient or organisation,
            area=area or "",
            amount_pence=amount_pence,
            profile=profile,
            agreed_on=agreed_on,
            instalments=tuple(parts[number]),
            bank=banks.get(number),
            held_for=held_for or "",
            returned=tuple(returned.get(number, ())),
            decision=decided.get(decision),
            supplier_number=suppliers.get(application, ""),
            variations=varied.get(application, ()),
            asked_back=asked.get(application, ()),
            agreement=agreed.get(number, NOT_SENT),
            subsidy=subsidy.get(number),
            earlier=earlier.get(application, ()),
            withheld=withheld.get(number),
            known_as=known.get(number, ()),
        )
        for (
            number,
            application,
            reference,
            organisation,
            area,
            amount_pence,
            profile,
            agreed_on,
            held_for,
            decision,
        ) in found
    )


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


def _instalments(session: Session, numbers: Iterable[int]) -> dict[int, list[Instalment]]:
    parts: dict[int, list[Instalment]] = {number: [] for number in numbers}
    table = instalment_table
    rows = session.execute(
        select(
            table.c.application_id,
            table.c.amount_pence,
            table.c.trigger,
            table.c.paid_on,
            table.c.due_on,
            table.c.proof_on,
            table.c.proof,
            table.c.authorised_by,
        ).order_by(table.c.application_id, table.c.number)
    )
    for number, amount_pence, trigger, paid_on, due_on, proof_on, proof, authorised_by in rows:
        if number in parts:
            part = Instalment(amount_pence, trigger, paid_on, due_on, proof_on, proof or "", authorised_by)
            parts[number].append(part)
    return parts


def _returned(session: Session) -> dict[int, list[Returned]]:
    table, found = return_table, dict[int, list[Returned]]()
    rows = session.execute(
        select(
            table.c.application_id,
            table.c.amount_pence,
            table.c.returned_on,
            table.c.reason,
            table.c.recovery,
        ).order_by(table.c.application_id, table.c.number)
    )
    for number, amount_pence, on, reason, recovery in rows:
        found.setdefault(number, []).append(Returned(amount_pence, on, reason, recovery))
    return found


def _banks(session: Session) -> dict[int, BankState]:
    table = bank_ending_table
    rows = session.execute(
        select(
            table.c.application_id,
            table.c.last_four,
            table.c.entered_by,
            table.c.entered_at,
            table.c.checked_by,
            table.c.checked_at,
            table.c.changed_after,
            table.c.account_sum,
        )
    )
    return {row[0]: BankState(*row[1:]) for row in rows}
