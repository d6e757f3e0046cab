"""All that a record holds on one organisation: every row of every table that is of its applications."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Table, or_, select

from models.operations.registry import OPERATIONS
from models.operations.retention.erasure import EraseBodies
from models.papers.held import HeldOn, HeldTable
from models.queries.applications.applications import entered
from models.queries.applications.organisations.merges import members_of_organisations
from models.queries.history import ERASED, PARTLY_ERASED
from models.queries.retention.held_rows import whole_rows
from models.queries.retention.how_used import erased_words, how_used
from models.queries.set_up.scheme import area_word
from models.schema.applications import (
    application_table,
    organisation_alias_table,
    organisation_merge_table,
    organisation_table,
)
from models.schema.awards import bank_details_table
from models.schema.monitoring import register_entry_table
from models.schema.panel import interest_table, interest_word_table, mark_table, sheet_table
from models.schema.tables import TABLES
from models.session import Session
from models.store import chain as journal
from models.store.chain import said_rows, tombstones
from models.values import canonical
from models.values.as_done import as_done
from models.values.diligence import listed_key

NOTE = (
    "All that this record holds, over all rounds. Of accounts only the last four digits are here. Issued "
    "papers and returns of members are kept apart, as they were signed. This is the office's own copy: it "
    "names who gave which mark, which is not published; take these names out before it leaves the office."
)
WITHOUT = bank_details_table.name
"""The table that is left out: the last four digits of an account stand in another."""


def organisation_of(session: Session, round_id: int, reference: str) -> int | None:
    """Return the number of the organisation that an application is of."""
    found = entered(session, round_id).get(reference)
    return None if found is None else found.organisation_id


def held_on(session: Session, organisation_id: int) -> HeldOn:
    """Return all that is held on an organisation, over all rounds; bank details by their last four digits."""
    own = application_table.c.organisation_id == organisation_id
    of = application_table.c
    columns = select(of.id, of.round_id, of.reference, of.uid).where(own)
    found = session.execute(columns.order_by(application_table.c.id)).all()
    numbers = [number for number, *_ in found]
    applications = tuple((round_id, reference) for _, round_id, reference, _ in found)
    name = session.scalars(
        select(organisation_table.c.name).where(organisation_table.c.id == organisation_id)
    ).one()
    tables = [
        how_used(
            *(session, [round_id for round_id, _ in applications], [row.uid for row in found]),
            note=NOTE,
            erased=erased_words(session, own),
        ),
        *_tables(session, organisation_id, numbers),
        _journal(session, applications),
    ]
    label = area_word(session, date.max)
    return HeldOn(name, applications, tuple(table for table in tables if table.rows), NOTE, label)


def _tables(session: Session, organisation_id: int, numbers: Sequence[int]) -> Iterator[HeldTable]:
    for table in TABLES:
        where = _of(session, table, organisation_id, numbers)
        if where is None or table.name == WITHOUT:
            continue
        yield whole_rows(session, table, where)


def _register_keys(session: Session, organisation_id: int) -> set[str]:
    """Return under what public registers were searched for an organisation: its numbers and names."""
    one, table = members_of_organisations(), organisation_alias_table
    own = select(one.c.member_id).where(one.c.organisation_id == organisation_id)
    columns = select(table.c.name, table.c.charity_number, table.c.company_number)
    rows = session.execute(columns.where(table.c.organisation_id.in_(own))).all()
    return {key for row in rows for key in (listed_key(row[0]), *row[1:]) if key}


def _of(
    session: Session, table: Table, organisation_id: int, numbers: Sequence[int]
) -> ColumnElement[bool] | None:
    """Return which rows of a table are the organisation's, None where it holds nothing of any."""
    one = members_of_organisations()
    own = select(one.c.member_id).where(one.c.organisation_id == organisation_id)
    if table.name == organisation_table.name:
        return table.c.id.in_(own)
    if table.name == organisation_merge_table.name:
        return table.c.merged_id.in_(own)
    if table.name == application_table.name:
        return table.c.id.in_(numbers)
    if table.name == organisation_alias_table.name:
        return table.c.organisation_id.in_(own)
    if table.name == register_entry_table.name:
        return table.c.key.in_(_register_keys(session, organisation_id))
    if table.name == mark_table.name:
        sheets = select(sheet_table.c.id).where(sheet_table.c.application_id.in_(numbers))
        return table.c.sheet_id.in_(sheets)
    if table.name == interest_word_table.name:
        declared = select(interest_table.c.id).where(interest_table.c.application_id.in_(numbers))
        return table.c.interest_id.in_(declared)
    columns = [table.c[name] for name in ("application_id", "first_id", "second_id") if name in table.c]
    if not columns:
        return table.c.organisation_id.in_(own) if "organisation_id" in table.c else None
    return or_(*(column.in_(numbers) for column in columns))


def _journal(session: Session, applications: Sequence[tuple[int, str]]) -> HeldTable:
    """Return the changes of which the journal's words name one of the applications, or named it once."""
    dead, gone = tombstones(session), wholly_erased(session, applications)
    rows = []
    for entry in journal.entries(session):
        body = entry.body or dead.get(entry.seq, "")
        if entry.seq in gone or any(canonical.dumps(of) in body for _, of in applications):
            label = label_of(entry, body)
            rows.append((entry.seq, entry.at.isoformat(), entry.actor.name, entry.actor.role, label))
    return HeldTable("journal", ("number", "when (UTC)", "who", "role", "what was changed"), tuple(rows))


def label_of(entry: journal.Entry, body: str) -> str:
    """Return a journal's row in words, and that words of it were erased; `body` is what is left of it."""
    if not body:
        return ERASED
    kind = OPERATIONS.get(entry.kind)
    label = entry.kind if kind is None else as_done(canonical.from_text(kind, body).label)
    return label if entry.body else f"{label}. {PARTLY_ERASED}"


def wholly_erased(session: Session, applications: Collection[tuple[int, str]]) -> frozenset[int]:
    """Return the rows of which erasures of some applications left nothing."""
    found = (canonical.from_text(EraseBodies, row.body) for row in said_rows(session, (EraseBodies.kind,)))
    mine = (one for one in found if {*one.applications, *one.removed} & {*applications})
    return frozenset(row.seq for one in mine for row in one.rows if not row.body)
