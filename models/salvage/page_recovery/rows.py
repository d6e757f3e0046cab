"""All rows that can be read of a damaged record, put into a database in memory to be asked in the usual way.

Tables are found by their names in the record's own schema, whose rows are recognised wherever they lie. A
leaf that nothing leads to any more goes to the one damaged table that its rows fit.
"""

import re
from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct
from sqlalchemy.exc import SQLAlchemyError
from sqlcipher3 import dbapi2

from models.salvage.page_recovery.leaves import Row, Tree, Value, leaves_beside, read_leaf, tree
from models.salvage.page_recovery.pages import MAGIC, Pages
from models.store import definition, upgrade
from models.store.definition import Part
from models.store.record_file import check_mark, newest_format
from models.store.sqlite import engine
from models.store.sqlite.engine import RawConnection
from models.trouble import Trouble

_FORMAT_AT = slice(60, 64)
_APPLICATION_AT = slice(68, 72)
_KINDS = ("table", "index", "trigger", "view")
_FORMAT = re.compile(r"[0-9]{1,9}")
_TABLE = re.compile(r"create table\b", re.IGNORECASE)
_TYPES: dict[str, type] = {"TEXT": str, "BLOB": bytes, "INTEGER": int}


class Lost(Struct, frozen=True):
    """How much of one table could not be read; pages when its rows cannot be counted."""

    pages: int
    rows: int


class RecoveredPages(Struct, frozen=True):
    """A database in memory with every row that was read, and what was lost of which table.

    Its tables are the program's own; `strange` names what the file had beside or in the place of them.
    """

    raw: RawConnection
    lost: dict[str, Lost]
    strange: tuple[str, ...] = ()

    def count(self, name: str) -> int:
        """Return how many rows of a table were read; none of one that an older format has not."""
        if name not in _tables(self.raw):
            return 0
        return int(self.raw.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0])

    def close(self) -> None:
        """Let go of the memory."""
        self.raw.close()


class _Column(Struct, frozen=True):
    name: str
    kind: type
    is_needed: bool
    is_number: bool
    """Whether it is another name for the row's own number."""


def recover_rows(pages: Pages, name: str) -> RecoveredPages:
    """Read what can be read of the file of a name; Trouble where it is from before the first release."""
    raw = engine.scratch()
    try:
        roots, parts, reached = _schema(pages)
        trees = {name: tree(pages, root) for name, root in roots.items()}
        for found in trees.values():
            reached |= found.pages
        found_format = _format(pages, trees, parts, name)
        _make_tables(raw, found_format)
        columns = {name: _columns(raw, name) for name in _tables(raw)}
        lost = {name: Tree(lost_pages=1) for name in columns.keys() - trees.keys()}
        trees = {name: found for name, found in trees.items() if name in columns} | lost
        _adopt(pages, reached, trees, columns)
        raw.execute("BEGIN")
        refused = {name: _put(raw, name, columns[name], found.rows) for name, found in trees.items()}
        raw.execute("COMMIT")
        _bring_up_to_date(raw, found_format)
    except BaseException:
        raw.close()
        raise
    told = {name: Lost(t.lost_pages, t.lost_rows + refused[name]) for name, t in trees.items()}
    lost_of = {n: lost for n, lost in told.items() if lost.pages or lost.rows}
    return RecoveredPages(raw, lost_of, definition.strange(parts, found_format))


def _schema(pages: Pages) -> tuple[dict[str, int], tuple[Part, ...], set[int]]:
    """Return each table's first page, all that the file is made of, and the pages that say so."""
    of_schema = tree(pages, 1)
    reached = set(of_schema.pages)
    for number in leaves_beside(pages, reached):
        beside = Tree()
        read_leaf(pages, number, beside)
        if beside.rows and all(_is_of_schema(values) for _, values in beside.rows):
            of_schema.rows += beside.rows
            reached.add(number)
    roots: dict[str, int] = {}
    parts: list[Part] = []
    for _, values in of_schema.rows:
        if not _is_of_schema(values):
            continue
        kind, name, of_table, root, statement = values
        parts.append(Part(str(kind), str(name), str(of_table), statement))  # type: ignore[arg-type]
        if kind == "table" and isinstance(statement, str) and _TABLE.match(statement):
            roots.setdefault(str(name), int(root))  # type: ignore[arg-type]
    return roots, definition.without_engines(parts), reached


def _is_of_schema(values: tuple[Value, ...]) -> bool:
    return len(values) == 5 and values[0] in _KINDS and isinstance(values[3], int)


def _format(pages: Pages, trees: dict[str, Tree], parts: tuple[Part, ...], name: str) -> int:
    """Return the record's format: of its first page, else of the table that notes it, else of its tables."""
    check_mark(name, int.from_bytes((pages.page(1) or b"")[_APPLICATION_AT], "big"))
    known = range(1, newest_format() + 1)
    for number in _formats(pages, trees):
        if number in known:
            return number
    tables = {part for part in parts if part.kind == "table" and part.name != upgrade.ALEMBICS_OWN}
    fit = (number for number in reversed(known) if tables <= set(definition.of_format(number)))
    return next(fit, newest_format())


def _formats(pages: Pages, trees: dict[str, Tree]) -> Iterator[int]:
    """Yield the format as each place that notes it has it."""
    first = pages.page(1)
    if first is not None and first.startswith(MAGIC):
        yield int.from_bytes(first[_FORMAT_AT], "big")
    for _, values in trees.get(upgrade.ALEMBICS_OWN, Tree()).rows:
        if isinstance(values[0], str) and _FORMAT.fullmatch(values[0]):
            yield int(values[0])


def _make_tables(raw: RawConnection, to_format: int) -> None:
    """Make the tables of a format by the program's own definition, without their triggers and indexes."""
    for _, statement in _made_new(to_format, "table"):
        raw.execute(statement)


def _made_new(to_format: int, *kinds: str) -> list[tuple[str, str]]:
    """Return the names and statements of what a new record of a format is made of."""
    made = definition.of_format(to_format)
    return [(part.name, part.statement) for part in made if part.kind in kinds and part.statement is not None]


def _bring_up_to_date(raw: RawConnection, found_format: int) -> None:
    """Bring the tables of an older record to the newest format, as far as what is left of them lets it."""
    if found_format == newest_format():
        return
    for _, statement in _made_new(found_format, "index", "trigger"):
        with suppress(dbapi2.Error):  # rows that are in two places fit no unique index
            raw.execute(statement)
    with suppress(Trouble, SQLAlchemyError):  # they are read as they are then
        upgrade.upgrade(raw)


def _tables(raw: RawConnection) -> list[str]:
    rows = raw.execute(
        "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return [str(row[0]) for row in rows.fetchall()]


def _columns(raw: RawConnection, name: str) -> tuple[_Column, ...]:
    told = raw.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
    keys = sum(1 for row in told if row[5])
    found = []
    for _, column, kind, is_needed, _, key in told:
        is_number = bool(key) and keys == 1 and str(kind).upper() == "INTEGER"
        found.append(_Column(column, _TYPES.get(str(kind).upper(), object), bool(is_needed), is_number))
    return tuple(found)


def _adopt(
    pages: Pages, reached: set[int], trees: dict[str, Tree], columns: dict[str, tuple[_Column, ...]]
) -> None:
    """Give each leaf that nothing leads to any more to the one damaged table that all its rows fit."""
    damaged = [name for name, found in trees.items() if found.lost_pages]
    for number in leaves_beside(pages, reached):
        beside = Tree()
        read_leaf(pages, number, beside)
        fit = [
            name
            for name in damaged
            if beside.rows and all(_fits(values, columns[name]) for _, values in beside.rows)
        ]
        if len(fit) == 1:
            trees[fit[0]].rows += beside.rows
            trees[fit[0]].lost_rows += beside.lost_rows


def _fits(values: tuple[Value, ...], columns: tuple[_Column, ...]) -> bool:
    return len(values) == len(columns) and all(map(_takes, columns, values))


def _takes(column: _Column, value: Value) -> bool:
    if column.is_number:
        return value is None
    return isinstance(value, column.kind) if value is not None else not column.is_needed


def _put(raw: RawConnection, name: str, columns: tuple[_Column, ...], rows: list[Row]) -> int:
    """Put rows into a table; return how many it does not take."""
    refused = 0
    for number, values in rows:
        given = [(c.name, v) for c, v in zip(columns, values, strict=False) if not c.is_number]
        names = ", ".join(_quoted(column) for column in ("rowid", *(column for column, _ in given)))
        marks = ", ".join("?" * (len(given) + 1))
        try:
            raw.execute(
                f"INSERT INTO {_quoted(name)} ({names}) VALUES ({marks})", (number, *(v for _, v in given))
            )
        except (dbapi2.Error, OverflowError):
            refused += 1
    return refused


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
