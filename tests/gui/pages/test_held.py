"""All that is held on a person is asked for by name; of several of one name one is chosen first."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from gui.dialogs.files import FileDialogs
from gui.pages.applications.organisations import PAGE as ORGANISATIONS
from gui.pages.held import _choose
from gui.pages.retention import PAGE as RETENTION
from models.queries.retention.people_named import PersonMeant
from tests.gui.listed.page_user import Uses


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the workbook goes."""
    path = tmp_path / "held.xlsx"
    monkeypatch.setattr(FileDialogs, "save", lambda *_: path)
    return path


def sheets(path: Path) -> set[str]:
    return set(CalamineWorkbook.from_path(str(path)).sheet_names)


def test_a_person_is_looked_up_and_written_and_of_several_one_is_chosen(at: Uses, written: Path) -> None:
    user = at(RETENTION).press("All held on a person…").agree()
    assert user.faults, "a name is asked for"
    user.fill(who="Nobody Atall").agree()
    assert "Nobody called “Nobody Atall” is in this record" in user.form.problem.text()
    user.fill(who="Dan Decides").agree()
    assert not user.has_form
    assert {"People", "Named in", "Journal"} <= sheets(written)
    written.unlink()

    contact = PersonMeant("contact:1:", "Dan Decides", "contact of a club", organisation=1)
    user.view.doing.do(
        _choose("Dan Decides", (contact, PersonMeant("office", "Dan Decides", "of the office")))
    )
    user.form["which"].setCurrentIndex(1)
    user.agree()
    assert written.exists()


def test_all_that_is_held_on_an_organisation_is_written_where_it_is_listed(at: Uses, written: Path) -> None:
    at(ORGANISATIONS).press("Export all held…")
    assert {"Organisations", "Applications"} <= sheets(written)
