"""What papers say of a round, and what its workbook leaves out."""

import hashlib
from dataclasses import replace

from models.fund_defaults import SignOff
from models.operations.issues import IssueSchedule
from models.operations.recommendations import RecordRecommendations
from models.queries.beyond_workbook import what_else
from models.queries.recommendations import RecommendationRow
from models.queries.round_facts import round_facts
from models.record import Record
from models.rows import InterestRow
from scoring.round import InterestKind
from tests.models.rounds import FUND, OFFICER, application, load, set_up_office, taking_in, workbook_rows


def test_papers_name_the_office_the_chain_and_the_marking(record: Record) -> None:
    load(set_up_office(record))

    facts = record.ask(lambda s: round_facts(s, 1))

    assert facts.office == "Office of the Commissioner"
    assert facts.chain == (
        SignOff("commander", "NPU commander"),
        SignOff("decider", "Chief Executive"),
    )
    assert (facts.line.marking, facts.defaults) == ("OFFICIAL", FUND)


def test_interests_are_counted_once_for_each_member_and_application(record: Record) -> None:
    set_up_office(record)
    interests = (
        InterestRow("M1", None, InterestKind.NONE),
        InterestRow("M2", "ACF-001", InterestKind.PECUNIARY, "a cousin"),
        InterestRow("M2", "ACF-001", InterestKind.PREJUDICIAL, "and a friend"),
        InterestRow("M2", "ACF-002", InterestKind.ABSTAINED),
    )
    load(record, replace(workbook_rows(), interests=interests))

    facts = record.ask(lambda s: round_facts(s, 1))

    assert (facts.conflicts, facts.abstentions, facts.declared, facts.members) == (1, 1, 2, 2)


def test_a_crime_type_is_found_among_the_answers(record: Record) -> None:
    set_up_office(record)
    answers = (("Q9. Which crime type does it address?", "Burglary"), ("Anything else?", "No"))
    record.perform(taking_in(application(1), application(2, answers=answers)), OFFICER)

    facts = record.ask(lambda s: round_facts(s, 1))

    assert facts.priorities == (("ACF-002", "Burglary"),)


def test_a_workbook_says_what_it_leaves_out(record: Record) -> None:
    set_up_office(record)
    record.perform(taking_in(), OFFICER)

    assert record.ask(lambda s: what_else(s, 1)) == (
        "Not in the workbook, but in the record: 1 result of a single gate, the words for marks and "
        "the journal. A workbook is not a backup."
    )


def test_a_workbook_leaves_recommendations_out(record: Record) -> None:
    set_up_office(record)
    load(record, replace(workbook_rows(), scheme=replace(workbook_rows().scheme, descriptors=())))
    assert record.ask(lambda s: what_else(s, 1)) == (
        "Not in the workbook, but in the record: the journal. A workbook is not a backup."
    )

    record.perform(
        RecordRecommendations(1, (RecommendationRow("ACF-001", "reserve", None, "later"),)), OFFICER
    )

    assert "1 recommendation and the journal" in record.ask(lambda s: what_else(s, 1))


def test_a_workbook_leaves_issued_schedules_out(record: Record) -> None:
    load(set_up_office(record))
    sha256 = hashlib.sha256(b"{}").hexdigest()
    record.perform(IssueSchedule(1, "", "{}", sha256, record.head().seq, record.head().hash_hex), OFFICER)

    assert "1 issued schedule and the journal" in record.ask(lambda s: what_else(s, 1))
