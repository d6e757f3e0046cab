"""Which cells of which tables an erasure empties, by the marks of their columns: in tables and journal."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Table, and_, delete, or_, select, tuple_, update

from models.operations.set_up.round_tables import TableRows
from models.papers.texts import LETTERS
from models.queries.applications.importing import read_kept
from models.reference.fund_defaults import ListKind
from models.salvage.recovered_rows import FoundTable
from models.schema.applications import application_table, choice_table, correction_table, matching_table
from models.schema.base import ABOUT, ERASED, MARKED, METADATA, OWN
from models.schema.panel import interest_table, interest_word_table, mark_table, sheet_table
from models.schema.papers import paper_text_table
from models.session import Session
from models.values import canonical

LISTS, NOTHING_LISTED = ("answers", "cells"), "[]"
"""Columns of applications that hold a list as JSON, and what they hold where it is empty."""
OWN_FIELDS = tuple(column.name for column in application_table.c if column.info[MARKED] == OWN)
"""The fields of an application that are its applicant's own words and contacts, the answers among them."""
TEXTS = tuple(name for name in OWN_FIELDS if name not in LISTS)
NOTHING = {name: NOTHING_LISTED if name in LISTS else "" for name in OWN_FIELDS}
"""What stands in each of them once it is erased."""

_OWNERS = ("application_id", "first_id", "second_id")
_HANGING: Mapping[str, tuple[str, Table]] = {
    mark_table.name: ("sheet_id", sheet_table),
    interest_word_table.name: ("interest_id", interest_table),
}
"""Tables whose rows name an application by another row alone: the column, and the table of that row."""

Cell = str | int | None


def words_about(table: Table) -> tuple[str, ...]:
    """Return the columns of a table that hold words about an applicant."""
    return tuple(column.name for column in table.c if column.info[MARKED] == ABOUT)


def is_read_off(kind: str, *, is_suggested: bool) -> bool:
    """Whether a line of a fund's list was read from answers, and nobody confirmed it.

    The kind of organisation is read from a field that stays.
    """
    return is_suggested and kind != ListKind.ORGANISATION.value


def empty_columns(session: Session, applications: Sequence[tuple[int, str]], numbers: Sequence[int]) -> None:
    """Empty the marked columns in the rows of some applications; what is erased already stays.

    What was read from erased answers goes with them, and so do corrections of erased texts and what the
    office wrote for the applicant's letter.
    """
    for table in METADATA.sorted_tables:
        for name in words_about(table):
            column = table.c[name]
            written = _of(table, numbers) & column.is_not(None) & (column != "") & (column != ERASED)
            session.execute(update(table).where(written).values({name: ERASED}))
    corrected, chosen, text = correction_table.c, choice_table.c, paper_text_table.c
    of_texts = corrected.application_id.in_(numbers) & corrected.field.in_(OWN_FIELDS)
    session.execute(delete(correction_table).where(of_texts))
    read_off = chosen.is_suggested & (chosen.kind != ListKind.ORGANISATION.value)
    session.execute(delete(choice_table).where(chosen.application_id.in_(numbers), read_off))
    of_letters = and_(text.paper == LETTERS, tuple_(text.round_id, text.subject).in_(list(applications)))
    session.execute(delete(paper_text_table).where(of_letters))
    _forget_typed(session)


def _forget_typed(session: Session) -> None:
    """Forget what was typed over cells of forms: only sums tell whose they were."""
    table = matching_table
    for key, fields in session.execute(select(table.c.headings_key, table.c.fields)).all():
        left = _without_typed(fields)
        if left != fields:
            session.execute(update(table).where(table.c.headings_key == key).values(fields=left))


def _without_typed(fields: str) -> str:
    matched, _ = read_kept(fields)
    return canonical.dumps([[*one] for one in matched])


def _of(table: Table, numbers: Sequence[int]) -> ColumnElement[bool]:
    if table.name in _HANGING:
        column, by = _HANGING[table.name]
        return table.c[column].in_(select(by.c.id).where(by.c.application_id.in_(numbers)))
    if table is application_table:
        return application_table.c.id.in_(numbers)
    return or_(*(table.c[owner].in_(numbers) for owner in _OWNERS if owner in table.c))


class EmptiedRows:
    """Rows that the journal holds, with the same columns emptied for some applications."""

    def __init__(self, session: Session, numbers: Collection[int]) -> None:
        self._numbers = numbers
        self._by: dict[str, set[Cell]] = {}
        for _, table in _HANGING.values():
            of = select(table.c.id).where(table.c.application_id.in_(numbers))
            self._by[table.name] = set(session.scalars(of))
        of_letters = select(application_table.c.round_id, application_table.c.reference)
        rows = session.execute(of_letters.where(application_table.c.id.in_(numbers)))
        self._letters = {(round_id, reference) for round_id, reference in rows}

    def of_round(self, tables: tuple[TableRows, ...]) -> tuple[TableRows, ...]:
        """Return the rows of a round that was put back."""
        for one in tables:
            self._learn(one.table, one.columns, one.rows)
        return tuple(
            replace(one, rows=tuple(self._emptied(one.table, one.columns, one.rows))) for one in tables
        )

    def found(self, tables: tuple[FoundTable, ...]) -> tuple[FoundTable, ...]:
        """Return the rows that a salvage took in."""
        for one in tables:
            self._learn(one.name, one.columns, one.put)
        return tuple(replace(one, put=tuple(self._emptied(one.name, one.columns, one.put))) for one in tables)

    def _learn(self, name: str, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Take the numbers of the applications' sheets and interests as these rows have them."""
        if name in self._by:
            number, of = columns.index("id"), columns.index("application_id")
            self._by[name] -= {row[number] for row in rows}
            self._by[name] |= {row[number] for row in rows if row[of] in self._numbers}

    def _emptied(
        self, name: str, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]
    ) -> Iterator[tuple[Cell, ...]]:
        marks = _marks_in_journal(METADATA.tables[name])
        for row in rows:
            cells = dict(zip(columns, row, strict=True))
            if name == matching_table.name:
                cells["fields"] = _without_typed(str(cells["fields"]))
                row = tuple(cells.values())
            if not self._is_own(name, cells):
                yield row
            elif not _goes(name, cells):
                yield tuple(_cell(column, value, marks.get(column)) for column, value in cells.items())

    def _is_own(self, name: str, cells: Mapping[str, Cell]) -> bool:
        """Whether a row is of what is erased."""
        if name == paper_text_table.name:
            return cells["paper"] == LETTERS and (cells["round_id"], cells["subject"]) in self._letters
        if name in _HANGING:
            column, by = _HANGING[name]
            return cells[column] in self._by[by.name]
        owners = ("id",) if name == application_table.name else _OWNERS
        return any(cells.get(owner) in self._numbers for owner in owners)


def _marks_in_journal(table: Table) -> Mapping[str, str]:
    """Return the marks of a table's columns; an interest and its words are one row in the journal."""
    columns = (*table.c, *interest_word_table.c) if table is interest_table else tuple(table.c)
    return {column.name: column.info[MARKED] for column in columns}


def _goes(name: str, cells: Mapping[str, Cell]) -> bool:
    """Whether a row of what is erased goes whole."""
    if name == correction_table.name:
        return cells["field"] in OWN_FIELDS
    if name == choice_table.name:
        return is_read_off(str(cells["kind"]), is_suggested=bool(cells["is_suggested"]))
    return name == paper_text_table.name


def _cell(column: str, value: Cell, mark: str | None) -> Cell:
    if mark == OWN:
        return NOTHING.get(column, "")
    return ERASED if mark == ABOUT and value else value
