"""How a member's marks stand to the others'."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.marks.severity import Severity, severities

MARK = st.integers(0, 5)


def test_a_gap_is_the_own_mark_less_the_mean_of_the_others() -> None:
    sheets = [("M1", f"A{n}", (2, 4)) for n in range(5)]
    sheets += [("M2", f"A{n}", (5, 4)) for n in range(5)]
    sheets += [("M3", f"A{n}", (4, 3)) for n in range(5)]

    found = {severity.member: severity for severity in severities(sheets)}

    # M1: 2 − 4.5 = −2.5 and 4 − 3.5 = 0.5, together −1.
    assert found["M1"] == Severity("M1", (-100,) * 5, -100)
    # M2: 5 − 3 = 2 and 4 − 3.5 = 0.5, together 1.25.
    assert found["M2"].mean_1e2 == 125
    assert found["M3"].mean_1e2 == -25
    assert found["M1"].shared == 5


def test_four_shared_applications_say_nothing() -> None:
    sheets = [(member, f"A{n}", (3,)) for n in range(4) for member in ("M1", "M2")]
    sheets.append(("M1", "A4", (3,)))

    assert severities(sheets) == ()


def test_a_criterion_that_only_one_marked_counts_for_nobody() -> None:
    sheets = [("M1", f"A{n}", (5, None)) for n in range(5)] + [("M2", f"A{n}", (4, 0)) for n in range(5)]

    assert [severity.mean_1e2 for severity in severities(sheets)] == [100, -100]


def test_an_application_with_no_criterion_in_common_is_not_shared() -> None:
    sheets = [("M1", f"A{n}", (5, None)) for n in range(6)] + [("M2", f"A{n}", (None, 0)) for n in range(6)]

    assert severities(sheets) == ()


def test_gaps_of_halves_round_up() -> None:
    sheets = [("M1", f"A{n}", (1, 0, 0)) for n in range(5)] + [("M2", f"A{n}", (0, 0, 0)) for n in range(5)]

    assert [severity.mean_1e2 for severity in severities(sheets)] == [33, -33]


@given(st.lists(st.tuples(MARK, MARK), min_size=5, max_size=12))
def test_two_members_stand_to_each_other_as_mirror_images(marks: list[tuple[int, int]]) -> None:
    sheets = [(f"M{who}", f"A{n}", (pair[who],)) for n, pair in enumerate(marks) for who in (0, 1)]

    first, second = severities(sheets)

    assert first.gaps_1e2 == tuple(-gap for gap in second.gaps_1e2)


@given(st.lists(st.tuples(MARK, MARK, MARK), min_size=5, max_size=12))
def test_members_who_mark_alike_have_no_gap(marks: list[tuple[int, int, int]]) -> None:
    sheets = [(member, f"A{n}", row) for n, row in enumerate(marks) for member in ("M1", "M2", "M3")]

    assert {severity.mean_1e2 for severity in severities(sheets)} == {0}
