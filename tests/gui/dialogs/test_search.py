"""Search or command: what it finds, for whom, and what it does."""

import shutil
from pathlib import Path

import pytest
from msgspec import json
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import resources
from gui.access.identity import identity_of
from gui.app import Window
from gui.help import search_controller
from gui.help.search_controller import SearchDialog
from gui.help.searching import Deed, Found
from gui.listed.page import ListedPage
from gui.pages.page import Identity
from gui.pages.papers.exports.page import ExportsPage
from gui.shell.page_list import PAGES, is_hidden
from models.operation import Actor
from models.operations.applications.corrections import CorrectApplication, changes_between
from models.operations.panel.members import Declare
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetUpOffice
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.applications import applications
from models.queries.applications.reading import Passage, findable, passages
from models.record import Opener, Record
from models.role import Role
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.entitled import OFFICER
from tests.gui.announcing import hear
from tests.gui.builders import whole_round, without_nair
from tests.gui.pressing import box_of, page_of

CTRL = Qt.KeyboardModifier.ControlModifier


def searching(window: Window, qtbot: QtBot) -> SearchDialog:
    qtbot.keyClick(window.main, Qt.Key.Key_K, CTRL)
    return box_of(window, SearchDialog)


def found(dialog: SearchDialog, group: str) -> list[str]:
    return [one.words for one in dialog.shown() if one.group == group]


def made(words: str, why: str = "") -> Found:
    return Found("Page", "file", words, list, why=why)


def test_an_application_is_found_and_gone_to_and_who_does_not_see_the_list_hears_what_is_found(
    opened: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    dialog = searching(opened, qtbot)
    qtbot.keyClicks(dialog.typed, "larder")

    assert found(dialog, "Application") == ["W-009  Low Hill Community Larder"]
    went: list[tuple[str, str]] = []
    opened.main.tools.went.connect(lambda key, reference: went.append((key, reference)))
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert [reference for _, reference in went] == ["W-009"]
    assert opened.controller.dialog is None

    heard = hear(monkeypatch, search_controller)
    monkeypatch.setattr(search_controller, "TYPED_OUT_MS", 0)
    dialog = searching(opened, qtbot)
    dialog.take((made("Zebra crossing"), made("Zebra finch", "It is not open yet")))
    qtbot.keyClicks(dialog.typed, "zebra")
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Down)
    assert heard == ["2 found. Zebra crossing, Page", "Zebra finch, Page, not now: It is not open yet"]


def test_a_member_who_has_not_declared_finds_no_application(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "undeclared.panel"
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(SetUpOffice("Office of Westmarch", ()), Actor("Priya Nair"))
        record.perform(LoadRound(without_nair(whole_round())), Actor("Priya Nair"))
    window.controller.open(path)
    dialog = searching(window, qtbot)
    qtbot.keyClicks(dialog.typed, "larder")

    assert window.main.tools.identity.member == "NAIR"
    assert found(dialog, "Application") == []


def test_an_action_that_waits_says_for_what_and_is_not_done(window: Window, qtbot: QtBot) -> None:
    dialog = searching(window, qtbot)
    qtbot.keyClicks(dialog.typed, "export sched")

    assert dialog.says.text() == "Open a record first."
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert window.controller.dialog is dialog


def write(path: Path, **texts: str) -> None:
    """Have texts of W-009 put down as somebody types them from its form."""
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        row = next(one for one in record.ask(applications, 1) if one.reference == "W-009")
        changes = changes_between(row, replace(row, **texts), ())
        record.perform(CorrectApplication(1, "W-009", changes, "typed from the form"), OFFICER)


DONE_NOW = (
    ("officer", "add a member", "panel", "Add a member"),
    ("officer", "issue a pack", "packs", ""),
    ("officer", "record a declaration", "panel", ""),
    ("officer", "close the round", "budget", "Close the round “Round 2”?"),
    ("officer", "change the pot", "criteria", ""),
    ("officer", "change a mark", "meeting", ""),
    ("officer", "withhold the name", "awards", ""),
    ("officer", "reopen a round", "budget", ""),
    ("officer", "erase old applications", "retention", ""),
    ("officer", "new round", "criteria", "Start a round"),
    ("chair", "hand in", "scoring", "Hand in"),
    ("chair", "sign the recommendations", "decisions", "Sign recommendations"),
    ("member", "declare", "panel", "Declare interests"),
    ("decider", "declare", "panel", "Declare interests"),
    ("commander", "conflict", "panel", "Declare interests"),
    ("commander", "withdraw", "decisions", ""),
    ("decider", "take back", "decisions", ""),
    ("decider", "send back", "decisions", ""),
    ("decider", "correct", "decisions", ""),
)


def test_what_can_be_done_now_is_done_from_wherever_one_is(
    window: Window, made_sample: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.controller.open(Path(shutil.copy(made_sample, tmp_path / "sample.panel")))
    for role, typed, page, title in DONE_NOW:
        window.main.tools.go("overview")
        people = [part for part in window.controller.rounds.parts if part.role == role]
        window.main.tools.use_as(identity_of(people[0]) if people else Identity("Grace Okoro", role))
        dialog = searching(window, qtbot)
        dialog.typed.setText(typed)
        first = dialog.shown()[0]
        dialog.leave()
        first.do()
        assert (first.group, window.main.pages.key) == ("Action", page), typed
        form = window.controller.dialog
        assert (form.windowTitle() if form is not None else "") == title, typed
        window.main.tools.dialogs.drop()


def test_the_step_that_the_header_offers_is_found_and_taken(
    window: Window, made_sample: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.controller.open(Path(shutil.copy(made_sample, tmp_path / "sample.panel")))
    (chair,) = [part for part in window.controller.rounds.parts if part.role == "chair"]
    window.main.tools.use_as(identity_of(chair))
    qtbot.waitUntil(lambda: bool(window.main.header.next.text()))
    window.main.tools.dialogs.drop()
    dialog = searching(window, qtbot)
    dialog.typed.setText("close deciding")
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)

    form = window.controller.dialog
    assert form is not None
    assert form.windowTitle() == "Close deciding"


def test_what_is_called_by_its_row_is_found_by_words_that_ship() -> None:
    deeds = json.decode(resources.text("window/deeds.json"), type=list[Deed])
    shipped = {(deed.page, deed.kind) for deed in deeds}
    pages = {entry.key: entry.load() for entry in PAGES}
    called = {
        (key, act.kind)
        for key, page in pages.items()
        if isinstance(page, ListedPage)
        for act in page.every_act
        if act.kind and not isinstance(act.words, str)
    }

    assert called - shipped == set()
    assert {deed.page for deed in deeds} <= pages.keys()


def test_a_page_is_found_first_by_its_name(opened: Window, qtbot: QtBot) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    dialog = searching(opened, qtbot)
    first = dict[str, tuple[str, str]]()
    for name in (entry.words for entry in PAGES if not is_hidden(entry, opened.main.tools.identity)):
        for typed in (name, name.split(" & ")[0]):
            dialog.typed.setText(typed)
            first[typed] = dialog.shown()[0].group, dialog.shown()[0].words

    assert {group for group, _ in first.values()} == {"Page"}
    assert all(page.startswith(typed) for typed, (_, page) in first.items())
    dialog.leave()
    for role in ("officer", "chair", "commander", "decider", "finance"):
        opened.main.tools.use_as(Identity("Grace Okoro", role))
        dialog = searching(opened, qtbot)
        dialog.typed.setText("exports")  # what Papers was called
        assert (dialog.shown()[0].group, dialog.shown()[0].words) == ("Page", "Papers"), role
        dialog.leave()


def test_a_paper_is_found_by_its_name_by_whom_it_is_offered(opened: Window, qtbot: QtBot) -> None:
    for role, first in (("officer", "Paper"), ("finance", "Paper"), ("decider", "Help")):
        opened.main.tools.use_as(Identity("Grace Okoro", role))
        dialog = searching(opened, qtbot)
        dialog.typed.setText("issue the award schedule")
        assert dialog.shown()[0].group == first, role
        dialog.leave()
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    dialog = searching(opened, qtbot)
    dialog.typed.setText("print the panel book")
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)

    assert opened.main.pages.key == "exports"
    page = page_of(opened, ExportsPage)
    assert page.choices.list.current == "panel-book"


def test_an_application_and_what_applicants_wrote_are_found_where_it_is_open(record_path: Path) -> None:
    """The first text with all the words is told; a declared conflict closes it, as it closes the rest."""
    write(record_path, need="Frost " * 20 + "The boiler at Low Hill fails in winter", summary="Warm meals")

    def held(viewer: Viewer, typed: str) -> tuple[Passage, ...]:
        return record.ask(passages, round_id=1, viewer=viewer, typed=typed)

    with Record.open(record_path, Opener("Priya Nair", "tests")) as record:
        (one,) = held(OFFICE_VIEWER, "boil hill")
        assert held(OFFICE_VIEWER, "boil unicorn") == ()
        row = InterestRow("NAIR", "W-009", InterestKind.PECUNIARY)
        record.perform(Declare(1, "NAIR", (row,)), Actor("Priya Nair", "chair"))
        assert held(Viewer("Priya Nair"), "boil hill") == ()
        seen = record.ask(lambda session: findable(session, 1, Viewer("", Role.CHAIR, "NAIR")))
        by_name = record.ask(lambda session: findable(session, 1, Viewer("Priya Nair", Role.OFFICER)))
        everything = record.ask(lambda session: findable(session, 1, OFFICE_VIEWER))

    assert {one.reference for one in everything} - {one.reference for one in seen} == {"W-009"}
    assert by_name == seen
    assert (one.reference, one.heading) == ("W-009", "The need")
    assert one.words == "… Frost The boiler at Low Hill fails in winter", "what was found is in sight"
