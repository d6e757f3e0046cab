"""Each member reads in an own order, which stays, and every application is as often first as another."""

import hashlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from scoring.marks.reading_order import circle, reading_order

REFERENCES = some.sets(some.text(max_size=6), max_size=40).map(lambda found: tuple(sorted(found)))


def test_the_circle_is_by_the_sum_of_round_area_and_reference() -> None:
    # written out: the first four hex digits of each sum
    sums = {
        one: hashlib.sha256(f"Autumn\nCoventry\n{one}".encode()).hexdigest()[:4]
        for one in ("ACF-001", "ACF-002", "ACF-003")
    }
    assert sums == {"ACF-001": "8b24", "ACF-002": "e9c9", "ACF-003": "3ac4"}

    assert circle("Autumn", "Coventry", ("ACF-001", "ACF-002", "ACF-003")) == (
        "ACF-003",
        "ACF-001",
        "ACF-002",
    )


def test_three_members_begin_at_numbers_0_2_and_4_of_seven() -> None:
    ring = "abcdefg"

    orders = ["".join(reading_order(ring, at, 3)) for at in range(3)]

    assert orders == ["abcdefg", "cdefgab", "efgabcd"]


def test_members_before_there_are_applications_and_more_members_than_applications() -> None:
    assert reading_order((), 2, 3) == ()
    # ⌊0·2/3⌋, ⌊1·2/3⌋, ⌊2·2/3⌋ = 0, 0, 1
    assert [reading_order("ab", at, 3) for at in range(3)] == [("a", "b"), ("a", "b"), ("b", "a")]


@given(REFERENCES, some.text(max_size=6))
def test_the_order_stays_where_another_application_comes(references: tuple[str, ...], new: str) -> None:
    before = circle("Autumn", "Coventry", references)

    after = circle("Autumn", "Coventry", (new, *(one for one in references if one != new)))

    assert [one for one in after if one != new] == [one for one in before if one != new]
    assert after == circle("Autumn", "Coventry", after)


@given(REFERENCES.filter(bool), some.integers(1, 60))
def test_each_begins_elsewhere_and_reads_all(references: tuple[str, ...], members: int) -> None:
    ring = circle("Autumn", "Coventry", references)

    orders = [reading_order(ring, at, members) for at in range(members)]

    assert all(sorted(order) == sorted(references) for order in orders)
    for at in range(len(ring)):  # first, second, … and last
        met = Counter(order[at] for order in orders)
        most, least = max(met.values()), min(met[one] for one in ring)
        assert most - least <= 1
