"""All that is held on a person is asked for by name; of several of one name one is chosen first."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from gui.app import Window
from gui.dialogs.files import FileDialogs
from gui.pages.applications.organisations.page import OrganisationsPage
from gui.pages.page import Identity
from gui.pages.retention.dialogs import PersonDialog, WhichPersonDialog
from gui.pages.retention.page import RetentionPage
from models.queries.retention.people_named import PersonMeant
from tests.gui.deciding import make_decided

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def written(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the workbook goes, in a window for an officer on a decided round."""
    path = tmp_path / "held.xlsx"
    monkeypatch.setattr(FileDialogs, "save", lambda *_: path)
    window.controller.open(make_decided(tmp_path / "office.panel"))
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    return path


def sheets(path: Path) -> list[str]:
    return CalamineWorkbook.from_path(str(path)).sheet_names


def test_a_person_is_looked_up_and_written(window: Window, written: Path) -> None:
    window.main.tools.go("retention")
    page = window.main.pages.current
    assert isinstance(page, RetentionPage)
    page.person.click()
    box = window.controller.dialog
    assert isinstance(box, PersonDialog)
    box.do.click()
    assert box.problem.text(), "a name is asked for"
    box.who.setText("Nobody Atall")
    box.do.click()
    assert "Nobody called “Nobody Atall” is in this record" in box.problem.text()
    assert box.isVisible()
    box.who.setText("Dan Decides")

    box.do.click()

    assert not box.isVisible()
    assert {"People", "Named in", "Journal"} <= set(sheets(written))


def test_of_several_people_one_is_chosen(window: Window, written: Path) -> None:
    window.main.tools.go("retention")
    page = window.main.pages.current
    assert isinstance(page, RetentionPage)
    name = "Dan Decides"
    box = PersonDialog(window.look, window.main)
    contact = PersonMeant("contact:1:", name, "contact of a club", organisation=1)

    page.controller.held._choose(box, name, (contact, PersonMeant("office", name, "of the office")))

    which = window.controller.dialog
    assert isinstance(which, WhichPersonDialog)
    which.which.setCurrentIndex(1)
    which.do.click()
    assert written.exists()


def test_all_that_is_held_on_an_organisation_is_written_where_it_is_listed(
    window: Window, written: Path
) -> None:
    window.main.tools.go("organisations")
    page = window.main.pages.current
    assert isinstance(page, OrganisationsPage)

    page.export.click()

    assert {"Organisations", "Applications"} <= set(sheets(written))
