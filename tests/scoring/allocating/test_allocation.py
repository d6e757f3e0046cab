"""What each area's pot pays for, line by line, and what an allocation over its pot is told."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.allocating.allocation import areas_money, same_place, shares, whole_pots
from scoring.allocating.causes import is_rule_note, less_because, less_cause, note_words, rule_note
from scoring.allocating.over_pot import (
    BEFORE,
    allowed,
    authority_words,
    last_within,
    left_closed,
    over_by_post,
    over_words,
    refusal,
    with_allowances,
)
from scoring.explaining.steps import explain
from scoring.places.totals import cost_scores
from scoring.rank import rank
from scoring.ranking import Allowance, Outcome, PotUse, Ranking
from scoring.round import Application, Area, ChairDecision, ChairDecisionKind, Round
from scoring.scheme import Allocation, Basis, Combine, Method, Scheme
from scoring.sensitivity.list_sensitivity import list_sensitivity, round_sensitivity
from scoring.sensitivity.optimal_allocation import optimal_allocation
from scoring.sensitivity.split import draw_test
from tests.scoring.builders import application, criterion, one_question, sheet, simple_round


def outcomes(round_):
    return {s.reference: (str(s.outcome), (s.offer_pence or 0) // 100) for s in rank(round_).standings}


def test_skip_tries_the_next_and_names_what_it_skipped():
    totals, asks = {"A": 90, "B": 80, "C": 70}, {"A": 600, "B": 500, "C": 100}
    round_ = simple_round(totals, pot=1000, asks=asks, scheme=one_question(allocation=Allocation.SKIP))

    ranking = rank(round_)

    assert outcomes(round_) == {"A": ("fund", 600), "B": ("reserve", 0), "C": ("fund", 100)}
    assert rule_note(ranking.standings[1]) == "skipped: asks £500.00, £400.00 left"
    assert (ranking.areas[0].given_pence, ranking.areas[0].remaining_pence) == (70_000, 30_000)


def test_a_request_over_the_cap_that_was_let_in_is_offered_the_cap():
    round_ = simple_round({"A": 90}, asks={"A": 5200}, scheme=one_question(cap_per_award_pence=500_000))

    standing = rank(round_).standings[0]

    assert (standing.outcome, standing.offer_pence) == (Outcome.FUND, 500_000)
    assert rule_note(standing) == "fund, capped at £5,000.00 of £5,200.00 asked: the cap for one award"


ONE_GROUP = {"A": 90, "B": 80, "C": 70}


def test_a_line_under_its_organisations_cap_names_the_awards_that_used_it() -> None:
    """One organisation can have £900: A has £600 of it, so B is offered £300 of £500, and C nothing."""
    asks, scheme = {"A": 600, "B": 500, "C": 100}, one_question(cap_per_organisation_pence=90_000)
    round_ = simple_round(ONE_GROUP, pot=5000, asks=asks, scheme=scheme)
    same = tuple(replace(one, organisation="Made-up Club") for one in round_.applications)

    first, capped, left = rank(replace(round_, applications=same)).standings

    assert rule_note(first) == "fits: asks £600.00, £5,000.00 left"
    words = "fund, capped at £300.00 of £500.00 asked: one organisation can have £900.00"
    assert rule_note(capped) == f"{words}, and this one has £600.00 on A"
    cap = "the organisation's cap of £900.00 for the round is used up"
    assert rule_note(left) == f"{cap}: £600.00 on A and £300.00 on B"
    asked = replace(round_.applications[1], area="Coventry")
    assert less_because(less_cause(scheme, asked, capped, 30_000)) == (
        "what was left of the most that one organisation may have after A"
    )
    assert all(is_rule_note(note_words(one, scheme)) for one in (first, capped, left))


def test_what_is_offered_in_part_says_which_cap_it_is_under() -> None:
    """The cap of £450 is more than the £400 in the pot: A is offered all of that."""
    scheme = one_question(allocation=Allocation.PART, cap_per_award_pence=45_000)
    round_ = simple_round({"A": 90}, pot=400, asks={"A": 600}, scheme=scheme)

    (part,) = rank(round_).standings

    assert note_words(part, scheme) == (
        "part: requested £600.00 (capped at £450.00: the cap for one award); £400.00 was available, "
        "which reaches half of the £600.00 requested"
    )
    assert is_rule_note(note_words(part, scheme))


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


def test_a_tie_at_the_line_waits_in_both_areas_and_the_chair_settles_it_across_them() -> None:
    totals, asks = {"E1": 90, "W1": 90}, {"E1": 9000, "W1": 9000}
    round_ = shared_round(totals, asks)

    ranking = rank(round_)

    steps = {step.rule: step.words for step in explain(round_, "W1").steps}
    assert steps["equal score"].startswith("the same score as E1")
    assert steps["place"] == "in East and West, shared: no rule separates them"
    assert steps["money"].endswith("(East and West: one pot £16,000.00)")
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
    own = [sum(offers[of] for of in references if of[0] == area) for area in "EW"]
    assert [area.given_pence for area in ranking.areas] == own
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
    draw = partial(draw_test, count=30)
    found, expected = (
        list_sensitivity(round_sensitivity(r, rank(r), ("M1",), draw=draw)) for r in (shared, one)
    )
    assert found.split == expected.split
    changes = [
        (one.moved, other.moved) for one, other in zip(found.otherwise, expected.otherwise, strict=True)
    ]
    changes.append((found.without[0].moved, expected.without[0].moved))
    for here, there in changes:
        assert {told(one) for one in here or ()} == {told(one) for one in there or ()}
    assert found.challenger == expected.challenger
    drawn, as_drawn = found.round_sensitivity.draws, expected.round_sensitivity.draws
    assert drawn is not None
    assert as_drawn is not None
    assert set(drawn.applications) == set(as_drawn.applications)
    assert optimal_allocation(shared, ranked, "West") == optimal_allocation(one, whole, "North")


def part_of(own: int, used: int, allowed: int = 0) -> PotUse:
    later = (Allowance("", allowed, "Jo Sample", "Chief Executive", "late"),) if allowed else ()
    return PotUse("", own, 0, used, own_pence=own, allowances=later)


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 900), st.integers(0, 300)), min_size=2, max_size=4
    ),
    st.integers(0, 200),
)
def test_parts_of_a_pot_add_up_and_say_what_nobody_allows(
    rows: list[tuple[int, int, int]], tolerance: int
) -> None:
    parts = [part_of(*row) for row in rows]
    pot, used = sum(part.own_pence for part in parts), sum(part.used_pence for part in parts)
    tolerance = tolerance if pot else 0

    found = shares(parts, tolerance)

    assert sum(share.pot_pence for share in found) == pot
    assert sum(share.tolerance_pence for share in found) == tolerance
    assert all(share.pot_pence >= 0 <= share.tolerance_pence for share in found)
    assert sum(use.over_pence for use in found) == max(used - pot, 0)
    assert sum(use.left_pence for use in found) == max(pot - used, 0)
    beyond = sum(max(use.over_pence - use.tolerance_pence - use.allowed_pence, 0) for use in found)
    covered = sum(min(part.allowed_pence, part.used_pence) for part in parts)
    assert beyond == max(used - pot - tolerance - covered, 0)


def test_money_over_a_shared_pot_is_that_of_both_areas_and_an_authority_covers_its_own() -> None:
    later = Allowance("East", 100_000, "Jo", "Chief", "late")

    def both(*later: Allowance, before: int = 0, **given: int) -> PotUse:
        areas = areas_money((EAST, replace(WEST, committed_pence=before)), one_question(), given)
        (use,) = whole_pots(allowed(areas, later))
        return use

    assert refusal(both(East=1_200_000, West=500_000)) == (
        "East and West: £17,000.00 is £1,000.00 over the £16,000.00 pot, and nobody allows that. Lower an "
        "amount, move one to reserve, or record who allows it and by how much."
    )
    covered = both(later, East=1_200_000, West=500_000)
    assert over_words(covered) == "£1,000.00 over the pot, for East, allowed by Jo, Chief: late"
    assert (covered.beyond_pence, covered.is_past) == (0, False)
    # What East has is £200.00: of £1,200.00 over the pot the authority for East covers that.
    assert over_by_post(both(later, East=20_000, West=1_700_000), ()) == (
        "£1,200.00 over the pot: £200.00 for East, allowed by the Chief (up to £1,000.00): late; "
        "£1,000.00 not allowed by anybody yet"
    )
    may_be = "£1,000.00 may be over the pot, for East, allowed by Jo, Chief: late"
    assert authority_words(both(later, East=20_000), ()) == may_be
    # West gives nothing, and what was committed there before is East's to keep to.
    assert both(East=1_500_000, before=200_000).beyond_pence == 100_000


def test_a_pot_that_gives_more_shows_what_is_then_over() -> None:
    use = PotUse("East", 1_000_000, 200_000, 700_000, 50_000)

    more = use.with_more(150_000)

    # £2,000, £7,000 and £1,500 are £10,500: all of the pot of £10,000 and of the tolerance of £500.
    assert (more.left_pence, more.over_pence, more.beyond_pence) == (0, 50_000, 0)
    assert more.with_more(1).beyond_pence == 1
    assert use.given_pence == 700_000


def test_a_linear_criterion_without_its_ends_is_no_criterion() -> None:
    linear = criterion("C", 30, "cost", method=Method.LINEAR)

    with pytest.raises(ValueError, match="C is linear without low and high"):
        cost_scores(linear, (application("A"), application("B", 500)))


@pytest.mark.parametrize(
    ("method", "basis", "expected"),
    [
        (Method.LINEAR, Basis.SHARE, True),
        (Method.LINEAR, Basis.UNIT, False),
        (Method.JUDGED, Basis.SHARE, False),
    ],
)
def test_a_scheme_sums_the_total_cost_where_a_criterion_is_worked_out_from_the_share_of_it(
    method: Method, basis: Basis, *, expected: bool
) -> None:
    assert Scheme((criterion("C", 100, "cost", method=method, basis=basis),)).sums_total_cost is expected


LATER = Allowance("Coventry", 87_000, "Jo Sample", "Chief Executive", "the last two are one project.")
BARE = PotUse("Coventry", 2_000_000, 0, 2_187_000)
PUBLISHED = PotUse("Coventry", 2_000_000, 0, 2_099_650, 100_000, Decimal(5), "A. Example, Commissioner")
BOTH = PotUse("Coventry", 2_000_000, 0, 2_187_000, 100_000, Decimal(5), "A. Example", (LATER,))


@given(st.integers(0, 9_00), st.integers(0, 20_00), st.integers(0, 2_00), st.integers(0, 2_00))
def test_an_area_that_gives_nothing_waits_for_nobody_to_allow_it(
    pot: int, committed: int, tolerance: int, later: int
) -> None:
    """Whatever was committed of its pot before, and whatever of that a tolerance or authority covers."""
    allowances = (replace(LATER, pence=later),) if later else ()
    use = PotUse("Overton", pot, committed, 0, tolerance, Decimal(5), allowances=allowances)

    assert (use.beyond_pence, refusal(use)) == (0, "")
    for words in (over_words(use), over_by_post(use, ())):
        assert "not allowed by anybody" not in words
        assert "allowed by " not in words or tolerance or later
    past = committed > pot + tolerance + later
    assert (BEFORE in over_words(use)) == use.is_before == past


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (
            PUBLISHED,
            "£996.50 over the pot, allowed by A. Example, Commissioner: the published tolerance of 5%",
        ),
        (
            PotUse("Coventry", 100_000, 0, 104_000, 5_000, Decimal(5)),
            "£40.00 over the pot, allowed by the published tolerance of 5%; no authority is named",
        ),
        (
            PotUse("Coventry", 2_000_000, 10_000, 2_050_000, allowances=(LATER,)),
            "£600.00 over the pot, allowed by Jo Sample, Chief Executive (up to £870.00): the last two are "
            "one project",
        ),
        (
            BOTH,
            "£1,870.00 over the pot: £1,000.00 allowed by A. Example: the published tolerance of 5%; "
            "£870.00 allowed by Jo Sample, Chief Executive: the last two are one project",
        ),
        (
            PotUse("Coventry", 2_000_000, 0, 2_100_000, allowances=(LATER,)),
            "£1,000.00 over the pot: £870.00 allowed by Jo Sample, Chief Executive: the last two are one "
            "project; £130.00 not allowed by anybody yet",
        ),
    ],
)
def test_what_is_over_names_who_allows_it(use: PotUse, words: str) -> None:
    assert over_words(use) == words
    assert over_by_post(use, ()) == words.replace("Jo Sample, Chief Executive", "the Chief Executive")


def test_what_may_be_over_is_told_and_a_closed_pot_tells_no_sum() -> None:
    within = PotUse("Coventry", 2_000_000, 0, 1_000_000, allowances=(LATER,))

    assert authority_words(within, ()) == (
        "£870.00 may be over the pot, allowed by Jo Sample, Chief Executive: the last two are one project"
    )
    assert authority_words(BOTH, ()) == over_words(BOTH)
    tied = within._replace(allowances=(replace(LATER, awards="ACF-001, ACF-002"),))
    assert authority_words(tied, ("ACF-003",)) == "", "nothing was decided under it"
    assert authority_words(tied, ("ACF-002",)) == (
        "£870.00 over the pot for ACF-001, ACF-002 (no longer needed), allowed by Jo Sample, Chief "
        "Executive: the last two are one project"
    )

    closed = BOTH._replace(closed=("ACF-002",))

    assert over_words(closed) == left_closed(("ACF-002",))
    assert left_closed(("ACF-002",)).endswith("until the decision, since you declared an interest in ACF-002")
    assert left_closed(()) == ""


def test_a_ranking_carries_what_was_allowed_and_offers_none_of_it() -> None:
    area = PotUse("Coventry", 2_000_000, 50_000, 1_900_000, 100_000)
    other = area._replace(area="Dudley")
    scheme = Scheme((), tolerance_percent=Decimal(5), tolerance_authority="A. Example")

    carrying = with_allowances(Ranking("F", "R", scheme, (), (area, other), ()), (LATER,))

    assert [one.allowances for one in carrying.areas] == [(LATER,), ()]
    assert [one.available_pence for one in carrying.areas] == [2_050_000, 2_050_000]
    use = carrying.areas[0]
    assert (use.given_pence, use.tolerance_pence, use.limit_pence) == (1_900_000, 100_000, 2_187_000)


def test_the_line_of_a_limit_is_drawn_under_the_last_award_that_keeps_it() -> None:
    # £1,000 was committed; with £15,000 it is £16,000, with £5,000 more £21,000, over the pot of £20,000
    use = PotUse("Coventry", 2_000_000, 100_000, 2_100_000)

    assert last_within(use, [(use.area, 1_500_000), (use.area, None), (use.area, 500_000)], 2_000_000) == 0
    assert last_within(use, [(use.area, None)], 2_000_000) == -1
    # what another area has of the same pot counts, and is no line of this one
    assert last_within(use, [("Dudley", 400_000), (use.area, 1_500_000)], 2_000_000) == 0
    assert last_within(use, [("Dudley", 500_000), (use.area, 1_500_000)], 2_000_000) == -1


def test_numbers_tell_organisations_apart_where_both_have_one():
    applications = (
        application("A", 700, organisation="Same Name", charity_number="1000001"),
        application("B", 700, organisation="Same Name", charity_number="1000002"),
        application("C", 700, organisation="Other Name", charity_number="1000001"),
    )
    scheme = one_question(cap_per_organisation_pence=100_000)
    round_ = simple_round({"A": 90, "B": 80, "C": 70}, applications=applications, scheme=scheme)

    assert outcomes(round_) == {"A": ("fund", 700), "B": ("fund", 700), "C": ("fund", 300)}


def test_available_is_pot_with_tolerance_less_committed_to_the_penny():
    area = Area("Coventry", 33_333, committed_pence=40_000)
    round_ = simple_round({"A": 90}, areas=(area,), scheme=one_question(tolerance_percent=Decimal("2.4")))

    ranking = rank(round_)

    # 33333 × 1.024 = 34132.992, so 34132 − 40000
    assert ranking.areas[0].available_pence == -5868
    assert ranking.standings[0].outcome is Outcome.RESERVE
    assert len(ranking.warnings) == 1


def test_below_threshold_is_not_a_candidate_until_the_chair_excepts_it():
    scheme = one_question(minimum_total=Decimal(60))
    round_ = simple_round({"A": 90, "B": 50}, scheme=scheme)
    allowed = replace(round_, chair_decisions=(ChairDecision("B", ChairDecisionKind.EXCEPTION),))

    assert outcomes(round_)["B"] == ("below", 0)
    assert outcomes(allowed)["B"] == ("fund", 1000)
    assert rank(allowed).standings[1].below_threshold == ("total 50.00 is below the minimum of 60.00",)


def test_money_past_what_is_allowed_is_refused_with_figures_and_remedy() -> None:
    remedy = "Lower an amount, move one to reserve, or record who allows it and by how much."
    part = PotUse("Coventry", 2_000_000, 50_000, 2_100_000, allowances=(LATER,))

    assert refusal(BARE) == (
        f"Coventry: £21,870.00 is £1,870.00 over the £20,000.00 pot, and nobody allows that. {remedy}"
    )
    assert refusal(part) == (
        "Coventry: £21,500.00, £500.00 committed before, is £1,500.00 over the £20,000.00 pot, and nobody "
        f"allows £630.00 of that. {remedy}"
    )


@pytest.mark.parametrize(
    ("asked", "minimum", "given"),
    [
        (800, None, ("part", 400)),
        (801, None, ("reserve", 0)),
        (500, 400, ("part", 400)),
        (500, 401, ("reserve", 0)),
    ],
)
def test_a_part_is_offered_from_the_stated_minimum_or_from_half(asked, minimum, given):
    pence = None if minimum is None else minimum * 100
    applications = application("A", 600), application("B", asked, minimum_pence=pence), application("C", 100)
    scheme = one_question(allocation=Allocation.PART)
    round_ = simple_round({"A": 90, "B": 80, "C": 70}, pot=1000, applications=applications, scheme=scheme)

    assert outcomes(round_) == {"A": ("fund", 600), "B": given, "C": ("reserve", 0)}


@pytest.mark.parametrize(
    ("rule", "pot", "second", "last"),
    [
        ("stop", 1000, ("fund", 300), ("reserve", 0)),
        ("stop", 600, ("reserve", 0), ("reserve", 0)),
        ("stop", 700, ("tie", 0), ("tie", 0)),
        ("skip", 600, ("reserve", 0), ("fund", 50)),
        ("part", 600, ("tie", 0), ("tie", 0)),  # either, taken first, would get more than half
    ],
)
def test_equals_straddle_the_line_where_one_taken_first_would_get_money(rule, pot, second, last):
    asks = {"A": 400, "B": 300, "C": 300, "D": 50}
    scheme = one_question(allocation=Allocation(rule))

    given = outcomes(simple_round({"A": 90, "B": 80, "C": 80, "D": 70}, pot=pot, asks=asks, scheme=scheme))

    assert given == {"A": ("fund", 400), "B": second, "C": second, "D": last}


@given(st.integers(0, 9_00), st.integers(0, 20_00), st.integers(1, 9_00))
def test_what_an_area_gives_past_its_pot_somebody_must_allow(pot: int, committed: int, given: int) -> None:
    use = PotUse("Overton", pot, committed, given)

    assert use.beyond_pence == max(committed + given - pot, 0)
    assert bool(refusal(use)) == ("not allowed by anybody yet" in over_words(use)) == bool(use.beyond_pence)
