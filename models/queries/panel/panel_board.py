"""The panel at a glance: who declared, how far the sheets are, and whether quorum holds."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.journal.tombstones import said_rows
from models.packs.member_record import is_members_own
from models.permissions.declarations import Applicant, applicants_of
from models.permissions.role import Role, panel_role
from models.queries.panel.areas_served import stood_down
from models.queries.panel.member_details import MemberDetails, members_of
from models.queries.panel.namesakes import distinct_names
from models.queries.panel.panel import interests
from models.queries.panel.quorum_lines import QuorumLine, present_by_area, quorum_line
from models.queries.panel.score_sheets import to_be_scored
from models.queries.panel.sheet_lines import SheetLine
from models.queries.set_up.funds import round_rules
from models.queries.set_up.scheme import scheme
from models.schema.applications import application_table
from models.schema.panel import member_table, sheet_table
from models.schema.set_up import area_table
from models.session import Session
from models.store.locks.signing_on import told
from models.store.parts import part
from models.values.rows import InterestRow
from scoring.round import InterestKind

_DECLARING = ("declare", "add interest")

OF_THE_FUND = "That is a rule of the fund, which the office changes on Funds."


class MemberStanding(Struct, frozen=True):
    """A member with what was declared and how many sheets are handed in.

    `declared_at` is None where the record does not know when; `interests` counts applications;
    `shown` is what the member is called, told apart from another of the same name.
    """

    details: MemberDetails
    has_declared: bool
    declared_at: datetime | None
    interests: int
    abstentions: int
    handed_in: int
    sheets: int
    shown: str = ""


class PanelBoard(Struct, frozen=True):
    """A round's panel; `warnings` are what the fund expects of a panel and this one has not.

    `office` says in a member's own record who is on the panel at the office: there the quorum is judged, and
    `quorum` is empty. It is None in any other record.
    """

    members: tuple[MemberStanding, ...]
    quorum: tuple[QuorumLine, ...]
    applicants: tuple[Applicant, ...]
    declared: tuple[InterestRow, ...]
    fewest: int
    warnings: tuple[str, ...]
    areas: tuple[str, ...] = ()
    office: str | None = None


def panel_board(session: Session, round_id: int) -> PanelBoard:
    """Return a round's panel as its page shows it."""
    board = _board(session, round_id)
    if not is_members_own(session):
        return board
    from models.queries.packs.member_record import (
        office_panel,  # an office opens no pack, and need not load it
    )

    return replace(board, quorum=(), warnings=(), office=office_panel(session))


def _board(session: Session, round_id: int) -> PanelBoard:
    details = members_of(session, round_id)
    declared = interests(session, round_id)
    rows = applicants_of(session, round_id)
    lines = to_be_scored(session, round_id)
    scored = {line.reference for line in lines}
    begun = begun_sheets(session, round_id)
    fewest, present = scheme(session, round_id).quorum, present_by_area(session, round_id)
    return PanelBoard(
        members=_standings(session, round_id, details, declared, lines, begun),
        quorum=tuple(
            quorum_line(
                (row.reference, row.organisation, row.area),
                *(details, declared, fewest, begun, present.get(row.area)),
            )
            for row in rows
            if row.reference in scored
        ),
        applicants=rows,
        declared=declared,
        fewest=fewest,
        warnings=_warnings(session, round_id, details),
        areas=_areas(session, round_id),
    )


def _standings(
    session: Session,
    round_id: int,
    details: Sequence[MemberDetails],
    declared: Sequence[InterestRow],
    lines: Sequence[SheetLine],
    begun: Mapping[tuple[str, str], bool],
) -> tuple[MemberStanding, ...]:
    moments = _declared_at(session, round_id)
    names = distinct_names((member.code, member.name) for member in details)
    standings = []
    for row in details:
        kinds = {i.application: i.kind for i in declared if i.member == row.code and i.application}
        barred = {of: kind for of, kind in kinds.items() if kind is not InterestKind.NONE}
        scores = row.code not in stood_down(declared)
        expected = {
            line.reference
            for line in lines
            if line.reference not in barred
            and ((scores and _is_due(line, row)) or (row.code, line.reference) in begun)
        }
        conflicts = sum(kind.is_conflict for kind in barred.values())
        standings.append(
            MemberStanding(
                details=row,
                has_declared=any(i.member == row.code for i in declared),
                declared_at=moments.get(row.code),
                interests=conflicts,
                abstentions=len(barred) - conflicts,
                handed_in=sum(begun.get((row.code, of), False) for of in expected),
                sheets=len(expected),
                shown=names[row.code],
            )
        )
    return tuple(standings)


def _is_due(line: SheetLine, member: MemberDetails) -> bool:
    """Whether a sheet is asked of a member: not while the area still accepts applications."""
    return line.stage != "intake" and member.serves(line.area)


@part
def begun_sheets(session: Session, round_id: int) -> Mapping[tuple[str, str], bool]:
    """Return by member and application whether the sheet that was begun is handed in."""
    rows = session.execute(
        select(member_table.c.code, application_table.c.reference, sheet_table.c.is_submitted)
        .join(sheet_table, sheet_table.c.member_id == member_table.c.id)
        .join(application_table, application_table.c.id == sheet_table.c.application_id)
        .where(member_table.c.round_id == round_id)
    )
    return {(code, reference): is_submitted for code, reference, is_submitted in rows}


def _declared_at(session: Session, round_id: int) -> dict[str, datetime]:
    """Return when each member last declared, from the journal."""
    rows = told(session)
    if rows is not None:
        of_round = (row for row in rows if row.kind in _DECLARING and row.round == str(round_id))
        return {row.member: row.at for row in of_round}
    found = {}
    for _, at, _, _, body in said_rows(session, _DECLARING):
        said = json.loads(body)
        if said.get("round_id") == round_id:
            found[said.get("member") or said["interest"]["member"]] = at
    return found


def _areas(session: Session, round_id: int) -> tuple[str, ...]:
    columns = select(area_table.c.name).where(area_table.c.round_id == round_id)
    return tuple(session.scalars(columns.order_by(area_table.c.position)))


def _warnings(session: Session, round_id: int, details: Sequence[MemberDetails]) -> tuple[str, ...]:
    """Return that there is not one chair, and what the fund expects of a panel; "" kinds do not count."""
    chairs = sum(panel_role(member.role) is Role.CHAIR for member in details)
    said = () if chairs == 1 else (f"The panel has {f'{chairs} chairs' if chairs else 'no chair'}.",)
    missed = tuple(
        rule.words
        for rule in round_rules(session, round_id).panel_kinds
        if sum(rule.has(member.kind, member.organisation) for member in details) < rule.at_least
    )
    return (*said, *missed, *((OF_THE_FUND,) if missed else ()))
