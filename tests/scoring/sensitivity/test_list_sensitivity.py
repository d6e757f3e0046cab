"""What the page tells of a list: ends of the interval with ties apart, lines, swaps of the challenger."""

from decimal import Decimal
from functools import partial

import pytest
from msgspec.structs import replace

from scoring.explaining.what_if import Moved, Otherwise, Without, entering, leave_one_out, leaving
from scoring.rank import rank
from scoring.ranking import Outcome
from scoring.round import Area, Round
from scoring.scheme import Combine, Method, Scheme
from scoring.sensitivity.list_sensitivity import (
    End,
    ListSensitivity,
    ShareLine,
    Swap,
    list_sensitivity,
    round_sensitivity,
)
from scoring.sensitivity.split import draw_test
from tests.scoring.builders import application, criterion, one_question, sheet, simple_round
from tests.scoring.sensitivity.test_robustness import crossing_round


def found_of(round_: Round, area: str | None = None) -> ListSensitivity:
    return list_sensitivity(round_sensitivity(round_, rank(round_), ["M1"]), area)


def two_area_round() -> Round:
    """Return a round in which quality 80 and cost 20 are published: C in another area never moves."""
    scheme = Scheme(
        (criterion("Q", 80), criterion("C", 20, "cost")),
        scale_maximum=100,
        combine=Combine.MEAN,
        ladder=("requested",),
    )
    rows = (application("A", 1000), application("B", 900), application("C", 500, area="Solihull"))
    round_ = simple_round({}, scheme=scheme, applications=rows)
    return replace(
        round_,
        areas=(Area("Coventry", 100_000), Area("Solihull", 100_000)),
        sheets=(sheet("A", 80, 20), sheet("B", 40, 80), sheet("C", 10, 10)),
    )


def test_equals_at_an_end_tie_and_do_not_lose() -> None:
    # A 80 and 20, B 40 and 80 are equal at 60, ask the same, and only one fits
    found = found_of(crossing_round())

    assert found.below == End(600, (), (), ("A", "B"), ())
    assert found.above is None


def test_an_end_without_a_tie_has_who_enters_and_leaves() -> None:
    # equal at 60, where B asks less and goes first
    found = found_of(two_area_round(), "Coventry")

    assert found.below == End(600, ("B",), ("A",), (), ())


def test_an_area_hears_only_of_itself() -> None:
    found = found_of(two_area_round(), "Solihull")

    assert found.split is not None
    assert (found.split.same_set.low_1e4, found.split.same_set.high_1e4) == (0, 1_000_000)
    assert found.lines == (ShareLine("C", "Group C", 1000, 1000, 1000, True),)
    assert all(one.area == "Solihull" for each in found.without for one in each.moved)


def test_lines_run_from_cost_alone_to_quality_alone() -> None:
    found = found_of(crossing_round())

    # at 65: 80·0.65 + 20·0.35 = 59, 40·0.65 + 80·0.35 = 54
    assert found.lines == (
        ShareLine("A", "Group A", 2000, 8000, 5900, True),
        ShareLine("B", "Group B", 8000, 4000, 5400, False),
    )


def test_a_chart_has_sixty_lines_at_most_the_line_among_them() -> None:
    names = [f"A{n:03}" for n in range(200)]
    round_ = crossing_round()
    round_ = replace(
        round_,
        areas=(Area("Coventry", 10_000_000),),
        applications=tuple(application(name) for name in names),
        sheets=tuple(sheet(name, 100 - n // 2, 50) for n, name in enumerate(names)),
    )
    lines = found_of(round_).lines

    assert len(lines) == 60
    assert {line.is_funded for line in lines} == {True, False}


def test_the_challenger_swaps_what_is_worth_less() -> None:
    # points × pounds: A 80 × 600 = 48,000 stands alone; B and C fill the pot with 70 × 1,000 = 70,000
    round_ = simple_round({"A": 80, "B": 70, "C": 70}, pot=1000, asks={"A": 600, "B": 500, "C": 500})

    found = found_of(round_)

    assert found.swaps() == (Swap("Coventry", (("B", 50_000), ("C", 50_000)), (("A", 60_000),), ()),)
    assert (found.challenger.value, found.challenger.list_value) == (700_000_000, 480_000_000)


def test_no_swap_where_the_list_is_the_best() -> None:
    assert found_of(simple_round({"A": 80, "B": 70}, pot=2000)).swaps() == ()


def test_one_side_has_no_interval_and_no_lines() -> None:
    found = found_of(simple_round({"A": 80}))

    assert (found.split, found.below, found.above, found.lines) == (None, None, None, ())


def test_nothing_ranked_says_nothing() -> None:
    found = found_of(replace(simple_round({"A": 80}), sheets=()))

    assert found.round_sensitivity.holds.applications == ()
    assert found.round_sensitivity.draws is None
    assert found.agreement is None


def test_progress_never_goes_back_and_ends() -> None:
    seen: list[int] = []
    round_ = crossing_round()

    def tick(done: int, total: int) -> None:
        seen.append(100 * done // total)

    base = round_sensitivity(round_, rank(round_), ["M1"], tick)
    assert seen == sorted(seen)
    assert seen[-1] == 100
    seen.clear()
    list_sensitivity(base, None, tick)
    assert seen == sorted(seen)
    assert seen[-1] == 100


def test_it_may_be_stopped() -> None:
    def stop(done: int, total: int) -> None:
        raise InterruptedError

    round_ = crossing_round()
    with pytest.raises(InterruptedError):
        list_sensitivity(round_sensitivity(round_, rank(round_), ["M1"]), None, stop)


def test_no_weight_is_drawn_where_nothing_is_judged() -> None:
    cost = criterion("C", 100, "cost", method=Method.LOWEST)
    round_ = simple_round({}, scheme=Scheme((cost,), quorum=0), applications=(application("A"),))

    assert round_sensitivity(round_, rank(round_), ["M1"]).draws is None


MEMBERS = ("M1", "M2", "M3")
FEW = 20
PENCE = 100_000
FUND, RESERVE = Outcome.FUND, Outcome.RESERVE
WITHOUT_M1 = Without(
    "M1",
    (
        Moved("A", "Group A", "Coventry", FUND, RESERVE, PENCE, 0),
        Moved("B", "Group B", "Coventry", RESERVE, FUND, 0, PENCE),
        Moved("C", "Group C", "Coventry", RESERVE, None, 0, 0),
    ),
)
"""A (65 on the mean) has the pot for one before B (35); on M2's marks alone B has it, and C has no mark."""


def contested() -> Round:
    """Return a round with money for one of A and B, on which M1 and M2 differ; C has M1's mark alone."""
    applications = tuple(application(reference) for reference in "ABC")
    sheets = (
        sheet("A", 90),
        sheet("A", 40, member="M2"),
        sheet("B", 10),
        sheet("B", 60, member="M2"),
        sheet("C", 5),
    )
    return replace(
        simple_round({}, pot=1000, applications=applications, scheme=one_question()), sheets=sheets
    )


def test_one_value_has_every_part_and_says_how_far_it_is() -> None:
    round_, told = contested(), list[tuple[int, int]]()
    draw = partial(draw_test, count=FEW)
    worked = round_sensitivity(
        round_, rank(round_), MEMBERS, lambda done, of: told.append((done, of)), draw=draw
    )
    found = list_sensitivity(worked)

    assert found.without == (WITHOUT_M1, Without("M2", ()))  # M3 has no sheet
    assert (entering(WITHOUT_M1.moved), leaving(WITHOUT_M1.moved)) == (("B",), ("A",))
    assert found.otherwise == (
        Otherwise(Combine.MEAN, ()),
        Otherwise(Combine.MEDIAN, ()),
        Otherwise(Combine.TRIMMED, None),  # two marks are too few to leave the outermost out
    )
    assert (found.split, found.challenger.taken) == (None, ("A",))
    assert worked.draws is not None
    assert worked.draws.count == FEW
    assert found.agreement is not None
    assert told == sorted(told)
    assert told[-1] == (100, 100)


def test_under_agreed_marks_a_member_is_left_out_of_the_mean() -> None:
    round_ = contested()
    agreed = replace(round_, scheme=replace(round_.scheme, combine=Combine.CONSENSUS))

    assert next(leave_one_out(agreed, rank(agreed), MEMBERS)) == WITHOUT_M1


def test_without_a_judged_criterion_no_weight_is_drawn() -> None:
    cost = criterion("C", 100, "cost", method=Method.LINEAR, low=Decimal(0), high=Decimal(2000))
    round_ = simple_round(
        {}, scheme=Scheme((cost,), quorum=0), applications=(application("A"), application("B", 500))
    )

    found = list_sensitivity(round_sensitivity(round_, rank(round_), MEMBERS))

    assert (found.round_sensitivity.draws, found.without) == (None, ())
    assert found.challenger.taken == ("A", "B")
