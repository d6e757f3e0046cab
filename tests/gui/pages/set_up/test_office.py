"""The page Office shows first what papers lack, then a part at a time, and changes several facts at once."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.set_up.office import NEEDED, OfficePage
from gui.tables.line_view import LineView
from gui.theme.look import look
from gui.widgets.label import Label
from gui.widgets.pill import Pill
from gui.widgets.speech.reading import parts_of
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.papers.office import (
    BY_KEY,
    GROUPS,
    OFFICE_KEYS,
    PEOPLE,
    THE_OFFICE,
    WORDS,
    papers_that_need,
)

MOST_AT_FIRST = 15


@pytest.fixture
def page(opened: Window) -> OfficePage:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.main.tools.go("office")
    found = opened.main.pages.page("office")
    assert isinstance(found, OfficePage)
    return found


def asked(opened: Window) -> DataForm:
    form = opened.controller.dialog
    assert isinstance(form, DataForm)
    return form


def shown(page: OfficePage, group: str, key: str) -> str:
    return page.cards[group].values[key].text()


def change(page: OfficePage, group: str) -> None:
    """Go to a part, and press its button."""
    page.tabs.choose(list(page.cards).index(group))
    page.cards[group].change.click()


def on_show(page: OfficePage) -> list[str]:
    """Return the facts in sight, by the keys of what is said of them."""
    cards = page.cards.values()
    return [key for card in cards for key, value in card.values.items() if value.isVisible()]


def test_what_papers_lack_comes_first_and_names_its_papers(opened: Window, page: OfficePage) -> None:
    lacking = on_show(page)
    assert page.tabs.current == 0
    assert set(lacking) >= {"address", "commissioner_name", "privacy"}
    assert "name" not in lacking, "it has one"
    assert len(lacking) <= MOST_AT_FIRST
    assert shown(page, NEEDED, "address") == "Every paper"
    assert shown(page, NEEDED, "interests_statement") == "Panel book, Moderation record and minutes"

    page.cards[NEEDED].change.click()
    form = asked(opened)
    assert list(form.fields) == [*lacking, "from_on"]
    form["privacy"].setPlainText("We keep it safe.")
    form.do.click()

    assert on_show(page) == [key for key in lacking if key != "privacy"]


def test_nothing_is_to_fill_in_once_papers_lack_nothing(opened: Window, page: OfficePage) -> None:
    values = dict.fromkeys(on_show(page), "01905 555 0100") | {"email": "grants@office.example"}
    opened.workspace.perform(SetOfficeFacts(tuple(FactChange(key, text) for key, text in values.items())))

    assert page.tabs.current == list(page.cards).index(THE_OFFICE)
    assert [one.isVisible() for one in page.tabs.findChildren(Pill)] == [False, *[True] * len(GROUPS)]
    assert len(on_show(page)) <= MOST_AT_FIRST
    opened.workspace.undo_stack.undo()
    assert page.tabs.findChildren(Pill)[0].isVisible()


def test_the_focus_goes_on_to_the_next_part_once_nothing_is_to_fill_in(
    opened: Window, page: OfficePage, qtbot: QtBot
) -> None:
    page.cards[NEEDED].change.setFocus()
    page.cards[NEEDED].change.click()
    form = asked(opened)
    for key, field in list(form.fields.items())[:-1]:
        text = {"telephone": "01905 555 0100", "email": "grants@office.example"}.get(key, "Ann Example")
        form[key].setText(text) if isinstance(field, QLineEdit) else form[key].setPlainText(text)
    form.do.click()

    qtbot.waitUntil(page.sheet.hasFocus)
    assert page.tabs.current == list(page.cards).index(THE_OFFICE)


def test_the_demo_record_shows_few_facts_at_first(window: Window, made_sample: Path, tmp_path: Path) -> None:
    window.controller.open(Path(shutil.copy(made_sample, tmp_path / "sample.panel")))
    window.main.tools.use_as(Identity("Imogen Fairweather", "officer"))
    window.main.tools.go("office")
    found = window.main.pages.page("office")

    assert isinstance(found, OfficePage)
    assert 0 < len(on_show(found)) <= MOST_AT_FIRST


def test_an_office_that_said_nothing_lacks_no_more_than_is_seen_at_once() -> None:
    needed = [key.key for key in OFFICE_KEYS if papers_that_need(key.key)]

    assert len(needed) <= MOST_AT_FIRST
    assert {"name", "contact_name", "finance_officer_name", "complaints"} <= set(needed)
    assert not {key for key in needed if key.startswith("signatory_") or key.endswith("_post")}


def test_words_that_are_typed_leave_the_facts_called_so(
    opened: Window, page: OfficePage, qtbot: QtBot
) -> None:
    page.find_words()
    assert page.words.hasFocus()

    qtbot.keyClicks(page.words, "telephone")
    assert on_show(page) == ["telephone"]
    assert not page.tabs.isVisible()
    page.cards[THE_OFFICE].change.click()
    assert list(asked(opened).fields) == ["telephone", "from_on"]
    asked(opened).reject()

    page.words.setText("words priv")
    assert on_show(page) == ["privacy"], "a word of the part, one of the fact"
    page.words.setText("logo")
    assert on_show(page) == ["logo"]
    assert page.choose_logo.isVisible()
    assert not page.cards[THE_OFFICE].change.isVisible(), "a logo is not typed"
    page.words.setText("zebra")
    assert on_show(page) == []
    assert page.none_found.isVisible()
    qtbot.keyClick(page.words, Qt.Key.Key_Escape)
    assert page.tabs.isVisible()
    assert not page.none_found.isVisible()


@pytest.mark.parametrize("key", ["telephone", "signatory_minutes", "privacy", "spending_over"])
def test_the_search_of_the_window_leads_to_the_part_of_a_fact(
    opened: Window, page: OfficePage, key: str
) -> None:
    page.words.setText("logo")

    opened.main.tools.go("office", key)

    group = BY_KEY[key].group
    assert key in on_show(page)
    assert [name for name, card in page.cards.items() if card.isVisible()] == [group]
    assert page.cards[group].change.hasFocus()


@pytest.mark.parametrize("percent", [100, 200])
def test_no_part_is_cut_in_a_narrow_window(opened: Window, page: OfficePage, percent: int) -> None:
    opened.main.resize(860, 640)
    look.set_percent(percent)
    for number in range(len(page.cards)):
        page.tabs.choose(number)
        QApplication.processEvents()

        area = page.sheet.viewport().width()
        assert all(pill.width() >= pill.sizeHint().width() for pill in page.tabs.findChildren(Pill))
        assert all(
            value.mapTo(page.sheet.viewport(), value.rect().bottomRight()).x() <= area
            and value.height() >= value.heightForWidth(value.width())
            for card in page.cards.values()
            for value in (*card.values.values(), *card.names.values(), card.change)
            if value.isVisible() and isinstance(value, Label)
        )


def test_facts_of_a_group_are_changed_together_and_undone(opened: Window, page: OfficePage) -> None:
    change(page, THE_OFFICE)
    form = asked(opened)
    form["force"].setText("Westmarch Constabulary")
    form["area_label"].setText("Local policing area")
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
    for number, (group, card) in enumerate(page.cards.items()):
        page.tabs.choose(number)
        heard = [words for _, words in parts_of(page.sheet.widget())]
        said = [card.values[key.key].text()[:20] for key in card.shown]
        assert said
        assert all(any(value in words for words in heard) for value in said), group
        assert ("Police force, Westmarch Constabulary" in heard) is (group == THE_OFFICE)


def test_what_is_wrong_is_said_at_its_field_and_changes_nothing(opened: Window, page: OfficePage) -> None:
    change(page, THE_OFFICE)
    form = asked(opened)
    form["email"].setText("nobody")
    address = form["address"]
    address.setPlainText("1 Fictional Way\nOldcastle\nZZ1 1ZZ")
    assert not address.verticalScrollBar().maximum(), "an address is in sight whole"
    form.do.click()

    assert form.isVisible()
    assert form.problem.text().startswith("“nobody” is not an e-mail address.")
    assert shown(page, THE_OFFICE, "email") == "–"


def test_what_holds_from_a_later_day_stands_beneath(opened: Window, page: OfficePage) -> None:
    opened.workspace.perform(SetOfficeFacts((FactChange("commissioner_name", "Ann Example"),)))
    change(page, PEOPLE)
    form = asked(opened)
    form["commissioner_name"].setText("Bo Sample")
    form["from_on"].setText("2 May 2199")
    form.do.click()
    assert form.problem.text().startswith("2 May 2199 is more than five years from today")
    form.do.click()

    assert shown(page, PEOPLE, "commissioner_name") == "Ann Example\nFrom 2 May 2199: Bo Sample"


def test_words_of_several_lines_have_a_box_and_nothing_changed_does_nothing(
    opened: Window, page: OfficePage
) -> None:
    change(page, WORDS)
    form = asked(opened)
    form.do.click()
    assert not opened.workspace.undo_stack.canUndo()

    change(page, WORDS)
    form = asked(opened)
    form["complaints"].setPlainText("Write to us.\nWe answer.")
    form.do.click()
    assert shown(page, WORDS, "complaints") == "Write to us.\nWe answer."


def test_a_logo_is_chosen_and_removed(
    opened: Window, page: OfficePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (60, 20), "navy").save(tmp_path / "logo.png")
    monkeypatch.setattr(opened.main.tools.dialogs.files, "open", lambda *asked: tmp_path / "logo.png")

    page.tabs.choose(list(page.cards).index(THE_OFFICE))
    page.choose_logo.click()

    picture = page.logo
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

    assert not any(card.change.isVisible() for card in page.cards.values())
    assert not page.choose_logo.isVisible()


def test_pages_call_an_area_by_the_offices_own_word(opened: Window, page: OfficePage) -> None:
    opened.main.tools.go("applications")
    table = opened.main.pages.page("applications").findChild(LineView)
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
