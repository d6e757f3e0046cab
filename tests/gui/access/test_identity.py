"""Who is using the laptop: found again, asked plainly, shown always, and a barrier."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from gui.access.identity import SOMEBODY_ELSE, found_again
from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.record.runner import InlineRunner
from gui.settings import Settings
from models.operation import Actor
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.rounds import SetMarking
from models.queries.set_up.office import Part, parts
from models.record import Opener, Record
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.conftest import Opens
from tests.gui.pressing import answer_to, box_of

PARTS = (Part("Priya Nair", "chair", "NAIR"), Part("Priya Nair", "officer"), Part("Jo Adeyemi", ""))


def asked(window: Window) -> DataForm:
    window.main.actions_by_name["person"].trigger()
    return box_of(window, DataForm)


def pick(dialog: DataForm, words: str) -> None:
    people = dialog["person"]
    people.setCurrentIndex(people.findText(words))
    people.activated.emit(people.currentIndex())


def fill(dialog: DataForm, name: str, role: str) -> None:
    pick(dialog, SOMEBODY_ELSE)
    dialog["name"].setText(name)
    dialog["role"].setCurrentText(role)
    dialog["role"].activated.emit(dialog["role"].currentIndex())


def shown(dialog: DataForm) -> list[str]:
    people = dialog["person"]
    return [people.itemText(row) for row in range(1, people.count())]


@pytest.mark.parametrize(
    ("name", "role", "identity"),
    [
        ("Priya Nair", "", Identity("Priya Nair", "chair", "NAIR")),
        ("Priya Nair", "officer", Identity("Priya Nair", "officer")),
        ("Jo Adeyemi", "chair", Identity("Jo Adeyemi", "reader")),
        ("Nobody Known", "commander", Identity("Nobody Known", "reader")),
        ("Jo Adeyemi", "", Identity("Jo Adeyemi", "officer")),
        ("Nobody Known", "officer", Identity("Nobody Known", "officer")),
    ],
)
def test_a_person_acts_in_the_role_they_have_in_the_round(name: str, role: str, identity: Identity) -> None:
    assert found_again(name, role, PARTS) == identity


def test_whoever_sets_a_round_up_acts_for_the_office_until_it_has_a_chair() -> None:
    empty = (Part("Jo Adeyemi", ""), Part("Tom Hale", "member", "HALE"))

    assert found_again("Jo Adeyemi", "chair", empty) == Identity("Jo Adeyemi", "officer")
    assert found_again("Jo Adeyemi", "reader", PARTS) == Identity("Jo Adeyemi", "reader")


def test_two_members_of_one_name_stay_apart() -> None:
    twins = (Part("Ann Sample", "member", "M1"), Part("Ann Sample", "member", "M2"))

    found = found_again("Ann Sample", "member", twins, "M2")

    assert found == Identity("Ann Sample", "member", "M2", is_namesake=True)
    assert found.words == "Ann Sample (M2), member"
    assert found_again("Ann Sample", "member", twins).member == "M1"
    assert found_again("Ann Sample", "member", twins[:1]).words == "Ann Sample, member"


def test_somebody_else_gets_the_role_in_the_record(opened: Window) -> None:
    dialog = asked(opened)
    fill(dialog, "Grace Okoro", "finance")
    assert dialog.do.text() == "Continue as Grace Okoro, finance"

    dialog.do.click()

    assert opened.main.status.person.text() == "Grace Okoro, finance"
    assert "Grace Okoro, finance" in shown(asked(opened))


def test_a_note_taker_is_of_one_area_or_of_all(opened: Window) -> None:
    dialog = asked(opened)
    fill(dialog, "Noah Note", "finance")
    assert not dialog["area"].isVisibleTo(dialog), "finance has no area"
    fill(dialog, "Noah Note", "note-taker")
    assert dialog["area"].isVisibleTo(dialog)
    assert dialog["area"].currentText() == "All areas"
    dialog["area"].setCurrentText(WOLVERHAMPTON)
    dialog["area"].activated.emit(dialog["area"].currentIndex())

    dialog.do.click()

    assert opened.main.tools.identity.areas == (WOLVERHAMPTON,)
    found = answer_to(opened, partial(parts, round_id=1))
    assert [one.areas for one in found if one.name == "Noah Note"] == [(WOLVERHAMPTON,)]


def offered_menu(window: Window) -> QMenu:
    window.main.status.person.click()
    menu = window.controller.identity.menu
    assert menu.isVisible()
    return menu


def test_switching_person_is_two_acts(opened: Window, qtbot: QtBot) -> None:
    menu = offered_menu(opened)
    entries = {action.text(): action for action in menu.actions() if action.text()}
    assert list(entries) == ["Priya Nair (NAIR), chair", "Tom Hale (HALE), member", "Somebody else…"]
    assert entries["Priya Nair (NAIR), chair"].isChecked()

    place = menu.actionGeometry(entries["Tom Hale (HALE), member"]).center()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)

    assert opened.main.tools.identity == Identity("Tom Hale", "member", "HALE")
    assert opened.controller.dialog is None
    assert opened.main.toast.words == "Changes are now recorded under Tom Hale, member."

    menu = offered_menu(opened)
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert opened.main.tools.identity.name == "Priya Nair"

    menu.actions()[-1].trigger()
    dialog = box_of(opened, DataForm)
    assert dialog.focusWidget() is dialog["name"], "somebody else is asked for by name"


def test_a_change_that_ends_undo_says_so_with_the_count_before(opened: Window) -> None:
    opened.controller.rounds.choose_area(WOLVERHAMPTON)
    opened.main.tools.go("ranking")
    opened.main.ranking.record.click()
    box = box_of(opened, ConfirmDialog)
    box.do.click()
    effect = "1 earlier change can no longer be undone once somebody else continues."
    menu = offered_menu(opened)
    assert menu.actions()[0].text() == effect
    menu.actions()[0].trigger()
    assert opened.controller.dialog is None, "it is said, and leads nowhere"
    menu.close()
    for meant, words in (
        (Part("Tom Hale", "member", "HALE"), "Continue as Tom Hale, member"),
        (Part("Dee Decider", "decider"), "Continue as Dee Decider, decision-maker"),
    ):
        opened.main.tools.continue_as(meant)
        named = box_of(opened, DataForm)
        assert named.do.text() == words, "it stands on whoever was named"
        named.reject()
    dialog = asked(opened)
    assert effect in {label.text() for label in dialog.findChildren(QLabel)}
    assert opened.main.status.person.text() == "Priya Nair, chair"
    pick(dialog, "Tom Hale (HALE), member")
    dialog.do.click()
    assert opened.controller.dialog is None
    assert opened.main.status.person.text() == "Tom Hale, member"
    assert not opened.workspace.undo_stack.canUndo()


def test_the_foot_and_the_box_say_who_it_is_and_another_is_chosen(
    opened: Window, settings: Settings, qtbot: QtBot
) -> None:
    foot = opened.main.status.person
    assert foot.text() == "Priya Nair, chair"
    assert opened.main.tools.identity == Identity("Priya Nair", "chair", "NAIR")
    assert opened.workspace.session.actor.role == "chair"
    dialog = asked(opened)
    assert shown(dialog) == ["Priya Nair (NAIR), chair", "Tom Hale (HALE), member"]
    assert dialog["person"].currentText() == "Priya Nair (NAIR), chair"
    assert dialog.do.text() == "Continue as Priya Nair, chair"
    assert (dialog["name"].isVisible(), dialog["role"].isVisible()) == (False, False)
    dialog.reject()
    assert (foot.text(), settings.role) == ("Priya Nair, chair", ""), "cancel changes nobody"

    # a name one letter off is asked about and leads to the person
    dialog = asked(opened)
    pick(dialog, SOMEBODY_ELSE)
    assert (dialog["name"].isVisible(), dialog["role"].currentText()) == (True, "officer")
    fill(dialog, "Priya Nai", "officer")
    dialog.do.click()
    assert dialog.isVisible()
    assert dialog.slips[0].question.startswith("“Priya Nai” is almost “Priya Nair”")
    dialog.slips[0].use.click()
    assert (dialog["name"].text(), dialog.slips[0].is_asking) == ("Priya Nair", False)
    dialog.do.click()
    assert foot.text().startswith("Priya Nair")

    dialog = asked(opened)
    qtbot.keyClick(dialog["person"], Qt.Key.Key_Down)
    dialog.do.click()
    assert foot.text() == "Tom Hale, member"
    assert opened.main.tools.identity.member == "HALE"
    assert (settings.person, settings.role, settings.member) == ("Tom Hale", "member", "HALE")
    opened.main.tools.use_as(Identity("Dan Decides", "decider"))
    assert foot.text() == "Dan Decides, decision-maker", "by an ordinary word"


def test_what_was_done_is_no_longer_offered_to_undo_once_somebody_else_sits_here(opened: Window) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.workspace.perform(SetMarking(1, "OFFICIAL-SENSITIVE", "OFFICIAL"))
    opened.main.tools.toast("The marking is set.")
    toast = opened.main.toast
    assert toast.undo.isVisible()

    opened.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))

    assert not toast.undo.isVisible()


def test_the_computers_name_for_its_user_is_no_officer_of_a_record_of_others_which_asks_once(
    opens: Opens, settings: Settings, record_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.person = ""
    monkeypatch.setattr("gui.app.login_name", lambda: "laptop7")
    window = opens(InlineRunner(), record_path)
    assert window.main.tools.identity == Identity("laptop7", "reader")
    box_of(window, DataForm).reject()  # who it is is asked
    window.controller.rounds.choose_round(window.controller.rounds.lines[0].round_id)
    assert window.controller.dialog is None
    assert (window.main.tools.identity.role, settings.person) == ("reader", "")

    dialog = asked(window)
    fill(dialog, "Grace Okoro", "officer")
    dialog.do.click()
    assert window.main.tools.identity == Identity("Grace Okoro", "officer")
    assert (settings.person, settings.role) == ("Grace Okoro", "officer")


@pytest.mark.asks_who
def test_a_name_given_elsewhere_is_no_officer_of_a_record_of_others_until_asked(
    opens: Opens, settings: Settings, record_path: Path
) -> None:
    settings.person = "Jo Adeyemi"

    window = opens(InlineRunner(), record_path)
    dialog = box_of(window, DataForm)

    assert window.main.tools.identity == Identity("Jo Adeyemi", "reader")
    assert (dialog["name"].text(), dialog["role"].currentText()) == ("Jo Adeyemi", "officer")
    dialog.do.click()
    assert window.main.tools.identity == Identity("Jo Adeyemi", "officer")
    window.workspace.close()
    window.controller.open(record_path)
    assert window.controller.dialog is None, "the record knows them by now"
    assert window.main.tools.identity == Identity("Jo Adeyemi", "officer")


@pytest.mark.asks_who
def test_a_name_given_for_a_record_without_a_round_stays_while_it_is_open(
    opens: Opens, settings: Settings, empty_record_path: Path
) -> None:
    with Record.open(empty_record_path, Opener("Priya Nair", "tests")) as record:
        record.perform(SetUpOffice("Office of Westmarch", ()), Actor("Priya Nair"))
    settings.person = "Jo Adeyemi"
    window = opens(InlineRunner(), empty_record_path)
    dialog = box_of(window, DataForm)

    dialog.do.click()

    window.workspace.perform(SetUpOffice("Office of Eastmarch", ()))
    assert window.main.tools.identity == Identity("Jo Adeyemi", "officer")


@pytest.mark.asks_who
@pytest.mark.parametrize("person", ["Priya Nair", "Jo Adeyemi"])
def test_whom_a_record_knows_or_who_made_it_is_not_asked(
    opens: Opens, settings: Settings, record_path: Path, tmp_path: Path, person: str
) -> None:
    settings.person = person
    own = tmp_path / "own.panel"
    Record.create(own, Opener(person, "tests")).close()

    window = opens(InlineRunner(), record_path if person == "Priya Nair" else own)

    assert window.controller.dialog is None
