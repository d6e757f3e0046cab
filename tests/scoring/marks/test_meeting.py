"""What a meeting has before it: cells, spreads, who is away, and what is still to be settled."""

from msgspec.structs import replace

from scoring.marks.meeting import Cell, Item, Sign, counts_words, meeting_items, reopened_words
from scoring.publishing import with_and_without
from scoring.round import AgreedMarks, Eligibility, Interest, InterestKind, NotApplicable, Round
from scoring.scheme import Combine, Scheme, Side
from tests.scoring.builders import agreed, application, criterion, sheet, simple_round

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


def test_a_draft_is_not_shown() -> None:
    draft = replace(panel_round(), interests=(), sheets=(sheet("X", 5, 3, submitted=False),))

    assert {cell.sign for line in item(draft).lines for cell in line.cells} == {Sign.NONE}


def test_two_marks_apart_are_flagged_and_equal_marks_are_the_same() -> None:
    apart, alike = item(panel_round()).lines

    assert (apart.spread, apart.is_flagged, apart.same) == (3, True, None)  # 5 - 2
    assert (alike.spread, alike.is_flagged, alike.same) == (0, False, 3)
    assert item(panel_round()).spread == 3


def test_one_mark_alone_has_no_spread() -> None:
    alone = replace(panel_round(), sheets=(sheet("X", 5, 3),))

    assert item(alone).lines[0].spread is None
    assert item(alone).lines[0].same is None
    assert item(alone).spread == 0


def test_what_is_agreed_or_set_aside_is_settled() -> None:
    settled = replace(
        panel_round(), agreed=(AgreedMarks("X", (4, None)),), not_applicable=(NotApplicable("X", "A2"),)
    )

    assert item(settled).lines[0].agreed == 4


def test_those_who_stand_aside_or_abstain_do_not_decide() -> None:
    found = item(panel_round())

    assert (found.away, found.abstained) == (("M3",), ("M4",))
    assert found.deciding(PANEL) == ("M1", "M2")


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


def test_where_marks_are_not_agreed_it_is_said_what_counts() -> None:
    assert counts_words(Combine.CONSENSUS) == ""
    assert counts_words(Combine.MEAN).startswith("Marks are not agreed in this round: ")


def test_what_is_left_to_settle_is_agreed_or_explained_and_else_noted() -> None:
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


def test_a_reopened_sheet_says_so_beside_its_marks_and_what_it_was_first_handed_in_with() -> None:
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


def test_who_abstained_since_is_told_to_have_marked_it() -> None:
    marked = sheet("X", 5, 1, member="M4")
    gone = replace(marked, marks=(None, None), reopened="Tired", first=(5, 1), submitted=False)

    found = item(replace(panel_round(), sheets=(*panel_round().sheets, gone)))

    assert reopened_words(found, {}) == (
        "The score sheet of M4 was reopened after others’ marks could be seen: Tired. "
        "It was first handed in with A1 5 and A2 1. It is not handed in again.",
    )
