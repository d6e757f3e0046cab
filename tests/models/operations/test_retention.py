"""How long applications are kept: a clock that each round can change, with holds."""

from datetime import date, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from models.journal.erasing import erase, erasure_of
from models.operations.awards.paying import PayInstalment, SetInstalments
from models.operations.retention import HoldApplication, SetRetention
from models.queries.awards.awards import awards
from models.queries.retention.retention import DEFAULT, Keeping, Years, kept_applications
from models.record import Record
from models.values.awards import Instalment
from scoring.round import Eligibility
from tests.models.operations.deciding_rounds import DAY, FINANCE, decide, deciding_rows, recommended
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, load, refuses

AWARDED, DECLINED = "ACF-001", "ACF-003"


def kept(record: Record, reference: str) -> Keeping:
    found = record.ask(partial(kept_applications, round_id=1))
    return next(one for one in found if one.reference == reference)


def test_an_award_is_kept_six_years_after_its_year_closes_and_the_rest_two_after_its_decision(
    decided: Record,
) -> None:
    award = kept(decided, AWARDED)

    # The year 2026/27 closes on 31 March 2027; six years on is 31 March 2033.
    assert award.until == date(2033, 3, 31)
    assert not award.is_due(date(2033, 3, 31))
    assert award.is_due(date(2033, 4, 1))

    assert kept(decided, DECLINED).until == DAY.replace(year=2028)
    assert kept(decided, DECLINED).is_due(DAY.replace(year=2028) + timedelta(days=1))
    # What was disposed of is due no more, and says when.
    erasing = decided.ask(
        partial(erasure_of, applications=((1, AWARDED),), ground="kept long enough", person="Ida Protect")
    )
    erase(decided, erasing.operation, OFFICER)

    found = kept(decided, AWARDED)

    assert not found.is_due(date(2040, 1, 1))
    assert found.erased == "3 Nov 2026, kept long enough"


@pytest.mark.parametrize(
    ("ends", "until"),
    [
        (date(2027, 12, 31), date(2033, 12, 31)),
        (date(2028, 2, 29), date(2034, 2, 28)),
        (date(2027, 1, 31), date(2033, 1, 31)),
    ],
)
def test_an_award_is_kept_from_the_end_of_the_grant_where_there_is_one(
    record: Record, ends: date, until: date
) -> None:
    rows = deciding_rows()
    first, *others = rows.applications
    ending = replace(first, start_on=date(2027, 1, 4), end_on=ends)
    decide(recommended(record, replace(rows, applications=(ending, *others))))

    found = kept(record, AWARDED)

    assert (found.until, found.why) == (until, "awarded: 6 years after it ends")


@pytest.mark.parametrize("how", ["withdrawn", "not eligible"])
def test_what_nobody_will_decide_is_kept_two_years_after_its_year_closes(record: Record, how: str) -> None:
    rows = deciding_rows()
    first, *others = rows.applications
    gone = (
        replace(first, withdrawn=True) if how == "withdrawn" else replace(first, eligibility=Eligibility.NO)
    )
    load(record, replace(rows, applications=(gone, *others)))

    found, waiting = kept(record, AWARDED), kept(record, DECLINED)

    # The year 2026/27 closes on 31 March 2027; two years on is 31 March 2029.
    assert (found.until, found.why) == (date(2029, 3, 31), "not decided on: 2 years after its year closes")
    assert (waiting.until, waiting.why, waiting.is_due(date(2999, 1, 1))) == (None, "not decided", False)


def test_the_years_of_a_round_and_holds_are_set_unless_they_were_changed_meanwhile(decided: Record) -> None:
    refuses(decided, "no such round", SetRetention(9, Years(7, 2), DEFAULT))

    for wrong in (Years(0, 2), Years(6, 0), Years(101, 2)):
        refuses(decided, "1 to 100 years", SetRetention(1, wrong, DEFAULT))
    # Years that were changed meanwhile are refused.
    refuses(decided, "changed in the meantime", SetRetention(1, Years(7, 2), Years(9, 9)))

    # The years of a round are set and put back.
    decided.perform(SetRetention(1, Years(7, 1), DEFAULT), OFFICER)
    assert kept(decided, AWARDED).until == date(2034, 3, 31)
    assert kept(decided, DECLINED).until == DAY.replace(year=2027)
    assert kept(decided, DECLINED).why == "not awarded: 1 year after its decision"

    refuses(decided, "changed in the meantime", HoldApplication(1, AWARDED, "", "an audit"))

    # A hold keeps what is due until it is taken off.
    decided.perform(HoldApplication(1, AWARDED, "an audit", ""), OFFICER)
    assert kept(decided, AWARDED).held_for == "an audit"
    assert not kept(decided, AWARDED).is_due(date(2040, 1, 1))


def test_bank_details_are_due_once_all_is_paid(decided: Record) -> None:
    before = next(a for a in decided.ask(partial(awards, round_id=1)) if a.application == AWARDED).instalments
    one = (Instalment(100_000, "signature"),)
    decided.perform(SetInstalments(1, AWARDED, "", one, before), OFFICER)
    ready_to_pay(decided, AWARDED, DAY, FINANCE)
    assert not kept(decided, AWARDED).is_account_due()

    decided.perform(PayInstalment(1, AWARDED, 1, DAY, None), FINANCE)

    assert kept(decided, AWARDED).is_account_due()
