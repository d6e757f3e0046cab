"""What goes into a member's pack, from a list of what is allowed."""

import json
from collections.abc import Container, Mapping
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.permissions.viewing import Viewer
from models.queries.applications.applications import applications, areas_by_reference
from models.queries.packs.pack_files import PackFiles, as_packed, erased_files
from models.queries.panel.area_panels import areas_of_other_panels
from models.queries.panel.panel import (
    expected_to_score,
    member_details,
    members,
    not_applicable,
    serves,
)
from models.queries.panel.score_sheets import SheetLine, SheetState, score_sheets
from models.queries.panel.sheets import handed_in
from models.queries.permissions.declarations import declared_by
from models.queries.rows import named_of_round
from models.queries.set_up.office import newest_office, parts
from models.queries.set_up.rounds import area_dates, reason_rule, round_line, scheme
from models.role import PANEL, Role, is_asked_for_marks, panel_role
from models.schema.applications import application_table
from models.schema.journal import setting_table
from models.schema.packs import pack_table, private_key_table, returned_table
from models.schema.panel import (
    interest_table,
    interest_word_table,
    mark_table,
    member_table,
    person_table,
    revision_table,
    sheet_table,
)
from models.session import OF_ROUND, Session, count, fields_of, pairs_of, selection
from models.store import chain as journal
from models.store.locks.signing_on import refuse_in_part
from models.values import canonical, packs
from models.values.pack_plans import Difference, Item, MemberPlan, Plan
from models.values.packs import (
    FORMAT,
    Pack,
    PackApplication,
    PackDates,
    PackMember,
    PackRole,
    PackRound,
    fingerprint,
    too_much,
)
from models.values.revisions import (
    FOR_PANEL,
    HANDED_IN,
    INTEREST,
    MARK,
    REASON,
    History,
    Key,
    Revision,
    counted,
    histories,
    settled,
    within,
)
from models.values.rounds import BEFORE_MEETING, RoundLine
from models.values.rows import ApplicationRow, by_reference, gathered
from scoring.written.text import Refused

RECORD_ID, OFFICE_KEY = "record id", "office key"
_IN_CONFLICT = (SheetState.CONFLICT, SheetState.ABSTAINED)


class PackOrder(Struct, frozen=True):
    """What is asked for: a pack of this identity for a member, with the office's public key.

    `files` are the attachments that may go, by the reference of their application.
    """

    round_id: int
    member: str
    pack: str
    issued_on: date
    expires_on: date
    office_key: str
    files: Mapping[str, PackFiles] = {}


def pack_body(session: Session, order: PackOrder) -> Pack:
    """Return a member's pack, not yet signed; refused while the round is set up, or with nothing to score.

    Refused on a server to whom it closes something of the round: it would be left out without a word.
    """
    refuse_in_part(session, order.round_id)
    line = round_line(session, order.round_id)
    if line.stage == "set up":
        raise Refused("The round is still being set up. Publish its scheme first; packs come after that.")
    member = pack_member(session, order.round_id, order.member)
    items = _applications(session, order)
    if not items:
        raise Refused(f"There is no application that {order.member} may score. No pack was made.")
    known = settled_histories(session, order.round_id, order.member)
    uids = {"", *(item.uid for item in items)}  # what is of the round as a whole goes with it
    carried = {key: history for key, history in known.items() if key.application in uids}
    revisions = tuple(r for history in carried.values() for r in history.written)
    words = too_much(revisions)
    if words:
        raise Refused(f"The pack {words}, so it was not made. Shorten what is too long.")
    head = journal.head(session)
    return Pack(
        format=FORMAT,
        kind="pack",
        pack=order.pack,
        record=record_setting(session, RECORD_ID) or "",
        round=_round(session, line, tuple(dict.fromkeys(item.area for item in items))),
        member=member,
        issued_on=order.issued_on,
        expires_on=order.expires_on,
        applications=items,
        revisions=revisions,
        stands=tuple(sorted(h for history in carried.values() for h in history.stands)),
        office_key=order.office_key,
        journal_row=head.seq,
        journal_head=head.hash_hex,
    )


def _round(session: Session, line: RoundLine, areas: tuple[str, ...]) -> PackRound:
    published, office = scheme(session, line.round_id), newest_office(session)
    roles = [part.role for part in parts(session, line.round_id) if part.member]
    return PackRound(
        uid=line.uid,
        fund=line.fund,
        year=line.year,
        name=line.name,
        areas=areas,
        scheme=published,
        fingerprint=fingerprint(published),
        reason_rule=reason_rule(session, line.round_id),
        marking=line.marking,
        dates=_dates(session, line.round_id, areas),
        roles=tuple(PackRole(role, roles.count(role)) for role in PANEL if role in roles),
        area_label=office.get("area_label"),
        area_label_plural=office.get("area_label_plural"),
    )


def _dates(session: Session, round_id: int, areas: Container[str]) -> tuple[PackDates, ...]:
    found = area_dates(session, round_id)
    lines = round_line(session, round_id).areas
    past = {area.name for area in lines if area.stage not in BEFORE_MEETING}
    return tuple(
        PackDates(area, of.opens_on, of.closes_on, of.marks_close_on, of.meets_on, area in past)
        for area, of in found.items()
        if area in areas
    )


class Enrolled(NamedTuple):
    """A member of a round by number, by the identity that travels, by name, and by role."""

    number: int
    uid: str
    name: str
    role: str


enrolled = named_of_round(
    Enrolled,
    select(
        *(member_table.c.code, member_table.c.id, member_table.c.uid, person_table.c.name),
        member_table.c.role,
    )
    .join(person_table)
    .where(member_table.c.round_id == OF_ROUND)
    .order_by(member_table.c.position, member_table.c.id),
)
"""The members of a round by code, in their order."""


def pack_member(session: Session, round_id: int, code: str) -> PackMember:
    """Return a member as packs name one; refused where there is none of that code."""
    row = member_details(session, round_id, code)
    return PackMember(enrolled(session, round_id)[code].uid, code, row.name, row.role, row.organisation)


def settled_histories(session: Session, round_id: int, code: str) -> dict[Key, History]:
    """Return a member's histories, brought up to what stands in the tables now."""
    member, round_uid = enrolled(session, round_id)[code], round_line(session, round_id).uid
    known = histories_of(session, round_uid, member.uid)
    return settled(within(round_uid, member.uid), known, values_of(session, member.number))


def sheets_to_score(session: Session, round_id: int, member: str) -> tuple[SheetLine, ...]:
    """Return a member's sheets, without those in whose application the member has an interest."""
    lines = score_sheets(session, round_id, Viewer("", Role.MEMBER, member)).lines
    return tuple(line for line in lines if line.state not in _IN_CONFLICT)


def record_setting(session: Session, name: str) -> str | None:
    """Return a text among the record's own facts, None where it is not there."""
    found = session.scalar(selection(setting_table.c.value, name=name))
    return None if found is None else canonical.from_text(str, found)


def private_key(session: Session, public_key: str) -> bytes | None:
    return session.scalar(selection(private_key_table.c.private_key, public_key=public_key))


def _applications(session: Session, order: PackOrder) -> tuple[PackApplication, ...]:
    round_id, files = order.round_id, order.files
    wanted = {line.reference: line.area for line in sheets_to_score(session, round_id, order.member)}
    uids = pairs_of(session, application_table.c.reference, application_table.c.uid, round_id=round_id)
    rows_aside = not_applicable(session, round_id)
    aside = gathered((row.application, (row.criterion, row.reason)) for row in rows_aside)
    rows = by_reference(applications(session, round_id))
    return tuple(
        replace(
            _allowed(rows[reference], uids[reference], area, aside.get(reference, ())),
            files=tuple(map(as_packed, files[reference].going)) if reference in files else (),
            erased=erased_files(session, uids[reference]),
        )
        for reference, area in wanted.items()
    )


SEEN = tuple(name for name in ApplicationRow.__struct_fields__ if name in PackApplication.__struct_fields__)
"""What goes out of an application as it stands, its texts without what a pack may not hold."""


def _allowed(row: ApplicationRow, uid: str, area: str, aside: tuple[tuple[str, str], ...]) -> PackApplication:
    given = fields_of(row, *SEEN) | {"area": area, "answers": packs.allowed_answers(row.answers)}
    texts = {name: packs.allowed_text(given[name]) for name in ("project", "summary", "need", "outcomes")}
    return PackApplication(uid=uid, aside=aside, **given | texts)


CLOSED = '"closed to you"'

Closed = frozenset[str]


def closed_to(session: Session, round_id: int, person: str, own: str = "") -> Closed:
    """Return on which applications a person may not read others' marks: none, for who does not mark.

    They are those in which the person declared an interest, those of other panels, and while an area scores
    those whose own sheet is not handed in. `own` is the code of the member whose values are asked about:
    one's own are open.
    """
    member = next((row for row in members(session, round_id) if row.name == person), None)
    declared = declared_by(session, round_id, person)
    if member is None or member.code == own:
        return declared if member is not None else frozenset()
    left = _not_handed_in(session, round_id, member.code) if is_asked_for_marks(member.role) else frozenset()
    viewer = Viewer(member.name, panel_role(member.role), member.code)
    others = areas_of_other_panels(session, round_id, viewer)
    here = areas_by_reference(session, round_id).items()
    return declared.union(left, (of for of, area in here if area in others))


def without_closed(session: Session, planned: Plan, person: str) -> Plan:
    """Return a plan to be shown to a person, without what is closed to them."""
    return Plan(tuple(_member_plan(session, member, person) for member in planned.members))


def _member_plan(session: Session, planned: MemberPlan, person: str) -> MemberPlan:
    closed = closed_to(session, planned.round_id, person, planned.code)
    declared = declared_by(session, planned.round_id, person)
    return replace(
        planned,
        taken=tuple(_item(item, closed) for item in planned.taken),
        refused=tuple(_item(item, closed) for item in planned.refused),
        differences=tuple(_difference(one, closed, declared) for one in planned.differences),
    )


def _item(item: Item, closed: Closed) -> Item:
    if item.reference not in closed or item.slot in (HANDED_IN, INTEREST):
        return item
    return replace(item, before=CLOSED, after=CLOSED)


def _difference(one: Difference, closed: Closed, declared: Closed) -> Difference:
    """Return a difference of which only who declared no interest may choose a side."""
    if one.reference in declared or (one.reference in closed and one.key.slot not in (HANDED_IN, INTEREST)):
        if one.key.slot in (HANDED_IN, INTEREST):
            return replace(one, is_closed=True)
        sides = tuple(replace(side, value=CLOSED) for side in one.sides)
        return replace(one, here=CLOSED, sides=sides, is_closed=True)
    return one


def _not_handed_in(session: Session, round_id: int, member: str) -> Closed:
    served, lines = expected_to_score(session, round_id), round_line(session, round_id).areas
    scoring = {
        area.name for area in lines if area.stage in BEFORE_MEETING and serves(served, member, area.name)
    }
    mine = frozenset(row.reference for row in applications(session, round_id) if row.area in scoring)
    return mine - {of for code, of in handed_in(session, round_id) if code == member}


def values_of(session: Session, member_id: int) -> dict[Key, str]:
    """Return what stands in the tables for a member; what is as at first is left out."""
    return {**_interests(session, member_id), **_handed_in(session, member_id), **_marks(session, member_id)}


def histories_of(session: Session, round_uid: str, member_uid: str) -> dict[Key, History]:
    """Return what is known of a member's revisions in a round."""
    table = revision_table
    rows = session.execute(
        select(
            table.c.application, table.c.slot, table.c.number, table.c.value, table.c.parents, table.c.hash
        )
        .add_columns(table.c.stands)
        .where(table.c.round == round_uid, table.c.member == member_uid)
    )
    found = [
        (Revision(of, slot, number, value, tuple(json.loads(parents)), digest), is_standing)
        for of, slot, number, value, parents, digest, is_standing in rows
    ]
    stands = frozenset(revision.hash for revision, is_standing in found if is_standing)
    return histories(within(round_uid, member_uid), (revision for revision, _ in found), stands)


def member_uid(session: Session, member_id: int) -> str:
    return session.scalars(selection(member_table.c.uid, id=member_id)).one()


def _interests(session: Session, member_id: int) -> dict[Key, str]:
    table, words = interest_table, interest_word_table
    columns = select(application_table.c.uid, table.c.kind, words.c.detail).select_from(table)
    joined = columns.outerjoin(application_table)
    joined = joined.outerjoin(words)
    rows = session.execute(joined.where(table.c.member_id == member_id))
    found = gathered((Key(uid or "", INTEREST), (kind, detail or "")) for uid, kind, detail in rows)
    return {
        key: counted(INTEREST, canonical.dumps([[kind, detail] for kind, detail in sorted(said)]))
        for key, said in found.items()
    }


def _handed_in(session: Session, member_id: int) -> dict[Key, str]:
    columns = select(application_table.c.uid).join(sheet_table)
    mine = columns.where(sheet_table.c.member_id == member_id, sheet_table.c.is_submitted)
    return {Key(uid, HANDED_IN): "true" for uid in session.scalars(mine)}


def _marks(session: Session, member_id: int) -> dict[Key, str]:
    said = mark_table.c
    columns = select(application_table.c.uid, said.criterion, said.mark, said.reason, said.is_for_panel)
    joined = columns.select_from(mark_table).join(sheet_table)
    joined = joined.join(application_table)
    found: dict[Key, str] = {}
    rows = session.execute(joined.where(sheet_table.c.member_id == member_id))
    for uid, criterion, mark, reason, is_for_panel in rows:
        if mark is not None:
            found[Key(uid, f"{MARK}:{criterion}")] = canonical.dumps(mark)
        if reason:
            found[Key(uid, f"{REASON}:{criterion}")] = canonical.dumps(reason)
        if is_for_panel:
            found[Key(uid, f"{FOR_PANEL}:{criterion}")] = canonical.dumps(is_for_panel)
    return found


class PackOwner(NamedTuple):
    """The member whom a pack went to, and its number among that member's packs, 1 first."""

    code: str
    name: str
    number: int

    @property
    def whose(self) -> str:
        """Return whose it is: "Ann Sample (M1)"."""
        return f"{self.name} ({self.code})"


def pack_owners(session: Session) -> dict[str, PackOwner]:
    """Return by identity the packs that this record issued, to members who are still there."""
    table = pack_table
    columns = select(table.c.pack, table.c.member, member_table.c.code, person_table.c.name)
    joined = columns.join(member_table, member_table.c.uid == table.c.member).join(person_table)
    found: dict[str, PackOwner] = {}
    counted: dict[str, int] = {}
    for pack, member, code, name in session.execute(
        joined.order_by(table.c.issued_at, table.c.after_row, table.c.pack)
    ):
        counted[member] = counted.get(member, 0) + 1
        found[pack] = PackOwner(code, name, counted[member])
    return found


def packs_issued(session: Session, round_uid: str, member_uid: str) -> int:
    """Return how many packs went to a member."""
    return count(session, pack_table, round=round_uid, member=member_uid)


def kept_returns(session: Session, members: set[str]) -> Mapping[str, str]:
    """Return what the returns of members that were imported are called, by their texts, oldest first."""
    table = returned_table
    columns = select(table.c.body, table.c.number, member_table.c.code).join(
        member_table, member_table.c.uid == table.c.member
    )
    rows = session.execute(columns.where(table.c.member.in_(sorted(members))).order_by(table.c.number))
    return {body: f"{code} return {number}" for body, number, code in rows if body}
