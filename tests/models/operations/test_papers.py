"""Issuing papers, and tables of earlier years as printed figures."""

import hashlib

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from models.operation import Actor, Outcome
from models.operations.papers import AddPrintedTables, IssuePaper, RemovePrintedTables
from models.operations.set_up.load import RemoveRound
from models.papers.issued import Issued
from models.papers.kinds import SCHEDULE
from models.queries.papers.issues import issued_papers, newest_issue
from models.queries.papers.year_tables import missing_history, printed_tables
from models.record import Record
from models.reference.shipped_history import PrintedTable, shipped_tables
from models.schema.papers import paper_issue_table
from scoring.written.text import Refused
from tests.models.rounds import OFFICER, assert_replays, import_operation, load, set_up_office, undo


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def issue(
    record: Record, content: str, *, subject: str = "", round_id: int | None = 1, paper: str = "notice"
) -> Outcome:
    head = record.head()
    operation = IssuePaper(
        paper, round_id, subject, content, sha256(content), "9 lines", head.seq, head.hash_hex
    )
    return record.perform(operation, OFFICER)


def all_issued(record: Record) -> tuple[Issued, ...]:
    return record.ask(lambda s: issued_papers(s, 1))


def test_each_issue_with_other_values_is_the_next_version_of_its_subject(record: Record) -> None:
    load(set_up_office(record))
    head = record.head()

    for content, subject in (("{1}", "031/2026"), ("{2}", "031/2026"), ("{1}", "032/2026")):
        issue(record, content, subject=subject)

    found = all_issued(record)
    assert {(row.subject, row.version, row.supersedes) for row in found} == {
        ("031/2026", 1, None),
        ("031/2026", 2, 1),
        ("032/2026", 1, None),
    }
    assert found[0].control == "9 lines"
    newest = record.ask(lambda s: newest_issue(s, "notice", 1, "031/2026"))
    assert newest is not None
    assert (newest.version, newest.content, newest.after_row) == (2, "{2}", head.seq + 1)
    assert_replays(record)


def test_a_paper_of_no_round_has_versions_of_its_own(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "{1}")

    outcome = issue(record, "{1}", round_id=None)

    assert outcome.words == "Version 1 was issued."
    assert {row.round_id for row in all_issued(record)} == {None, 1}
    assert_replays(record)


def test_the_same_values_are_not_issued_twice_running(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "{1}")

    with pytest.raises(Refused, match="Version 1 holds these values already"):
        issue(record, "{1}")


def test_what_was_drawn_before_another_version_was_issued_is_refused(record: Record) -> None:
    load(set_up_office(record))
    head = record.head()
    drawn = IssuePaper("notice", 1, "", "{1}", sha256("{1}"), "", head.seq, head.hash_hex)
    issue(record, "{1}", subject="031/2026")

    issue(record, "{2}")

    with pytest.raises(Refused, match="Another version of this paper was issued while this one was drawn"):
        record.perform(drawn, OFFICER)
    assert [one.content for one in all_issued(record) if not one.subject] == ["{2}"]
    issue(record, "{1}")
    assert_replays(record)


def test_another_paper_may_be_issued_while_one_is_drawn(record: Record) -> None:
    load(set_up_office(record))
    head = record.head()
    drawn = IssuePaper("notice", 1, "", "{1}", sha256("{1}"), "", head.seq, head.hash_hex)
    issue(record, "{2}", subject="031/2026")

    assert record.perform(drawn, OFFICER).words == "Version 1 was issued."


def test_values_that_do_not_bear_their_hash_are_refused(record: Record) -> None:
    load(set_up_office(record))
    operation = IssuePaper("notice", 1, "", "{1}", sha256("{2}"), "", 1, "")

    with pytest.raises(Refused, match="do not match their SHA-256"):
        record.perform(operation, OFFICER)

    assert record.ask(lambda s: newest_issue(s, "notice", 1, "")) is None


@pytest.mark.parametrize(
    ("subject", "words"), [("", "Issue the notice"), ("031/2026", "Issue the notice, 031/2026")]
)
def test_the_label_says_what_was_issued(subject: str, words: str) -> None:
    assert IssuePaper("notice", 1, subject, "", "", "", 1, "").label == words


def test_a_round_being_set_up_has_no_schedule_to_issue(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)

    with pytest.raises(Refused, match="still being set up"):
        issue(record, "{}", paper=SCHEDULE)


def test_a_round_being_set_up_may_issue_what_needs_no_ranking(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)

    assert issue(record, "{}", paper="scheme").words == "Version 1 was issued."


@pytest.mark.parametrize("paper", ["notice", SCHEDULE])
def test_an_issue_is_a_barrier_and_its_round_stays(record: Record, paper: str) -> None:
    load(set_up_office(record))

    outcome = issue(record, "{}", paper=paper)

    assert outcome.inverse is None
    assert IssuePaper.is_barrier
    with pytest.raises(Refused, match="issued papers, and these are kept"):
        record.perform(RemoveRound(1, ""), OFFICER)


@pytest.mark.of_a_file
def test_an_issued_paper_is_never_changed_or_removed(record: Record) -> None:
    table = paper_issue_table
    load(set_up_office(record))
    issue(record, "{}")

    with pytest.raises(DBAPIError, match="never changed"):
        record.ask(lambda session: session.execute(update(table).values(content="[]")))
    with pytest.raises(DBAPIError, match="never removed"):
        record.ask(lambda session: session.execute(delete(table)))


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
