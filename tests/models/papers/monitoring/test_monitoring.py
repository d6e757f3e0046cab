"""First proposals for monitoring, and what returns reached of what was agreed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    AwardReturn,
    OutputProgress,
    ReturnContent,
    progress_line,
)
from models.papers.monitoring.monitoring_plan import (
    MOST_OUTPUTS,
    asked_outputs,
    band_of,
    behind_words,
    day_fault,
    is_behind,
    moved_returns,
    planned_returns,
    proposed_outputs,
    still_to_come,
    taken_over,
    varied_outputs,
)
from models.reference.defaults import USUAL_RETURNS, ReturnBand
from models.reference.reporting import Every
from models.reference.schemes import shipped_funds
from models.values.awards import PlannedReturn
from scoring.written.working_days import is_working_day

START, END = date(2027, 4, 1), date(2028, 3, 31)
QUARTER = Every.QUARTER


def test_the_more_money_the_more_returns_each_due_four_weeks_after_what_it_tells_of() -> None:
    for pence, points in (
        (1, "end"),
        (500_000, "end"),
        (500_001, "halves"),
        (2_000_000, "halves"),
        (2_000_001, "quarterly"),
    ):
        assert band_of(pence, USUAL_RETURNS) == points
        assert band_of(101, (ReturnBand(100, "end"),)) == "quarterly", "above every band"

    for pence, end, returns in (
        (300_000, END, [("28/04/2028", "the end")]),  # 31 March + 28 days
        (300_000, date(2027, 6, 26), [("26/07/2027", "the end")]),  # 24 July is a Saturday
        (300_000, date(2027, 11, 29), [("29/12/2027", "the end")]),  # 27 and 28 are holidays
        (300_000, date(2027, 8, 2), [("31/08/2027", "the end")]),  # 30 August is one
        # 365 days; the 182nd after 1 April is 30 September 2027, and 28 days on 28 October
        (1_000_000, END, [("28/10/2027", "half way"), ("28/04/2028", "the end")]),
    ):
        found = planned_returns(pence, START, end, USUAL_RETURNS)
        assert [(f"{one.due_on:%d/%m/%Y}", one.words) for one in found] == returns


def test_large_awards_report_by_quarters_and_a_few_days_after_one_are_told_of_with_it() -> None:
    for begins, ends, every, told_to in (
        # three months after 30 November is 29 February 2028, so the first quarter ends on the 28th
        ("2027-11-30", "2028-11-29", None, ["2028-02-28", "2028-05-29", "2028-08-29", "2028-11-29"]),
        # the fund's own quarters that end within it, the last part with the project
        ("2027-05-15", "2028-02-10", QUARTER, ["2027-06-30", "2027-09-30", "2027-12-31", "2028-02-10"]),
        ("2027-01-01", "2027-04-01", QUARTER, ["2027-03-31", "2027-04-01"]),
        ("2026-10-01", "2027-01-31", QUARTER, ["2026-12-31", "2027-01-31"]),
    ):
        start, end = map(date.fromisoformat, (begins, ends))
        found = planned_returns(5_000_000, start, end, USUAL_RETURNS, every)
        assert [one.tells_to.isoformat() for one in found] == told_to
        assert [one.words for one in found] == [*(f"quarter {n}" for n in range(1, len(found))), "the end"]


SHIPPED = [fund.returns or USUAL_RETURNS for fund in shipped_funds()]
COUNTS = {"end": 1, "halves": 2}


@given(
    st.integers(1, 10**10),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(0, 2000),
    st.sampled_from(SHIPPED),
    st.sampled_from((None, *Every)),
)
def test_returns_keep_to_their_band_and_none_is_before_the_project(
    pence: int, start: date, days: int, bands: tuple[ReturnBand, ...], every: Every | None
) -> None:
    found = planned_returns(pence, start, start + timedelta(days=days), bands, every)

    assert all(day_fault(one, start) == "" for one in found)
    assert all(one.tells_to == one.covers_to for one in found)
    assert all(28 <= (one.due_on - one.tells_to).days <= 33 and is_working_day(one.due_on) for one in found)
    assert len(found) == COUNTS.get(band_of(pence, bands), len(found))


def test_a_return_is_due_once_the_project_goes_on_and_after_what_it_tells_of() -> None:
    for due, covers, words in (
        (date(2027, 3, 31), None, "no return is due before that"),
        (date(2027, 5, 1), date(2027, 3, 31), "Correct the day it covers up to"),
        (date(2027, 5, 1), date(2027, 5, 2), "Correct the day it covers up to"),
        (date(2027, 5, 1), date(2027, 5, 1), ""),
        (START, None, ""),
    ):
        fault = day_fault(PlannedReturn(1, due, "half way", covers), START)
        assert words in fault
        assert bool(words) == bool(fault)


@given(st.text())
def test_any_text_gives_rows_that_say_something(text: str) -> None:
    rows = proposed_outputs(text)

    assert len(rows) <= MOST_OUTPUTS
    assert all(row.words.strip() and row.number == n for n, row in enumerate(rows, 1))
    assert all(row.target is None or row.target >= 0 for row in rows)


OLD = (
    AgreedOutput(1, "Evening sessions", 40, measure="The register"),
    AgreedOutput(2, "Homework clubs", 5),
    AgreedOutput(3, "Trips", 2),
)
SAID = ReturnContent(date(2027, 9, 1), progress=(OutputProgress(2, 3),))
AWARD = AwardMonitoring(
    *("W-001", "A-001", "Harbour House", "", "", 1, 0, START, END),
    outputs=OLD,
    returns=(AwardReturn(PlannedReturn(1, date(2027, 9, 1), "half way"), SAID),),
)


def test_what_a_variation_agrees_is_asked_about_once_it_is_taken_over() -> None:
    varied = replace(AWARD, varied="evening  sessions; Summer school for 12 people")

    assert asked_outputs(AWARD) == OLD, "without a variation all that is agreed"
    assert (is_behind(AWARD), behind_words(AWARD), varied_outputs(AWARD)) == (False, "", ())
    assert is_behind(varied)
    assert asked_outputs(varied) == OLD
    assert "Take the varied outcomes over" in behind_words(varied)
    taken = taken_over(varied)
    # the sessions stay with their figure and measure, the clubs since a return tells of them, the trips go
    assert taken == (*OLD[:2], AgreedOutput(4, "Summer school for 12 people", 12))
    after = replace(varied, outputs=taken)
    assert not is_behind(after)
    assert [one.number for one in asked_outputs(after)] == [1, 4]


def test_usual_returns_become_those_that_are_usual_for_the_new_dates() -> None:
    usual = planned_returns(2_000_000, START, END, USUAL_RETURNS)
    said = ReturnContent(date(2027, 10, 20))
    returns = (AwardReturn(usual[0], said), AwardReturn(usual[1]))
    award = replace(AWARD, amount_pence=2_000_000, outputs=(), returns=returns)

    found = moved_returns(award, START, date(2029, 3, 31), USUAL_RETURNS, None)

    # half way of two years is 31 March 2028, after what came in tells of; 28 April 2029 is a Saturday
    assert [(one.number, one.due_on) for one in found] == [
        (1, date(2027, 10, 28)),
        (2, date(2028, 4, 28)),
        (3, date(2029, 4, 30)),
    ]


def test_what_is_over_before_anybody_signed_is_told_of_with_the_next_report() -> None:
    usual = planned_returns(5_000_000, START, END, USUAL_RETURNS)
    halves = planned_returns(1_000_000, START, END, USUAL_RETURNS)

    two_over = still_to_come(usual, date(2027, 10, 29))
    only_the_end = still_to_come(halves, date(2027, 11, 1))

    assert still_to_come(usual, START) == usual
    assert [(one.number, one.due_on, one.words, one.covers_to) for one in two_over] == [
        (1, date(2028, 1, 28), "quarters 1 to 3", date(2027, 12, 31)),
        (2, date(2028, 4, 28), "the end", date(2028, 3, 31)),
    ]
    assert [(one.number, one.words, one.covers_to) for one in only_the_end] == [(1, "the whole project", END)]

    # Where every day is over one report is due four weeks from now.
    end = planned_returns(300_000, START, END, USUAL_RETURNS)
    # 28 days after Mon 5 June 2028
    (one,), (whole,) = (still_to_come(returns, date(2028, 6, 5)) for returns in (end, halves))
    assert (one.due_on, one.words, one.covers_to) == (date(2028, 7, 3), "the end", END)
    assert (whole.due_on, whole.words) == (date(2028, 7, 3), "the whole project")


def test_figures_of_several_returns_are_added_and_of_shares_the_newest_stands() -> None:
    told = (ReturnContent(END, progress=(OutputProgress(1, figure),)) for figure in (66, 71))
    of = replace(AWARD, returns=tuple(AwardReturn(PlannedReturn(1, END, ""), said) for said in told))

    for words, measure, figure in (
        ("Evening sessions", None, 137),
        ("Say that they cope better", "Survey, percentage", 71),
        ("Say so (%)", None, 71),
    ):
        output = AgreedOutput(1, words, 70, measure=measure)
        assert progress_line(replace(of, outputs=(output,)), output) == f"{words}: {figure} of 70"
