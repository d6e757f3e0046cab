"""The page Office shows first what papers lack, then a part at a time, and changes several facts at once."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.narrowing import StatePills
from gui.pages.page import Identity
from gui.pages.set_up.office import NAMELESS, NEEDED, NONE_FOUND, PAGE
from gui.tables.line_view import LineView
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
from tests.gui.listed.page_user import PageUser, Uses

MOST_AT_FIRST = 15


def on_show(user: PageUser) -> list[str]:
    return [fact.key for fact in user.view.table.rows]


def part(user: PageUser, words: str) -> PageUser:
    """Go to a part of the office."""
    pills: StatePills = user.view.narrowing
    pills.choose(words)
    return user


def part_on_show(user: PageUser) -> str:
    return next(str(pill.value) for pill in user.view.narrowing.pills if pill.isChecked())


def said(user: PageUser, key: str) -> str:
    return next(fact.says for fact in user.view.table.rows if fact.key == key)


@pytest.fixture
def user(at: Uses, record_path: Path) -> PageUser:
    return at(PAGE, on=record_path)


def test_what_papers_lack_comes_first_and_names_its_papers(user: PageUser) -> None:
    lacking = on_show(user)
    assert part_on_show(user) == NEEDED
    assert set(lacking) >= {"address", "commissioner_name", "privacy"}
    assert "name" not in lacking, "it has one"
    assert len(lacking) <= MOST_AT_FIRST
    assert user.pick("address").row.lacking == "Every paper"
    assert user.pick("interests_statement").row.lacking == "Panel book, Moderation record and minutes"

    user.press("Fill in…")
    assert list(user.form.fields) == [*lacking, "from_on"]
    user.fill(privacy="We keep it safe.").agree()

    assert on_show(user) == [key for key in lacking if key != "privacy"]


def test_nothing_is_to_fill_in_once_papers_lack_nothing(user: PageUser) -> None:
    user.press("Fill in…")
    for key in list(user.form.fields)[:-1]:
        text = {"telephone": "01905 555 0100", "email": "grants@office.example"}.get(key, "Ann Example")
        user.fill(**{key: text})
    user.agree()

    assert part_on_show(user) == THE_OFFICE
    offered = [str(pill.value) for pill in user.view.narrowing.pills if pill.isVisibleTo(user.view)]
    assert offered == list(GROUPS)
    assert len(on_show(user)) <= MOST_AT_FIRST
    user.undo()
    assert user.view.narrowing.pills[1].isVisibleTo(user.view)


def test_an_office_that_said_nothing_lacks_no_more_than_is_seen_at_once() -> None:
    needed = [key.key for key in OFFICE_KEYS if papers_that_need(key.key)]

    assert len(needed) <= MOST_AT_FIRST
    assert {"name", "contact_name", "finance_officer_name", "complaints"} <= set(needed)
    assert not {key for key in needed if key.startswith("signatory_") or key.endswith("_post")}


def test_words_that_are_typed_leave_the_facts_called_so(user: PageUser, qtbot: QtBot) -> None:
    assert on_show(user.find("telephone")) == ["telephone"]
    user.press("Fill in…")
    assert list(user.form.fields) == ["telephone", "from_on"]
    user.tools.dialogs.drop()

    assert on_show(user.find("words priv")) == ["privacy"], "a word of the part, one of the fact"
    assert on_show(user.find("logo")) == ["logo"]
    assert {"Choose a logo…", "(Remove the logo)"} <= set(user.offered)
    assert "Change…" not in user.offered, "a logo is not typed"
    assert NONE_FOUND in user.find("zebra").spoken()
    qtbot.keyClick(user.view.narrowing.typed, Qt.Key.Key_Escape)
    assert len(on_show(user)) > 1


def test_the_search_of_the_window_leads_to_a_fact_in_its_part(user: PageUser) -> None:
    for key in ("telephone", "signatory_minutes", "privacy", "spending_over"):
        user.find("logo").open(key)
        assert user.row.key == key
        assert part_on_show(user) == BY_KEY[key].group


def test_facts_of_a_group_are_changed_together_and_undone(user: PageUser) -> None:
    part(user, THE_OFFICE).pick("force").press("Change…")
    assert user.form.focusWidget() is user.form["force"], "it begins with the fact at hand"
    user.fill(force="Westmarch Constabulary", area_label="Local policing area").agree()

    assert said(user, "force") == "Westmarch Constabulary"
    assert said(user, "area_label") == "Local policing area"
    assert "Police force, Westmarch Constabulary" in user.spoken()
    assert said(user.undo(), "force") == "–"


def test_what_is_wrong_is_said_at_its_field_and_changes_nothing(user: PageUser) -> None:
    part(user, THE_OFFICE).press("Change…").fill(
        email="nobody", address="1 Fictional Way\nOldcastle\nZZ1 1ZZ"
    )
    assert not user.form["address"].verticalScrollBar().maximum(), "an address is in sight whole"
    user.agree()

    assert user.faults.startswith("“nobody” is not an e-mail address.")
    assert said(user, "email") == "–"


def test_what_holds_from_a_later_day_stands_beneath(user: PageUser) -> None:
    user.workspace.perform(SetOfficeFacts((FactChange("commissioner_name", "Ann Example"),)))
    part(user, PEOPLE).press("Change…").fill(commissioner_name="Bo Sample", from_on="2 May 2199").agree()
    assert user.faults.startswith("2 May 2199 is more than five years from today")
    user.agree().pick("commissioner_name")

    assert user.row.says == "Ann Example"
    assert "Ann Example, From 2 May 2199: Bo Sample" in user.spoken()


def test_words_of_several_lines_have_a_box_and_nothing_changed_does_nothing(user: PageUser) -> None:
    part(user, WORDS).press("Change…").agree()
    assert not user.workspace.undo_stack.canUndo()

    user.press("Change…").fill(complaints="Write to us.\nWe answer.").agree().pick("complaints")
    assert user.row.says == "Write to us.\nWe answer."
    beside = [label.text() for label in user.view.detail.findChildren(QLabel)]
    assert user.row.says in beside, "beside the list it is whole"


def test_a_logo_is_chosen_and_removed(
    user: PageUser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (60, 20), "navy").save(tmp_path / "logo.png")
    monkeypatch.setattr(user.tools.dialogs.files, "open", lambda *asked: tmp_path / "logo.png")

    part(user, THE_OFFICE).pick("logo").press("Choose a logo…")

    assert said(user, "logo") == "A picture"
    assert any(not label.pixmap().isNull() for label in user.view.detail.findChildren(QLabel))
    user.press("Remove the logo")
    assert said(user, "logo") == "–"
    assert "(Remove the logo)" in user.offered


def test_without_a_name_the_page_says_what_waits_for_it(user: PageUser) -> None:
    assert NAMELESS not in user.spoken()

    user.workspace.perform(SetOfficeFacts((FactChange("name", "", date(2000, 1, 1)),)))

    assert NAMELESS in user.spoken()


def test_who_may_not_change_it_reads_it(user: PageUser) -> None:
    user.be(Identity("Finn Pays", "finance"))

    assert on_show(user)
    assert not {"Change…", "Fill in…", "Choose a logo…"} & set(user.offered)


def test_pages_call_an_area_by_the_offices_own_word(opened: Window) -> None:
    opened.main.tools.go("applications")
    table = opened.main.pages.page("applications").findChild(LineView)
    assert table is not None

    opened.workspace.perform(SetOfficeFacts((FactChange("area_label", "Basic command unit"),)))

    model, across = table.model(), Qt.Orientation.Horizontal
    heads = [model.headerData(n, across) for n in range(model.columnCount())]
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert "Basic command unit" in [model.headerData(n, across, spoken) for n in range(model.columnCount())]
    assert {"Basic command unit", "Unit"} & set(heads), "all of it, or its last word"
    assert "Area" not in heads
    assert opened.main.header.area.currentText().startswith("All basi")
    opened.workspace.undo_stack.undo()
    assert opened.main.header.area.currentText() == "All areas"
