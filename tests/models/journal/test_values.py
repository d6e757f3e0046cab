"""Each column of each table is spoilt in turn, and its table, its row and itself are named."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    Table,
    Text,
    TextClause,
    insert,
    text,
)
from sqlalchemy.exc import DBAPIError

from models.copies.office_server import administered, replayed_words
from models.journal.values import outside, unreadable_in, without_text
from models.journal.verify import verify, verify_at
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.reading import intake
from models.queries.awards.awards import awards
from models.queries.deciding.decided_anew import ranked
from models.queries.deciding.decisions import decisions
from models.queries.deciding.round_list import deciding
from models.queries.papers.issues import issued_papers
from models.queries.permissions.reading import seen_round
from models.record import Record
from models.reference.defaults import MARKINGS
from models.schema.base import DAY, METADATA, MOMENT, WALL_TIME, AsText
from models.schema.forms import OF_JSON, form_of
from models.session import Session
from models.store import definition
from models.store.closed_sets import CLOSED
from models.store.places import server_address
from models.store.sqlite import engine
from models.store.sqlite.engine import RecordDamaged
from models.trouble import Trouble
from models.values.applications import CORRECTED
from models.values.stored import BY_ANOTHER, is_readable, shape_of
from tests.models.conftest import OPENER, tamper
from tests.models.operations.test_papers import file_of, issue_file
from tests.models.rounds import load, set_up_office
from tests.models.store.locks.an_office import changed_copy, template
from tests.models.store.locks.test_sweeps import FORMS, RIGHT
from tests.server import cluster

WRONG: tuple[Any, ...] = ("nonsense", "", "(erased)", 7, 0, -1, 10**16, b"")
"""What is tried in each column, as far as its type takes it, until the check names it."""
RULES = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"


@contextmanager
def in_file() -> Iterator[Session]:
    """Give a new record in memory, whose engine asks for no rule."""
    with closing(engine.scratch()) as raw:
        definition.build(raw)
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("PRAGMA ignore_check_constraints=ON")
        with engine.engine_on(raw).connect() as session:
            yield session


@contextmanager
def on_server() -> Iterator[Session]:
    """Give an empty record on a server whose rules and references somebody dropped."""
    address = server_address(cluster().address(changed_copy(template())))
    with administered(address) as record, record._store.writing() as session:
        session.exec_driver_sql("SET session_replication_role = replica")
        for table, rule in session.exec_driver_sql(RULES).all():
            session.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{rule}" CASCADE')
        names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
        session.exec_driver_sql(f"TRUNCATE {names} CASCADE")
        yield session


def literals(column: Column[Any]) -> list[str]:
    """Return the members of a column's closed set, none where its values are of none."""
    rules = " ".join(str(one.sqltext) for one in checks(column.table))
    found = re.search(rf"(?<!\w){column.name} IN \(([^)]*)\)", rules)
    return re.findall("'([^']*)'", found[1]) if found else []


def right(column: Column[Any]) -> Any:
    """Return a value that a column may hold."""
    if column.name.endswith("pence"):
        return 100
    form = form_of(column)
    kind = next((kind for kind, one in FORMS.items() if one == form), None)
    if kind is not None:
        value = RIGHT[kind][0]
        return column.type.read(value) if isinstance(column.type, AsText) else value
    if isinstance(column.type, Boolean | Integer):
        return 1
    if form is not None:
        return "{}" if column.type in OF_JSON else ""
    if isinstance(column.type, LargeBinary):
        return bytes(32)
    return next(iter(literals(column)), "x")


def spoilt(session: Session, column: Column[Any]) -> bool:
    """Whether a column's row is named once it holds something wrong, trying one value after another."""
    table = column.table
    where = re.compile(rf"Table {table.name}, .+, columns? .*\b{column.name}\b.*: ")
    before = {one for one in unreadable_in(session, table) if where.match(one)}
    for value in WRONG:
        nested = session.begin_nested()
        try:
            session.execute(text(f'UPDATE "{table.name}" SET "{column.name}" = :it'), {"it": value})
        except DBAPIError:  # of another type
            nested.rollback()
            continue
        told = {one for one in unreadable_in(session, table) if where.match(one)}
        nested.rollback()
        if told - before:
            return True
    return False


def has_a_rule(column: Column[Any]) -> bool:
    """Whether a column's values have a form, are of a closed set, or are no less than a figure."""
    rules = (re.sub("'[^']*'", "", str(one.sqltext)) for one in checks(column.table))
    named = ({one.name for one in column.table.c} & set(re.findall(r"\w+", rule)) for rule in rules)
    return {column.name} in named


def checks(table: Table) -> Iterator[CheckConstraint]:
    """Yield the rules of a table that are written out: a yes or no has one in a file alone."""
    rules = (one for one in table.constraints if isinstance(one, CheckConstraint))
    yield from (one for one in rules if isinstance(one.sqltext, TextClause))


def filled(session: Session) -> None:
    for table in METADATA.sorted_tables:
        session.execute(insert(table).values({one.name: right(one) for one in table.c}))


@pytest.mark.parametrize("given", [in_file, on_server])
def test_a_spoilt_value_is_named_by_its_table_row_and_column(
    given: Callable[[], AbstractContextManager[Session]],
) -> None:
    unnamed, tried = [], 0

    with given() as session:
        filled(session)
        for table in METADATA.sorted_tables:
            for column in table.c:
                if not has_a_rule(column):
                    continue
                tried += 1
                if not spoilt(session, column):
                    unnamed.append(f"{table.name}.{column.name}")

    assert unnamed == []
    assert tried > 270


FAR = {DAY: "9999-12-31", MOMENT: "9999-12-31T10:00:00.000000Z", WALL_TIME: "9999-12-31T10:00:00"}


def test_a_day_from_which_no_other_can_be_reckoned_is_named_in_each_column() -> None:
    columns = [one for table in METADATA.sorted_tables for one in table.c if one.type in FAR]
    with in_file() as session:
        filled(session)
        for column in columns:
            nested = session.begin_nested()
            session.execute(
                text(f'UPDATE "{column.table.name}" SET "{column.name}" = :it'), {"it": FAR[column.type]}
            )
            told = [one for one in unreadable_in(session, column.table) if f"column {column.name}:" in one]
            nested.rollback()
            assert len(told) == 1, column

    assert len(columns) > 80
    assert not is_readable("corrections.value", '"9999-12-31"', "start_on")
    assert is_readable("corrections.value", '"2199-12-31"', "start_on")


def test_a_yes_or_no_is_one_in_a_file() -> None:
    """A server knows no other."""
    flags = [one for table in METADATA.sorted_tables for one in table.c if isinstance(one.type, Boolean)]

    with in_file() as session:
        filled(session)
        assert [f"{one.table.name}.{one.name}" for one in flags if not spoilt(session, one)] == []


def test_the_columns_of_a_closed_set_hold_what_the_program_knows() -> None:
    """Sets that files of resources hold, such as kinds of papers and of files, are in `CLOSED`."""
    assert set(literals(METADATA.tables["rounds"].c.marking)) == set(MARKINGS)
    fields = set(literals(METADATA.tables["corrections"].c.field))
    assert fields == CORRECTED
    assert all(set(shape_of(column)) == fields for column in BY_ANOTHER), "what a server takes of each"


def test_a_check_of_a_record_names_it(record_path: Path) -> None:
    with Record.open(record_path, OPENER) as record:
        load(set_up_office(record))
    tamper(
        record_path,
        "PRAGMA ignore_check_constraints=ON",
        "UPDATE rounds SET marking = 'SECRET'",
        "UPDATE members SET kind = 'nobody' WHERE code = 'M2'",
    )

    words = {one.name: one.words for one in verify_at(record_path, OPENER).checks if not one.ok}

    assert words["values"].startswith("Table rounds, id 1, column marking: “SECRET” is none of its values.")
    assert "Table members, id 1, column kind: “nobody” is none of its values." in words["values"]


def test_a_check_of_a_server_names_it() -> None:
    spoilt = (
        "ALTER TABLE rounds DROP CONSTRAINT ck_rounds_marking_known",
        "UPDATE rounds SET marking = 'SECRET'",
    )

    faults, _ = replayed_words(server_address(cluster().address(changed_copy(template(), *spoilt))))

    assert any("Table rounds, id 1, column marking: “SECRET” is none of its values." in one for one in faults)


def test_a_paper_of_no_kind_is_named_and_the_others_are_read(record: Record) -> None:
    load(set_up_office(record))
    for kind in ("notice", "minutes"):
        issue_file(record, kind, [(file_of(b"pages"), b"pages")])
    record.close()
    spoil = "UPDATE paper_issues SET paper = 'nonsense' WHERE paper = 'notice'"
    tamper(record.path, "DROP TRIGGER paper_issues_no_update", spoil)

    with Record.open(record.path, OPENER) as spoilt:
        assert [one.kind for one in spoilt.ask(issued_papers, 1)] == ["minutes"]
        told = {one.name: one.words for one in verify(spoilt).checks if not one.ok}

    assert told["values"] == "Table paper_issues, id 1, column paper: “nonsense” is none of its values."


def test_json_of_another_shape_is_named_in_each_column() -> None:
    """Others may be any: sums tell of papers, of what members wrote and of the journal."""
    columns = [column for table in METADATA.sorted_tables for column in table.c if column.type in OF_JSON]
    unnamed = []

    with in_file() as session:
        filled(session)
        for column in columns:
            for wrong in ('{"x":[1]}', "[[1,[]]]"):
                session.execute(
                    text(f'UPDATE "{column.table.name}" SET "{column.name}" = :it'), {"it": wrong}
                )
                if not any(f"column {column.name}: " in one for one in unreadable_in(session, column.table)):
                    unnamed.append((column.table.name, column.name))

    kept = {
        ("setting", "value"),
        ("journal_body", "body"),
        ("paper_issues", "content"),
        ("revisions", "value"),
    }
    assert {*unnamed} == kept


UNGUARDED = [
    f"DROP TRIGGER {name}" for name in ("applications_as_submitted", "applications_texts", "schemes_frozen")
]
CORRECTION = "INSERT INTO corrections VALUES (1, 'requested_pence', '\"words\"', '1', 'x', 'O', '{}')"


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        ("UPDATE applications SET answers = '[1]' WHERE id = 1", "applications, id 1, column answers"),
        ("UPDATE applications SET cells = '[[]]' WHERE id = 1", "applications, id 1, column cells"),
        (CORRECTION.format("2026-11-03T14:05:00.000000Z"), "corrections, application_id 1 and field"),
        *(
            (CORRECTION.replace('"words"', wrong).format("2026-11-03T14:05:00.000000Z"), "corrections, ")
            for wrong in ("null", "1000.0", "-5", "9000000000000000000")
        ),
        ("UPDATE recommendations SET conditions = '[[1]]'", "recommendations, application_id 1, column cond"),
        ("UPDATE decisions SET conditions = '[{}]'", "decisions, id 1, column conditions"),
        ("UPDATE decided_standings SET figures = '{}'", "decided_standings, id 1, column figures"),
        ("UPDATE schemes SET descriptors = '[1]'", "schemes, id 1, column descriptors"),
        (
            "INSERT INTO direct_awards VALUES (1, 'start-up', '', NULL, 1, NULL)",
            "direct_awards, application_id 1",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_passed_over_and_named(decided: Record, spoil: str, where: str) -> None:
    decided.close()
    tamper(decided.path, *UNGUARDED, spoil)

    with Record.open(decided.path, OPENER) as spoilt:
        for query in (ranked, decisions, awards):
            assert spoilt.ask(query, 1)
        for seen in (seen_round, intake, deciding):
            assert spoilt.ask(seen, 1, OFFICE_VIEWER)
        told = " ".join(one.words for one in verify(spoilt).checks if not one.ok)

    assert f"Table {where}" in told


NO_TEXT = "CAST(x'61ff62' AS TEXT)"
"""Bytes that are no UTF-8, as one wrong bit makes them."""


def test_bytes_that_are_no_text_are_named_in_each_column() -> None:
    unnamed = []

    with in_file() as session:
        filled(session)
        for table in METADATA.sorted_tables:
            for column in (one for one in table.c if isinstance(one.type, Text | AsText)):
                nested = session.begin_nested()
                session.execute(text(f'UPDATE "{table.name}" SET "{column.name}" = {NO_TEXT}'))
                told = " ".join(without_text(session))
                nested.rollback()
                if not re.search(
                    rf"Table {table.name}, .+, column {column.name}: its bytes are no text", told
                ):
                    unnamed.append((table.name, column.name))

    assert unnamed == []


@pytest.mark.parametrize(
    ("table", "column", "keys"),
    [
        ("organisations", "name", "id 1"),
        ("people", "post", "id 1"),
        ("marks", "reason", "sheet_id 1 and criterion A1"),
    ],
)
def test_bytes_that_are_no_text_are_named_refused_in_a_sentence_and_in_no_copy(
    decided: Record, tmp_path: Path, table: str, column: str, keys: str
) -> None:
    decided.close()
    tamper(decided.path, f"UPDATE {table} SET {column} = {NO_TEXT} WHERE rowid = 1")

    with Record.open(decided.path, OPENER) as spoilt:
        with pytest.raises(RecordDamaged, match="is damaged"):
            spoilt.ask(lambda session: session.exec_driver_sql(f"SELECT {column} FROM {table}").all())
        told = {one.name: one.words for one in verify(spoilt).checks if not one.ok}
        with pytest.raises(Trouble, match=f"text that cannot be read, in {table}, so the copy"):
            spoilt.backup(tmp_path / "copy.panel")

    assert f"Table {table}, {keys}, column {column}: its bytes are no text." in told["replay"]
    assert not (tmp_path / "copy.panel").exists()


OF_A_SET = re.compile(
    r"(?:.*_)?(?:about|basis|code|combine|deed|field|finding|ground|group|key|kind|method|paper|result|role|route"
    r"|rule|side|stage|state|status|total|verdict)"
)
"""How columns are called that hold a member of a set."""
OPEN = {
    "application_choices.code": "a line of the fund's own list, which may have gone since",
    "recommendations.code": "the same",
    "criteria.code": "the scheme's own",
    "gates.code": "the fund's own",
    "funds.code": "the office's own",
    "members.code": "the office's own",
    "finance_codes.nominal_code": "the office's own",
    "finance_codes.project_code": "the office's own",
    "printed_tables.code": "as printed",
    "draft.field": "whatever is typed into",
    "journal.kind": "read by the operations that are registered: a row of another is told by the journal",
    "journal.role": "the same",
    "members.role": "the panel's own words",
    "disposals.ground": "the office's own words",
    "paper_files.about": "a reference",
    "matchings.headings_key": "a sum of headings",
    "member_keys.member_key": "a key of cryptography",
    "returned.member_key": "the same",
    "private_keys.public_key": "the same",
    "organisation_aliases.name_key": "a name without case",
    "register_entries.key": "a number or a name of the register",
    "register_entries.status": "the register's own words",
}
"""Columns that are called so and hold what no file of the program lists."""


def test_every_column_of_a_closed_set_is_declared_with_its_set() -> None:
    columns = [one for table in METADATA.sorted_tables for one in table.c if isinstance(one.type, Text)]
    of_sets = {str(one) for one in columns if OF_A_SET.fullmatch(one.name) and form_of(one) is None}
    in_schema = {str(one) for one in columns if literals(one)}

    assert of_sets - in_schema - {*CLOSED} == {*OPEN}
    assert in_schema.isdisjoint(CLOSED)


@pytest.mark.parametrize("column", CLOSED)
def test_what_is_no_member_of_a_closed_set_is_named(column: str) -> None:
    table, name = column.split(".")

    def named(session: Session) -> list[str]:
        return [one for one in outside(session) if f"Table {table}," in one and f"column {name}:" in one]

    with in_file() as session:
        filled(session)
        spoil = text(f'UPDATE {table} SET "{name}" = :it')
        for member in CLOSED[column]():
            session.execute(spoil, {"it": member})
            assert named(session) == []
        session.execute(spoil, {"it": "nonsense"})
        (words,) = named(session)

    assert words.endswith("“nonsense” is none of its values.")
