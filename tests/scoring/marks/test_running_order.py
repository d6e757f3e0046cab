"""The order of a meeting's items: widest spread first, or fewest people through the door."""

from collections.abc import Sequence
from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.marks.meeting import Agenda, Item, by_fewest_exits, by_widest_spread, through_areas

NOBODY: frozenset[str] = frozenset()
X, Y, XY = frozenset("x"), frozenset("y"), frozenset("xy")


def movements(away: Sequence[frozenset[str]]) -> int:
    """Return how many times someone leaves or comes back when items are taken in this order."""
    return sum(len(before ^ after) for before, after in pairwise((NOBODY, *away, NOBODY)))


def test_the_widest_spread_comes_first_and_equals_keep_their_order() -> None:
    items = [Agenda("A", 1, NOBODY), Agenda("B", 3, NOBODY), Agenda("C", 1, X), Agenda("D", 2, NOBODY)]

    assert by_widest_spread(items) == ("B", "D", "A", "C")


def test_items_with_the_same_people_out_stand_together() -> None:
    items = [Agenda("A", 0, X), Agenda("B", 0, NOBODY), Agenda("C", 0, X)]

    assert by_fewest_exits(items) == ("B", "A", "C")
    assert movements([X, NOBODY, X]) == 4  # out, in, out, in
    assert movements([NOBODY, X, X]) == 2  # out, in


def test_two_who_are_out_together_are_passed_through() -> None:
    items = [Agenda("A", 0, X), Agenda("B", 0, Y), Agenda("C", 0, XY)]

    # x out, y out, x in, y in: 4; A, B, C as given would be x out, x in and y out, x out, both in: 6
    assert by_fewest_exits(items) == ("A", "C", "B")


def test_an_empty_agenda_has_an_order() -> None:
    assert by_fewest_exits([]) == ()
    assert by_widest_spread([]) == ()


def test_many_groups_of_leavers_are_still_placed_once_each() -> None:
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


def test_a_meeting_goes_through_its_areas_in_order_and_takes_those_of_none_last() -> None:
    items = [
        Item(reference, "Example Hall", area, (), away, ())
        for reference, area, away in (
            ("N-1", None, ()),
            ("W-1", "West", ("M1",)),
            ("W-2", "West", ()),
            ("E-1", "East", ()),
        )
    ]

    found = through_areas(items, ("East", "West"))

    assert [item.reference for item in found] == ["E-1", "W-2", "W-1", "N-1"]
