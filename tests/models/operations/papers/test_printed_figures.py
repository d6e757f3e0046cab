"""Taking printed tables of earlier years in and out."""

import pytest
from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.papers.issues import AddPrintedTables, RemovePrintedTables
from models.queries.papers.year_tables import missing_history, printed_tables
from models.record import Record
from models.reference.shipped_history import PrintedTable, shipped_tables
from scoring.refused import Refused
from tests.models.rounds import OFFICER, assert_replays, undo

SPENDING = PrintedTable(
    "Active Citizens Fund",
    "2015/16",
    "Table 2",
    "Spending",
    "A paper of ours",
    ("Area", "Grant £", "Projects"),
    ("text", "pounds", "count"),
    (("Dudley", "-2,469", "3"), ("Walsall", "", ""), ("Total", "1,000", "3")),
    "printed",
)


def add(record: Record, *tables: PrintedTable) -> Outcome:
    return record.perform(AddPrintedTables(tables or (SPENDING,)), OFFICER)


def test_tables_come_back_as_they_were_printed(record: Record) -> None:
    other = replace(SPENDING, code="Table 3", headings=("A", "B", "C"))

    outcome = add(record, SPENDING, other)

    assert outcome.words == "2 tables with 4 rows were imported as printed figures."
    assert record.ask(printed_tables) == (SPENDING, other)
    assert_replays(record)


def test_the_same_table_is_refused_and_nothing_of_the_others_is_added(record: Record) -> None:
    add(record)

    with pytest.raises(Refused, match="has Table 2 of Active Citizens Fund 2015/16 already"):
        add(record, replace(SPENDING, year="2014/15"), SPENDING)

    assert record.ask(printed_tables) == (SPENDING,)


def test_a_table_named_twice_in_one_change_is_refused(record: Record) -> None:
    with pytest.raises(Refused, match="already"):
        add(record, SPENDING, SPENDING)


def test_no_table_is_no_change(record: Record) -> None:
    with pytest.raises(Refused, match="no table to import"):
        record.perform(AddPrintedTables(()), OFFICER)


def test_taking_in_is_undone_and_done_again(record: Record) -> None:
    other = replace(SPENDING, year="2014/15")
    outcome = add(record, SPENDING, other)

    taken_out = undo(record, outcome)

    assert taken_out.words == "2 tables of printed figures were removed."
    assert record.ask(printed_tables) == ()
    undo(record, taken_out)
    assert record.ask(printed_tables) == (SPENDING, other)
    assert_replays(record)


def test_one_of_several_tables_is_taken_out_alone(record: Record) -> None:
    other = replace(SPENDING, year="2014/15")
    add(record, SPENDING, other)

    record.perform(RemovePrintedTables((SPENDING.key,)), OFFICER)

    assert record.ask(printed_tables) == (other,)


def test_what_is_not_there_is_not_taken_out(record: Record) -> None:
    add(record)

    with pytest.raises(Refused, match="no Table 9 of Active Citizens Fund 2015/16"):
        record.perform(
            RemovePrintedTables((SPENDING.key, (SPENDING.fund, SPENDING.year, "Table 9"))), OFFICER
        )

    assert record.ask(printed_tables) == (SPENDING,)


@pytest.mark.parametrize("operation", [AddPrintedTables((SPENDING,)), RemovePrintedTables((SPENDING.key,))])
def test_a_member_of_the_panel_keeps_no_figures_of_earlier_years(
    record: Record, operation: AddPrintedTables | RemovePrintedTables
) -> None:
    with pytest.raises(Refused, match="not the member"):
        record.perform(operation, Actor("Ann Sample", "member"))


def test_every_shipped_table_goes_in_once(record: Record) -> None:
    missing = record.ask(missing_history)
    assert missing == shipped_tables()

    add(record, *missing)

    assert record.ask(printed_tables) == missing
    assert record.ask(missing_history) == ()
    assert_replays(record)
