"""Krippendorff's alpha: exact, the same as its definition says, whatever the marks are called."""

from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from scoring.sensitivity.agreement import Level, alpha

UNITS = st.lists(st.lists(st.integers(0, 5), max_size=5).map(tuple), max_size=8)


def by_definition(units: list[tuple[int, ...]], level: Level) -> Fraction | None:
    """Return alpha by going through every ordered pair of marks, one by one."""
    shared = [unit for unit in units if len(unit) > 1]
    given_marks = [mark for unit in shared for mark in unit]
    if len(set(given_marks)) < 2:
        return None
    within = [(a, b, len(unit) - 1) for unit in shared for a, b in permutations(unit, 2)]
    observed = sum(Fraction(apart(a, b, given_marks, level)) / others for a, b, others in within)
    chance = sum(Fraction(apart(a, b, given_marks, level)) for a, b in permutations(given_marks, 2))
    return 1 - (len(given_marks) - 1) * observed / chance


def apart(one: int, other: int, given_marks: list[int], level: Level) -> Fraction:
    """Return the squared distance of two marks."""
    if level == "interval":
        return Fraction((one - other) ** 2)
    low, high = min(one, other), max(one, other)
    between = sum(low <= mark <= high for mark in given_marks)
    ends = Fraction(given_marks.count(low) + given_marks.count(high), 2)
    return (between - ends) ** 2 if low < high else Fraction(0)


def test_a_worked_sum() -> None:
    # Six marks, 1 1 2 2 3 4. Within units 3 and 4 differ, twice by 1: 2. Among all, twice
    # (1-2: 4 pairs of 1) + (1-3: 2 of 4) + (1-4: 2 of 9) + (2-3: 2 of 1) + (2-4: 2 of 4) + (3-4: 1 of 1)
    # = 2 * (4 + 8 + 18 + 2 + 8 + 1) = 82. So 1 - 5 * 2 / 82 = 36/41.
    assert alpha([(1, 1), (2, 2), (3, 4)], "interval") == Fraction(36, 41)


@given(UNITS, st.sampled_from(["interval", "ordinal"]))
def test_it_is_what_the_definition_says(units: list[tuple[int, ...]], level: Level) -> None:
    assert alpha(units, level) == by_definition(units, level)


@given(UNITS, st.sampled_from(["interval", "ordinal"]))
def test_nobody_s_place_and_no_shift_of_the_scale_changes_it(
    units: list[tuple[int, ...]], level: Level
) -> None:
    turned = [tuple(reversed(unit)) for unit in reversed(units)]
    shifted = [tuple(mark + 7 for mark in unit) for unit in units]

    assert alpha(turned, level) == alpha(shifted, level) == alpha(units, level)


def test_full_agreement_is_one_and_a_single_kind_of_mark_says_nothing() -> None:
    assert alpha([(2, 2), (5, 5, 5)], "ordinal") == 1
    assert alpha([(3, 3), (3, 3)], "interval") is None
    assert alpha([(1,), (2,)], "interval") is None
    assert alpha([], "interval") is None
