"""A pot that several areas share: one list and one line, each area reported apart."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.allocating.allocation import areas_money
from scoring.allocating.over_pot import over_words, pot_uses, refusal, with_allowances
from scoring.allocating.shared_pots import Part, Share, pots, same_place, shared_words, shares
from scoring.explaining.steps import explain
from scoring.rank import rank
from scoring.ranking import Allowance, Outcome
from scoring.round import Application, Area, ChairDecision, ChairDecisionKind, Round
from scoring.scheme import Allocation, Combine, Method, Scheme
from scoring.sensitivity.list_sensitivity import list_sensitivity, round_sensitivity
from scoring.sensitivity.optimal_allocation import optimal_allocation
from scoring.sensitivity.report import DrawSettings, sensitivity
from tests.scoring.builders import application, criterion, one_question, sheet, simple_round

EAST, WEST = Area("East", 1_000_000, shared_pot="North"), Area("West", 600_000, shared_pot=" north ")
SOUTH = Area("South", 100_000)
AREAS = (EAST, SOUTH, WEST)


def shared_round(
    totals: dict[str, int], asks: dict[str, int], areas: Sequence[Area] = AREAS, **more: object
) -> Round:
    """Return a round; E1 is of East, W1 of West, S1 of South."""
    names = {"E": "East", "W": "West", "S": "South"}
    applications = tuple(application(of, asks[of], names[of[0]]) for of in totals)
    return simple_round(totals, areas=tuple(areas), applications=applications, **more)


def as_one(round_: Round) -> Round:
    """Return the same round with East and West as one area."""
    pot = sum(area.pot_pence for area in round_.areas if area.shared_pot)
    committed = sum(area.committed_pence for area in round_.areas if area.shared_pot)
    rest = tuple(area for area in round_.areas if not area.shared_pot)
    moved = tuple(
        replace(one, area="North" if one.area in ("East", "West") else one.area)
        for one in round_.applications
    )
    return replace(round_, areas=(Area("North", pot, 0, committed), *rest), applications=moved)


def test_one_line_is_drawn_over_the_list_of_both_areas() -> None:
    totals = {"E1": 90, "W1": 80, "E2": 70, "W2": 60, "S1": 50}
    asks = {"E1": 6000, "W1": 1000, "E2": 6000, "W2": 4000, "S1": 500}

    ranking = rank(shared_round(totals, asks))

    # 16,000 in the pot: 6,000 + 1,000 + 6,000 are given, and 4,000 does not fit into the 3,000 left.
    found = [(s.reference, s.place, s.outcome) for s in ranking.standings]
    assert found == [
        ("E1", 1, Outcome.FUND), ("E2", 3, Outcome.FUND), ("S1", 1, Outcome.FUND),
        ("W1", 2, Outcome.FUND), ("W2", 4, Outcome.RESERVE),
    ]  # fmt: skip
    # East put in 10,000 and has 12,000; of the 6,000 of West 1,000 is used and 3,000 left.
    assert [(a.area, a.pot_pence, a.offered_pence, a.remaining_pence) for a in ranking.areas] == [
        ("East", 1_200_000, 1_200_000, 0),
        ("South", 100_000, 50_000, 50_000),
        ("West", 400_000, 100_000, 300_000),
    ]  # fmt: skip
    assert ranking.areas[0].shared_with == ("East", "West")
    assert ranking.areas[1].shared_with == ()
    assert shared_words(ranking.areas[0].shared_with) == "East and West share one pot"
    assert pots(AREAS) == ((EAST, WEST), (SOUTH,))


def test_the_explanation_names_who_shares_the_list_and_the_pot() -> None:
    round_ = shared_round({"E1": 90, "W1": 90}, {"E1": 100, "W1": 100})

    steps = {step.rule: step.words for step in explain(round_, "W1").steps}

    assert steps["equal score"].startswith("the same score as E1")
    assert steps["place"] == "in East and West, shared: no rule separates them"
    assert steps["money"].endswith("part of the pot £6,000.00); East and West share one pot")


def test_a_tie_at_the_line_waits_in_both_areas_and_the_chair_settles_it_across_them() -> None:
    totals, asks = {"E1": 90, "W1": 90}, {"E1": 9000, "W1": 9000}
    round_ = shared_round(totals, asks)

    ranking = rank(round_)

    assert [s.outcome for s in ranking.standings] == [Outcome.TIE, Outcome.TIE]
    assert [area.stopped_by_tie for area in ranking.areas] == [True, False, True]
    assert [s.reference for s in same_place(ranking, ranking.standings[1])] == ["E1", "W1"]
    order = tuple(ChairDecision(of, ChairDecisionKind.TIE, n) for n, of in enumerate(("W1", "E1"), 1))
    settled = rank(replace(round_, chair_decisions=order))
    assert [(s.reference, s.outcome) for s in settled.standings] == [
        ("E1", Outcome.RESERVE), ("W1", Outcome.FUND),
    ]  # fmt: skip


def test_a_computed_cost_compares_all_of_the_list() -> None:
    criteria = (criterion("Q", 70), criterion("C", 30, "cost", method=Method.LOWEST))
    scheme = Scheme(criteria, scale_maximum=100, combine=Combine.MEAN)
    round_ = shared_round({"E1": 80, "W1": 20}, {"E1": 5000, "W1": 1000}, scheme=scheme)

    standing = rank(round_).standings[0]

    assert standing.cost_1e2 == 2000  # 100 × 1,000 / 5,000: the lowest is West's
    assert "lowest £1,000.00" in " ".join(step.words for step in explain(round_, "E1").steps)


def walk_down(rule: str, left: int, asks: Sequence[int]) -> list[int]:
    """Return what each is given down one list, worked out plainly."""
    given, stopped = [], False
    for ask in asks:
        money = 0
        if not stopped and ask <= left:
            money = ask
        elif not stopped and rule == "part" and left > 0 and 2 * left >= ask:
            money, stopped = left, True
        elif not stopped and rule != "skip":
            stopped = True
        given.append(money)
        left -= money
    return given


@given(st.data())
def test_the_list_of_a_shared_pot_adds_up_as_by_hand(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(list(Allocation)))
    percent = data.draw(st.sampled_from([0, 7]))
    money = [data.draw(st.integers(0, 900_000)) for _ in range(4)]
    areas = (
        replace(EAST, pot_pence=money[0], committed_pence=money[1] // 4),
        replace(WEST, pot_pence=money[2], committed_pence=money[3] // 4),
    )
    letters = data.draw(st.lists(st.sampled_from("EW"), min_size=1, max_size=7))
    asks = [data.draw(st.integers(1, 3000)) for _ in letters]
    references = [f"{letter}{number}" for number, letter in enumerate(letters)]
    totals = {of: 99 - number for number, of in enumerate(references)}
    scheme = one_question(allocation=rule, tolerance_percent=Decimal(percent), tolerance_authority="Jo")

    ranking = rank(shared_round(totals, dict(zip(references, asks, strict=True)), areas, scheme=scheme))

    pot, committed = money[0] + money[2], money[1] // 4 + money[3] // 4
    left = pot * (100 + percent) // 100 - committed
    expected = walk_down(str(rule), left, [ask * 100 for ask in asks])
    offers = {s.reference: s.offer_pence or 0 for s in ranking.standings}
    assert [offers[of] for of in references] == expected
    own = Counter({of[0]: 0 for of in references})
    for of, pence in zip(references, expected, strict=True):
        own[of[0]] += pence
    assert [area.offered_pence for area in ranking.areas] == [own["E"], own["W"]]
    assert sum(area.pot_pence for area in ranking.areas) == pot
    assert sum(area.available_pence for area in ranking.areas) == left
    assert all(area.remaining_pence >= 0 for area in ranking.areas) or left < 0


def made_of(seed: int) -> Round:
    """Return a round with ties, a cap for an organisation and criteria that weights move."""
    criteria = (criterion("A1", 45), criterion("A2", 35), criterion("A6", 20, "cost"))
    rule = list(Allocation)[seed % 3]
    scheme = Scheme(
        criteria, combine=Combine.MEAN, ladder=("criterion:A2",), allocation=rule,
        cap_per_organisation_pence=300_000 if seed % 2 else None,
    )  # fmt: skip
    rows: list[Application] = []
    sheets = []
    for number in range(9):
        area = ("East", "West", "South")[(number * 7 + seed) % 3]
        who = "One Group" if number % 4 == seed % 4 else f"Group {number}"
        rows.append(application(f"R{number}", 900 + 400 * ((number * seed) % 5), area, organisation=who))
        sheets.append(sheet(f"R{number}", *(1 + (number * k + seed) % 4 for k in (1, 2, 3))))
    areas = (replace(EAST, pot_pence=250_000), SOUTH, replace(WEST, pot_pence=200_000))
    return Round("Fund", "Round", scheme, areas, tuple(rows), tuple(sheets))


@pytest.mark.parametrize("seed", range(6))
def test_all_is_as_if_the_areas_that_share_were_one(seed: int) -> None:
    shared = made_of(seed)
    one = as_one(shared)
    ranked, whole = rank(shared), rank(one)

    def told(standing: object) -> object:
        return standing._replace(area=None)  # type: ignore[attr-defined]

    assert {s.reference: told(s) for s in ranked.standings} == {s.reference: told(s) for s in whole.standings}
    settings = DrawSettings(count=30)
    found, expected = (sensitivity(r, rank(r), ("M1",), settings) for r in (shared, one))
    assert (found.split, found.combine) == (expected.split, expected.combine)
    without, as_expected = found.leave_one_out[0], expected.leave_one_out[0]
    assert (without.enters, without.leaves) == (as_expected.enters, as_expected.leaves)
    assert set(without.amounts) == set(as_expected.amounts)
    assert found.challenger == expected.challenger
    assert found.draws is not None
    assert expected.draws is not None
    assert set(found.draws.applications) == set(expected.draws.applications)
    assert optimal_allocation(shared, ranked, "West") == optimal_allocation(one, whole, "North")


def test_how_sure_one_area_of_a_shared_pot_is_looks_at_its_whole_list() -> None:
    round_ = made_of(0)

    found = list_sensitivity(round_sensitivity(round_, rank(round_), ("M1",)), "West")

    assert {line.reference for line in found.lines} <= {
        a.reference for a in round_.applications if a.area == "West"
    }


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 900), st.integers(0, 300)), min_size=2, max_size=4
    ),
    st.integers(0, 200),
)
def test_parts_of_a_pot_add_up_and_say_what_nobody_allows(
    rows: list[tuple[int, int, int]], tolerance: int
) -> None:
    parts = [Part(*row) for row in rows]
    pot, used = sum(part.own_pence for part in parts), sum(part.used_pence for part in parts)
    tolerance = tolerance if pot else 0

    found = shares(parts, tolerance)

    assert sum(share.pot_pence for share in found) == pot
    assert sum(share.tolerance_pence for share in found) == tolerance
    assert all(share.pot_pence >= 0 <= share.tolerance_pence for share in found)
    over = [max(part.used_pence - share.pot_pence, 0) for part, share in zip(parts, found, strict=True)]
    left = [max(share.pot_pence - part.used_pence, 0) for part, share in zip(parts, found, strict=True)]
    assert (sum(over), sum(left)) == (max(used - pot, 0), max(pot - used, 0))
    beyond = sum(
        max(pence - share.tolerance_pence - part.allowed_pence, 0)
        for part, share, pence in zip(parts, found, over, strict=True)
    )
    covered = sum(min(part.allowed_pence, part.used_pence) for part in parts)
    assert beyond == max(used - pot - tolerance - covered, 0)


def test_what_is_used_within_its_own_part_leaves_every_part_as_it_was_put_in() -> None:
    assert shares([Part(1000, 400), Part(600, 0)]) == (Share(1000, 0), Share(600, 0))
    assert shares([Part(1000, 1200), Part(600, 100)]) == (Share(1200, 0), Share(400, 0))
    assert shares([Part(0, 0), Part(0, 0)], 0) == (Share(0, 0), Share(0, 0))


def test_money_over_a_shared_pot_is_that_of_both_areas_and_an_authority_covers_its_own() -> None:
    scheme = one_question()
    areas = areas_money((EAST, WEST), scheme, {})

    east, west = pot_uses(areas, scheme, {"East": 1_200_000, "West": 500_000})

    assert (east.over_pence, west.over_pence) == (0, 100_000)  # 17,000 of 16,000: the last area is over
    assert refusal(west) == (
        "West: £5,000.00 is £1,000.00 over its £4,000.00 of the pot that East and West share, and nobody "
        "allows that. Lower an amount, move one to reserve, or record who allows it and by how much."
    )
    allowed = Allowance("East", 100_000, "Jo", "Chief", "late")
    ranking = with_allowances(rank(shared_round({}, {}, (EAST, WEST))), (allowed,))
    east, west = pot_uses(ranking.areas, scheme, {"East": 1_200_000, "West": 500_000})
    assert (east.over_pence, east.beyond_pence, west.over_pence) == (100_000, 0, 0)
    assert over_words(east) == "£1,000.00 over the pot, allowed by Jo, Chief: late"
