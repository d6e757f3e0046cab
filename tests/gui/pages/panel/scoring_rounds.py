"""Rounds whose areas are scored, for the windows, and keys pressed where the focus is."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.panel.scoring.page import ScoringPage
from models.operation import Actor, Operation
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import InterestKind
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.pressing import page_of

CHAIR, OFFICER = Identity("Priya Nair", "chair", "NAIR"), Identity("Grace Okoro", "officer")
FULL = (4, 5, 4, 4, 3, 4, 2)
OPENED = MoveAreas(1, (WOLVERHAMPTON,), "scoring")


def record_of(path: Path, rows: RoundRows, *changes: Operation) -> Path:
    """Make a record of a round at a path, which the chair changes."""
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(rows), Actor("Priya Nair"))
        for change in changes:
            record.perform(change, Actor("Priya Nair", "chair"))
    return path


def of_the_chair(**rules: Any) -> RoundRows:
    """Return a round without marks under other rules, whose one member is the chair and has declared."""
    rows = wolverhampton_round()
    return replace(
        rows,
        scheme=replace(rows.scheme, **rules),
        members=(MemberRow("NAIR", "Priya Nair", "chair"),),
        interests=(InterestRow("NAIR", None, InterestKind.NONE),),
        sheets=(),
        agreed=(),
    )


@pytest.fixture(scope="session")
def made_scoring_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record whose one area is scored: NAIR chairs, KHAN has a full draft of W-002, JO has not declared."""
    people = (
        MemberRow("NAIR", "Priya Nair", "chair"),
        MemberRow("KHAN", "Aisha Khan"),
        MemberRow("JO", "Jo Adeyemi"),
    )
    declared = (
        InterestRow("NAIR", "W-014", InterestKind.PREJUDICIAL, "on its board"),
        InterestRow("KHAN", None, InterestKind.NONE),
    )
    sheets = (SheetRow("KHAN", "W-002", False, (1, 1, 1, 1, 1, 1, 1)),)
    rows = replace(of_the_chair(), members=people, interests=declared, sheets=sheets)
    path = record_of(tmp_path_factory.mktemp("scoring") / "scoring.panel", rows, OPENED)
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        record.perform(HandIn(1, "KHAN", "W-002"), Actor("Aisha Khan", "member"))
    return path


@pytest.fixture
def scoring_file(made_scoring_record: Path, tmp_path: Path) -> Path:
    """A copy of that record."""
    return Path(shutil.copy(made_scoring_record, tmp_path / "Scoring.panel"))


def at_scoring(window: Window, path: Path, identity: Identity = CHAIR) -> ScoringPage:
    """Open a record and press Scoring in the list of pages."""
    window.controller.open(path)
    window.main.tools.use_as(identity)
    link = window.main.sidebar.link("scoring")
    link.setFocus(Qt.FocusReason.MouseFocusReason)
    QApplication.processEvents()
    QtBot.mouseClick(link, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    return page_of(window, ScoringPage)


def mark_all(window: Window, *references: str, marks: tuple[int, ...] = FULL) -> None:
    """Give the chair's marks on applications."""
    for reference in references:
        for number, mark in enumerate(marks, start=1):
            window.workspace.perform(SetMark(1, "NAIR", reference, f"A{number}", mark, None))


def press(*keys: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys where the focus is."""
    for key in keys:
        holder = QApplication.focusWidget()
        assert holder is not None
        QtBot.keyClick(holder, key, modifier)


def by_reference(page: ScoringPage, reference: str = "W-003") -> ScoringPage:
    """Go through the sheets by reference, from one of them."""
    page.head.in_order.click()
    page.show_reference(reference)
    return page
