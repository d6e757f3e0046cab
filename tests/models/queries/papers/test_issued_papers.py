"""Issued versions of schedules and papers as one list, and what the next one of a schedule would be."""

from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from models.issuing import issued_status, next_issue
from models.papers.award_schedule import award_schedule
from models.papers.issued import PaperFile
from models.papers.kinds import SCHEDULE
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.papers.issues import files_of, issued_papers
from models.queries.papers.papers import paper_value
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.rows import scored_round
from scoring.money import pounds
from scoring.rank import rank
from scoring.schedule.canonical import sha256
from scoring.schedule.lines import Settled
from scoring.schedule.values import AwardSchedule
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office

AT = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
ORDER = PaperOrder(SCHEDULE, AT, round_id=1)


def schedule_of(record: Record, marking: str = "OFFICIAL") -> AwardSchedule:
    rows = record.ask(lambda session: round_rows(session, 1))
    return award_schedule(rows, rank(scored_round(rows)), Settled(marking=marking))


def issue(record: Record, schedule: AwardSchedule) -> None:
    following = record.ask(lambda session: next_issue(session, ORDER, schedule))
    assert following is not None
    record.perform(following.operation, OFFICER)


def test_a_copy_of_the_next_issue_says_what_a_copy_of_it_says_afterwards(record: Record) -> None:
    load(set_up_office(record))
    issue(record, schedule_of(record))
    changed = schedule_of(record, "OFFICIAL-SENSITIVE")
    following = record.ask(lambda session: next_issue(session, ORDER, changed))
    assert following is not None

    record.perform(following.of_files([PaperFile(".pdf", "ab", 2)]), OFFICER)

    status = record.ask(lambda session: issued_status(session, ORDER, changed))
    assert status is not None
    assert replace(status, issued_at=None) == following.status
    assert following.status.version == 2
    newest, first = record.ask(lambda session: issued_papers(session, 1))
    files = [[f.file.name for f in record.ask(partial(files_of, issued=one))] for one in (newest, first)]
    assert files == [[".pdf"], []]
    assert_replays(record)


def issue_minutes(record: Record) -> None:
    order = PaperOrder("minutes", AT, round_id=1)
    value = record.ask(lambda session: paper_value(session, order))
    following = record.ask(lambda session: next_issue(session, order, value))
    assert following is not None
    record.perform(following.operation, OFFICER)


def test_versions_are_listed_newest_first_with_lines_and_sum(record: Record) -> None:
    load(set_up_office(record))
    first = schedule_of(record)
    issue(record, first)
    issue(record, schedule_of(record, "OFFICIAL-SENSITIVE"))

    second, one = record.ask(lambda session: issued_papers(session, 1))

    assert (second.kind, second.version, second.supersedes) == ("schedule", 2, 1)
    assert (one.version, one.supersedes, one.issued_by) == (1, None, OFFICER.name)
    assert one.control == f"1 line, {pounds(first.whole.recommended_pence)} proposed"


def test_schedules_and_papers_stand_in_one_list(record: Record) -> None:
    load(set_up_office(record))
    issue(record, schedule_of(record))
    issue_minutes(record)

    found = record.ask(lambda session: issued_papers(session, 1))

    assert [(row.kind, row.version) for row in found] == [("minutes", 1), ("schedule", 1)]
    assert all(len(row.sha256) == 64 for row in found)


def test_the_same_values_have_no_next_issue_and_a_paper_of_the_one_before(record: Record) -> None:
    load(set_up_office(record))
    head = record.head()
    assert record.ask(lambda session: issued_status(session, ORDER, paper_value(session, ORDER))) is None

    issue(record, schedule_of(record))

    assert record.ask(lambda session: next_issue(session, ORDER, schedule_of(record))) is None
    (issued,) = record.ask(lambda session: issued_papers(session, 1))
    assert record.ask(
        lambda session: issued_status(session, ORDER, paper_value(session, ORDER))
    ) == PaperStatus(
        *(AT, sha256(schedule_of(record)), 1, head.seq, head.hash_hex, head.at), issued_at=issued.issued_at
    )
