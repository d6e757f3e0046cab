"""What is left at a meeting follows the round's rule for marks."""

import pytest
from msgspec.structs import replace

from models.queries.panel.left_to_do import to_discuss, unagreed, what_a_meeting_does
from models.values.rows import AgreedRow
from scoring.scheme import Combine
from tests.models.operations.meetings import meeting_rows

BOTH = frozenset({"ACF-001", "ACF-002"})
NOTED = AgreedRow("ACF-001", (None, None, None), ("M2 had not seen the letters.", "", ""))


def test_under_consensus_every_item_is_left_until_its_marks_are_agreed() -> None:
    rows = meeting_rows()
    agreed = AgreedRow("ACF-002", (3, 3, 3))

    assert (unagreed(rows, BOTH), what_a_meeting_does(rows)) == (2, "agree")
    assert unagreed(replace(rows, agreed=(agreed, NOTED)), BOTH) == 1
    assert to_discuss(replace(rows, agreed=(NOTED,)), BOTH) == ("ACF-001",)


@pytest.mark.parametrize("combine", [Combine.MEAN, Combine.MEDIAN, Combine.TRIMMED])
def test_else_what_is_apart_is_left_until_the_discussion_is_noted(combine: Combine) -> None:
    rows = meeting_rows(combine=combine)  # on A1 of ACF-001 the members gave 4 and 2

    assert (unagreed(rows, BOTH), what_a_meeting_does(rows)) == (1, "discuss")
    assert to_discuss(rows, BOTH) == ("ACF-001",)
    assert unagreed(replace(rows, agreed=(NOTED,)), BOTH) == 0
