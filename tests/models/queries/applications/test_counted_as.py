"""Under which lines awards are counted: as the year tables count them."""

from functools import partial

from msgspec.structs import replace

from models.operations.applications.gates import SetChoices
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.fund_changes import SetFund
from models.papers.year.round_year import words_of
from models.queries.applications.choices import counted_as
from models.queries.awards.monitoring import monitoring_of
from models.queries.awards.year_facts import record_years
from models.queries.set_up.funds import fund_value
from models.record import Record
from models.reference.defaults import FundList, ListItem, ListKind
from models.values.applications import CHOICE_WORDS, Choice, ChoicesOf
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.rounds import OFFICER, application, import_operation, set_up_office

ON_THE_FORM = (("Which priority is it for?", "knife crime"),)


def test_the_monitoring_counts_each_award_under_what_the_year_tables_count_it(record: Record) -> None:
    rows = deciding_rows()
    told = tuple(
        replace(row, answers=ON_THE_FORM, organisation_type="Sports club") for row in rows.applications
    )
    recommended(record, replace(rows, applications=told))
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    (year,) = record.ask(record_years).years
    found = record.ask(partial(monitoring_of, round_id=1, today=DAY))

    assert {one.application: one.counted_under for one in found.awards} == {
        "ACF-001": "Crime type: Knife crime; Kind of organisation: Sports club",
        "ACF-002": "Crime type: Knife crime; Kind of organisation: Sports club",
    }
    in_tables = {
        award.reference: "; ".join(
            f"{CHOICE_WORDS[kind]}: {words}" for kind in CHOICE_WORDS if (words := words_of(award, kind))
        )
        for award in year.awards
    }
    assert in_tables == {one.reference: one.counted_under for one in found.awards}


def test_what_the_office_chose_goes_before_what_an_application_says(record: Record) -> None:
    set_up_office(record)
    charity = Choice(ListKind.ORGANISATION, "charity", "Registered charity")
    kinds = FundList(ListKind.ORGANISATION, (ListItem(charity.code, charity.words),))
    rules = record.ask(lambda session: fund_value(session, 1)).rules
    record.perform(SetFund("ACF", replace(rules, lists=(kinds,)), rules), OFFICER)
    club = application(1, organisation_type="Sports club")
    record.perform(import_operation(club, application(2, organisation_type="")), OFFICER)
    before = record.ask(partial(counted_as, round_id=1))

    record.perform(SetChoices(1, (ChoicesOf("ACF-001", (charity,)),), ()), OFFICER)

    assert before == {"ACF-001": "Kind of organisation: Sports club", "ACF-002": ""}
    assert (
        record.ask(partial(counted_as, round_id=1))["ACF-001"] == "Kind of organisation: Registered charity"
    )
