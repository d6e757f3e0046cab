"""The five figures of a year's money, by hand and against sums of another hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.budget.figures import AreaBudget, Figures, FundBudget, Outside, Purses, RoundDraw
from tests.scoring.budget.independent import Event, figures

AUTUMN = RoundDraw("Autumn", True, 2_000_000, 0, 1_250_000, 400_000)
SPRING = RoundDraw("Spring", False, 5_000_000, 100_000, 3_000_000, 3_000_000)


def area(name: str = "Coventry", **named: Any) -> AreaBudget:
    """Return an area with £100,000 for projects and £5,000 start-up money, and what is named."""
    return AreaBudget(name, **{"allocation": Purses(10_000_000, 500_000), **named})


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        # 100,000 + 5,000; nothing else.
        (area(), (10_500_000, 0, 0, 0, 10_500_000)),
        # An open round holds its pot: 20,000 of which 12,500 is decided, 4,000 of it paid.
        (area(rounds=(AUTUMN,)), (10_500_000, 2_000_000, 1_250_000, 400_000, 8_500_000)),
        # A closed one gives the rest back: 30,000 decided and 1,000 committed before it.
        (area(rounds=(SPRING,)), (10_500_000, 3_100_000, 3_000_000, 3_000_000, 7_400_000)),
        # Both: 20,000 + 31,000; 12,500 + 30,000; 4,000 + 30,000; 105,000 − 51,000.
        (area(rounds=(AUTUMN, SPRING)), (10_500_000, 5_100_000, 4_250_000, 3_400_000, 5_400_000)),
        # Decisions may pass a pot: 25,000 of 20,000.
        (
            area(rounds=(RoundDraw("A", True, 2_000_000, 0, 2_500_000),)),
            (10_500_000, 2_500_000, 2_500_000, 0, 8_000_000),
        ),
        # Carried forward on top, moves both ways: 105,000 + 8,000 + 300 + 2,000 − 700.
        (
            area(carried=Purses(800_000, 30_000), moved_in_pence=200_000, moved_out_pence=70_000),
            (11_460_000, 0, 0, 0, 11_460_000),
        ),
        # A contribution of the office is a line below nothing in all three: left rises.
        (area(contributed_pence=184_200), (10_500_000, -184_200, -184_200, -184_200, 10_684_200)),
        # Awards beside rounds, 500 of start-up money, 200 recovered of an award of an earlier year.
        (
            area(outside=Outside(300_000, 50_000, 120_000, 20_000)),
            (10_500_000, 330_000, 330_000, 100_000, 10_170_000),
        ),
        # Nothing recorded: nothing is left of it, and the rest is as it is.
        (area(allocation=None, rounds=(AUTUMN,)), (None, 2_000_000, 1_250_000, 400_000, None)),
        # Over: 105,000 − 110,000.
        (
            area(rounds=(RoundDraw("A", False, 0, 0, 11_000_000),)),
            (10_500_000, 11_000_000, 11_000_000, 0, -500_000),
        ),
    ],
)
def test_the_five_figures_of_an_area(budget: AreaBudget, expected: tuple[int | None, ...]) -> None:
    assert budget.figures == Figures(*expected)  # type: ignore[arg-type]


def test_start_up_money_is_a_purse_of_its_own() -> None:
    budget = area(outside=Outside(0, 300_000), rounds=(AUTUMN,), carried=Purses(0, 100_000))

    # Projects 100,000 − 20,000; all 106,000 − 23,000.
    assert (budget.project_pence, budget.start_up_pence) == (10_000_000, 600_000)
    assert (budget.project_left_pence, budget.left_pence) == (8_000_000, 8_300_000)


def test_an_area_without_an_allocation_is_left_out_of_the_funds_sum() -> None:
    budget = FundBudget(
        "ACF", "2026/27", 20_000_000, (area(rounds=(AUTUMN,)), AreaBudget("Dudley", rounds=(SPRING,)))
    )

    assert budget.figures == area(rounds=(AUTUMN,)).figures
    assert (budget.shared_pence, budget.unshared_pence) == (10_500_000, 9_500_000)
    assert budget.of("Dudley").left_pence is None
    assert budget.of("Walsall") == AreaBudget("Walsall")


def test_a_fund_without_allocations_has_no_sum() -> None:
    budget = FundBudget("ACF", "2026/27", None, (AreaBudget("Dudley", rounds=(SPRING,)),))

    assert budget.figures == Figures(None, 0, 0, 0, None)
    assert not budget.is_recorded
    assert budget.unshared_pence is None


_PENCE = st.integers(0, 5_000_000)


@st.composite
def _areas(draw: st.DrawFn) -> tuple[AreaBudget, list[Event]]:
    """Draw an area as the product holds it, and as events."""
    name = draw(st.sampled_from(("North", "South", "East")))
    events: list[Event] = []

    def drawn(what: str, of: str = "") -> int:
        events.append(Event(name, what, draw(_PENCE), of))
        return events[-1].pence

    rounds = tuple(
        RoundDraw(
            of, of < "c", drawn("pot", of), drawn("earlier", of), drawn("award", of), drawn("payment", of)
        )
        for of in draw(st.sets(st.sampled_from("abcd")))
    )
    outside = Outside(drawn("award"), drawn("award"), drawn("payment"), drawn("recovered"))
    purses = Purses(drawn("project"), drawn("start-up")) if draw(st.booleans()) else None
    carried = Purses(drawn("carried"), drawn("carried"))
    moved = (drawn("moved in"), drawn("moved out"))
    found = AreaBudget(name, purses, carried, *moved, rounds, outside, drawn("contribution"))
    return found, events


@given(st.lists(_areas(), unique_by=lambda pair: pair[0].area))
def test_the_figures_are_those_of_an_independent_sum(drawn: list[tuple[AreaBudget, list[Event]]]) -> None:
    budget = FundBudget("F", "2026/27", None, tuple(found for found, _ in drawn))
    expected = figures([event for _, events in drawn for event in events], {"a", "b"})

    for name, found in (("", budget.figures), *((one.area, one.figures) for one in budget.areas)):
        assert found == Figures(
            expected[name]["allocated"],
            expected[name]["committed"] or 0,
            expected[name]["decided"] or 0,
            expected[name]["paid"] or 0,
            expected[name]["left"],
        )
