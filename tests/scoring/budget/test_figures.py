"""A budget's figures are those of an independent sum, and a limit on one part of a pot is kept."""

from collections import defaultdict
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.budget.figures import AreaBudget, Figures, FundBudget, Outside, Purses, RoundDraw
from scoring.budget.limits import (
    PlanLine,
    SpendingPlan,
    allocation_refusal,
    decision_beyond_pence,
    direct_beyond_pence,
    direct_refusal,
    move_refusal,
    over_year,
    plan_faults,
    read_share,
    spending_refusal,
    year_money,
)
from scoring.written.text import Refused


class Event(NamedTuple):
    """One thing that happened to the money of an area: a word, pence, and the round it is of."""

    area: str
    what: str
    pence: int
    round: str = ""


PLUS = ("project", "start-up", "carried", "moved in")


def figures(events: list[Event], open_rounds: set[str]) -> dict[str, dict[str, int | None]]:
    """Return the five figures by area, and under "" those of the fund."""
    by_area: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_area[event.area].append(event)
    found = {area: _of(own, open_rounds) for area, own in by_area.items()}
    counted = [one for one in found.values() if one["allocated"] is not None]
    fund: dict[str, int | None] = {
        name: sum(one[name] or 0 for one in counted) for name in ("committed", "decided", "paid")
    }
    for name in ("allocated", "left"):
        fund[name] = sum(one[name] or 0 for one in counted) if counted else None
    return {**found, "": fund}


def worked_out(of: dict[str, int | None]) -> Figures:
    """Return the figures of an area as the product holds them."""
    counted = (of[name] or 0 for name in ("committed", "decided", "paid"))
    return Figures(of["allocated"], *counted, of["left"])


def _of(events: list[Event], open_rounds: set[str]) -> dict[str, int | None]:
    def total(*words: str, of: str | None = None) -> int:
        return sum(e.pence for e in events if e.what in words and of in (None, e.round))

    held = 0
    for name in open_rounds:
        used = total("award", "earlier", of=name) - total("recovered", of=name)
        held += max(total("pot", of=name) - used, 0)
    less = total("recovered") + total("contribution")
    committed = total("award", "earlier") + held - less
    has = any(event.what == "project" for event in events)
    allocated = total(*PLUS) - total("moved out") if has else None
    return {
        "allocated": allocated,
        "committed": committed,
        "decided": total("award") - less,
        "paid": total("payment") - less,
        "left": None if allocated is None else allocated - committed,
    }


AUTUMN = RoundDraw("Autumn", True, 2_000_000, 0, 1_250_000, 400_000)
SPRING = RoundDraw("Spring", False, 5_000_000, 100_000, 3_000_000, 3_000_000)


def area(name: str = "Coventry", **named: Any) -> AreaBudget:
    """Return an area with £100,000 for projects and £5,000 start-up money, and what is named."""
    return AreaBudget(name, **{"allocation": Purses(10_000_000, 500_000), **named})


def test_start_up_money_is_a_purse_of_its_own_and_without_allocations_there_is_no_sum() -> None:
    budget = area(outside=Outside(0, 300_000), rounds=(AUTUMN,), carried=Purses(0, 100_000))

    # Projects 100,000 − 20,000; all 106,000 − 23,000.
    assert (budget.project_pence, budget.start_up_pence) == (10_000_000, 600_000)
    assert (budget.project_left_pence, budget.left_pence) == (8_000_000, 8_300_000)

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
        assert found == worked_out(expected[name])


YEAR = "2026/27"
COVENTRY = AreaBudget("Coventry", Purses(11_500_000, 1_000_000))


def with_pots(count: int, budget: AreaBudget = COVENTRY) -> AreaBudget:
    """Return an area with so many open rounds of £20,000."""
    rounds = tuple(RoundDraw(f"Round {n}", True, 2_000_000) for n in range(count))
    return replace(budget, rounds=rounds)


def test_six_rounds_of_20000_do_not_fit_into_115000_and_no_less_is_ever_refused() -> None:
    # Five are 100,000; the sixth would make 120,000. Start-up money of 10,000 does not help.
    assert spending_refusal(with_pots(4), with_pots(5), YEAR) == ""
    assert spending_refusal(with_pots(5), with_pots(6), YEAR) == (
        "Coventry has £15,000.00 left of its money for 2026/27, and this takes £20,000.00. Nobody allows the "
        "£5,000.00 above it. Take less, or have an officer or finance first raise its allocation, move money "
        "to it, or record who allows it and by how much, on Budget."
    )

    over = with_pots(7)
    lower = replace(over, rounds=(*over.rounds[:6], replace(over.rounds[6], pot_pence=100)))

    assert spending_refusal(over, over, YEAR) == ""
    assert spending_refusal(over, lower, YEAR) == ""
    assert spending_refusal(lower, over, YEAR).startswith(
        "Coventry is £5,001.00 over its money for 2026/27 already, and this takes £19,999.00. "
        "Nobody allows the £19,999.00 above it."
    )


@pytest.mark.parametrize(("allowed_pence", "is_refused"), [(499_999, True), (500_000, False)])
def test_an_authority_covers_up_to_its_amount(allowed_pence: int, is_refused: bool) -> None:
    allowed = replace(COVENTRY, allowed_pence=allowed_pence)

    words = spending_refusal(with_pots(5, allowed), with_pots(6, allowed), YEAR)

    assert bool(words) is is_refused
    if is_refused:
        assert "£4,999.99 above it is allowed, and £0.01 more is not." in words


def test_a_decision_past_its_pot_takes_what_is_left_and_no_more() -> None:
    # £115,000 less a pot of £20,000 leaves £95,000: with the pot itself £115,000 may be decided in it.
    budget = FundBudget("Fund", YEAR, None, (with_pots(1),))

    assert decision_beyond_pence(budget, "Coventry", "Round 0", 11_500_000) == 0
    assert decision_beyond_pence(budget, "Coventry", "Round 0", 11_500_001) == 1
    assert decision_beyond_pence(budget, "Dudley", "Round 0", 1) == 0


def test_nothing_is_refused_without_an_allocation() -> None:
    none = AreaBudget("Coventry")

    assert spending_refusal(none, with_pots(9, none), YEAR) == ""
    assert direct_refusal(none, 9_999_999, YEAR, is_start_up=False) == ""
    assert direct_refusal(none, 1, YEAR, is_start_up=True)
    assert direct_beyond_pence(none, 9_999_999) == 0


def test_what_nobody_allows_of_an_award_without_a_competition_is_what_it_is_refused_for() -> None:
    some = replace(with_pots(5), allowed_pence=10_000)  # £15,000 of project money is left

    assert direct_beyond_pence(some, 1_510_000) == 0
    assert direct_beyond_pence(some, 1_510_001) == 1
    assert "£100.00 above it is allowed, and £0.01 more is not" in direct_refusal(
        some, 1_510_001, YEAR, is_start_up=False
    )


def test_a_move_takes_at_most_what_is_left_authority_or_not() -> None:
    source = replace(with_pots(5), allowed_pence=9_000_000)

    assert move_refusal(source, 1_500_000, YEAR) == ""
    assert move_refusal(source, 1_500_001, YEAR) == (
        "Coventry has £15,000.00 of project money left for 2026/27, and £15,000.01 is more than that. "
        "Move less."
    )
    assert move_refusal(with_pots(6), 1, YEAR).startswith("Coventry has £0.00 of project money left")
    assert "no allocation" in move_refusal(AreaBudget("Coventry"), 1, YEAR)


def test_allocations_never_exceed_the_amount_but_may_fall() -> None:
    before = FundBudget("ACF", YEAR, 12_500_000, (COVENTRY,))
    more = replace(before, areas=(replace(COVENTRY, allocation=Purses(11_500_001, 1_000_000)),))
    cut = replace(before, amount_pence=1)

    assert allocation_refusal(before, before) == ""
    assert allocation_refusal(before, more) == (
        "ACF has £125,000.00 for 2026/27, and £125,000.01 would be allocated, £0.01 more. "
        "Lower an allocation, or correct the fund's amount."
    )
    assert allocation_refusal(cut, cut) == ""
    assert allocation_refusal(before, replace(more, amount_pence=None)) == ""


def test_what_is_over_is_told_once_nobody_allows_it() -> None:
    over = with_pots(6)

    assert over_year(over, YEAR).startswith("Coventry is £5,000.00 over its money for 2026/27, and nobody")
    assert over_year(replace(over, allowed_pence=500_000), YEAR) == ""
    assert over_year(AreaBudget("Coventry"), YEAR) == ""


WHOLE = SpendingPlan("Patrols in the evening", Decimal("72.5"), "", pays_statutory=False)


@pytest.mark.parametrize(
    ("plan", "faults"),
    [
        (WHOLE, []),
        (SpendingPlan("Patrols", Decimal(50), "Prevention in schools", pays_statutory=False), []),
        (SpendingPlan("Patrols", Decimal("50.01"), "", pays_statutory=False), []),
        (SpendingPlan("Patrols", Decimal(50), " ", pays_statutory=False), ["Only 50% is for frontline"]),
        (SpendingPlan("Patrols", Decimal(80), "", pays_statutory=True), ["It pays for statutory"]),
        (
            SpendingPlan(),
            ["No spending plan", "The share for frontline", "It is not stated whether it pays"],
        ),
    ],
)
def test_each_thing_that_is_missing_or_not_paid_for_is_said(plan: SpendingPlan, faults: list[str]) -> None:
    found = list(plan_faults(plan))

    assert len(found) == len(faults)
    assert all(said.startswith(words) for said, words in zip(found, faults, strict=True))


def test_more_planned_than_there_is_or_spent_than_planned_is_said() -> None:
    lines = (PlanLine("Wardens", 60_000, 50_000, 40_000), PlanLine("Outreach", 50_000, 50_000, 50_001))
    plan = replace(WHOLE, plan="", lines=lines)

    assert list(plan_faults(plan, 100_000)) == [
        "£1,100.00 is planned, more than the £1,000.00 that it has.",  # 600 + 500
        "More is spent than planned on Outreach.",
    ]
    assert lines[0].left_pence == 20_000
    assert list(plan_faults(replace(plan, lines=lines[:1]), 60_000)) == []


@pytest.mark.parametrize(
    ("text", "share"), [("80", Decimal(80)), (" 72.5 % ", Decimal("72.5")), ("", None), ("%", None)]
)
def test_a_share_is_read_as_it_is_typed(text: str, share: Decimal | None) -> None:
    assert read_share(text) == share


@pytest.mark.parametrize("text", ["most", "-1", "100.01", "33.333", "NaN"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="a percentage from 0 to 100"):
        read_share(text)


def test_the_five_figures_are_said_where_anything_is_allocated() -> None:
    budget = FundBudget("ACF", YEAR, None, (with_pots(1), AreaBudget("Dudley")))

    # one pot of £20,000 and nothing decided; then seven of them, of which £15,000 are over
    assert year_money(budget, ("Coventry", "Dudley")) == (
        "2026/27: £125,000 allocated, £20,000 committed or held, £0 decided, £0 paid less "
        "returned, £105,000 left, £10,000 of it for start-up"
    )
    assert year_money(replace(budget, areas=(with_pots(7),)), ("Coventry",)).endswith(", £15,000 over")
    given = replace(budget, areas=(replace(with_pots(1), contributed_pence=5_000_00),))
    assert year_money(given, ("Coventry",)) == (
        "2026/27: £125,000 allocated, £15,000 committed or held, −£5,000 decided, −£5,000 paid "
        "less returned, £110,000 left, £10,000 of it for start-up. The office itself gave "
        "£5,000, taken off what is committed, decided and paid"
    )
    assert year_money(budget, ("Dudley",)) == ""
    assert year_money(None, ("Dudley",)) == ""


def test_the_figures_of_a_part_of_the_year_say_of_which_areas_they_are() -> None:
    areas = tuple(replace(with_pots(1), area=name) for name in ("Coventry", "Dudley", "Walsall"))
    budget = FundBudget("ACF", YEAR, None, areas)

    assert year_money(budget, ("Dudley",)).startswith("2026/27, Dudley: £125,000 allocated, ")
    assert year_money(budget, ("Dudley", "Walsall")).startswith("2026/27, 2 areas: £250,000 allocated, ")
    assert year_money(budget, ("Coventry", "Dudley", "Walsall")).startswith("2026/27: £375,000 allocated, ")


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
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


def test_an_area_without_an_allocation_is_left_out_of_the_funds_sum() -> None:
    budget = FundBudget(
        "ACF", "2026/27", 20_000_000, (area(rounds=(AUTUMN,)), AreaBudget("Dudley", rounds=(SPRING,)))
    )

    assert budget.figures == area(rounds=(AUTUMN,)).figures
    assert (budget.shared_pence, budget.unshared_pence) == (10_500_000, 9_500_000)
    assert budget.of("Dudley").left_pence is None
    assert budget.of("Walsall") == AreaBudget("Walsall")


def test_what_is_decided_of_a_pot_loaded_past_the_money_is_held_against_it() -> None:
    # Five rounds decided 20,000 each of 115,000; the sixth was loaded, so its pot stands already.
    decided = tuple(RoundDraw(f"Round {n}", True, 2_000_000, 0, 2_000_000) for n in range(6))
    before = replace(COVENTRY, rounds=(*decided[:5], replace(decided[5], decided_pence=0)))
    within = replace(COVENTRY, rounds=(*decided[:5], replace(decided[5], decided_pence=1_500_000)))
    after = replace(COVENTRY, rounds=decided)

    assert spending_refusal(before, within, YEAR) == ""
    assert spending_refusal(before, after, YEAR).startswith(
        "Coventry has £15,000.00 left of its money for 2026/27, and this takes £20,000.00. Nobody allows the "
        "£5,000.00 above it."
    )
    allowed = replace(after, allowed_pence=500_000)
    assert spending_refusal(replace(before, allowed_pence=500_000), allowed, YEAR) == ""
