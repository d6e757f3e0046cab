"""Further columns of the ranked list, chosen in the View menu, and what gives way for the applicant."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from gui.app import Window
from gui.pages.deciding.ranking.page import RankingPage
from gui.settings import Settings
from gui.tables.ranking.rows import (
    EXTRA_NAMES,
)
from tests.gui.ranking_rounds import CLOSED, interested_round, show, two_member_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def page(window: Window, tmp_path: Path) -> RankingPage:
    rows = two_member_round()
    first = replace(rows.applications[0], beneficiaries=64)
    rows = replace(rows, applications=(first, *rows.applications[1:]))
    return show(window, tmp_path / "columns.panel", rows).main.ranking


def tick(window: Window, *names: str) -> None:
    for name in names:
        window.main.actions_by_name[f"column_{name}"].setChecked(True)


def test_ticked_columns_are_shown_before_the_outcome_and_remembered(
    window: Window, page: RankingPage, settings: Settings
) -> None:
    tick(window, "sheets", "quality", "each", "for")
    model = page.table.model()
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]

    assert heads[-5:] == ["Quality", "Sheets", "Per person", "What it is for", "Outcome"]
    said = [model.index(0, n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(6, 10)]
    # W-014: quality (5·25 + 4·15·3 + 5·10) / 5 / 80 = 71 of 80; £4,800 for 64 people
    assert said == ["quality 88.75 of 100", "sheets that count: 2", "£75.00 for each person", "for –"]
    assert settings.columns == ("quality", "sheets", "each", "for")


def test_further_figures_of_what_is_closed_stay_closed(window: Window, tmp_path: Path) -> None:
    page = show(window, tmp_path / "closed.panel", interested_round()).main.ranking
    tick(window, *EXTRA_NAMES)

    row = next(row for row in page.table.rows if row.name == CLOSED)

    assert row.extra == {}
