"""Tests of the ranked list begin at it."""

from pathlib import Path

import pytest

from gui.app import Window
from gui.pages.deciding.ranking.page import RankingPage
from tests.gui.conftest import opened  # noqa: F401  a fixture
from tests.gui.ranking_rounds import show, two_member_round


@pytest.fixture
def chair(window: Window, tmp_path: Path) -> Window:
    return show(window, tmp_path / "ranking.panel", two_member_round())


@pytest.fixture
def page(chair: Window) -> RankingPage:
    return chair.main.ranking
