"""A record without encryption takes in a round about victims only for a named person's reason."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.access.passphrase import Passphrase
from gui.app import Window
from gui.dialogs.reason import ReasonDialog
from gui.pages.applications.page import ApplicationsPage
from gui.pages.page import Identity
from gui.pages.set_up.starting.start_dialog import StartDialog
from models.operation import Actor
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.rounds import StartRound
from models.queries.set_up.rounds import rounds, wants_reason
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.store.upkeep import NotePlain
from models.values.rounds import AreaDates, RoundKey
from scoring.round import Area
from tests.gui.pages.applications.importing.test_import_wizard import at_check, count, written
from tests.gui.sealed_records import PASSPHRASE

OFFICER = Identity("Grace Okoro", "officer")
VICTIMS = "Victims Fund"


def office(path: Path, key: str | None = None) -> Path:
    with Record.create(path, Opener("Priya Nair", "tests"), key=key) as record:
        record.perform(SetUpOffice("Office", shipped_funds()), Actor("Priya Nair"))
    return path


def begin_round(window: Window, fund: str) -> None:
    window.main.tools.use_as(OFFICER)
    window.main.tools.go("criteria")
    page = window.main.pages.page("criteria")
    page.empty.button.click()
    box = window.controller.dialog
    assert isinstance(box, StartDialog)
    box.fund.show_value(fund)
    box.name.show_text("Round 1")
    box.areas.grid.cell(0, 0).pasted.emit("Area\tPot\nDudley\t£34,000")
    box.start.click()


def names(window: Window) -> list[str]:
    found: list[list[str]] = []
    window.workspace.ask(rounds, lambda lines: found.append([line.fund for line in lines]))
    return found[0]


@pytest.fixture
def plain(window: Window, tmp_path: Path) -> Window:
    window.controller.open(office(tmp_path / "Plain.panel"))
    return window


def reason_asked(window: Window) -> ReasonDialog:
    dialog = window.controller.dialog
    assert isinstance(dialog, ReasonDialog)
    return dialog


def test_starting_a_victims_round_asks_for_a_reason_and_keeps_who_gave_it(plain: Window) -> None:
    begin_round(plain, VICTIMS)
    dialog = reason_asked(plain)
    assert names(plain) == []
    assert "Grace Okoro, officer" in dialog.accessibleDescription()
    dialog.do.click()
    assert names(plain) == []

    dialog.reason.setPlainText("Held on the force's encrypted share.")
    dialog.do.click()

    assert names(plain) == [VICTIMS]
    assert plain.main.tools.identity.name == "Grace Okoro"


def test_without_a_reason_no_round_is_started_and_what_was_typed_stays(plain: Window, qtbot: QtBot) -> None:
    begin_round(plain, VICTIMS)
    reason_asked(plain).cancel.click()
    qtbot.waitUntil(lambda: plain.controller.dialog is not None)

    assert names(plain) == []
    back = plain.controller.dialog
    assert isinstance(back, StartDialog)
    assert back.problem.text() == "The round is not started. Everything you typed is still here."
    assert back.areas.grid.cell(0, 0).text() == "Dudley"


def test_another_fund_asks_for_nothing(plain: Window) -> None:
    begin_round(plain, "Active Citizens Fund")

    assert plain.controller.dialog is None
    assert names(plain) == ["Active Citizens Fund"]


def test_an_encrypted_record_asks_for_nothing(window: Window, tmp_path: Path) -> None:
    window.workspace.open(office(tmp_path / "PassphraseNeeded.panel", PASSPHRASE), key=Passphrase(PASSPHRASE))
    begin_round(window, VICTIMS)

    assert window.controller.dialog is None
    assert names(window) == [VICTIMS]


def test_the_reason_is_asked_once_a_round(plain: Window) -> None:
    answers: list[bool] = []
    plain.workspace.ask(lambda session: wants_reason(session, VICTIMS, "Round 1"), answers.append)
    plain.workspace.perform(NotePlain("Agreed.", "Round 1"))
    for what in ("Round 1", "Round 2"):
        plain.workspace.ask(lambda session, what=what: wants_reason(session, VICTIMS, what), answers.append)

    assert answers == [True, False, True]


def test_an_import_waits_for_the_reason_and_goes_on_with_it(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    path = office(tmp_path / "Plain.panel")
    with Record.open(path, Opener("Grace Okoro", "tests")) as record:
        key = RoundKey(VICTIMS, "2026/27", "Round 1")
        area = Area("Dudley", 3_400_000)
        record.perform(StartRound(key, (area,), 2, AreaDates()), Actor("Grace Okoro"))
    window.controller.open(path)
    window.main.tools.use_as(OFFICER)
    window.main.tools.go("applications")
    page = window.main.pages.current
    assert isinstance(page, ApplicationsPage)
    page.take_in.click()
    rows = (("Canal Scouts", "Camp fires", "Dudley", "4800", "DY1 1AA", ""),)
    at_check(page.wizard, written(tmp_path / "applications.csv", rows), qtbot)
    page.wizard.on.click()
    page.wizard.on.click()
    reason_asked(window).cancel.click()
    assert count(window) == 0
    assert page.wizard.on.isEnabled()

    page.wizard.on.click()
    reason_asked(window).reason.setPlainText("Held on an encrypted share.")
    reason_asked(window).do.click()

    assert count(window) == 1
