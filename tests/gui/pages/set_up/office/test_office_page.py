"""The page Office shows what holds today and what is to come, and changes several facts at once."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.set_up.office.facts_form import FactsForm
from gui.pages.set_up.office.page import OfficePage
from gui.tables.line_view import LineView
from gui.widgets.speech.reading import parts_of
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.papers.office import PEOPLE, THE_OFFICE, WORDS


@pytest.fixture
def page(opened: Window) -> OfficePage:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.main.tools.go("office")
    found = opened.main.pages.page("office")
    assert isinstance(found, OfficePage)
    return found


def asked(opened: Window) -> FactsForm:
    form = opened.controller.dialog
    assert isinstance(form, FactsForm)
    return form


def shown(page: OfficePage, group: str, key: str) -> str:
    return page.cards[group].values[key].text()


def test_facts_of_a_group_are_changed_together_and_undone(opened: Window, page: OfficePage) -> None:
    page.cards[THE_OFFICE].change.click()
    form = asked(opened)
    form.lines["force"].setText("Westmarch Constabulary")  # type: ignore[union-attr]
    form.lines["area_label"].setText("Local policing area")  # type: ignore[union-attr]
    form.do.click()

    assert shown(page, THE_OFFICE, "force") == "Westmarch Constabulary"
    assert shown(page, THE_OFFICE, "area_label") == "Local policing area"
    opened.workspace.undo_stack.undo()
    assert shown(page, THE_OFFICE, "force") == "–"


def test_what_is_set_is_read_by_the_keys_without_opening_a_dialog(opened: Window, page: OfficePage) -> None:
    opened.workspace.perform(SetOfficeFacts((FactChange("force", "Westmarch Constabulary"),)))
    opened.main.tools.go("overview")
    opened.main.tools.go("office")

    assert page.sheet.hasFocus()
    assert page.panes()[0] is page.sheet
    heard = [words for _, words in parts_of(page.sheet.widget())]
    assert "Police force, Westmarch Constabulary" in heard
    for group, card in page.cards.items():
        assert all(any(value.text()[:20] in words for words in heard) for value in card.values.values()), (
            group
        )


def test_what_is_wrong_is_said_at_its_field_and_changes_nothing(opened: Window, page: OfficePage) -> None:
    page.cards[THE_OFFICE].change.click()
    form = asked(opened)
    form.lines["email"].setText("nobody")  # type: ignore[union-attr]
    address = form.lines["address"]
    address.setPlainText("1 Fictional Way\nOldcastle\nZZ1 1ZZ")  # type: ignore[union-attr]
    assert not address.verticalScrollBar().maximum(), "an address is in sight whole"  # type: ignore[union-attr]
    form.do.click()

    assert form.isVisible()
    assert form.problem.text().startswith("“nobody” is not an e-mail address.")
    assert shown(page, THE_OFFICE, "email") == "–"


def test_what_holds_from_a_later_day_stands_beneath(opened: Window, page: OfficePage) -> None:
    opened.workspace.perform(SetOfficeFacts((FactChange("commissioner_name", "Ann Example"),)))
    page.cards[PEOPLE].change.click()
    form = asked(opened)
    form.lines["commissioner_name"].setText("Bo Sample")  # type: ignore[union-attr]
    form.from_on.setText("2 May 2199")
    form.do.click()
    assert form.problem.text().startswith("2 May 2199 is more than five years from today")
    form.do.click()

    assert shown(page, PEOPLE, "commissioner_name") == "Ann Example\nFrom 2 May 2199: Bo Sample"


def test_words_of_several_lines_have_a_box_and_nothing_changed_does_nothing(
    opened: Window, page: OfficePage
) -> None:
    page.cards[WORDS].change.click()
    form = asked(opened)
    form.do.click()
    assert not opened.workspace.undo_stack.canUndo()

    page.cards[WORDS].change.click()
    form = asked(opened)
    form.lines["complaints"].setPlainText("Write to us.\nWe answer.")  # type: ignore[union-attr]
    form.do.click()
    assert shown(page, WORDS, "complaints") == "Write to us.\nWe answer."


def test_a_logo_is_chosen_and_removed(
    opened: Window, page: OfficePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (60, 20), "navy").save(tmp_path / "logo.png")
    monkeypatch.setattr(opened.main.tools.dialogs.files, "open", lambda *asked: tmp_path / "logo.png")

    page.choose_logo.click()

    picture = page.cards[THE_OFFICE].logo
    assert picture.isVisible()
    page.remove_logo.click()
    assert not picture.isVisible()
    assert not page.remove_logo.isEnabled()


def test_without_a_name_the_page_says_what_waits_for_it(opened: Window, page: OfficePage) -> None:
    assert not page.nameless.isVisible()

    opened.workspace.perform(SetOfficeFacts((FactChange("name", "", date(2000, 1, 1)),)))

    assert page.nameless.isVisible()


def test_who_may_not_change_it_reads_it(opened: Window, page: OfficePage, qtbot: QtBot) -> None:
    opened.main.tools.use_as(Identity("Finn Pays", "finance"))
    page.refresh()

    assert not page.cards[THE_OFFICE].change.isEnabled()


def test_pages_call_an_area_by_the_offices_own_word(opened: Window, page: OfficePage) -> None:
    opened.main.tools.go("applications")
    table = opened.main.pages.page("applications").findChild(LineView)  # type: ignore[union-attr]
    assert table is not None

    opened.workspace.perform(SetOfficeFacts((FactChange("area_label", "Basic command unit"),)))

    model, across = table.model(), Qt.Orientation.Horizontal
    heads = [model.headerData(n, across) for n in range(model.columnCount())]
    said = Qt.ItemDataRole.AccessibleTextRole
    assert "Basic command unit" in [model.headerData(n, across, said) for n in range(model.columnCount())]
    assert {"Basic command unit", "Unit"} & set(heads), "all of it, or its last word"
    assert "Area" not in heads
    assert opened.main.header.area.text().startswith("All basi")
    opened.workspace.undo_stack.undo()
    assert opened.main.header.area.text() == "All areas"
