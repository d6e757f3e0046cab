"""What the page of criteria and scale shows of a round: its scheme, version by version, areas and gates."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.queries.applications import GateLine, gates
from models.queries.area_dates import AreaDates, area_dates
from models.queries.panel import members
from models.queries.reason_rule import ReasonRule, reason_rule
from models.queries.rounds import RoundLine, round_line
from models.queries.scheme import scheme
from models.schema.application import ApplicationTable
from models.schema.panel import MemberTable
from models.schema.person import PersonTable
from models.schema.scheme import AmendmentTable, SchemeTable
from models.schema.sheet import MarkTable, SheetTable
from scoring.scheme import Criterion, Scheme


@dataclass(frozen=True, slots=True)
class SchemeVersion:
    """One version; `published_at` is None for a draft, `reason` "" unless it amends an earlier one."""

    version: int
    published_at: datetime | None
    reason: str
    amended_by: str
    sheets: int


@dataclass(frozen=True, slots=True)
class CriteriaFacts:
    """A round as it is set up; `chair` is the name of the panel's chair, "" while it has none.

    `is_handed_in` says that a sheet is handed in, which holds the rule for `reasons` still.
    """

    line: RoundLine
    scheme: Scheme
    versions: tuple[SchemeVersion, ...]
    dates: tuple[tuple[str, AreaDates], ...]
    gates: tuple[GateLine, ...]
    chair: str
    reasons: ReasonRule = ReasonRule.ASKED
    is_handed_in: bool = False


@dataclass(frozen=True, slots=True)
class TouchedSheet:
    """A sheet that an amendment touches."""

    member: str
    name: str
    application: str
    is_submitted: bool


def criteria_facts(session: Session, round_id: int) -> CriteriaFacts:
    """Return what the page shows of a round."""
    panel = members(session, round_id)
    return CriteriaFacts(
        line=round_line(session, round_id),
        scheme=scheme(session, round_id),
        versions=versions(session, round_id),
        dates=tuple(area_dates(session, round_id).items()),
        gates=gates(session, round_id),
        chair=next((member.name for member in panel if member.role == "chair"), ""),
        reasons=reason_rule(session, round_id),
        is_handed_in=_is_handed_in(session, round_id),
    )


def _is_handed_in(session: Session, round_id: int) -> bool:
    sheets = select(func.count()).select_from(SheetTable).join(MemberTable)
    mine = (MemberTable.round_id == round_id) & SheetTable.is_submitted.is_(True)
    return bool(session.scalar(sheets.where(mine)))


def versions(session: Session, round_id: int) -> tuple[SchemeVersion, ...]:
    """Return every version of a round's scheme, the oldest first."""
    rows = session.execute(
        select(
            SchemeTable.version,
            SchemeTable.frozen_at,
            AmendmentTable.reason,
            AmendmentTable.amended_by,
            AmendmentTable.sheets,
        )
        .outerjoin(AmendmentTable, AmendmentTable.scheme_id == SchemeTable.id)
        .where(SchemeTable.round_id == round_id)
        .order_by(SchemeTable.version)
    )
    return tuple(
        SchemeVersion(version, at, reason or "", by or "", len(json.loads(sheets or "[]")))
        for version, at, reason, by, sheets in rows
    )


def sheets_touched(session: Session, round_id: int, amended: Scheme) -> tuple[TouchedSheet, ...]:
    """Return the sheets with a mark that another scheme would count otherwise, or with one to come."""
    changed = changed_criteria(scheme(session, round_id), amended)
    rows = session.execute(
        select(MemberTable.code, PersonTable.name, ApplicationTable.reference, SheetTable.is_submitted)
        .join(SheetTable, SheetTable.member_id == MemberTable.id)
        .join(PersonTable, PersonTable.id == MemberTable.person_id)
        .join(ApplicationTable, ApplicationTable.id == SheetTable.application_id)
        .where(
            MemberTable.round_id == round_id,
            select(MarkTable.sheet_id)
            .where(MarkTable.sheet_id == SheetTable.id, MarkTable.criterion.in_(changed))
            .exists(),
        )
        .order_by(MemberTable.position, ApplicationTable.position)
    )
    return tuple(TouchedSheet(*row) for row in rows)


def changed_criteria(before: Scheme, after: Scheme) -> frozenset[str]:
    """Return the criteria whose marks count or read otherwise under another scheme.

    All of them, when the scale, its words, the combining rule or the questions to be marked are others:
    then no sheet is what it was.
    """
    was = {criterion.code: criterion for criterion in before.criteria}
    if _whole_sheet(before) != _whole_sheet(after):
        return frozenset(was)
    new = {criterion.code: criterion for criterion in after.criteria}
    return frozenset(code for code, criterion in was.items() if new.get(code) != criterion)


def _whole_sheet(scheme: Scheme) -> tuple[object, ...]:
    codes = frozenset(map(_code, scheme.judged))
    return (scheme.scale_maximum, scheme.descriptors, scheme.combine, codes)


def _code(criterion: Criterion) -> str:
    return criterion.code
