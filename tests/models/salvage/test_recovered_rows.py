"""Taking in what the tables of a damaged record held: rows put, changed and taken out, and what it says."""

import pytest

from models.record import Record
from models.store.upkeep import LaterRow, TableRows, TakeAsFound
from scoring.written.text import Refused
from tests.models.conftest import OFFICER


def facts(record: Record) -> list[tuple[object, ...]]:
    rows = record.ask(lambda s: s.exec_driver_sql("SELECT name, value FROM setting").all())
    return [tuple(row) for row in rows if row[0].startswith("a ")]


def taking(*put: tuple[str, str], gone: tuple[str, ...] = ()) -> TakeAsFound:
    table = TableRows("setting", ("name", "value"), put, tuple((name,) for name in gone))
    return TakeAsFound("office.panel", (table,))


@pytest.mark.of_a_file
def test_rows_are_put_changed_and_taken_out(record: Record) -> None:
    record.perform(taking(("a fact", "1"), ("a thing", "2")), OFFICER)
    record.perform(taking(("a fact", "3"), gone=("a thing",)), OFFICER)

    assert facts(record) == [("a fact", "3")]


@pytest.mark.of_a_file
def test_a_table_that_no_record_has_is_refused(record: Record) -> None:
    with pytest.raises(Refused, match="a table that the record does not have"):
        record.perform(TakeAsFound("office.panel", (TableRows("sqlite_master", ("name",)),)), OFFICER)


def test_it_says_how_much_and_who_changed_things_later(record: Record) -> None:
    rows = tuple(LaterRow(n, "2026-11-03T14:05:00Z", "Ida Chair", "chair", "set mark") for n in range(7, 109))
    change = TakeAsFound("office.panel", taking(("a fact", "1")).tables, rows)

    assert change.label == "Recovered 1 entry as the tables of office.panel held them"
    assert change.detail.startswith(
        "setting: 1. Changes that were read of, but not what they said: row 7, 2026-11-03,"
    )
    assert change.detail.endswith("row 106, 2026-11-03, Ida Chair, set mark; and 2 more")
    assert taking(("a fact", "1")).detail == "setting: 1"
