"""The members' sheets as they count, and the marks that the panel agreed."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from operator import itemgetter
from typing import Any

from msgspec import Struct, json
from sqlalchemy import Column, ColumnElement, Select, Table, false, literal, select

from models.papers.order import Texts
from models.queries.panel.area_panels import marks_elsewhere
from models.queries.panel.panel import by_member, named_rows
from models.queries.rows import packed
from models.schema.applications import application_table
from models.schema.panel import (
    agreed_mark_table,
    agreement_table,
    first_mark_table,
    mark_table,
    member_table,
    panel_only_table,
    sheet_table,
)
from models.session import OF_ROUND, Session
from models.store.locks.signing_on import marks_of_other_panels
from models.store.parts import Keys, part, part_by
from models.values.rows import AgreedRow, MemberRow, SheetRow, distinct_names, gathered
from scoring.written.text import first_of

NOT_COUNTED = (
    "These marks do not count. If a member sits on that panel, add the area to them on Panel & interests. "
    "If not, nothing more is needed. Before the meeting, save and load --replace take them out of the record."
)
MOST_NAMED = 10
"""So many members are named of an area; the rest are counted."""
_PACKED = json.Decoder(Sequence[tuple[str, int | None, str, int | bool]])
"""Criterion, mark, reason, and whether the reason is for the panel alone."""
Strangers = Mapping[tuple[str, str], str]
_NUMBER = itemgetter(0)


class Given(Struct, frozen=True):
    """What one sheet says: marks in the order of the judged criteria, and reasons, none where none was given.

    `for_panel` are the codes of the criteria whose reason no applicant is told.
    """

    marks: tuple[int | None, ...]
    reasons: Texts = ()
    for_panel: Texts = ()


def _by_application(table: Table, *said: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Return what reads a round's rows of a table that are of one application each, by its number."""
    of = application_table.c
    rows = select(table.c.application_id, *said).join(application_table, of.id == table.c.application_id)
    return rows.where(of.round_id == OF_ROUND)


_SHEETS = by_member(sheet_table, sheet_table.c.id, sheet_table.c.is_submitted, sheet_table.c.reopened).where(
    application_table.c.id.is_not(None)
)
_BEGUN = by_member(sheet_table, sheet_table.c.is_submitted)
_IN_ROUND = (
    select(sheet_table.c.id)
    .join(member_table, member_table.c.id == sheet_table.c.member_id)
    .where(member_table.c.round_id == OF_ROUND)
)
_MARK, _FIRST, _AGREED_MARK = mark_table.c, first_mark_table.c, agreed_mark_table.c
_MARKS = (
    select(_MARK.sheet_id, packed(_MARK.criterion, _MARK.mark, _MARK.reason, _MARK.is_for_panel))
    .where(_MARK.sheet_id.in_(_IN_ROUND))
    .group_by(_MARK.sheet_id)
)
_FIRST_MARKS = (
    select(sheet_table.c.id, packed(_FIRST.criterion, _FIRST.mark, literal(""), false()))
    .join(member_table, member_table.c.id == sheet_table.c.member_id)
    .join(
        first_mark_table,
        (first_mark_table.c.member_id == sheet_table.c.member_id)
        & (first_mark_table.c.application_id == sheet_table.c.application_id),
    )
    .where(member_table.c.round_id == OF_ROUND)
    .group_by(sheet_table.c.id)
)
_GIVEN = (
    select(member_table.c.code, application_table.c.reference)
    .group_by(
        member_table.c.code,
        application_table.c.reference,
        member_table.c.position,
        application_table.c.position,
    )
    .join(sheet_table, sheet_table.c.member_id == member_table.c.id)
    .join(application_table, application_table.c.id == sheet_table.c.application_id)
    .join(mark_table, mark_table.c.sheet_id == sheet_table.c.id)
    .where(member_table.c.round_id == OF_ROUND, mark_table.c.mark.is_not(None))
    .order_by(member_table.c.position, application_table.c.position)
)
_AGREED_ON = (
    select(application_table.c.reference)
    .join(agreed_mark_table, agreed_mark_table.c.application_id == application_table.c.id)
    .where(application_table.c.round_id == OF_ROUND, agreed_mark_table.c.mark.is_not(None))
)
_AGREED_MARKS = (
    select(
        _AGREED_MARK.application_id,
        packed(_AGREED_MARK.criterion, _AGREED_MARK.mark, _AGREED_MARK.reason, false()),
    )
    .where(
        _AGREED_MARK.application_id.in_(
            select(application_table.c.id).where(application_table.c.round_id == OF_ROUND)
        )
    )
    .group_by(_AGREED_MARK.application_id)
)
_AGREED = _by_application(
    *(agreement_table, application_table.c.position, application_table.c.reference),
    agreement_table.c.dissent,
)
_FOR_PANEL = _by_application(panel_only_table, panel_only_table.c.criterion).order_by(
    panel_only_table.c.criterion
)


@part
def every_sheet(session: Session, round_id: int, judged: Texts) -> tuple[SheetRow, ...]:
    """Return all sheets of a round as they stand in the record, whoever's panel they are of.

    Of other areas' panels a server does not tell whose each mark is.
    """
    return tuple(one for _, one in sorted(_sheets_by_number(session, round_id, judged).items(), key=_NUMBER))


@part_by(sheet_table.c.id, mark_table.c.sheet_id)
def _sheets_by_number(session: Session, numbers: Keys, round_id: int, judged: Texts) -> dict[int, SheetRow]:
    found, others = _among(_MARKS, mark_table.c.sheet_id, numbers), _of_other_panels(session, round_id)
    marks = _given(session, found, round_id, judged, others)
    rows = session.execute(
        _among(_SHEETS, sheet_table.c.id, numbers), {"of_round": round_id}
    ).cursor.fetchall()
    first = _given(session, _FIRST_MARKS, round_id, judged) if any(reopened for *_, reopened in rows) else {}
    unmarked, not_reopened = Given((None,) * len(judged)), Given(())
    return {
        number: SheetRow(
            code,
            reference,
            bool(is_submitted),
            (given := marks.get(number, unmarked)).marks,
            given.reasons,
            reopened or "",
            first.get(number, not_reopened).marks,
            given.for_panel,
        )
        for code, reference, _, number, is_submitted, reopened in rows
    }


@part
def _of_other_panels(session: Session, round_id: int) -> tuple[Sequence[Any], ...]:
    return tuple(map(tuple, marks_of_other_panels(session, round_id)))


@part
def sheets(session: Session, round_id: int, judged: Texts) -> tuple[SheetRow, ...]:
    """Return the sheets of the panel of each area, their marks in the order of the judged criteria.

    What somebody marked in an area whose panel they are not on counts nowhere, and nobody is shown it there.
    """
    every, elsewhere = every_sheet(session, round_id, judged), marks_elsewhere(session, round_id)
    return (
        tuple(one for one in every if (one.member, one.application) not in elsewhere) if elsewhere else every
    )


@part
def begun_sheets(session: Session, round_id: int) -> Mapping[tuple[str, str], bool]:
    """Return whether sheets that were begun are handed in, by member and application, closed ones as well.

    They are of the panel of each area, as those that count.
    """
    elsewhere = marks_elsewhere(session, round_id)
    begun = ((who, of or "", is_in) for who, of, is_in in named_rows(session, round_id, _BEGUN))
    return {(who, of): is_in for who, of, is_in in begun if (who, of) not in elsewhere}


def handed_in(session: Session, round_id: int) -> frozenset[tuple[str, str]]:
    """Return which members' sheets are handed in, by member and application, closed ones as well."""
    return frozenset(sheet for sheet, is_in in begun_sheets(session, round_id).items() if is_in)


def marked(session: Session, round_id: int) -> frozenset[str]:
    """Return which applications of a round have a mark: one of its panel's, or one that the panel agreed."""
    given, elsewhere = session.execute(_GIVEN, {"of_round": round_id}), marks_elsewhere(session, round_id)
    by_members = {of for who, of in given if (who, of) not in elsewhere}
    return frozenset(by_members.union(session.scalars(_AGREED_ON, {"of_round": round_id})))


def marks_of_strangers(session: Session, round_id: int) -> Strangers:
    """Return who gave marks in an area whose panel they are not on: by member and application, the area."""
    elsewhere = marks_elsewhere(session, round_id)
    given = session.execute(_GIVEN, {"of_round": round_id}) if elsewhere else ()
    return {(who, of): elsewhere[who, of] for who, of in given if (who, of) in elsewhere}


def strangers_words(members: Iterable[MemberRow], strangers: Strangers) -> str:
    """Say which members gave marks in an area whose panel they are not on, and what to do; "" for none."""
    names, found = distinct_names(members), gathered((area, key) for key, area in strangers.items())
    told = []
    for area, keys in found.items():
        who = first_of(dict.fromkeys(names[one] for one, _ in keys), MOST_NAMED)
        on = first_of(dict.fromkeys(of for _, of in keys))
        told.append(f"Not on the panel of {area}, and gave marks there on {on}: {who}.")
    return " ".join((*told, NOT_COUNTED)) if told else ""


@part
def agreed(session: Session, round_id: int, judged: Texts) -> tuple[AgreedRow, ...]:
    """Return the panel's agreed marks, in the order of the judged criteria."""
    by_number = _agreed_by_number(session, round_id, judged)
    return tuple(one for _, one in sorted(by_number.values(), key=_NUMBER))


@part_by(
    *(agreement_table.c.application_id, agreed_mark_table.c.application_id, panel_only_table.c.application_id)
)
def _agreed_by_number(
    session: Session, numbers: Keys, round_id: int, judged: Texts
) -> dict[int, tuple[int, AgreedRow]]:
    """Return the same by the application's number, each with its place in the round."""
    found = _among(_AGREED_MARKS, agreed_mark_table.c.application_id, numbers)
    marks = _given(session, found, round_id, judged)
    reasons = _among(_FOR_PANEL, panel_only_table.c.application_id, numbers)
    for_panel: Mapping[int, Texts] = gathered(session.execute(reasons, {"of_round": round_id}))
    rows = _among(_AGREED, agreement_table.c.application_id, numbers)
    unmarked = Given((None,) * len(judged))
    return {
        number: (
            position,
            AgreedRow(
                reference,
                (given := marks.get(number, unmarked)).marks,
                given.reasons,
                dissent,
                for_panel.get(number, ()),
            ),
        )
        for number, position, reference, dissent in session.execute(rows, {"of_round": round_id})
    }


def _among(
    statement: Select[*tuple[Any, ...]], column: Column[int], numbers: Keys
) -> Select[*tuple[Any, ...]]:
    """Return the statement of some rows alone, or of all where no numbers are given."""
    return statement.where(column.in_(numbers)) if numbers else statement


def _given(
    session: Session,
    marks: Select[*tuple[Any, ...]],
    round_id: int,
    judged: Texts,
    more: Iterable[Sequence[Any]] = (),
) -> dict[int, Given]:
    """Return by key what was given, of a statement that has all marks of a key packed in one row.

    Of tens of thousands of marks the driver's own rows are read, and one at a time: memory is slow when new.
    """
    found = session.execute(marks, {"of_round": round_id}).cursor
    others = gathered((number, tuple(mark)) for number, *mark in more)
    given = {number: _of_sheet(_PACKED.decode(rows), judged) for number, rows in iter(found.fetchone, None)}
    given |= {number: _of_sheet(rows, judged) for number, rows in others.items()}
    return {number: sheet for number, sheet in given.items() if sheet is not None}


def _of_sheet(rows: Iterable[Sequence[Any]], judged: Texts) -> Given | None:
    """Return the marks of one sheet; None where it has none on what is judged."""
    criteria, marks, reasons, are_for_panel = zip(*rows, strict=True)
    for_panel = tuple(sorted(compress(criteria, are_for_panel))) if any(are_for_panel) else ()
    if criteria != judged:  # most sheets have each mark, in this order
        places = {code: place for place, code in enumerate(criteria)}
        if places.keys().isdisjoint(judged):
            return None
        marks = tuple(marks[places[code]] if code in places else None for code in judged)
        reasons = tuple(reasons[places[code]] if code in places else "" for code in judged)
        for_panel = tuple(code for code in for_panel if code in judged)
    return Given(marks, reasons if any(reasons) else (), for_panel)
