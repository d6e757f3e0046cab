"""A workbook with an agreed mark outside every member's mark and no reason gets a warning."""

import pytest
from msgspec.structs import replace

from exchange.round_workbook.read import outside_warning
from models.values.rows import AgreedRow, InterestRow, NotApplicableRow, RoundRows
from scoring.round import InterestKind
from scoring.scheme import Combine
from tests.models.operations.meetings import meeting_rows


def agreed(*marks: int | None, reasons: tuple[str, ...] = ("", "", "")) -> RoundRows:
    """Return ACF-001, on which the members gave 4 and 2, 0 and 0, 5 and 4, with these agreed marks."""
    return replace(meeting_rows(), agreed=(AgreedRow("ACF-001", marks, reasons),))


def test_the_warning_names_the_mark_and_what_members_gave() -> None:
    assert outside_warning(agreed(5, 1, 4)) == (
        "Agreed marks outside every member's mark need a reason, and have none: "
        "A1 of ACF-001 (5; members gave 2 to 4), A2 of ACF-001 (1; members gave 0).",
    )


@pytest.mark.parametrize(
    "rows",
    [
        agreed(2, 0, 5),
        agreed(3, None, None),
        agreed(5, 1, 4, reasons=("new figures", "a slip", "")),
        replace(agreed(3, 1, 4), not_applicable=(NotApplicableRow("ACF-001", "A2", "not asked"),)),
        replace(agreed(5, 1, 4), sheets=()),
        replace(agreed(5, 1, 4), scheme=replace(meeting_rows().scheme, combine=Combine.MEAN)),
    ],
)
def test_nothing_is_said_of_marks_within_or_explained_or_without_effect(rows: RoundRows) -> None:
    assert outside_warning(rows) == ()


def test_the_sheet_of_who_has_an_interest_gives_no_range() -> None:
    rows = agreed(2, 0, 4)  # M2 gave the 2
    barred = InterestRow("M2", "ACF-001", InterestKind.PECUNIARY)

    (warning,) = outside_warning(replace(rows, interests=(*rows.interests, barred)))

    assert "A1 of ACF-001 (2; members gave 4)" in warning


def test_many_are_counted() -> None:
    rows = agreed(5, 1, 0)
    more = AgreedRow("ACF-002", (4, 4, 4))  # the members gave 3 throughout

    (warning,) = outside_warning(replace(rows, agreed=(*rows.agreed, more)))

    assert warning.endswith("and 3 more.")
