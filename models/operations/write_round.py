"""Putting a round in, with its areas, scheme and gates, and taking one out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from models import canonical
from models.fund_defaults import ONE_GATE, FundDefaults
from models.operations.write_areas import put_areas
from models.operations.write_funds import put_year
from models.operations.write_panel import remove_idle_people, remove_panel
from models.operations.write_scheme import put_scheme, remove_scheme
from models.operations.writing import next_id, put, record_uid, remove, table_of, uid
from models.schema.application import ApplicationTable
from models.schema.correction import CorrectionTable, KeptApartTable
from models.schema.fund import FinancialYearTable
from models.schema.gate import GateResultTable, GateTable
from models.schema.organisation import OrganisationAliasTable, OrganisationTable
from models.schema.person import RoundRoleTable
from models.schema.retention import DisposalTable, HoldTable, RetentionTable
from models.schema.round import AreaTable, ReasonRuleTable, RoundTable
from scoring.round import Area
from scoring.scheme import Scheme


@dataclass(frozen=True, slots=True)
class NewRound:
    """What a round is made from; one that `opens` has its scheme frozen with it."""

    fund_id: int
    fund_name: str
    year: str
    name: str
    scheme: Scheme
    areas: tuple[Area, ...]
    defaults: FundDefaults
    opens: bool


def find_round_id(session: Session, fund_id: int | None, year: str, name: str) -> int | None:
    """Return the round of exactly that fund, year and name, if it is there."""
    return session.scalar(
        select(RoundTable.id)
        .join(FinancialYearTable, FinancialYearTable.id == RoundTable.year_id)
        .where(RoundTable.fund_id == fund_id, RoundTable.name == name, FinancialYearTable.label == year)
    )


def put_round(session: Session, new: NewRound, at: datetime) -> int:
    """Put a round in and return its number."""
    round_id = next_id(session, RoundTable.id)
    year_id = put_year(session, new.year)
    row = {
        "id": round_id,
        "uid": uid(record_uid(session), "round", new.fund_id, new.year, new.name),
        "fund_id": new.fund_id,
        "year_id": year_id,
        "name": new.name,
        "fund_name": new.fund_name,
        "stage": "open" if new.opens else "set up",
        "marking": new.defaults.marking,
        "chain": canonical.dumps([canonical.encode(step) for step in new.defaults.chain]),
        "set_up_at": at,
        "opened_at": at if new.opens else None,
    }
    put(session, RoundTable, [row])
    put_scheme(session, round_id, new.scheme, frozen_at=at if new.opens else None)
    put_areas(session, round_id, dict(enumerate(new.areas)))
    _put_gates(session, round_id, new.defaults)
    return round_id


def remove_round(session: Session, round_id: int) -> None:
    """Take a round out with all that hangs on it, and what nothing else needs any more."""
    remove_panel(session, round_id)
    remove_applications(session, round_id, None)
    remove(session, RoundRoleTable, RoundRoleTable.round_id == round_id)
    remove(session, GateTable, GateTable.round_id == round_id)
    remove(session, RetentionTable, RetentionTable.round_id == round_id)
    remove(session, ReasonRuleTable, ReasonRuleTable.round_id == round_id)
    remove(session, AreaTable, AreaTable.round_id == round_id)
    remove_scheme(session, round_id)
    remove(session, RoundTable, RoundTable.id == round_id)
    remove_idle_people(session)
    used = select(RoundTable.year_id)
    remove(session, FinancialYearTable, FinancialYearTable.id.not_in(used))


def remove_applications(session: Session, round_id: int, references: list[str] | None) -> None:
    """Take applications out of a round (None: all), with their gates and organisations of no other."""
    chosen = [] if references is None else [{"of": reference} for reference in references]
    of_round = ApplicationTable.round_id == round_id
    if references is not None:
        of_round &= ApplicationTable.reference == bindparam("of")
    ids = select(ApplicationTable.id).where(of_round)
    session.execute(delete(table_of(GateResultTable)).where(GateResultTable.application_id.in_(ids)), chosen)
    session.execute(delete(table_of(CorrectionTable)).where(CorrectionTable.application_id.in_(ids)), chosen)
    for kept in (HoldTable, DisposalTable):
        session.execute(delete(table_of(kept)).where(kept.application_id.in_(ids)), chosen)
    for column in (KeptApartTable.first_id, KeptApartTable.second_id):
        session.execute(delete(table_of(KeptApartTable)).where(column.in_(ids)), chosen)
    session.execute(delete(table_of(ApplicationTable)).where(of_round), chosen)
    known = select(ApplicationTable.organisation_id)
    remove(session, OrganisationAliasTable, OrganisationAliasTable.organisation_id.not_in(known))
    remove(session, OrganisationTable, OrganisationTable.id.not_in(known))


def _put_gates(session: Session, round_id: int, defaults: FundDefaults) -> None:
    start = next_id(session, GateTable.id)
    rows = [
        {
            "id": start + index,
            "round_id": round_id,
            "position": index,
            "code": gate.code,
            "question": gate.question,
            "is_advisory": gate.is_advisory,
            "is_cap": gate.is_cap,
        }
        for index, gate in enumerate(defaults.gates or ONE_GATE)
    ]
    put(session, GateTable, rows)
