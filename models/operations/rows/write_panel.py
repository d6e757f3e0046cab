"""Putting in a round's panel and all that it entered, and taking it out."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from models.operations.rows.write_applications import application_ids
from models.queries.permissions.acting import people_names
from models.schema.applications import application_table
from models.schema.panel import (
    agreed_mark_table,
    agreement_table,
    attendance_table,
    chair_decision_table,
    closed_item_table,
    confirmed_record_table,
    first_mark_table,
    interest_table,
    interest_word_table,
    mark_table,
    meeting_table,
    member_area_table,
    member_table,
    not_applicable_table,
    panel_only_table,
    person_table,
    round_role_table,
    sheet_table,
    signer_interest_table,
)
from models.schema.set_up import area_table
from models.session import (
    Session,
    Values,
    next_id,
    pairs_of,
    put,
    put_new,
    record_uid,
    remove,
    round_uid,
    row_of,
    selection,
    uid,
)
from models.trouble import required
from models.values.rows import ChairDecisionRow, MemberRow, RoundRows
from scoring.written.names import is_same_typed
from scoring.written.text import Refused

WORDS = "detail"
"""Under which name the words stand beside the rest of an interest, in the journal too."""


def put_interests(session: Session, rows: Sequence[Values]) -> None:
    """Put interests in, each with its words; "" is kept by no row."""
    put(session, interest_table, [{name: row[name] for name in row if name != WORDS} for row in rows])
    put_words(session, rows)


def put_words(session: Session, rows: Sequence[Values]) -> None:
    """Put in the words of interests that have any."""
    words = [{"interest_id": row["id"], WORDS: row[WORDS]} for row in rows if row.get(WORDS)]
    put(session, interest_word_table, words)


def remove_interests(session: Session, where: ColumnElement[bool]) -> None:
    """Take interests out: first their words, which go by them."""
    remove(session, interest_word_table, interest_id=select(interest_table.c.id).where(where))
    remove(session, interest_table, where)


def put_panel(
    session: Session,
    round_id: int,
    rows: RoundRows,
    kinds: Mapping[str, str],
    days: Mapping[tuple[str, str], date],
    today: date,
) -> None:
    """Put in members, interests, sheets, agreed marks, not-applicable and the chair's decisions.

    `kinds` says of members by code whether they are police, community, partner or office, and `days` of
    interests that stood already since when.
    """
    applications = application_ids(session, round_id)
    members = _put_members(session, round_id, rows.members, kinds)
    since = [days.get((one.member, one.application or ""), today) for one in rows.interests]
    _put_interests(session, rows, members, applications, since)
    _put_sheets(session, round_uid(session, round_id), rows, members, applications)
    _put_agreed(session, rows, applications)
    _put_chair(session, rows, applications)


_OF_APPLICATIONS = (
    *(closed_item_table, agreed_mark_table, panel_only_table, agreement_table),
    *(not_applicable_table, chair_decision_table),
)
"""What the panel enters of an application beside sheets and interests, each before those it refers to."""


def remove_panel(session: Session, round_id: int) -> None:
    """Take out the panel and all that it entered; the people stay."""
    members = selection(member_table.c.id, round_id=round_id)
    sheets = selection(sheet_table.c.id, member_id=members)
    applications = selection(application_table.c.id, round_id=round_id)
    areas = selection(area_table.c.id, round_id=round_id)
    for of_area in (attendance_table, meeting_table, confirmed_record_table):
        remove(session, of_area, area_id=areas)
    remove(session, mark_table, sheet_id=sheets)
    remove_interests(session, interest_table.c.member_id.in_(members))
    for of_member in (first_mark_table, sheet_table, member_area_table):
        remove(session, of_member, member_id=members)
    remove(session, member_table, round_id=round_id)
    for table in _OF_APPLICATIONS:
        remove(session, table, application_id=applications)


def remove_idle_people(session: Session) -> None:
    """Take out people who have no part in any round."""
    parts = (member_table, round_role_table, signer_interest_table)
    of = [person_table.c.id.not_in(select(one.c.person_id)) for one in parts]
    remove(session, person_table, and_(*of))


def people_by_name(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Return people by name, put in where they were not known."""
    wanted = dict.fromkeys(names)
    known = pairs_of(session, person_table.c.name, person_table.c.id, name=wanted)
    within = record_uid(session)
    new = [name for name in wanted if name not in known]
    rows = ({"uid": uid(within, "person", name), "name": name, "post": ""} for name in new)
    return known | dict(zip(new, put_new(session, person_table, rows), strict=True))


def refuse_other_letters(session: Session, names: Iterable[str], leaving: Collection[str] = ()) -> None:
    """Refuse a name that somebody in the record has in another case, spacing or sign: it would be two people.

    A name that stands there just so is fine; `leaving` are names that go.
    """
    known = dict.fromkeys(people_names(session))
    for name in dict.fromkeys(names):
        near = next((one for one in known if one not in leaving and is_same_typed(one, name)), name)
        if near != name and name not in known:
            raise Refused(
                f"“{name}” and “{near}” are one name in other letters. Write “{near}” if they are one "
                f"person, or add what tells the two apart, as in “{name} (Dudley)”. Nothing was changed."
            )
        known[name] = None


def _put_members(
    session: Session, round_id: int, members: Sequence[MemberRow], kinds: Mapping[str, str]
) -> dict[str, int]:
    people = people_by_name(session, [member.name for member in members])
    within = round_uid(session, round_id)
    rows = (
        {
            **row_of(member_table, member, round_id=round_id, position=index),
            "uid": uid(within, "member", member.code),
            "person_id": people[member.name],
            "kind": kinds.get(member.code, ""),
        }
        for index, member in enumerate(members)
    )
    codes = [member.code for member in members]
    return dict(zip(codes, put_new(session, member_table, rows), strict=True))


def _put_interests(
    session: Session,
    rows: RoundRows,
    members: Mapping[str, int],
    applications: Mapping[str, int],
    since: Sequence[date],
) -> None:
    start = next_id(session, interest_table.c.id)
    declared = [
        {
            "id": start + index,
            "member_id": _member(members, interest.member),
            "application_id": interest.application and _application(applications, interest.application),
            "kind": interest.kind.value,
            "detail": interest.detail,
            "declared_on": since[index],
        }
        for index, interest in enumerate(rows.interests)
    ]
    put_interests(session, declared)


def _put_sheets(
    session: Session,
    within: UUID,
    rows: RoundRows,
    members: Mapping[str, int],
    applications: Mapping[str, int],
) -> None:
    codes = rows.scheme.judged_codes
    start = next_id(session, sheet_table.c.id)
    sheets, marks, first = list[Values](), list[Values](), list[Values]()
    for index, sheet in enumerate(rows.sheets):
        member_id = _member(members, sheet.member)
        application_id = _application(applications, sheet.application)
        sheets.append(
            {
                "id": start + index,
                "uid": uid(within, "sheet", sheet.member, sheet.application),
                "member_id": member_id,
                "application_id": application_id,
                "is_submitted": sheet.submitted,
                "reopened": sheet.reopened or None,
            }
        )
        first += [
            {"member_id": member_id, "application_id": application_id, "criterion": code, "mark": mark}
            for code, mark in zip(codes, sheet.first, strict=False)
            if mark is not None
        ]
        marks += [
            {
                "sheet_id": start + index,
                "criterion": code,
                "mark": mark,
                "reason": reason,
                "is_for_panel": code in sheet.for_panel,
            }
            for code, mark, reason in _given(codes, sheet.marks, sheet.reasons, sheet.for_panel)
        ]
    put(session, sheet_table, sheets)
    put(session, mark_table, marks)
    put(session, first_mark_table, first)


def _put_agreed(session: Session, rows: RoundRows, applications: Mapping[str, int]) -> None:
    codes = rows.scheme.judged_codes
    agreements, marks, for_panel = [], [], []
    for row in rows.agreed:
        application_id = _application(applications, row.application)
        agreements.append({"application_id": application_id, "dissent": row.dissent})
        marks += [
            {"application_id": application_id, "criterion": code, "mark": mark, "reason": reason}
            for code, mark, reason in _given(codes, row.marks, row.reasons)
        ]
        for_panel += [{"application_id": application_id, "criterion": code} for code in row.for_panel]
    put(session, agreement_table, agreements)
    put(session, agreed_mark_table, marks)
    put(session, panel_only_table, for_panel)


def _put_chair(session: Session, rows: RoundRows, applications: Mapping[str, int]) -> None:
    aside = [
        row_of(not_applicable_table, row, application_id=_application(applications, row.application))
        for row in rows.not_applicable
    ]
    put(session, not_applicable_table, aside)
    put_chair_decisions(session, applications, rows.chair_decisions)


def put_chair_decisions(
    session: Session, applications: Mapping[str, int], rows: Sequence[ChairDecisionRow]
) -> None:
    """Put decisions of the chair in, on applications whose numbers these are."""
    made = (
        row_of(chair_decision_table, row, application_id=_application(applications, row.application))
        for row in rows
    )
    put_new(session, chair_decision_table, made)


def _given(
    codes: Sequence[str], marks: Sequence[int | None], reasons: Sequence[str], also: Container[str] = ()
) -> Iterator[tuple[str, int | None, str]]:
    """Yield what was recorded for each criterion; nothing where neither mark nor reason was, but `also`."""
    for code, mark, reason in zip(codes, marks, reasons or repeat(""), strict=False):
        if mark is not None or reason or code in also:
            yield code, mark, reason


def _member(members: Mapping[str, int], code: str) -> int:
    words = f"There is no member {code} in the round. Add the member, or correct the code."
    return required(members.get(code), words)


def _application(applications: Mapping[str, int], reference: str) -> int:
    words = f"There is no application {reference} in the round. Correct the reference."
    return required(applications.get(reference), words)
