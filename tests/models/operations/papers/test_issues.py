"""Issuing schedules."""

import hashlib

import pytest
from sqlalchemy import Table, delete, update
from sqlalchemy.exc import DBAPIError

from models.operation import Outcome
from models.operations.papers.issues import IssueSchedule
from models.operations.papers.paper_issues import IssuePaper
from models.operations.set_up.load import RemoveRound
from models.queries.papers.issues import issue_with_hash, issues, newest_issue
from models.record import Record
from models.schema.papers.issue import issue_table
from models.schema.papers.paper_issue import paper_issue_table
from scoring.refused import Refused
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office, taking_in


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def issue(record: Record, content: str, area: str = "") -> Outcome:
    head = record.head()
    operation = IssueSchedule(1, area, content, sha256(content), head.seq, head.hash_hex)
    return record.perform(operation, OFFICER)


def test_each_issue_with_other_values_is_the_next_version(record: Record) -> None:
    load(set_up_office(record))
    head = record.head()

    issue(record, '{"total":"1.00"}')
    issue(record, '{"total":"2.00"}')

    first, second = record.ask(lambda s: issues(s, 1))
    assert (first.version, first.supersedes, first.content) == (1, None, '{"total":"1.00"}')
    assert (second.version, second.supersedes) == (2, 1)
    assert (first.after_row, first.after_head) == (head.seq, head.hash_hex)
    assert second.after_row == head.seq + 1
    assert_replays(record)


def test_areas_have_versions_of_their_own(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "{}")

    issue(record, "{}", "Dudley")

    newest = record.ask(lambda s: newest_issue(s, 1, "Dudley"))
    assert newest is not None
    assert newest.version == 1
    assert record.ask(lambda s: newest_issue(s, 1, "Coventry")) is None


def test_the_same_values_are_not_issued_twice_running(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "{}")

    with pytest.raises(Refused, match="Version 1 holds these values already"):
        issue(record, "{}")


def test_values_that_do_not_bear_their_hash_are_refused(record: Record) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match="their own SHA-256"):
        record.perform(IssueSchedule(1, "", "{}", "00", 1, "00"), OFFICER)


def test_an_area_that_is_not_there_is_refused(record: Record) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match="no area Walsall"):
        issue(record, "{}", "Walsall")


def test_a_round_being_set_up_has_nothing_to_issue(record: Record) -> None:
    set_up_office(record)
    record.perform(taking_in(), OFFICER)

    with pytest.raises(Refused, match="still being set up"):
        issue(record, "{}")


def test_an_issue_is_a_barrier_and_its_round_stays(record: Record) -> None:
    load(set_up_office(record))

    outcome = issue(record, "{}")

    assert outcome.inverse is None
    assert IssueSchedule.is_barrier
    with pytest.raises(Refused, match="issued papers, and these are kept"):
        record.perform(RemoveRound(1, ""), OFFICER)


@pytest.mark.parametrize("table", [issue_table, paper_issue_table], ids=["schedule", "another paper"])
def test_an_issued_paper_is_never_changed_or_removed(record: Record, table: Table) -> None:
    load(set_up_office(record))
    issue(record, "{}")
    head = record.head()
    record.perform(IssuePaper("notice", 1, "", "{}", sha256("{}"), "", head.seq, head.hash_hex), OFFICER)

    with pytest.raises(DBAPIError, match="never changed"):
        record.ask(lambda session: session.execute(update(table).values(content="[]")))
    with pytest.raises(DBAPIError, match="never removed"):
        record.ask(lambda session: session.execute(delete(table)))


def test_an_issue_is_found_by_its_hash(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "{}")

    found = record.ask(lambda s: issue_with_hash(s, sha256("{}")))

    assert found is not None
    assert found.version == 1
    assert record.ask(lambda s: issue_with_hash(s, "00")) is None
