"""Members' sheets, what the meeting agrees of them, and the order in which it takes applications."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.marks.meeting import (
    Agenda,
    Cell,
    Item,
    Sign,
    by_fewest_exits,
    by_widest_spread,
    counts_words,
    meeting_items,
    reopened_words,
)
from scoring.marks.sheets import ADVICE, Named, Unit, comparisons, severities, sheet_total
from scoring.publishing import with_and_without
from scoring.rank import rank
from scoring.round import (
    AgreedMarks,
    Eligibility,
    Interest,
    InterestKind,
    NotApplicable,
    Round,
)
from scoring.scheme import Combine, Criterion, Scheme, Side
from tests.scoring.builders import agreed, application, criterion, sheet, simple_round

WEIGHTS = (("A1", 25), ("A2", 15), ("A3", 15), ("A4", 15), ("A5", 10), ("A6", 15), ("A7", 5))
ACF = Scheme(
    tuple(
        Criterion(code, code, Side.COST if code in ("A6", "A7") else Side.QUALITY, weight * 10_000)
        for code, weight in WEIGHTS
    ),
    combine=Combine.MEAN,
)
ALL_APPLICABLE: frozenset[str] = frozenset()


def test_an_unfinished_sheet_says_how_much_is_marked_and_what_is_set_aside_shares_its_weight() -> None:
    total = sheet_total(ACF, (4, 5, 4, 4, None, None, None), ALL_APPLICABLE)

    # 25 x 0.8 + 15 x 1 + 15 x 0.8 + 15 x 0.8 = 20 + 15 + 12 + 12 = 59; 25 + 15 + 15 + 15 = 70
    assert total.words == "59.00 of 70 marked, 100 in all"
    assert total.missing == ("A5", "A6", "A7")
    assert not total.is_complete

    total = sheet_total(ACF, (4, 3, 5, 3, 4, 4, None), frozenset({"A7"}))

    assert total.words == "77.00 of 100"  # 61 + 20 x 0.8 = 77


@given(
    marks=st.tuples(*[st.integers(0, 5)] * 7),
    weights=st.lists(st.integers(1, 400_000), min_size=7, max_size=7),
)
def test_a_full_sheet_shows_the_total_that_the_panel_will_see(
    marks: tuple[int, ...], weights: list[int]
) -> None:
    of_whole = 1_000_000 - sum(weights[:-1])
    if of_whole <= 0:
        return
    weighed = zip(ACF.criteria, (*weights[:-1], of_whole), strict=True)
    scheme = replace(ACF, criteria=tuple(replace(one, weight_1e4=weight) for one, weight in weighed))
    round_ = simple_round({}, scheme=scheme, applications=(application("D-1"),))
    round_ = replace(round_, sheets=(sheet("D-1", *marks),))

    (standing,) = rank(round_).standings

    assert sheet_total(scheme, marks, ALL_APPLICABLE).points_1e2 == standing.total_1e2


MARK = st.integers(0, 5)


Given = Sequence[int | None]


def severity(members: dict[str, Sequence[Given]]) -> list[tuple[str, tuple[int, ...], Fraction | None]]:
    """Return how members stand to each other who gave these marks, application by application."""
    count = max(len(marks) for rows in members.values() for marks in rows)
    most = max(len(rows) for rows in members.values())
    units = [
        Unit(
            f"A{number}",
            f"Q{of}",
            tuple(
                (member, mark)
                for member, rows in members.items()
                if number < len(rows) and (mark := rows[number][of]) is not None
            ),
        )
        for number in range(most)
        for of in range(count)
    ]
    found = severities([unit for unit in units if len(unit.marks) > 1], members)
    assert severities([Unit("A0", "Q0", (("Gone", 1), ("Left", 2)))], members) == ()
    return [(one.member, one.gaps_1e2, one.severity) for one in found]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param(
            {"M1": [(2, 4)] * 5, "M2": [(5, 4)] * 5, "M3": [(4, 3)] * 5},
            # M1: 2 − 4.5 = −2.5 and 4 − 3.5 = 0.5, so −1; M2: 5 − 3 = 2 and 4 − 3.5 = 0.5, together 1.25
            [
                ("M1", (-100,) * 5, Fraction(-1)),
                ("M2", (125,) * 5, Fraction(5, 4)),
                ("M3", (-25,) * 5, Fraction(-1, 4)),
            ],
            id="own mark less the mean of the others",
        ),
        pytest.param(
            {"M1": [(3,)] * 5, "M2": [(2,)] * 4},
            [("M1", (100,) * 4, None), ("M2", (-100,) * 4, None)],
            id="four shared applications say nothing",
        ),
        pytest.param(
            {"M1": [(5, None)] * 5, "M2": [(4, 0)] * 5},
            [("M1", (100,) * 5, Fraction(1)), ("M2", (-100,) * 5, Fraction(-1))],
            id="a criterion that only one marked counts for nobody",
        ),
        pytest.param(
            {"M1": [(1, 0, 0)] * 5, "M2": [(0, 0, 0)] * 5},
            [("M1", (33,) * 5, Fraction(1, 3)), ("M2", (-33,) * 5, Fraction(-1, 3))],
            id="gaps are rounded and the whole is not",
        ),
        pytest.param(
            {"M1": [(2, 2)] * 4 + [(5, None)], "M2": [(2, 2)] * 5},
            # over the nine marks of both: 3 / 9; the mean of the five gaps would be 3 / 5
            [("M1", (0, 0, 0, 0, 300), Fraction(1, 3)), ("M2", (0, 0, 0, 0, -300), Fraction(-1, 3))],
            id="every mark counts alike, though one criterion does not apply somewhere",
        ),
    ],
)
def test_severity_is_over_every_mark_that_others_gave_too(
    marks: dict[str, Sequence[Given]], expected: list[object]
) -> None:
    assert severity(marks) == expected


@given(st.lists(st.tuples(MARK, MARK), min_size=5, max_size=12))
def test_two_members_stand_to_each_other_as_mirror_images(marks: list[tuple[int, int]]) -> None:
    (_, gaps, first), (_, others, second) = severity(
        {f"M{who}": [(pair[who],) for pair in marks] for who in (0, 1)}
    )

    assert gaps == tuple(-gap for gap in others)
    assert first is not None
    assert first + (second or 0) == 0


EVERYONE = (
    Named("W-014", "Bilston Boxing Futures"),
    Named("W-021", "Heath Town Youth Voice"),
    Named("W-006", "Ring Road Runners CIC"),
    Named("W-011", "St Chad's Tenants"),
)


def said(reason: str) -> tuple[str, ...]:
    return comparisons(reason, "W-021", EVERYONE)


@pytest.mark.parametrize(
    ("reason", "sign"),
    [
        ("Not as clear as w-014.", "It names W-014."),
        ("As Bilston boxing futures has shown.", "It names Bilston Boxing Futures (W-014)."),
        ("St Chad’s Tenants did this well", "It names St Chad's Tenants (W-011)."),
        ("Better than the boxing club.", "It says “Better than”."),
        ("It reaches fewer people than the others.", "It says “than the others”."),
        ("The strongest application.", "It says “strongest application”."),
    ],
)
def test_a_comparison_with_another_applicant_is_named(reason: str, sign: str) -> None:
    assert said(reason) == (sign, ADVICE)
    assert said(" ") == ()
    assert said("Better than the others.") == ("It says “Better than”.", ADVICE), (
        "once for words that overlap"
    )


PANEL = ("M1", "M2", "M3", "M4")
SCHEME = Scheme((criterion("A1", 60), criterion("A2", 40)), combine=Combine.CONSENSUS, quorum=2)


def panel_round() -> Round:
    """Return X marked by M1 and M2, with M3 in conflict and M4 abstaining; Y is withdrawn."""
    return replace(
        simple_round({}, scheme=SCHEME),
        applications=(
            application("X"),
            application("Y", withdrawn=True),
            application("Z", eligibility=Eligibility.NO),
        ),
        sheets=(
            sheet("X", 5, 3),
            sheet("X", 2, 3, member="M2"),
            sheet("X", 0, 0, member="M3"),
        ),
        interests=(
            Interest("M1", None, InterestKind.NONE),
            Interest("M3", "X", InterestKind.PREJUDICIAL),
            Interest("M4", "X", InterestKind.ABSTAINED),
        ),
    )


def item(round_: Round) -> Item:
    (found,) = meeting_items(round_, PANEL)
    return found


def test_a_cell_is_a_mark_or_one_of_four_other_things() -> None:
    not_applicable = replace(panel_round(), not_applicable=(NotApplicable("X", "A2"),))
    first, second = item(not_applicable).lines

    assert first.cells == (Cell(Sign.MARK, 5), Cell(Sign.MARK, 2), Cell(Sign.ASIDE), Cell(Sign.ABSTAINED))
    assert [cell.sign for cell in second.cells] == [
        Sign.NOT_APPLICABLE,
        Sign.NOT_APPLICABLE,
        Sign.ASIDE,
        Sign.ABSTAINED,
    ]


def test_an_adviser_with_an_interest_leaves_too_after_those_who_mark() -> None:
    advised = replace(
        panel_round(),
        interests=(
            Interest("M9", "X", InterestKind.PECUNIARY),
            Interest("M3", "X", InterestKind.PECUNIARY),
            Interest("M1", "X", InterestKind.PREJUDICIAL),
        ),
    )

    assert item(advised).away == ("M1", "M3", "M9")
    assert item(advised).deciding(PANEL) == ("M2", "M4")


def test_marks_apart_are_flagged_equal_ones_the_same_agreed_ones_settled_and_drafts_not_shown() -> None:
    apart, alike = item(panel_round()).lines

    assert (apart.spread, apart.is_flagged, apart.same) == (3, True, None)  # 5 - 2
    assert (alike.spread, alike.is_flagged, alike.same) == (0, False, 3)
    assert item(panel_round()).spread == 3

    settled = replace(
        panel_round(), agreed=(AgreedMarks("X", (4, None)),), not_applicable=(NotApplicable("X", "A2"),)
    )

    assert item(settled).lines[0].agreed == 4

    draft = replace(panel_round(), interests=(), sheets=(sheet("X", 5, 3, submitted=False),))

    assert {cell.sign for line in item(draft).lines for cell in line.cells} == {Sign.NONE}


def test_the_total_is_told_with_and_without_a_criterion() -> None:
    scheme = replace(
        SCHEME,
        criteria=(criterion("A1", 60), criterion("A2", 20), criterion("C1", 20, "cost")),
        not_applicable_allowed=True,
        quorum=1,
    )
    assert {c.side for c in scheme.criteria} == {Side.QUALITY, Side.COST}
    marked = replace(
        simple_round({}, scheme=scheme),
        applications=(application("X"),),
        sheets=(sheet("X", 4, 2, 5),),
        agreed=(agreed("X", 4, 2, 5),),
    )

    both = with_and_without(marked, "X", "A2")

    # with: 60·0.8 + 20·0.4 + 20·1 = 76; without: quality 80 of 100 on its 80, so 64 + 20 = 84
    assert both == (7600, 8400)
    not_applicable = replace(marked, not_applicable=(NotApplicable("X", "A2"),))
    assert with_and_without(not_applicable, "X", "A2") == both
    assert with_and_without(replace(marked, agreed=()), "X", "A2") == (None, None)


def test_what_is_left_to_settle_is_agreed_or_explained_and_it_is_said_what_counts() -> None:
    open_ = item(panel_round())
    outside = item(replace(panel_round(), agreed=(agreed("X", 1, 3),)))

    assert open_.left(Combine.CONSENSUS, ()) == ("A1", "A2")
    assert outside.left(Combine.CONSENSUS, ()) == ("A1",)  # 5 and 2 were given, 1 is agreed
    assert outside.left(Combine.CONSENSUS, (" ", "")) == ("A1",)
    assert outside.left(Combine.CONSENSUS, ("a letter came", "")) == ()
    apart = item(replace(panel_round(), agreed=(agreed("X", 3, 3),)))
    assert apart.left(Combine.CONSENSUS, ()) == ("A1",)  # 5 and 2 were given, 3 lies between
    assert apart.left(Combine.CONSENSUS, ("both read it again", "")) == ()
    assert open_.left(Combine.MEAN, ()) == ("A1",)  # the two marks of A2 are alike
    assert open_.left(Combine.MEAN, ("both read it again", "")) == ()
    assert outside.left(Combine.MEAN, ()) == ()

    assert counts_words(Combine.CONSENSUS) == ""
    assert counts_words(Combine.MEAN).startswith("Marks are not agreed in this round: ")


def test_a_reopened_sheet_says_so_and_who_abstained_since_is_told_to_have_marked_it() -> None:
    first, second, third = panel_round().sheets
    again = replace(first, reopened="Misread.", first=(1, None))
    draft = replace(second, reopened="A slip", submitted=False)
    away = replace(third, reopened="Withdrawn", first=(0, 0))

    found = item(replace(panel_round(), sheets=(again, draft, away)))

    assert found.lines[0].cells[:2] == (Cell(Sign.MARK, 5, is_reopened=True), Cell(Sign.NONE))
    assert reopened_words(found, {"M1": "Ann Sample"}) == (
        "The score sheet of Ann Sample was reopened after others’ marks could be seen: Misread. "
        "It was first handed in with A1 1.",
        "The score sheet of M2 was reopened after others’ marks could be seen: A slip. It is not handed in.",
        "The score sheet of M3 was reopened after others’ marks could be seen: Withdrawn.",
    )
    assert reopened_words(item(panel_round()), {}) == ()

    marked = sheet("X", 5, 1, member="M4")
    gone = replace(marked, marks=(None, None), reopened="Tired", first=(5, 1), submitted=False)

    found = item(replace(panel_round(), sheets=(*panel_round().sheets, gone)))

    assert reopened_words(found, {}) == (
        "The score sheet of M4 was reopened after others’ marks could be seen: Tired. "
        "It was first handed in with A1 5 and A2 1. It is not handed in again.",
    )


NOBODY: frozenset[str] = frozenset()
X = frozenset("x")


def movements(away: Sequence[frozenset[str]]) -> int:
    """Return how many times someone leaves or comes back when items are taken in this order."""
    return sum(len(before ^ after) for before, after in pairwise((NOBODY, *away, NOBODY)))


def test_the_widest_spread_comes_first_and_many_groups_of_leavers_are_placed_once_each() -> None:
    items = [Agenda("A", 1, NOBODY), Agenda("B", 3, NOBODY), Agenda("C", 1, X), Agenda("D", 2, NOBODY)]

    assert by_widest_spread(items) == ("B", "D", "A", "C")

    items = [Agenda(str(n), 0, frozenset({f"m{n}", f"m{n + 1}"})) for n in range(15)]

    order = by_fewest_exits(items)

    assert sorted(order) == sorted(item.reference for item in items)
    assert order[:3] == ("0", "1", "2")  # each shares a member with the next


@settings(max_examples=60, deadline=None)
@given(st.lists(st.frozensets(st.sampled_from("wxyz"), max_size=3), max_size=5))
def test_no_other_order_moves_fewer_people(away: list[frozenset[str]]) -> None:
    items = [Agenda(str(n), 0, out) for n, out in enumerate(away)]

    taken = movements([away[int(reference)] for reference in by_fewest_exits(items)])

    assert taken == min(movements(list(order)) for order in permutations(away))


UP, DOWN = [(mark,) for mark in range(6)], [(5 - mark,) for mark in range(6)]


@pytest.mark.parametrize(
    ("marks", "reversed_members"),
    [
        # M3 turns all fifteen pairs; the mean of M3 and either of the others is the same for each.
        pytest.param({"M1": UP, "M2": UP, "M3": DOWN}, ["M3"], id="upside down among three"),
        pytest.param({"M1": UP, "M2": DOWN}, ["M1", "M2"], id="each is the other's reverse"),
        pytest.param({"M1": UP, "M2": UP}, [], id="alike"),
        pytest.param({"M1": UP[:4], "M2": DOWN[:4]}, [], id="too few applications"),
        pytest.param({"M1": [(2,)] * 6, "M2": UP}, [], id="no order of one's own"),
        # Three like each other against two like each other: six pairs, all turned.
        pytest.param(
            {"M1": [(0,), (0,), (0,), (5,), (5,)], "M2": [(5,), (4,), (3,), (1,), (2,)]},
            [],
            id="six pairs are too few",
        ),
        pytest.param(
            {"M1": [(0,), (1,), (2,), (3,), (4,)], "M2": [(3,), (4,), (1,), (2,), (0,)]},
            ["M1", "M2"],
            id="eight pairs of ten",
        ),
        pytest.param(
            {"M1": [(0,), (1,), (2,), (3,), (4,)], "M2": [(2,), (4,), (3,), (1,), (0,)]},
            ["M1", "M2"],
            id="eight of ten once more",
        ),
        pytest.param(
            {"M1": [(0,), (1,), (2,), (3,), (4,)], "M2": [(2,), (3,), (4,), (1,), (0,)]},
            [],
            id="seven pairs of ten",
        ),
    ],
)
def test_a_member_whose_order_is_the_reverse_of_the_others_is_found(
    marks: dict[str, Sequence[Given]], reversed_members: list[str]
) -> None:
    units = [
        Unit(f"A{number}", "Q0", tuple((member, rows[number][0] or 0) for member, rows in marks.items()))
        for number in range(len(next(iter(marks.values()))))
    ]

    assert [one.member for one in severities(units, marks) if one.is_reversed] == reversed_members
