"""What papers say of a round beside its lines."""

from msgspec.structs import replace

from models.queries.set_up.round_facts import round_facts
from models.record import Record
from models.reference.sign_off import SignOff
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.models.rounds import (
    FUND,
    OFFICER,
    application,
    import_operation,
    load,
    set_up_office,
    workbook_rows,
)


def test_papers_name_the_chain_and_the_marking(record: Record) -> None:
    load(set_up_office(record))

    facts = record.ask(lambda s: round_facts(s, 1))

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
    record.perform(import_operation(application(1), application(2, answers=answers)), OFFICER)

    facts = record.ask(lambda s: round_facts(s, 1))

    assert facts.priorities == (("ACF-002", "Burglary"),)
