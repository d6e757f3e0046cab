"""All that the record holds on one organisation or one person, for who asks for it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, or_, select

from models.operation import every_operation, operation_of
from models.papers.order import HeldOn, HeldTable
from models.permissions.viewing import NOT_DECLARED, OFFICE_VIEWER, Viewer, marked_by_others, prints_closed
from models.queries.applications.applications import applications, entered
from models.queries.applications.merges import members_of_organisations, organisation_aliases
from models.queries.history import ERASED, PARTLY_ERASED
from models.queries.permissions.acting import known_as, refuse_nearly, roles_of
from models.queries.permissions.reading import sight_of, viewer_as
from models.queries.retention.held_rows import (
    HELD_WORDS,
    column_words,
    erased_words,
    how_used,
    table_words,
    whole_rows,
)
from models.queries.retention.people_named import (
    Named,
    PersonMeant,
    applied_in,
    is_called,
    owner_of,
    people_named,
    places_of,
)
from models.queries.set_up.rounds import area_word, rounds
from models.role import ON_REQUEST, not_yours
from models.schema.applications import (
    application_table,
    attachment_table,
    organisation_alias_table,
    organisation_merge_table,
    organisation_table,
)
from models.schema.awards import award_table, bank_details_table
from models.schema.monitoring import register_entry_table
from models.schema.packs import member_key_table, pack_table
from models.schema.panel import (
    interest_table,
    interest_word_table,
    mark_table,
    member_table,
    person_table,
    round_role_table,
    sheet_table,
    signer_interest_table,
)
from models.schema.set_up import area_table
from models.schema.tables import TABLES
from models.session import Session, pairs_of, selection
from models.store import chain as journal
from models.store.chain import said_rows, tombstones
from models.store.locks.signing_on import refuse_without_all
from models.trouble import refuse
from models.values import canonical
from models.values.as_done import as_done
from models.values.diligence import listed_key, person_key
from scoring.written.names import text_key, unaccented
from scoring.written.text import Refused

WITHOUT = bank_details_table.name
"""The table that is left out: the last four digits of an account stand in another."""


def organisation_of(session: Session, round_id: int, reference: str) -> int | None:
    """Return the number of the organisation that an application is of."""
    found = entered(session, round_id).get(reference)
    return None if found is None else found.organisation_id


def held_viewer(session: Session, name: str) -> Viewer:
    """Return a person who is only named as who asks what is held, in a role that writes it where they can."""
    refuse_nearly(session, name)
    known = known_as(session, name)
    roles = roles_of(session, known, None)
    return Viewer(known, next((role for role in roles if role in ON_REQUEST), roles[0]))


def _refuse(session: Session, viewer: Viewer) -> None:
    """Refuse all that is held to another role, and to whom anything of the record is closed.

    What is held on one tells of others: whom it was compared with, and its place among them.
    """
    refuse_without_all(session)
    if viewer.role not in ON_REQUEST:
        refuse(not_yours(ON_REQUEST, "writes all that is held", viewer.role))
    for at in (line.round_id for line in rounds(session)):
        of = sight_of(session, at, viewer_as(session, viewer.name, viewer.role, at))
        if of.must_declare:
            raise Refused(NOT_DECLARED)
        refuse(prints_closed(of, of.unseen) or marked_by_others(applications(session, at), of))


def held_on(session: Session, organisation_id: int, viewer: Viewer = OFFICE_VIEWER) -> HeldOn:
    """Return all that is held on an organisation, over all rounds; bank details by their last four digits.

    Refused to whom anything of the record is closed.
    """
    _refuse(session, viewer)
    own = application_table.c.organisation_id == organisation_id
    of = application_table.c
    columns = select(of.id, of.round_id, of.reference, of.uid, of.area_id).where(own)
    found = session.execute(columns.order_by(application_table.c.id)).all()
    numbers = [number for number, *_ in found]
    references = tuple((one.round_id, one.reference) for one in found)
    name = session.scalars(selection(organisation_table.c.name, id=organisation_id)).one()
    note = HELD_WORDS["said"]["of_organisation"]
    tables = [
        how_used(
            *(session, [round_id for round_id, _ in references], [row.uid for row in found]),
            note=note,
            erased=erased_words(session, own),
        ),
        *_tables(session, organisation_id, numbers),
        _journal(session, references, found, selection(award_table.c.reference, application_id=numbers)),
    ]
    label = area_word(session, date.max)
    return HeldOn(name, references, tuple(table for table in tables if table.rows), note, label)


def _tables(session: Session, organisation_id: int, numbers: Sequence[int]) -> Iterator[HeldTable]:
    """Yield the rows of each table that are the organisation's, nothing of one that holds none of any."""
    one = members_of_organisations()
    own = select(one.c.member_id).where(one.c.organisation_id == organisation_id)
    sheets = selection(sheet_table.c.id, application_id=numbers)
    declared = selection(interest_table.c.id, application_id=numbers)
    subjects = (
        selection(application_table.c.uid, id=numbers),
        selection(organisation_table.c.uid, id=own),
    )
    known: dict[Table, ColumnElement[bool]] = {
        attachment_table: or_(*(attachment_table.c.subject.in_(one) for one in subjects)),
        organisation_table: organisation_table.c.id.in_(own),
        organisation_merge_table: organisation_merge_table.c.merged_id.in_(own),
        application_table: application_table.c.id.in_(numbers),
        organisation_alias_table: organisation_alias_table.c.organisation_id.in_(own),
        register_entry_table: register_entry_table.c.key.in_(_register_keys(session, organisation_id)),
        mark_table: mark_table.c.sheet_id.in_(sheets),
        interest_word_table: interest_word_table.c.interest_id.in_(declared),
    }
    for table in TABLES:
        where = known.get(table)
        columns = [table.c[name] for name in ("application_id", "first_id", "second_id") if name in table.c]
        if where is None and columns:
            where = or_(*(column.in_(numbers) for column in columns))
        elif where is None and "organisation_id" in table.c:
            where = table.c.organisation_id.in_(own)
        if where is not None and table.name != WITHOUT:
            yield whole_rows(session, table, where)


def _register_keys(session: Session, organisation_id: int) -> set[str]:
    one = members_of_organisations()
    own = set(session.scalars(select(one.c.member_id).where(one.c.organisation_id == organisation_id)))
    mine = (alias for alias in organisation_aliases(session) if alias.organisation_id in own)
    keys = (key for alias in mine for key in (listed_key(alias.name), *alias.key[1:]))
    return set(filter(None, keys))


_OF_AREA = ("sign recommendations", "confirm record")
"""Kinds of changes to all that is recommended in an area, which name no application."""


def _journal(
    session: Session, applications: Sequence[tuple[int, str]], heads: Iterable[Any], awards: Select[Any]
) -> HeldTable:
    """Return what was changed of some applications, with what holds for their area and what was issued."""
    dead, gone = tombstones(session), wholly_erased(session, applications)
    names = pairs_of(session, area_table.c.id, area_table.c.name)
    areas = {(one.round_id, area) for one in heads for area in ("", names.get(one.area_id, ""))}
    said = {canonical.dumps(of) for of in (*(of for _, of in applications), *session.scalars(awards))}
    # returns and issued papers stand in a change as text of their own, whose quotation marks have a mark
    said |= {canonical.dumps(one)[1:-1] for one in said} | {one.uid for one in heads}
    rows = []
    for entry in journal.entries(session):
        body = entry.body or dead.get(entry.seq, "")
        is_theirs = entry.seq in gone or any(one in body for one in said)
        if is_theirs or (body and entry.kind in _OF_AREA and _is_in(operation_of(entry.kind, body), areas)):
            label = label_of(entry, body)
            rows.append((entry.seq, entry.at.isoformat(), entry.actor.name, entry.actor.role, label))
    return HeldTable("journal", ("number", "when (UTC)", "who", "role", "what was changed"), tuple(rows))


def _is_in(change: Any, areas: Collection[tuple[int, str]]) -> bool:
    return (change.round_id, change.area) in areas


def label_of(entry: journal.Entry, body: str) -> str:
    """Return a journal's row in words, and that words of it were erased; `body` is what is left of it."""
    if not body:
        return ERASED
    kind = every_operation().get(entry.kind)
    label = entry.kind if kind is None else as_done(canonical.from_text(kind, body).label)
    return label if entry.body else f"{label}. {PARTLY_ERASED}"


def wholly_erased(session: Session, applications: Collection[tuple[int, str]]) -> frozenset[int]:
    """Return the rows of which erasures of some applications left nothing."""
    found = (operation_of(row.kind, row.body) for row in said_rows(session, (journal.ERASE_KIND,)))
    mine = (one for one in found if {*one.applications, *one.removed} & {*applications})
    return frozenset(row.seq for one in mine for row in one.rows if not row.body)


ALSO = " Another person of the office has this name: what is recorded under the name alone may be theirs."


def held_on_person(session: Session, one: PersonMeant, viewer: Viewer = OFFICE_VIEWER) -> HeldOn:
    """Return all that is held on one person, without what is about others where that can be.

    Refused to whom anything of the record is closed.
    """
    _refuse(session, viewer)
    everyone = people_named(session, one.name)
    places = [place for place in places_of(session, one.name) if _is_of(session, place, one, everyone)]
    own = _own_rows(session, one) if one.person is not None else _contact_rows(session, one)
    namesakes = [other for other in everyone if other.organisation is None]
    is_shared = one.organisation is None and len(namesakes) > 1
    note = HELD_WORDS["said"]["of_person"] + (ALSO if is_shared else "")
    source = "applied" if one.person is None else "at_work"
    theirs = application_table.c.organisation_id == one.organisation
    erased = () if one.organisation is None else erased_words(session, theirs)
    used = how_used(
        *(session, [line.round_id for line in rounds(session)]), note=note, came_from=source, erased=erased
    )
    looked, key = register_entry_table, person_key(one.name)
    tables = (
        used,
        *own,
        *(() if one.organisation is None else (whole_rows(session, looked, looked.c.key == key),)),
        _named(session, places),
        _journal_of_person(session, one, places),
    )
    kept = tuple(table for table in tables if table.rows)
    return HeldOn(f"{one.name}, {one.words}", (), kept, note, area_word(session, date.max))


def _is_of(session: Session, place: Named, one: PersonMeant, everyone: Iterable[PersonMeant]) -> bool:
    owner = owner_of(session, place)
    theirs = [other for other in everyone if other.organisation is not None and other.organisation == owner]
    if place.is_of_applicant or (not place.is_whole and theirs):
        return one.organisation is not None and one.organisation == owner
    return one.organisation is None


def _own_rows(session: Session, one: PersonMeant) -> Iterator[HeldTable]:
    """Yield the rows that are a person's own: their seats, declarations, sheets, marks and roles."""
    uids = session.scalars(selection(member_table.c.uid, id=one.members)).all()
    sheets = selection(sheet_table.c.id, member_id=one.members)
    declared = selection(interest_table.c.id, member_id=one.members)
    own: dict[Table, ColumnElement[bool]] = {
        person_table: person_table.c.id == one.person,
        round_role_table: round_role_table.c.person_id == one.person,
        signer_interest_table: signer_interest_table.c.person_id == one.person,
        member_table: member_table.c.id.in_(one.members),
        mark_table: mark_table.c.sheet_id.in_(sheets),
        interest_word_table: interest_word_table.c.interest_id.in_(declared),
        pack_table: pack_table.c.member.in_(uids),
        member_key_table: member_key_table.c.member.in_(uids),
    }
    for table in TABLES:
        where = own.get(table)
        if where is None and "member_id" in table.c:
            where = table.c.member_id.in_(one.members)
        if where is not None:
            yield whole_rows(session, table, where)


def _contact_rows(session: Session, one: PersonMeant) -> Iterator[HeldTable]:
    heads = ("round", "application", "organisation", "contact name", "email", "phone", "address", "postcode")
    rows, uids = [], set[str]()
    for of in rounds(session):
        own = pairs_of(session, application_table.c.reference, application_table.c.uid, round_id=of.round_id)
        for owner, name, row in applied_in(session, of):
            is_named = is_called(row.contact_name, one.name) or text_key(row.email) == text_key(one.name)
            if owner == one.organisation and is_named and text_key(row.email) == text_key(one.email):
                said = (row.contact_name, row.email, row.phone, row.address, row.postcode)
                rows.append((of.words, row.reference, name, *said))
                uids.add(own[row.reference])
    yield HeldTable("contact", heads, tuple(rows))
    if uids:
        uids |= set(session.scalars(selection(organisation_table.c.uid, id=one.organisation)))
    yield whole_rows(session, attachment_table, attachment_table.c.subject.in_(uids))


def _named(session: Session, places: Sequence[Named]) -> HeldTable:
    heads = ("where", "as", "application", "when", "words")
    of = pairs_of(session, application_table.c.id, application_table.c.reference)
    rows = [
        (
            table_words(one.table),
            column_words(one.column),
            of.get(one.application_id or 0, ""),
            one.when,
            one.words,
        )
        for one in places
    ]
    return HeldTable("named in", heads, tuple(rows))


def _journal_of_person(session: Session, one: PersonMeant, places: Sequence[Named]) -> HeldTable:
    """Return the changes that the person made, and those that name them; who else made one is not told."""
    text = unaccented(canonical.dumps(one.name)).casefold()
    of = {place.application_id for place in places if place.application_id is not None}
    own = select(application_table.c.reference).where(
        or_(application_table.c.id.in_(of), application_table.c.organisation_id == one.organisation)
    )
    references = set(map(canonical.dumps, session.scalars(own)))
    rows, dead = list[tuple[int, str, str, str]](), tombstones(session)
    for entry in journal.entries(session):
        is_theirs = one.organisation is None and is_called(entry.actor.name, one.name)
        body = entry.body or dead.get(entry.seq, "")
        names = text in unaccented(body).casefold()
        if names and one.organisation is not None:
            names = any(reference in body for reference in references)
        if is_theirs or names:
            label = label_of(entry, body)
            rows.append((entry.seq, entry.at.isoformat(), "made it" if is_theirs else "named in it", label))
    return HeldTable("journal", ("number", "when (UTC)", "the person", "what was changed"), tuple(rows))
