"""The end of a year that has awards: what was paid, recorded award by award, and allowed by a round."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.awards.year_end import DecideYearEnd, DecisionChange, SetYearLines, SpentChange
from models.operations.deciding.recommendations import AllowOverPot
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import RenameArea
from models.operations.set_up.load import LoadRound
from models.papers.year.year_facts import ALLOCATION, CARRY, Spent, YearLine
from models.queries.awards.year_facts import year_choices
from models.record import Record
from models.values.awards import Returned
from scoring.ranking import Allowance
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import (
    DAY,
    FINANCE,
    decided,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.operations.year_ends import (
    ACF,
    APRIL,
    LATE,
    MARCH,
    YEAR,
    line,
    spend,
    spent,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, assert_replays, import_operation, set_up_office


@pytest.fixture
def awarded(record: Record) -> Record:
    """Coventry with £1,000 and £2,000 awarded, and £330 of the first paid."""
    decided(record)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    record.perform(PayInstalment(1, "ACF-001", 1, date(2026, 12, 9), None), FINANCE)
    return record


def test_without_figures_of_its_own_an_area_spent_what_was_paid_and_not_returned(awarded: Record) -> None:
    assert line(awarded, "Coventry", ACF).whole_spent_pence == 33_000

    back = (Returned(3_000, MARCH, "one session fewer"), Returned(1_000, APRIL, "receipts missing"))
    awarded.perform(SetReturned(1, "ACF-001", back, ()), FINANCE)

    assert spent(awarded, ACF) == {"Coventry": 30_000, "Dudley": 0}
    # What comes back in April is of the year that begins then.
    assert spent(awarded, ACF, "2027/28") == {"Coventry": -1_000}


def test_expenditure_of_an_award_stands_in_place_of_its_payments(awarded: Record) -> None:
    outcome = awarded.perform(
        spend(SpentChange("", "A-031-01", Spent(95_000, 0, MARCH, "return"), None), fund=ACF), OFFICER
    )

    assert outcome.words == "A-031-01 spent £950.00."
    assert line(awarded, "Coventry", ACF).whole_spent_pence == 95_000
    change = SpentChange("", "A-031-02", Spent(1, 1, MARCH, "return"), None)
    with pytest.raises(Refused, match="A-031-02 is an award, and start-up money is in no award"):
        awarded.perform(spend(change, fund=ACF), OFFICER)
    assert_replays(awarded)


def test_an_area_whose_awards_spent_more_than_its_own_figure_is_told(awarded: Record) -> None:
    awarded.perform(
        spend(SpentChange("Coventry", "", Spent(20_000, 0, MARCH, "ledger"), None), fund=ACF), FINANCE
    )

    assert line(awarded, "Coventry", ACF).notes == (
        "Coventry: its awards spent £330.00 together, more than the £200.00 recorded for the whole.",
    )


def test_an_award_is_carried_forward_and_allocated_nothing(awarded: Record) -> None:
    change = DecisionChange(CARRY, "", "A-031-01", replace(LATE, start_up_pence=0), None)
    awarded.perform(DecideYearEnd(ACF, YEAR, (change,)), OFFICER)

    (award, _) = line(awarded, "Coventry", ACF).awards
    assert (award.reference, award.left_pence, award.carried_pence) == ("A-031-01", 67_000, 275_000)
    for wrong, words in (
        (replace(change, deed=ALLOCATION), "A-031-01 is an award: the allocation is decided for its area"),
        (replace(change, award="A-031-02", now=LATE), "Start-up money is not part of the carry forward"),
        (replace(change, award="A-031-09"), "has no award A-031-09"),
    ):
        with pytest.raises(Refused, match=words):
            awarded.perform(DecideYearEnd(ACF, YEAR, (wrong,)), OFFICER)


def test_the_tolerance_of_a_round_is_an_authority(record: Record) -> None:
    rows = deciding_rows()
    scheme = replace(
        rows.scheme, tolerance_percent=rows.scheme.tolerance_percent + 20, tolerance_authority="A. Chief"
    )
    recommended(record, replace(rows, scheme=scheme, areas=(Area("Coventry", 260_000), Area("Dudley", 0))))
    record.perform(SignRecommendations(1, "Coventry", DAY), Actor("Ravi Example", "chair"))
    record.perform(first_step(*every_line()), Actor("Cora Command", "commander"))
    record.perform(last_step(*every_line()), Actor("Dan Decides", "decider"))

    coventry = line(record, "Coventry", ACF)

    assert coventry.over_pence > 0
    assert coventry.authority == "A. Chief"


def test_what_was_allowed_over_one_pot_is_an_authority_for_it(record: Record) -> None:
    rows = replace(deciding_rows(), areas=(Area("Coventry", 260_000), Area("Dudley", 0)))
    set_up_office(record)
    record.perform(LoadRound(rows), OFFICER)
    allowed = Allowance("Coventry", 40_000, "Jo Sample", "Chief Executive", "one project")
    record.perform(AllowOverPot(1, replace(allowed, pence=1)), OFFICER)
    coventry = line(record, "Coventry", ACF)
    over = replace(coventry, pot=replace(coventry.pot, committed_pence=300_000))

    assert over.over_pence == 40_000
    assert over.authority == ""
    record.perform(AllowOverPot(1, replace(allowed, pence=39_999, name="Una Test")), OFFICER)
    both = replace(over, allowances=line(record, "Coventry", ACF).allowances)
    assert both.authority == "Jo Sample, Chief Executive and Una Test, Chief Executive"
    assert replace(both, pot=replace(both.pot, area="Dudley")).authority == ""


def test_a_renamed_area_keeps_its_figures_apart(record: Record) -> None:
    set_up_office(record).perform(import_operation(), OFFICER)
    five = SpentChange("Dudley", "", Spent(5, 0, MARCH, "ledger"), None)
    record.perform(spend(five, fund=ACF), OFFICER)

    record.perform(RenameArea(1, "Dudley", "Brierley"), OFFICER)

    assert line(record, "Dudley", ACF).notes == (
        "Dudley has figures and is not one of the year's areas or lines.",
    )
    record.perform(spend(replace(five, now=None, before=five.now), fund=ACF), OFFICER)
    assert "Dudley" not in spent(record, ACF)


def test_every_fund_is_offered_with_its_years(awarded: Record) -> None:
    choices = awarded.ask(year_choices)

    assert [(choice.fund, choice.years) for choice in choices] == [(ACF, (YEAR,))]


def test_an_area_of_a_round_is_no_line_of_its_own(awarded: Record) -> None:
    with pytest.raises(Refused, match="“coventry” is there already, as a line or as an area"):
        awarded.perform(SetYearLines(ACF, YEAR, (YearLine("coventry", 1),), ()), OFFICER)
