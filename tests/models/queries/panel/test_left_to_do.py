"""What is left at a meeting follows the round's rule for marks."""

import pytest
from msgspec.structs import replace

from models.queries.panel.left_to_do import (
    few_sheets,
    settled_words,
    to_discuss,
    unagreed,
    what_a_meeting_does,
)
from models.values.rows import AgreedRow, InterestRow
from scoring.round import InterestKind
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
    assert settled_words(rows) == "Nothing is left to discuss."


def test_a_sheet_that_an_interest_set_aside_later_makes_no_quorum() -> None:
    rows = meeting_rows()
    counting = {of: sum(1 for sheet in rows.sheets if sheet.application == of) for of in BOTH}
    needed = replace(rows, scheme=replace(rows.scheme, quorum=min(counting.values())))
    late = next(sheet for sheet in rows.sheets if counting[sheet.application] == needed.scheme.quorum)
    interest = InterestRow(late.member, late.application, InterestKind.PREJUDICIAL)

    assert not few_sheets(needed, BOTH)
    assert few_sheets(replace(needed, interests=(interest,)), BOTH) == {late.application}
