"""Where each cell of a row is said, a cell of two lines says both."""

import pytest

from gui.pages.panel.columns import DECLARE_COLUMNS, DeclareLine


@pytest.mark.parametrize(
    ("project", "said"), [("Corner men", "Boxing Club, Corner men"), ("", "Boxing Club")]
)
def test_an_applicant_of_a_declaration_is_said_with_the_project(project: str, said: str) -> None:
    column = next(one for one in DECLARE_COLUMNS if one.name == "applicant")

    assert column.among(DeclareLine("BE-001", "Boxing Club", project), is_first=False) == said
