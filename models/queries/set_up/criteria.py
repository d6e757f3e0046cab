"""What the page of criteria and scale shows of a round: its scheme, version by version, areas and gates."""

import json
from collections.abc import Callable
from datetime import datetime
from operator import attrgetter

from msgspec import Struct
from sqlalchemy import func, select

from models.queries.applications.applications import GateLine, gates
from models.queries.deciding.allowances import allowances
from models.queries.panel.panel import members
from models.queries.set_up.rounds import area_dates, round_line
from models.queries.set_up.scheme import reason_rule, scheme
from models.queries.set_up.start_choices import known_areas
from models.role import Role, panel_role
from models.schema.applications import application_table
from models.schema.panel import mark_table, member_table, person_table, sheet_table
from models.schema.set_up import amendment_table, scheme_table
from models.session import Session
from models.values.rounds import AreaDates, ReasonRule, RoundLine
from scoring.ranking import Allowance
from scoring.scheme import Criterion, Scheme


class SchemeVersion(Struct, frozen=True):
    """One version; `published_at` is None for a draft, `reason` "" unless it amends an earlier one."""

    version: int
    published_at: datetime | None
    reason: str
    amended_by: str
    sheets: int


class CriteriaFacts(Struct, frozen=True):
    """A round as it is set up; `chair` is the name of the panel's chair, "" while it has none.

    `is_handed_in` says that a sheet is handed in, which holds the rule for `reasons` still; `allowances` is
    what was allowed over the pots, and `known_areas` are those of the record that a slip may be meant for.
    """

    line: RoundLine
    scheme: Scheme
    versions: tuple[SchemeVersion, ...]
    dates: tuple[tuple[str, AreaDates], ...]
    gates: tuple[GateLine, ...]
    chair: str
    reasons: ReasonRule = ReasonRule.ASKED
    is_handed_in: bool = False
    allowances: tuple[Allowance, ...] = ()
    known_areas: tuple[str, ...] = ()


class TouchedSheet(Struct, frozen=True):
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
        allowances=allowances(session, round_id),
        gates=gates(session, round_id),
        chair=next((member.name for member in panel if panel_role(member.role) is Role.CHAIR), ""),
        reasons=reason_rule(session, round_id),
        is_handed_in=_is_handed_in(session, round_id),
        known_areas=known_areas(session),
    )


def _is_handed_in(session: Session, round_id: int) -> bool:
    sheets = select(func.count()).select_from(sheet_table).join(member_table)
    mine = (member_table.c.round_id == round_id) & sheet_table.c.is_submitted.is_(True)
    return bool(session.scalar(sheets.where(mine)))


def versions(session: Session, round_id: int) -> tuple[SchemeVersion, ...]:
    """Return every version of a round's scheme, the oldest first."""
    rows = session.execute(
        select(
            scheme_table.c.version,
            scheme_table.c.frozen_at,
            amendment_table.c.reason,
            amendment_table.c.amended_by,
            amendment_table.c.sheets,
        )
        .outerjoin(amendment_table, amendment_table.c.scheme_id == scheme_table.c.id)
        .where(scheme_table.c.round_id == round_id)
        .order_by(scheme_table.c.version)
    )
    return tuple(
        SchemeVersion(version, at, reason or "", by or "", len(json.loads(sheets or "[]")))
        for version, at, reason, by, sheets in rows
    )


def sheets_touched(session: Session, round_id: int, amended: Scheme) -> tuple[TouchedSheet, ...]:
    """Return the sheets with a mark that another scheme would count otherwise, or with one to come."""
    changed = changed_criteria(scheme(session, round_id), amended)
    rows = session.execute(
        select(
            member_table.c.code,
            person_table.c.name,
            application_table.c.reference,
            sheet_table.c.is_submitted,
        )
        .join(sheet_table, sheet_table.c.member_id == member_table.c.id)
        .join(person_table, person_table.c.id == member_table.c.person_id)
        .join(application_table, application_table.c.id == sheet_table.c.application_id)
        .where(
            member_table.c.round_id == round_id,
            select(mark_table.c.sheet_id)
            .where(mark_table.c.sheet_id == sheet_table.c.id, mark_table.c.criterion.in_(changed))
            .exists(),
        )
        .order_by(member_table.c.position, application_table.c.position)
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


_code: Callable[[Criterion], str] = attrgetter("code")
