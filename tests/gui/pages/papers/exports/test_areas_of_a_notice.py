"""A notice of several areas, and not of all, is chosen in the window as the command has it."""

import pytest
from PySide6.QtCore import Qt

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.papers.exports.issuing import TOO_FEW
from gui.pages.papers.exports.page import ExportsPage
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.papers.notice import NoticeOfDecision
from models.queries.set_up.round_facts import round_rows
from models.values.rows import scored_round
from scoring.rank import rank
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.pressing import box_of, page_of


@pytest.fixture
def page(opened: Window) -> ExportsPage:
    """The Papers page at the notice of a round of eight areas that waits for a decision."""
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.workspace.ask(
        lambda session: proposed(rank(scored_round(round_rows(session, 1)))),
        lambda items: opened.workspace.perform(RecordRecommendations(1, items)),
    )
    opened.main.tools.go("exports")
    found = page_of(opened, ExportsPage)
    found.choices.list.choose("notice")
    return found


def dialog_of(window: Window, page: ExportsPage) -> DataForm:
    page.choices.options.buttons["several"].click()
    return box_of(window, DataForm)


def ticked(dialog: DataForm, *, is_ticked: bool = True) -> list[str]:
    lines = map(dialog["areas"].item, range(dialog["areas"].count()))
    return [line.text() for line in lines if (line.checkState() is Qt.CheckState.Checked) is is_ticked]


def tick(dialog: DataForm, *areas: str) -> None:
    """Tick these areas, and no others."""
    for line in map(dialog["areas"].item, range(dialog["areas"].count())):
        line.setCheckState(Qt.CheckState.Checked if line.text() in areas else Qt.CheckState.Unchecked)


def choose(window: Window, page: ExportsPage, *areas: str) -> DataForm:
    dialog = dialog_of(window, page)
    tick(dialog, *areas)
    dialog.do.click()
    return dialog


def drafted(page: ExportsPage) -> NoticeOfDecision:
    value = page.ready.source.value
    assert isinstance(value, NoticeOfDecision)
    return value


def test_a_notice_of_two_areas_holds_theirs_alone_and_says_so_and_no_other_paper_is_of_several(
    opened: Window, page: ExportsPage
) -> None:
    dialog = choose(opened, page, "Dudley")
    assert TOO_FEW in dialog.problem.text()
    dialog.reject()
    choose(opened, page, "Dudley", WOLVERHAMPTON)

    assert {line.area for line in drafted(page).allocations} == {"Dudley", WOLVERHAMPTON}
    assert drafted(page).subject.endswith("Dudley and Wolverhampton")
    assert page.choices.options.lists["area"].currentText() == "Dudley and Wolverhampton"
    assert page.summary.text().endswith("Dudley and Wolverhampton.")
    again = dialog_of(opened, page)
    assert set(ticked(again)) == {"Dudley", WOLVERHAMPTON}
    again.reject()

    page.choices.list.choose("schedule")
    assert page.choices.options.buttons["several"].isHidden()
    assert page.choices.options.lists["area"].currentText() == "All areas"
    assert page.summary.text().endswith("all areas.")

    page.choices.list.choose("notice")
    choose(opened, page, "Dudley", WOLVERHAMPTON)
    again = dialog_of(opened, page)
    tick(again, *ticked(again, is_ticked=False), *ticked(again))
    again.do.click()
    assert page.choices.options.lists["area"].currentText() == "All areas"
    assert len({line.area for line in drafted(page).allocations}) > 2, "all that have an award"
