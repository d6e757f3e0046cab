"""The schedule of awards adds up, and each departure from the rules is told in it."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from msgspec.structs import replace

from models.values.canonical import from_text, to_text
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.ranking import Ranking, Standing, Status
from scoring.round import IN_PLACE, Area, ChairDecision, ChairDecisionKind, Round
from scoring.schedule.exceptions import (
    ChairTie,
    advised_words,
    beside_the_panel,
    chair_ties,
    departure_words,
    is_beside,
    order_words,
    why_not_ranked,
)
from scoring.schedule.lines import (
    Awarded,
    Basis,
    Line,
    PanelOutcome,
    Recommended,
    Settled,
    Signed,
    Unranked,
    Worked,
    passed_over,
    stands_of,
    stands_words,
)
from scoring.schedule.values import (
    AreaMoney,
    AwardSchedule,
    Letterhead,
    StoodAside,
    areas_money,
    awards_pence,
    decisions_in_words,
    given_pence,
    pot_uses,
    pots_as_they_stand,
    sums,
)
from scoring.scheme import Criterion, Scheme, Side
from tests.exchange.schedule_rounds import made_round, schedule_of
from tests.models.rounds import refused
from tests.scoring.builders import simple_round

SCHEME = Scheme((Criterion("A1", "Need", Side.QUALITY, 1_000_000),))


def line(reference: str, area: str = "North", place: int = 1, **more: object) -> Line:
    made = Line(
        reference=reference,
        organisation="Example Hall",
        number="1100000",
        project="Lights",
        area=area,
        crime_type="",
        requested_pence=100_000,
        recommended_pence=90_000,
        awarded_pence=None,
        total_1e2=8000,
        price_pence=None,
        place=place,
        tied=False,
        place_by=None,
        outcome="fund",
        conditions=(),
        reason="fits",
        worked=Worked(((4,),), (), (400,), 8000, None, datetime(2026, 9, 1, 9, 30), None),
    )
    return made._replace(**more)  # type: ignore[arg-type]


def money(area: str, lines: int, requested: int, recommended: int, awarded: int = 0) -> AreaMoney:
    return AreaMoney(area, 500_000, 10_000, 50_000, 450_000, lines, requested, recommended, awarded)


def schedule(lines: tuple[Line, ...], areas: tuple[AreaMoney, ...], **more: object) -> AwardSchedule:
    made: dict[str, object] = {
        "fund": "Active Citizens Fund",
        "round": "2026/27 autumn",
        "year": "2026/27",
        "area": None,
        "marking": "OFFICIAL",
        "basis": Basis.PROPOSED,
        "scheme": SCHEME,
        "lines": lines,
        "unranked": (),
        "areas": areas,
        "stood_aside": (),
        "exceptions": (),
        "sign_off": ("Chair",),
    }
    return AwardSchedule(**(made | more))  # type: ignore[arg-type]


TWO = (line("A-1"), line("A-2", place=2, awarded_pence=80_000))
# two lines of £1,000.00 requested and £900.00 recommended, one awarded £800.00
RIGHT = money("North", 2, 200_000, 180_000, 80_000)


def test_sums_over_all_areas_are_added_from_the_areas_and_a_blank_amount_is_nothing() -> None:
    made = schedule((*TWO, line("B-1", "South")), (RIGHT, money("South", 1, 100_000, 90_000)))

    assert made.whole == AreaMoney(
        "All areas", 1_000_000, 20_000, 100_000, 900_000, 3, 300_000, 270_000, 80_000
    )
    assert made.title == "Active Citizens Fund 2026/27 autumn: award schedule"
    letterhead = Letterhead("1 Made-up Street,\n\n Anytown ", "01632 960000", website="office.example")
    assert letterhead.reached == ("1 Made-up Street, Anytown", "01632 960000", "office.example")
    assert Letterhead(short_name="OPCC").named("Office") == "Office (OPCC)"
    assert made.whole.tolerance_pence == 0  # 900,000 + 100,000 − 1,000,000

    blank = line("A-1", recommended_pence=None)

    assert sums(money("North", 0, 0, 0), [blank]) == money("North", 1, 100_000, 0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (RIGHT._replace(lines=3), "counts 3 lines but has 2"),
        (RIGHT._replace(requested_pence=200_001), "£2,000.00 requested, but the subtotal says £2,000.01"),
        (RIGHT._replace(recommended_pence=0), "£1,800.00 recommended, but the subtotal says £0.00"),
        (RIGHT._replace(awarded_pence=0), "£800.00 awarded, but the subtotal says £0.00"),
    ],
)
def test_a_subtotal_that_is_not_the_sum_of_its_lines_is_refused(wrong: AreaMoney, words: str) -> None:
    refused(words, schedule, TWO, (wrong,))


def test_a_reference_twice_a_line_out_of_order_or_in_an_area_without_a_pot_is_refused() -> None:
    twice = Unranked("A-1", "Example Hall", "", "Lights", None, 1, "withdrawn", "withdrawn", "")

    refused("A-1 twice", schedule, TWO, (RIGHT,), unranked=(twice,))

    refused("A-1 is out of order", schedule, TWO[::-1], (RIGHT,))

    refused("A-1 is in North, which has no pot", schedule, TWO, (money("South", 0, 0, 0),))


def test_the_data_change_with_any_figure_word_or_mark_and_stand_for_the_schedule() -> None:
    unranked = Unranked("A-9", "Example Club", "", "Kit", None, 123_456, "withdrawn", "withdrawn", "")
    computed = TWO[0].worked._replace(
        marks=(None,), computed=(Fraction(200, 3), None), received_at=None, chair_place=1
    )
    one = schedule(TWO, (RIGHT,))
    worked = TWO[0].worked._replace(marks=((3,),))
    others = [
        replace(one, lines=(TWO[0]._replace(reason="other"), TWO[1])),
        replace(one, lines=(TWO[0]._replace(worked=worked), TWO[1])),
        replace(one, lines=(TWO[0]._replace(worked=computed, price_pence=4167), TWO[1])),
        replace(one, stood_aside=(StoodAside("A-1", "Sgt Example", "money"),)),
        replace(one, marking="OFFICIAL-SENSITIVE"),
        replace(one, unranked=(unranked,)),
    ]

    texts = [to_text(each) for each in (one, *others)]

    assert len(set(texts)) == len(texts)
    assert [from_text(AwardSchedule, text) for text in texts] == [one, *others]
    assert texts[0].startswith('{"area":null,"areas":[{"area":"North","available_pence":450000,')


def test_areas_that_share_a_pot_have_one_list_and_only_those_placed_before_are_passed_over() -> None:
    shared = schedule((), (money("North", 0, 0, 0), money("South", 0, 0, 0), money("East", 0, 0, 0)))
    shared = replace(shared, shared=(("North", "South"),))

    assert [shared.list_of(area) for area in ("North", "South", "East")] == [
        ("North", "South"),
        ("North", "South"),
        ("East",),
    ]

    ranking = rank(simple_round({"A": 5, "B": 4, "C": 3, "D": 2}))

    assert passed_over(ranking, "C", {"B", "A", "D"}) == ("A", "B")
    assert passed_over(ranking, "A", {"B", "C"}) == ()
    assert passed_over(ranking, "X", {"A"}) == ()


def test_what_awards_stand_at_is_said_where_it_is_not_what_was_decided() -> None:
    more = stands_words(100, 250, 250)

    assert stands_words(100, 100, 100) == ""
    assert stands_words(100, 100, 75).startswith("£0.75 is held of the pots: the larger of")
    assert more == (
        "The awards stand at £2.50 today, £1.50 more than was decided; what is left is counted from that."
    )
    cut = (Awarded("A", 100_00, "X-1", 40_00), Awarded("B", 50_00))
    assert stands_of(cut, {"A"}).startswith("The awards stand at £40 today, £60 less than was decided")
    assert stands_of(cut, {"B"}) == "", "an award elsewhere does not count"
    # £800 awarded and not taken up, and £900 recommended that is not decided yet
    lines = (line("A-1", awarded_pence=80_000, now_pence=0), line("A-2", place=2))
    made = schedule(lines, (RIGHT,))
    assert (awards_pence(made.lines), pot_uses(made)[0].given_pence) == (0, 90_000)


HALF = Recommended("ACF-001", PanelOutcome.PART_FUND, 12_345)
NONE = Recommended("ACF-002", PanelOutcome.DECLINE)


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    return rank(scored_round(made_round(3, areas=1)))


def test_an_award_stands_before_a_recommendation_and_that_before_what_the_rule_proposes(
    ranking: Ranking,
) -> None:
    proposed = {one.reference: one.offer_pence or 0 for one in ranking.standings}

    assert given_pence(ranking, Settled()) == proposed
    assert given_pence(ranking, Settled((HALF, NONE))) == {"ACF-001": 12_345, "ACF-002": 0}
    both = Settled((HALF, NONE), (Awarded("ACF-001", 10_000), Awarded("ACF-003", 500)))
    assert given_pence(ranking, both) == {"ACF-001": 10_000, "ACF-002": 0, "ACF-003": 500}


@pytest.mark.parametrize("settled", [Settled(), Settled(awarded=(Awarded("ACF-002", 99_900),))])
def test_a_pot_that_two_areas_share_has_in_one_of_them_left_what_the_other_leaves(settled: Settled) -> None:
    rows = made_round(4, areas=2)
    first, second = (Area(one.name, 300_000, shared_pot="Both") for one in rows.areas)
    shared = replace(rows, areas=(first, second))
    found, whole = rank(scored_round(shared)), schedule_of(shared, settled)

    lines = [one for one in whole.lines if one.area == first.name]
    alone = pots_as_they_stand(found, lines, settled, first.name)
    every = pots_as_they_stand(found, whole.lines, settled, None)

    assert alone == every, "shown alone or with the other, it has the same money"
    assert areas_money(every, whole.lines, None) == whole.areas


FIRST, SECOND, THIRD = date(2026, 9, 24), date(2026, 9, 28), date(2026, 10, 1)
CORA = Signed("Commander", "Cora Command", FIRST, "7/2026", ("North",))
RHONA = Signed("Commander", "Rhona Blake", FIRST, "7/2026", ("South",))
ABE = Signed("Ambassador", "Abe Envoy", SECOND, "7/2026")


def decided(*signed: Signed) -> AwardSchedule:
    """Return a schedule of two areas that these signed."""
    lines = line("A-1"), line("B-1", "South")
    areas = tuple(money(area, 1, 100_000, 90_000) for area in ("North", "South"))
    return schedule(lines, areas, signed=signed)


def test_joint_signers_stand_together_with_their_areas_unless_they_decided_all() -> None:
    chair = Signed("Chair of the panel", "Ann Chair", FIRST)

    assert list(decisions_in_words(decided(chair, CORA, RHONA, ABE))) == [
        "Cora Command, Commander, on 24 September 2026, and Abe Envoy, Ambassador, on 28 September 2026, "
        "notice 7/2026, for North",
        "Rhona Blake, Commander, on 24 September 2026, and Abe Envoy, Ambassador, on 28 September 2026, "
        "notice 7/2026, for South",
    ]

    assert len(list(decisions_in_words(decided(CORA, RHONA)))) == 2, "each for an area of its own"
    both = ABE, Signed("Mayor", "Dan Decides", SECOND, "7/2026")

    assert list(decisions_in_words(decided(*both))) == [
        "Abe Envoy, Ambassador, and Dan Decides, Mayor, on 28 September 2026, notice 7/2026"
    ]


STANDING = rank(simple_round({"A": 3})).standings[0]._replace(offer_pence=500, below_threshold=())
BELOW = STANDING._replace(below_threshold=("total 49.00 is below the minimum of 60.00", "A7 1.00 is low"))
BY = Signed("Chief Executive", "Dan Decides", date(2026, 12, 16), "040/2026")


def nobody(reference: str) -> tuple[str, ...]:
    """Return nobody: none is passed over."""
    return ()


def told(standing: Standing, awarded: int, advised: int | None, *signed: tuple[str, Signed]) -> list[str]:
    line = Recommended("A", PanelOutcome.FUND, advised)
    settled = Settled((line,), (Awarded("A", awarded), Awarded("B", 9)), signed=signed)
    return [
        words for of, words in beside_the_panel(settled, {"A": standing, "B": standing}, nobody) if of == "A"
    ]


def test_money_departs_below_a_minimum_or_out_of_the_order_of_places() -> None:
    words = "recommended although total 49.00 is below the minimum of 60.00; A7 1.00 is low"
    assert departure_words(BELOW, is_allowed=False) == words
    assert departure_words(BELOW, is_allowed=True) == ""
    assert departure_words(STANDING, is_allowed=False) == "recommended out of the order of places"


def test_money_is_beside_the_list_where_neither_the_rule_nor_the_panel_would_give_as_much() -> None:
    assert [is_beside(600, advised, offer) for advised, offer in ((None, 500), (600, None), (0, 600))] == [
        True,
        False,
        False,
    ]
    assert not is_beside(None, None, None)
    assert (advised_words(None), advised_words(50)) == (
        "where the panel recommended no money",
        "where the panel recommended £0.50",
    )
    assert advised_words(None, is_reserve=True) == "from the panel's reserve list"
    promoted = Recommended("A", PanelOutcome.FUND, None, by_panel="reserve", advised=PanelOutcome.RESERVE)
    settled = Settled((promoted,), (Awarded("A", 600),))
    ((_, said),) = beside_the_panel(settled, {"A": STANDING}, nobody)
    reserve = "£6.00 awarded, from the panel's reserve list"
    assert said == reserve
    ((_, said),) = beside_the_panel(settled, {"A": STANDING}, lambda of: (f"{of}1", f"{of}2"))
    assert said == f"{reserve}. A1 and A2, placed before it, stay on the reserve list"
    assert told(STANDING, 500, None) == told(STANDING, 0, None) == told(STANDING, 600, 600) == []
    assert told(STANDING, 500, 600) == ["£5.00 awarded, where the panel recommended £6.00"]
    assert told(STANDING, 0, 600, ("A", BY)) == [
        "nothing awarded, where the panel recommended £6.00. "
        "Decided by Dan Decides, Chief Executive, on 16 December 2026, notice 040/2026"
    ]
    assert told(STANDING, 600, 100, ("A", BY._replace(notice="")), ("A", BY)) == [
        "£6.00 awarded, where the panel recommended £1.00. "
        "Decided by Dan Decides, Chief Executive, on 16 December 2026, notice 040/2026"
    ]
    assert told(BELOW, 600, None) == [
        "£6.00 awarded, where the panel recommended no money, although total 49.00 is below the minimum of "
        "60.00; A7 1.00 is low"
    ]


JUDGED = ("A1", "A2", "A3")


@pytest.mark.parametrize(
    ("status", "reasons", "words"),
    [
        (Status.WITHDRAWN, ("withdrawn",), "The applicant withdrew it"),
        (Status.INELIGIBLE, ("a gate failed",), "A gate failed"),
        (
            Status.INCOMPLETE,
            ("no agreed mark on A1", "no agreed mark on A3", "no sheet counts"),
            "No sheet counts; No agreed mark on A1 and A3",
        ),
        (
            Status.INCOMPLETE,
            ("2 counting members, quorum 3", "A3 1.00 is below the minimum of 2.50"),
            "Marks of 2 members count, and the quorum is 3; A3: 1, below the minimum of 2.50",
        ),
    ],
)
def test_reasons_that_are_alike_are_one(status: Status, reasons: tuple[str, ...], words: str) -> None:
    assert why_not_ranked(status, reasons, JUDGED) == words
    known = why_not_ranked(status, reasons, JUDGED, "Incomplete: safeguarding policy")
    is_open = any(one.startswith("gate not checked") for one in reasons)
    assert known.startswith("Incomplete: safeguarding policy") is is_open
    assert is_open or known == words, "what is missing is told of a check that is open alone"


def test_what_came_too_late_says_so_in_the_place_of_its_gate() -> None:
    reasons = ("applications: received on 14 October 2026", "no submitted sheet")
    late = "Too late: it was received on 14 October 2026"

    assert why_not_ranked(Status.INELIGIBLE, reasons, JUDGED, late) == late
    assert why_not_ranked(Status.WITHDRAWN, reasons, JUDGED, late) == "The applicant withdrew it"


TIE = ChairDecisionKind.TIE
LET_IN = ChairDecision("D", ChairDecisionKind.EXCEPTION, None, "the only one of its kind")


def exceptions_decided(*order: tuple[str, int], reason: str = " boats  before benches. ") -> Round:
    """Return a round with three equals at 70, two at 60, and the chair's numbers on some of them."""
    found = simple_round({"A": 70, "B": 70, "C": 70, "D": 60, "E": 60, "F": 50})
    ties = tuple(ChairDecision(of, TIE, place, reason) for of, place in order)
    return replace(found, chair_decisions=(LET_IN, *ties))


def ties_of(round_: Round) -> dict[str, ChairTie]:
    return chair_ties(round_, rank(round_))


def test_equals_are_told_with_whom_in_which_order_and_why() -> None:
    round_ = exceptions_decided(("B", 1), ("A", 2), ("C", 3), ("E", 1), ("D", 2))
    found = ties_of(round_)

    assert list(found) == ["B", "A", "C", "E", "D"], "in the order of the list"
    assert found["A"] == ChairTie(("B", "C"), 2, "boats before benches")
    assert (
        found["E"].words
        == "equal with D by the published rules, put first by the chair: boats before benches"
    )
    assert dict(order_words(found)) == {
        "B": "A, B and C were equal by the published rules; the chair put B first, then A and C: "
        "boats before benches",
        "E": "D and E were equal by the published rules; the chair put E first, then D: boats before benches",
    }
    without = ties_of(exceptions_decided(("E", 1), ("D", 2), reason=""))
    assert without["D"].words == "equal with E by the published rules, put second by the chair"


def test_what_separates_nothing_is_not_told_and_a_member_in_the_chairs_place_as_such() -> None:
    assert ties_of(simple_round({"A": 70, "B": 70})) == {}
    assert ties_of(exceptions_decided(("A", 1), ("B", 2))) == {}, "C of the three has no number"
    assert ties_of(exceptions_decided(("D", 1), ("E", 1))) == {}, "one number for both"
    assert ties_of(exceptions_decided(("F", 1), ("D", 2))) == {}, "never between unequal scores"

    round_ = exceptions_decided(("E", 1), ("D", 2), reason="")
    ruled = tuple(replace(one, in_place=True) for one in round_.chair_decisions)
    found = ties_of(replace(round_, chair_decisions=ruled))

    assert found["E"].words.endswith(f"put first by {IN_PLACE}")
    assert dict(order_words(found))["E"].endswith(f"; {IN_PLACE} put E first, then D")
