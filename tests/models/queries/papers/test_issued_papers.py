"""Issued versions of schedules and papers as one list, and what the next one of a schedule would be."""

from datetime import UTC, datetime

from exchange.papers.schedule.schedule_values import award_schedule
from models.papers.issuing import issued_paper, next_issue
from models.papers.order import PaperOrder
from models.papers.paper_issuing import next_paper_issue
from models.queries.papers.issued_papers import issued_papers
from models.queries.papers.papers import paper_value
from models.queries.set_up.round_rows import round_rows
from models.record import Record
from models.values.rows import scored_round
from scoring.money import pounds
from scoring.rank import rank
from scoring.schedule.values import AwardSchedule, Paper, Settled
from tests.models.rounds import OFFICER, load, set_up_office

AT = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


def schedule_of(record: Record, marking: str = "OFFICIAL") -> AwardSchedule:
    rows = record.ask(lambda session: round_rows(session, 1))
    return award_schedule(rows, rank(scored_round(rows)), Settled(marking=marking), Paper(AT))


def issue(record: Record, schedule: AwardSchedule) -> None:
    operation = record.ask(lambda session: next_issue(session, 1, schedule))
    assert operation is not None
    record.perform(operation, OFFICER)


def issue_minutes(record: Record) -> None:
    order = PaperOrder("minutes", AT, round_id=1)
    value = record.ask(lambda session: paper_value(session, order))
    operation = record.ask(lambda session: next_paper_issue(session, order, value))
    assert operation is not None
    record.perform(operation, OFFICER)


def test_versions_are_listed_newest_first_with_lines_and_sum(record: Record) -> None:
    load(set_up_office(record))
    first = schedule_of(record)
    issue(record, first)
    issue(record, schedule_of(record, "OFFICIAL-SENSITIVE"))

    second, one = record.ask(lambda session: issued_papers(session, 1))

    assert (second.kind, second.version, second.supersedes) == ("schedule", 2, 1)
    assert (one.version, one.supersedes, one.issued_by) == (1, None, OFFICER.name)
    assert one.control == f"1 line, {pounds(first.whole.recommended_pence)}"


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
    assert record.ask(lambda session: issued_paper(session, 1, "", AT)) is None

    issue(record, schedule_of(record))

    assert record.ask(lambda session: next_issue(session, 1, schedule_of(record))) is None
    assert record.ask(lambda session: issued_paper(session, 1, "", AT)) == Paper(
        AT, 1, head.seq, head.hash_hex, head.at
    )
