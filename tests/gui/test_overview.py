"""The overview: figures, what needs a person next by role, budget, progress and dates."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.overview.charts import BudgetRow, ProgressRow
from gui.pages.overview.figures import DateLine, Overview, overview
from gui.pages.overview.page import OverviewPage
from gui.pages.page import Identity, Place
from gui.pages.round_figures import Answer, work_out
from gui.round_state import Progress
from models.queries.area_dates import AreaDates
from models.queries.rounds import AreaLine, RoundLine
from models.rows import MemberRow
from scoring.schedule import Settled
from tests.gui.builders import OTHERS, WOLVERHAMPTON, whole_round

TODAY = date(2026, 11, 26)
CHAIR = Identity("Priya Nair", "chair", "NAIR")
OFFICER = Identity("Grace Okoro", "officer")
HALE = Identity("Tom Hale", "member", "HALE")
CTRL = Qt.KeyboardModifier.ControlModifier


def made(identity: Identity, stage: str, area: str | None = WOLVERHAMPTON, **dates: date) -> Overview:
    areas = tuple(AreaLine(name, stage, 0, 0, 0) for name in (*OTHERS, WOLVERHAMPTON))
    line = RoundLine(1, "uid", "Fund", "F", "2026/27", "Round 2", "open", "OFFICIAL", areas, 42)
    figures = work_out(line, Answer(whole_round(), (), Settled()))
    return overview(Place(line, area), figures, {WOLVERHAMPTON: AreaDates(**dates)}, identity, TODAY)


def words(shown: Overview) -> list[str]:
    return [task.words for task in shown.tasks]


@pytest.fixture
def page(opened: Window, qtbot: QtBot) -> OverviewPage:
    qtbot.keyClick(opened.main, Qt.Key.Key_1, CTRL)
    found = opened.main.pages.page("overview")
    assert isinstance(found, OverviewPage)
    return found


def test_the_tiles_say_the_round_in_four_figures() -> None:
    tiles = made(OFFICER, "scoring", meets_on=date(2026, 12, 2)).tiles

    # fourteen asks: 4,800+3,250+1,980+2,400+4,950+3,600+4,400+2,750+3,700+3,600+2,100+4,700+1,350+2,900
    assert [tile.figure for tile in tiles] == ["14", "£46,480", "13 of 27", "Wed 2 December"]
    assert tiles[0].words == "14 eligible"
    assert tiles[1].words == "for £30,000 of project money"
    assert tiles[2].words == "48%"


def test_figures_that_are_not_there_yet_are_a_dash() -> None:
    tiles = made(OFFICER, "intake").tiles

    assert [tile.figure for tile in tiles[2:]] == ["–", "–"]


def test_a_member_declares_first_and_scores_then() -> None:
    assert words(made(CHAIR, "scoring"))[0] == "You have not declared your interests"
    assert words(made(HALE, "scoring")) == ["13 applications left for you to score"]


def test_the_office_sees_who_has_not_declared() -> None:
    assert "1 member has not declared interests" in words(made(OFFICER, "scoring"))


def test_an_area_over_its_pot_is_told_with_the_amount() -> None:
    # a pot of £3,000 with £5,140 committed
    assert "Sandwell is £2,140 over its pot" in words(made(OFFICER, "done", "Sandwell"))


def test_the_list_waits_for_recommendations_at_that_stage_alone() -> None:
    waiting = "13 applications have no recommendation yet"

    assert waiting in words(made(OFFICER, "recommending"))
    assert waiting not in words(made(OFFICER, "meeting"))


@pytest.mark.parametrize(
    ("role", "stage", "task"),
    [
        ("decider", "deciding", "Recommendations of 1 area wait to be signed"),
        ("commander", "deciding", "Recommendations of 1 area wait to be signed"),
        ("finance", "done", "1 area is decided"),
    ],
)
def test_the_deciding_office_and_finance_have_their_own(role: str, stage: str, task: str) -> None:
    assert words(made(Identity("Ada Sample", role), stage)) == [task]
    assert words(made(Identity("Ada Sample", role), "scoring")) == []


def test_what_has_a_deadline_comes_first_and_there_are_at_most_six() -> None:
    shown = made(OFFICER, "scoring", None, marks_close_on=date(2026, 11, 26))

    assert shown.tasks[0].by == date(2026, 11, 26)
    assert len(shown.tasks) <= 6


def test_days_past_are_left_out_and_areas_of_one_day_stand_together() -> None:
    dates = made(OFFICER, "scoring", closes_on=date(2026, 11, 20), meets_on=date(2026, 12, 2)).dates

    assert dates == (DateLine(date(2026, 12, 2), "Panel meeting", WOLVERHAMPTON),)


def test_a_bar_reads_itself_out(page: OverviewPage) -> None:
    said = [row.accessibleName() for row in page.findChildren(BudgetRow)]

    assert "Wolverhampton, £0 recommended, £30,000 still to consider, of £30,000" in said


def test_a_member_is_read_out_with_the_count(opened: Window, qtbot: QtBot) -> None:
    row = ProgressRow(opened.look, Progress(MemberRow("A", "Jo Adeyemi"), 18, 45), is_you=True)
    qtbot.addWidget(row)

    assert row.accessibleName() == "Jo Adeyemi (you), 18 of 45 sheets handed in"


def test_a_task_leads_to_its_page(opened: Window, page: OverviewPage, qtbot: QtBot) -> None:
    opened.main.tools.use_as(OFFICER)
    row = next(row for row in page.tasks if "over its pot" in row.button.accessibleName())
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)

    assert opened.main.pages.key == "ranking"


def test_the_overview_is_the_first_page_and_follows_a_change(opened: Window, page: OverviewPage) -> None:
    opened.main.tools.use_as(OFFICER)
    before = page.summary.text()
    opened.desk.rounds.choose_area("Coventry")

    assert page.tiles[0].figure.text() == "4"
    assert page.summary.text() != before


def test_without_a_round_it_says_so(window: Window, empty_record_path: Path) -> None:
    window.desk.open(empty_record_path)
    found = window.main.pages.page("overview")

    assert isinstance(found, OverviewPage)
    assert found.empty.isVisible()
    assert not found.sheet.isVisible()
