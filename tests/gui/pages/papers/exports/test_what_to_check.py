"""Papers and the question before an issue say what somebody has to look at before a paper goes out."""

from pathlib import Path

import pytest

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.pages.papers.exports.page import ExportsPage
from models.operations.set_up.office import SetPaperTexts
from tests.gui.deciding import at_page, make_decided
from tests.gui.pages.papers.exports.test_exports_papers import OFFICER
from tests.gui.pressing import box_of, page_of

NO_DAY = "The call names no day by which applicants hear."
NO_CLOSING = "The call names no day on which applications close."


@pytest.fixture
def shown(window: Window, tmp_path: Path) -> Window:
    return at_page(window, make_decided(tmp_path / "office.panel"), OFFICER, "exports")


@pytest.fixture
def page(shown: Window) -> ExportsPage:
    return page_of(shown, ExportsPage)


def test_what_to_look_at_stands_beside_the_paper_until_it_is_seen_to(
    page: ExportsPage, shown: Window
) -> None:
    to_check = page.choices.to_check
    page.choices.list.choose("call")

    assert to_check.isVisibleTo(page)
    assert to_check.text().startswith(NO_DAY)
    page.issue.click()
    dialog = box_of(shown, ConfirmDialog)
    assert any(words.startswith(NO_DAY) for words in dialog.words)
    dialog.reject()

    page.choices.list.choose("panel-book")
    assert not to_check.isVisibleTo(page)
    assert not to_check.text()

    page.choices.list.choose("call")
    shown.workspace.perform(SetPaperTexts(1, "call", "", (("hear_by", "18 December 2026"),)))
    assert to_check.text().startswith(NO_CLOSING), "what is seen to goes, and the next thing stays"
    assert NO_DAY not in to_check.text()
