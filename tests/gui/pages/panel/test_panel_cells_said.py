"""Where each cell of a row is said, a cell of two lines says both."""

import pytest

from gui.pages.panel.columns import DECLARE_COLUMNS, MEMBER_COLUMNS, DeclareLine, member_name
from models.queries.panel.panel import MemberDetails
from models.queries.panel.panel_board import MemberStanding
from scoring.round import InterestKind


@pytest.mark.parametrize(
    ("project", "said"), [("Corner men", "Boxing Club, Corner men"), ("", "Boxing Club")]
)
def test_an_applicant_of_a_declaration_is_said_with_the_project(project: str, said: str) -> None:
    column = next(one for one in DECLARE_COLUMNS if one.name == "applicant")

    assert column.among(DeclareLine("BE-001", "Boxing Club", project), is_first=False) == said


@pytest.mark.parametrize(
    ("interests", "shown", "said"),
    [
        (2, "2", "2 interests"),
        (0, "0", "no interest"),
        (None, "–", "interests closed to you until you declare"),
    ],
)
def test_what_a_member_declared_is_never_told_as_none_where_it_is_closed(
    interests: int | None, shown: str, said: str
) -> None:
    row = MemberStanding(MemberDetails("M1", "Jo Ali"), True, None, interests, 0, 1, 2, "Jo Ali")
    column = next(one for one in MEMBER_COLUMNS if one.name == "interests")

    assert column.text(row) == shown
    assert f", {said}, 1 of 2 sheets" in member_name(row)


@pytest.mark.parametrize("kind", [None, *InterestKind])
def test_whatever_was_said_of_an_applicant_is_shown(kind: InterestKind | None) -> None:
    """Whoever had abstained could not open their declaration again."""
    column = next(one for one in DECLARE_COLUMNS if one.chip is not None)

    assert column.chip(DeclareLine("BE-001", "Boxing Club", "", kind)) is not None
