"""The values of an award schedule add up, or there is no schedule."""

import json
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.values.rows import scored_round
from scoring.allocating.over_pot import over_words
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.round import Area
from scoring.schedule.canonical import MOST, canonical_text, json_text, sha256, values
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
    signed_words,
    sums,
)
from scoring.scheme import Criterion, Scheme, Side
from scoring.written.text import Refused
from tests.exchange.schedule_rounds import made_round, schedule_of

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


def test_sums_over_all_areas_are_added_from_the_areas() -> None:
    made = schedule((*TWO, line("B-1", "South")), (RIGHT, money("South", 1, 100_000, 90_000)))

    assert made.whole == AreaMoney(
        "All areas", 1_000_000, 20_000, 100_000, 900_000, 3, 300_000, 270_000, 80_000
    )
    assert made.whole.tolerance_pence == 0  # 900,000 + 100,000 − 1,000,000


def test_a_schedule_without_areas_sums_to_nought() -> None:
    assert schedule((), ()).whole == AreaMoney("All areas", 0, 0, 0, 0, 0, 0, 0, 0)


def test_lines_are_given_by_area_in_order_also_where_an_area_has_none() -> None:
    made = schedule(TWO, (money("Empty", 0, 0, 0), RIGHT))

    assert [(a.area, len(lines)) for a, lines in made.by_area()] == [("Empty", 0), ("North", 2)]


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
    with pytest.raises(Refused, match=words):
        schedule(TWO, (wrong,))


def test_a_reference_shown_twice_is_refused_also_among_those_not_ranked() -> None:
    twice = Unranked("A-1", "Example Hall", "", "Lights", None, 1, "withdrawn", "withdrawn", "")

    with pytest.raises(Refused, match="A-1 twice"):
        schedule(TWO, (RIGHT,), unranked=(twice,))


def test_a_line_out_of_order_is_refused() -> None:
    with pytest.raises(Refused, match="A-1 is out of order"):
        schedule(TWO[::-1], (RIGHT,))


def test_a_line_in_an_area_without_a_pot_is_refused() -> None:
    with pytest.raises(Refused, match="A-1 is in North, which has no pot"):
        schedule(TWO, (money("South", 0, 0, 0),))


def test_the_sums_of_an_area_count_a_blank_amount_as_nothing() -> None:
    blank = line("A-1", recommended_pence=None)

    assert sums(money("North", 0, 0, 0), [blank]) == money("North", 1, 100_000, 0)


def test_awards_are_there_once_one_line_has_a_decision() -> None:
    assert schedule(TWO, (RIGHT,)).has_awards
    assert not schedule((TWO[0],), (money("North", 1, 100_000, 90_000),)).has_awards


def test_the_title_names_the_year_where_the_rounds_name_does_not() -> None:
    named = replace(schedule(TWO, (RIGHT,)), round="Autumn", year="2026/27")

    assert named.title == "Active Citizens Fund Autumn 2026/27: award schedule"


def test_the_title_names_fund_round_and_area() -> None:
    assert schedule(TWO, (RIGHT,)).title == "Active Citizens Fund 2026/27 autumn: award schedule"
    assert schedule(TWO, (RIGHT,), area="North").title.endswith("award schedule, North")


def test_the_control_is_count_and_sum_and_what_they_are_of() -> None:
    assert schedule(TWO, (RIGHT,)).control == "2 lines, £1,800.00 proposed"  # £900.00 twice, see RIGHT


def test_the_hash_of_the_data_changes_with_any_figure_word_or_mark() -> None:
    one = schedule(TWO, (RIGHT,))
    worked = TWO[0].worked._replace(marks=((3,),))
    others = [
        replace(one, lines=(TWO[0]._replace(reason="other"), TWO[1])),
        replace(one, lines=(TWO[0]._replace(worked=worked), TWO[1])),
        replace(one, stood_aside=(StoodAside("A-1", "Sgt Example", "money"),)),
        replace(one, marking="OFFICIAL-SENSITIVE"),
    ]

    assert len({sha256(s) for s in (one, *others)}) == 5


def test_the_values_hold_money_as_pounds_and_absence_as_null() -> None:
    unranked = Unranked("A-9", "Example Club", "", "Kit", None, 123_456, "withdrawn", "withdrawn", "")
    computed = TWO[0].worked._replace(
        marks=(None,), computed=(Fraction(200, 3), None), received_at=None, chair_place=1
    )
    lines = (TWO[0]._replace(worked=computed, price_pence=4167), TWO[1])
    stored = values(schedule(lines, (RIGHT,), unranked=(unranked,)))

    first = stored["lines"][0]  # type: ignore[index]
    assert (first["requested"], first["recommended"], first["awarded"]) == ("1000.00", "900.00", None)
    assert (first["score"], first["price"]) == ("80.00", "41.67")
    assert first["worked"] == {
        "marks": [None],
        "computed": ["200/3", None],
        "values": [400],
        "quality": 8000,
        "cost": None,
        "received": None,
        "chair": 1,
    }
    assert stored["unranked"][0]["requested_pence"] == "1234.56"  # type: ignore[index]
    assert stored["areas"] == [
        {
            "area": "North",
            "lines": 2,
            "pot_pence": "5000.00",
            "start_up_pence": "100.00",
            "committed_pence": "500.00",
            "available_pence": "4500.00",
            "requested_pence": "2000.00",
            "recommended_pence": "1800.00",
            "awarded_pence": "800.00",
            "tolerance_pence": "0.00",
            "left_pence": "2800.00",  # 5,000 − 500 committed − 1,700 that stands on the lines
            "over_pence": "0.00",
            "over_words": "",
        }
    ]


def test_the_canonical_text_has_sorted_keys_and_no_spaces_between() -> None:
    text = canonical_text(schedule((), ()))

    assert text.startswith('{"area":null,"areas":[],"basis":"proposed","exceptions":[],"format":1,')


def test_what_is_over_a_pot_is_said_by_area_with_what_was_awarded() -> None:
    over = line("N1", recommended_pence=600_000, awarded_pence=520_000, requested_pence=600_000)
    made = schedule(
        (over, line("S1", "South")),
        (money("North", 1, 600_000, 600_000, 520_000), money("South", 1, 100_000, 90_000)),
    )

    assert [use.used_pence for use in pot_uses(made)] == [570_000, 140_000]
    assert over_words(pot_uses(made)[0]).startswith(
        "£700.00 over the pot"
    )  # £500 committed, £5,200 given, of £5,000


def test_areas_that_share_a_pot_have_their_places_in_one_list() -> None:
    shared = schedule((), (money("North", 0, 0, 0), money("South", 0, 0, 0), money("East", 0, 0, 0)))
    shared = replace(shared, shared=(("North", "South"),))

    assert [shared.list_of(area) for area in ("North", "South", "East")] == [
        ("North", "South"),
        ("North", "South"),
        ("East",),
    ]


def test_what_awards_stand_at_is_said_where_it_is_not_what_was_decided() -> None:
    more = stands_words(100, 250)

    assert stands_words(100, 100) == ""
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
    assert [one.get("stands") for one in values(made)["lines"]] == ["0.00", None]  # type: ignore[attr-defined]


def test_an_office_is_reached_by_what_it_said_in_one_order() -> None:
    letterhead = Letterhead("1 Made-up Street,\n\n Anytown ", "01632 960000", website="office.example")

    assert letterhead.reached == ("1 Made-up Street, Anytown", "01632 960000", "office.example")
    assert Letterhead().reached == ()


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

    (alone,) = areas_money(found, [one for one in whole.lines if one.area == first.name], settled, first.name)
    every = {one.area: one for one in areas_money(found, whole.lines, settled, None)}

    assert alone == every[first.name], "shown alone or with the other, it has the same money"
    assert [one.area for one in whole.areas] == list(every)


AT_ONCE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
plain = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    few = st.lists(inner, max_size=3)
    many = few.filter(bool).map(lambda items: (items * MOST)[: MOST + 5])
    by_number = st.dictionaries(st.integers(), inner, max_size=3)
    return few | many | many.map(tuple) | st.dictionaries(st.text(), inner, max_size=3) | by_number


@given(st.recursive(plain, _nested, max_leaves=12))
def test_it_is_the_text_that_is_written_at_once(data: object) -> None:
    assert json_text(data) == AT_ONCE.encode(data)


@pytest.mark.parametrize("count", [MOST, MOST + 1, 40 * MOST])
def test_no_call_writes_more_than_a_few_lines(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [{"reference": f"ACF-{n:05}", "marks": [n, n + 1]} for n in range(count)]
    written: list[str] = []
    at_once = json.JSONEncoder.encode
    monkeypatch.setattr(
        json.JSONEncoder, "encode", lambda self, data: written.append(at_once(self, data)) or written[-1]
    )

    text = json_text({"areas": [{"area": "A", "lines": lines}], "fund": "ACF"})

    assert json.loads(text)["areas"][0]["lines"] == lines
    assert max(part.count("reference") for part in written) == MOST


def test_what_is_no_number_is_refused_in_a_long_list_too() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text([0.0] * MOST + [float("nan")])


FIRST, SECOND, THIRD = date(2026, 9, 24), date(2026, 9, 28), date(2026, 10, 1)
CORA = Signed("Commander", "Cora Command", FIRST, "7/2026", ("North",))
RHONA = Signed("Commander", "Rhona Blake", FIRST, "7/2026", ("South",))
ABE = Signed("Ambassador", "Abe Envoy", SECOND, "7/2026")


def decided(*signed: Signed) -> AwardSchedule:
    """Return a schedule of two areas that these signed."""
    lines = line("A-1"), line("B-1", "South")
    areas = tuple(money(area, 1, 100_000, 90_000) for area in ("North", "South"))
    return schedule(lines, areas, signed=signed)


def test_joint_signers_stand_together_with_the_areas_that_they_decided() -> None:
    chair = Signed("Chair of the panel", "Ann Chair", FIRST)

    assert list(decisions_in_words(decided(chair, CORA, RHONA, ABE))) == [
        "Cora Command, Commander, on 24 September 2026, and Abe Envoy, Ambassador, on 28 September 2026, "
        "notice 7/2026, for North",
        "Rhona Blake, Commander, on 24 September 2026, and Abe Envoy, Ambassador, on 28 September 2026, "
        "notice 7/2026, for South",
    ]


def test_they_stand_in_one_order_whoever_signed_a_notice_first() -> None:
    abe = ABE._replace(notice="9/2026", areas=("South",))
    again = RHONA._replace(notice="9/2026", on=THIRD)

    assert list(decisions_in_words(decided(RHONA, abe, again))) == [
        "Rhona Blake, Commander, on 24 September 2026, notice 7/2026, for South",
        "Rhona Blake, Commander, on 1 October 2026, and Abe Envoy, Ambassador, on 28 September 2026, "
        "notice 9/2026, for South",
    ]


def test_who_decided_all_areas_names_none_of_them() -> None:
    both = ABE, Signed("Mayor", "Dan Decides", SECOND, "7/2026")

    assert list(decisions_in_words(decided(*both))) == [
        "Abe Envoy, Ambassador, and Dan Decides, Mayor, on 28 September 2026, notice 7/2026"
    ]


def test_who_signed_on_two_days_is_named_once_with_both() -> None:
    assert signed_words((CORA, CORA._replace(on=THIRD), ABE)) == (
        "Cora Command, Commander, on 24 September 2026 and 1 October 2026, and Abe Envoy, Ambassador, on "
        "28 September 2026"
    )
