"""Which columns of which tables an erasure empties: in the tables, and in rows that the journal holds."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Table, delete, or_, select, update

from models.operations.set_up.round_tables import TableRows
from models.salvage.recovered_rows import FoundTable
from models.schema.base import METADATA
from models.schema.panel.panel import interest_table
from models.schema.panel.sheet import sheet_table
from models.session import Session

ERASED = "(erased)"
"""What stands in the place of a reason or of other words about an application."""

TEXTS = ("contact_name", "email", "phone", "address", "postcode", "summary", "need", "outcomes")
"""The fields of an application that are its applicant's own words and contacts, beside the answers."""

ANSWERS, NO_ANSWERS = "answers", "[]"
APPLICATIONS, CORRECTIONS, MARKS, SHEETS = "applications", "corrections", "marks", "sheets"
INTERESTS, INTEREST_WORDS = "interests", "interest_words"

REASONS: Mapping[str, tuple[str, ...]] = {
    CORRECTIONS: ("reason",),
    MARKS: ("reason",),
    "agreed_marks": ("reason",),
    "agreements": ("dissent",),
}
"""The words that say something of an application, by table; what an erasure took from the first day on."""

WORDS: Mapping[str, tuple[str, ...]] = {
    **REASONS,
    APPLICATIONS: ("all_gates_reason",),
    SHEETS: ("reopened",),
    "gate_results": ("reason",),
    INTEREST_WORDS: ("detail",),
    "not_applicable": ("reason",),
    "kept_apart": ("reason",),
    "awards": ("held_for",),
    "instalments": ("proof",),
    "award_returns": ("reason",),
    "award_recoveries": ("reason",),
    "challenges": ("asked_by", "grounds", "address"),
    "agreed_outputs": ("words", "measure"),
    "award_agreements": ("held_at", "recipient_signer", "recipient_post"),
    "award_subsidies": ("reason", "confirmed_by"),
    "withheld_names": ("reason", "words"),
    "award_checks": ("note",),
    "output_progress": ("words",),
    "monitoring_returns": ("said",),
    "monitoring_visits": ("seen",),
}
"""The same of an erasure that takes every word which no rule keeps."""

_OWNERS = ("application_id", "first_id", "second_id")

_HANGING: Mapping[str, tuple[str, Table]] = {
    MARKS: ("sheet_id", sheet_table),
    INTEREST_WORDS: ("interest_id", interest_table),
}
"""Tables whose rows name an application by another row alone: the column, and the table of that row."""

Columns = Mapping[str, tuple[str, ...]]
Cell = str | int | None


def empty_columns(session: Session, numbers: Sequence[int], columns: Columns) -> None:
    """Empty the columns in the rows of some applications; what is empty or erased already stays."""
    for name, texts in columns.items():
        table = METADATA.tables[name]
        where = _of(table, numbers)
        for text in texts:
            column = table.c[text]
            written = where & column.is_not(None) & (column != "") & (column != ERASED)
            session.execute(update(table).where(written).values({text: ERASED}))
    table = METADATA.tables[CORRECTIONS]
    own = table.c.application_id.in_(numbers)
    session.execute(delete(table).where(own & table.c.field.in_((*TEXTS, ANSWERS))))


def _of(table: Table, numbers: Sequence[int]) -> ColumnElement[bool]:
    if table.name in _HANGING:
        column, by = _HANGING[table.name]
        return table.c[column].in_(select(by.c.id).where(by.c.application_id.in_(numbers)))
    if table.name == APPLICATIONS:
        return table.c.id.in_(numbers)
    return or_(*(table.c[owner].in_(numbers) for owner in _OWNERS if owner in table.c))


class EmptiedRows:
    """Rows that the journal holds, with the same columns emptied for some applications."""

    def __init__(self, session: Session, numbers: Collection[int], columns: Columns) -> None:
        self._numbers = numbers
        self._columns = {INTERESTS: columns.get(INTEREST_WORDS, ()), **columns}  # one row, in the journal
        self._by: dict[str, set[Cell]] = {}
        for _, table in _HANGING.values():
            of = select(table.c.id).where(table.c.application_id.in_(numbers))
            self._by[table.name] = set(session.scalars(of))

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
        owners, of = self._owners(name)
        at = [columns.index(owner) for owner in owners if owner in columns]
        for row in rows:
            if not any(row[index] in of for index in at):
                yield row
            elif name != CORRECTIONS or row[columns.index("field")] not in (*TEXTS, ANSWERS):
                values = zip(columns, row, strict=True)
                yield tuple(self._cell(name, column, value) for column, value in values)

    def _owners(self, name: str) -> tuple[tuple[str, ...], Collection[Cell]]:
        """Return which columns of a table name what is erased, and by which numbers."""
        if name in _HANGING:
            column, by = _HANGING[name]
            return (column,), self._by[by.name]
        return (("id",) if name == APPLICATIONS else _OWNERS), self._numbers

    def _cell(self, name: str, column: str, value: Cell) -> Cell:
        if column in self._columns.get(name, ()):
            return ERASED if value else value
        if name == APPLICATIONS and column in TEXTS:
            return ""
        return NO_ANSWERS if (name, column) == (APPLICATIONS, ANSWERS) else value
