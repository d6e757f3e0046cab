"""An amendment that is not published yet is there again: after another round, another day, a crash."""

from pathlib import Path

import pytest

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.set_up.criteria.page import CriteriaPage
from tests.gui.pages.set_up.criteria.test_criteria import CHAIR, OFFICER, on_show, percents, stored


def reopened(window: Window, path: Path, who: Identity = CHAIR) -> CriteriaPage:
    window.workspace.close()
    window.controller.open(path)
    window.main.tools.use_as(who)
    return on_show(window)


@pytest.fixture
def amending(window: Window, record_path: Path) -> CriteriaPage:
    """The page of a published scheme that the chair is amending to 70 : 30."""
    window.controller.open(record_path)
    window.main.tools.use_as(CHAIR)
    page = on_show(window)
    page.amend.click()
    page.split.slider.setValue(70)
    return page


def test_an_amendment_is_there_again_when_the_record_is_opened(
    amending: CriteriaPage, window: Window, record_path: Path
) -> None:
    page = reopened(window, record_path)

    assert page.draft.is_amending
    assert percents(page.draft.scheme) == [22, 13, 13, 13, 9, 23, 7]
    assert percents(stored(window)) == [25, 15, 15, 15, 10, 15, 5]
    assert page.publish.text() == "Publish version 2…"


def test_only_the_chair_goes_on_with_it(amending: CriteriaPage, window: Window, record_path: Path) -> None:
    page = reopened(window, record_path, OFFICER)
    assert not page.draft.is_amending
    page.amend.click()
    told = window.main.notices.current
    assert told is not None
    assert [remedy.words for remedy in told.remedies] == [f"Continue as {CHAIR.name}, chair"]

    told.remedies[0].do()

    assert page.draft.is_amending


def test_what_is_put_back_does_not_come_again(
    amending: CriteriaPage, window: Window, record_path: Path
) -> None:
    page = reopened(window, record_path)
    page.put_back.click()

    page = reopened(window, record_path)

    assert not page.draft.is_amending
    found: list[dict[str, str]] = []
    window.workspace.ask_drafts("amendment", found.append)
    assert found == [{}]
