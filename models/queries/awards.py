"""The awards of a round with their instalments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import canonical
from models.fund_defaults import FundDefaults, Payment
from models.queries.decisions import DecisionRow, decisions
from models.queries.finance_codes import supplier_numbers
from models.schema.application import ApplicationTable
from models.schema.award import AwardTable, InstalmentTable, ReturnTable
from models.schema.bank import BankEndingTable
from models.schema.fund import FundTable
from models.schema.organisation import OrganisationTable
from models.schema.round import AreaTable, RoundTable
from scoring.money import share

FULL = Payment("full", "Full on signature", ((100, "signature"),))
"""How an award is paid where the fund says nothing."""
PROOFS = ("proof", "claim", "receipt", "invoice")
"""What a trigger says when an instalment waits for papers of the recipient's."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of an award in pence, what it waits for, and when it was paid and by whom authorised.

    `due_on` is when it is expected to be paid; `proof_on` when a claim or proof came in, `proof` what it was.
    """

    amount_pence: int
    trigger: str
    paid_on: date | None = None
    due_on: date | None = None
    proof_on: date | None = None
    proof: str = ""
    authorised_by: str = ""

    @property
    def needs_proof(self) -> bool:
        """Whether it waits for papers of the recipient's, which come in before it is paid."""
        said = self.trigger.casefold()
        return any(word in said for word in PROOFS)


@dataclass(frozen=True, slots=True)
class Returned:
    """Money of an award that was not spent and came back."""

    amount_pence: int
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class BankState:
    """What is known openly of an award's account: its last four digits, and who put it down and checked it.

    `changed_after` says that it was changed after it was "checked" or "paid" into, "" when it was not.
    """

    last_four: str
    entered_by: str
    entered_at: datetime
    checked_by: str = ""
    checked_at: datetime | None = None
    changed_after: str = ""


@dataclass(frozen=True, slots=True)
class AwardRow:
    """An award; `profile` is a payment profile's code, "" for instalments of its own.

    `held_for` says why nothing more is paid for now, "" when it is not held. `decision` is the one that
    made it, with its notice, conditions, legal power and the reason it gives. `supplier_number` is what
    finance's own system knows the payee by.
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
            AwardTable.application_id,
            ApplicationTable.reference,
            AwardTable.reference,
            OrganisationTable.name,
            AreaTable.name,
            AwardTable.amount_pence,
            AwardTable.profile,
            AwardTable.agreed_on,
            AwardTable.held_for,
            AwardTable.decision_id,
        )
        .join(ApplicationTable, ApplicationTable.id == AwardTable.application_id)
        .join(OrganisationTable, OrganisationTable.id == ApplicationTable.organisation_id)
        .outerjoin(AreaTable, AreaTable.id == ApplicationTable.area_id)
        .where(ApplicationTable.round_id == round_id)
        .order_by(AwardTable.reference, ApplicationTable.position)
    ).all()
    parts = _instalments(session, [row[0] for row in found])
    banks, returned = _banks(session), _returned(session)
    decided = {row.number: row for row in decisions(session, round_id)}
    suppliers = supplier_numbers(session, round_id)
    return tuple(
        AwardRow(
            application=application,
            reference=reference,
            organisation=organisation,
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


def payments(session: Session, round_id: int) -> tuple[Payment, ...]:
    """Return the payment profiles of the round's fund, the usual one first."""
    text = session.scalars(
        select(FundTable.defaults)
        .join(RoundTable, RoundTable.fund_id == FundTable.id)
        .where(RoundTable.id == round_id)
    ).one()
    return canonical.from_text(FundDefaults, text).payments or (FULL,)


def parts_of(amount_pence: int, payment: Payment) -> tuple[Instalment, ...]:
    """Return an award in the parts of a profile, which add up to it to the penny."""
    keys = [f"{number:03d}" for number in range(len(payment.parts))]
    weights = [(key, percent) for key, (percent, _) in zip(keys, payment.parts, strict=True)]
    shares = share(amount_pence, weights)
    named = zip(keys, payment.parts, strict=True)
    return tuple(Instalment(shares[key], trigger) for key, (_, trigger) in named if shares[key])


def _instalments(session: Session, numbers: Iterable[int]) -> dict[int, list[Instalment]]:
    parts: dict[int, list[Instalment]] = {number: [] for number in numbers}
    table = InstalmentTable
    rows = session.execute(
        select(
            table.application_id,
            table.amount_pence,
            table.trigger,
            table.paid_on,
            table.due_on,
            table.proof_on,
            table.proof,
            table.authorised_by,
        ).order_by(table.application_id, table.number)
    )
    for number, amount_pence, trigger, paid_on, due_on, proof_on, proof, authorised_by in rows:
        if number in parts:
            part = Instalment(amount_pence, trigger, paid_on, due_on, proof_on, proof or "", authorised_by)
            parts[number].append(part)
    return parts


def _returned(session: Session) -> dict[int, list[Returned]]:
    table, found = ReturnTable, dict[int, list[Returned]]()
    rows = session.execute(
        select(table.application_id, table.amount_pence, table.returned_on, table.reason).order_by(
            table.application_id, table.number
        )
    )
    for number, amount_pence, on, reason in rows:
        found.setdefault(number, []).append(Returned(amount_pence, on, reason))
    return found


def _banks(session: Session) -> dict[int, BankState]:
    table = BankEndingTable
    rows = session.execute(
        select(
            table.application_id,
            table.last_four,
            table.entered_by,
            table.entered_at,
            table.checked_by,
            table.checked_at,
            table.changed_after,
        )
    )
    return {row[0]: BankState(*row[1:]) for row in rows}
