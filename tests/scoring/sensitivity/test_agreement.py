"""How far members agree, against the worked example of the literature and sums by hand."""

from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.round import AFTER_MEETING, Interest, InterestKind, Round
from scoring.scheme import Combine, Scheme
from scoring.sensitivity.agreement import Level, agreement, alpha, alpha_words, resampled_alpha
from tests.scoring.builders import application, criterion, sheet, simple_round

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve
# units, missing data; the paper gives alpha 0.849 for interval and 0.815 for ordinal data.
OBSERVERS = {
    "A": (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    "B": (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    "C": (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    "D": (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
}
MEMBERS = tuple(OBSERVERS)


def observed(marks: dict[str, tuple[int | None, ...]], maximum: int = 5) -> Round:
    """Return a round with one judged criterion in which each unit is an application."""
    count = len(next(iter(marks.values())))
    references = [f"U-{number:02d}" for number in range(count)]
    scheme = Scheme((criterion("Q", 100),), scale_maximum=maximum, combine=Combine.MEAN)
    sheets = [
        sheet(reference, mark, member=member)
        for member, row in marks.items()
        for reference, mark in zip(references, row, strict=True)
        if mark is not None
    ]
    round_ = simple_round({}, scheme=scheme, applications=tuple(application(r) for r in references))
    return replace(round_, sheets=tuple(sheets))


def test_the_worked_example_of_the_literature() -> None:
    found = agreement(observed(OBSERVERS), MEMBERS)

    assert found is not None
    assert found.alpha_interval == pytest.approx(0.849, abs=0.0005)
    assert found.alpha_ordinal == pytest.approx(0.815, abs=0.0005)


def test_the_resampled_alpha_lies_round_the_alpha_and_is_the_same_each_time() -> None:
    round_ = observed(OBSERVERS)
    found = agreement(round_, MEMBERS)
    assert found is not None
    assert found.alpha_interval is not None

    first, second = (resampled_alpha(found, round_, MEMBERS) for _ in range(2))

    assert first is not None
    assert first[0] <= found.alpha_interval <= first[1]
    assert first == second


def test_spread_and_deviation_are_of_the_counting_marks() -> None:
    found = agreement(observed({"A": (1,), "B": (2,), "C": (5,)}), ("A", "B", "C"))

    assert found is not None
    (unit,) = found.flagged
    # marks 1, 2, 5: range 4; mean 8/3, variance (25 + 4 + 49)/27 = 26/9, root 1.6997
    assert (unit.spread, unit.deviation_1e2) == (4, 170)


def test_severity_is_own_mark_less_the_mean_of_the_others() -> None:
    found = agreement(
        observed({"A": (5, 5, 5, 5, 5), "B": (3, 3, 3, 3, 3), "C": (4, 4, 4, 4, 2)}), ("A", "B", "C")
    )

    assert found is not None
    # A against the mean of B and C: 5 - 3.5 four times and 5 - 2.5 once, (4 x 1.5 + 2.5) / 5 = 1.7
    assert (found.members[0].member, found.members[0].severity) == ("A", Fraction(17, 10))


def test_under_five_shared_applications_severity_is_not_shown() -> None:
    found = agreement(observed({"A": (5, 5, 5, 5), "B": (3, 3, 3, 3)}), ("A", "B"))

    assert found is not None
    assert [(m.applications, m.severity) for m in found.members] == [(4, None), (4, None)]


def test_the_same_mark_everywhere_has_no_alpha() -> None:
    found = agreement(observed({"A": (3, 3), "B": (3, 3)}), ("A", "B"))

    assert found is not None
    assert (found.alpha_interval, found.alpha_ordinal) == (None, None)
    assert "cannot be said" in alpha_words(found.alpha_interval)


def test_one_member_alone_agrees_with_nobody() -> None:
    assert agreement(observed({"A": (3, 4)}), ("A",)) is None


def test_a_sheet_that_is_barred_is_left_out() -> None:
    round_ = observed({"A": (5, 5), "B": (1, 5)})
    barred = replace(round_, interests=(Interest("B", "U-00", InterestKind.PECUNIARY),))

    found = agreement(barred, ("A", "B"))

    assert found is not None
    assert [unit.reference for unit in found.units] == ["U-01"]


def test_the_words_grow_with_the_alpha() -> None:
    words = [alpha_words(alpha) for alpha in (-0.1, 0.3, 0.7, 0.9)]

    assert all(one != other for one, other in pairwise(words))


def test_without_an_alpha_there_is_nothing_to_resample() -> None:
    round_ = observed({"A": (3, 3), "B": (3, 3)})  # nobody ever differs, so alpha is nought by nought
    found = agreement(round_, ("A", "B"))

    assert found is not None
    assert found.alpha_interval is None
    assert resampled_alpha(found, round_, ("A", "B")) is None


def test_whoever_is_not_asked_about_is_left_out_of_the_alpha() -> None:
    two = {"A": (1, 2, 4), "B": (1, 3, 4)}
    with_third, alone = (agreement(observed(marks), ("A", "B")) for marks in (two | {"C": (5, 5, 1)}, two))

    assert with_third is not None
    assert alone is not None
    assert with_third.alpha_interval == alone.alpha_interval
    assert resampled_alpha(with_third, observed(two | {"C": (5, 5, 1)}), ("A", "B")) == resampled_alpha(
        alone, observed(two), ("A", "B")
    )


def test_a_reopened_sheet_counts_as_it_was_first_handed_in() -> None:
    round_ = observed({"A": (1, 4), "B": (2, 4)})
    first, *others = round_.sheets
    again = replace(first, marks=(2,), submitted=False, reopened="Misread", first=(1,))

    assert agreement(replace(round_, sheets=(again, *others)), ("A", "B")) == agreement(round_, ("A", "B"))


def test_a_sheet_first_handed_in_after_the_meeting_had_begun_does_not_count() -> None:
    round_ = observed({"A": (1, 2), "B": (1, 3)})
    late = replace(round_.sheets[-1], reopened=f"{AFTER_MEETING}; reopened: A slip", first=(3,))

    found = agreement(replace(round_, sheets=(*round_.sheets[:-1], late)), ("A", "B"))

    assert found is not None
    assert [unit.reference for unit in found.units] == ["U-00"]


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
