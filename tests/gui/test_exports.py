"""Exporting from the window: both papers, the sentence that follows, cancelling, and what is refused."""

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.export import ExportDialog
from gui.exporting import Written, write_schedule, write_schedules, written_words
from gui.runner import Cancelled, PoolRunner, Ticket
from gui.theme.tokens import Tone
from models.record import utc_now
from scoring.schedule import Settled
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.conftest import Opens

NAME = "Active Citizens Fund Round 2 2026-27 Wolverhampton award schedule"


def asked(window: Window, qtbot: QtBot) -> ExportDialog:
    window.desk.rounds.choose_area(WOLVERHAMPTON)
    qtbot.keyClick(window.main, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.desk.dialog, ExportDialog)
    return window.desk.dialog


def test_ctrl_p_writes_the_workbook_and_the_pdf_into_the_folder(
    opened: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = asked(opened, qtbot)
    assert dialog.papers.folder.text() == str(tmp_path)  # beside the record

    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)

    assert (tmp_path / f"{NAME}.xlsx").read_bytes().startswith(b"PK")
    assert (tmp_path / f"{NAME}.pdf").read_bytes().startswith(b"%PDF")
    notice = opened.main.notices.current
    assert notice is not None
    assert notice.tone is Tone.FUND
    assert notice.words.startswith("Written as drafts: ")
    assert [button.text() for button in opened.main.notices.remedies] == ["Open folder"]


def test_on_real_lanes_the_papers_are_written_and_the_event_loop_goes_on(
    opens: Opens, record_path: Path, qtbot: QtBot
) -> None:
    window = opens(PoolRunner())
    window.desk.open(record_path)
    qtbot.waitUntil(lambda: window.workspace.facts is not None)
    window.main.tools.go("ranking")
    qtbot.waitUntil(lambda: window.main.ranking.figures is not None)
    dialog = asked(window, qtbot)

    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: window.main.notices.current is not None, timeout=60_000)
    assert window.main.notices.current is not None
    assert window.main.notices.current.words.startswith("Written as drafts: ")


def test_all_areas_can_be_asked_for_and_the_name_says_so(opened: Window, qtbot: QtBot) -> None:
    dialog = asked(opened, qtbot)

    dialog.all_areas.setChecked(True)

    assert dialog.wanted.area is None


def test_without_a_paper_the_button_says_what_is_missing(opened: Window, qtbot: QtBot) -> None:
    dialog = asked(opened, qtbot)
    dialog.papers.xlsx.setChecked(False)
    dialog.papers.pdf.setChecked(False)

    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)

    assert dialog.problem == "Choose the Excel workbook, the PDF, or both."
    assert dialog.isVisible()


def test_a_folder_that_is_not_there_is_told_and_nothing_is_written(
    opened: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = asked(opened, qtbot)
    dialog.papers.folder.setText(str(tmp_path / "gone"))

    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)

    assert opened.main.notices.current is not None
    assert opened.main.notices.current.tone is Tone.DANGER
    assert not (tmp_path / "gone").exists()


def test_cancelling_leaves_no_part_of_a_paper(opened: Window, qtbot: QtBot, tmp_path: Path) -> None:
    wanted = asked(opened, qtbot).wanted
    figures = opened.main.ranking.figures
    assert figures is not None
    ticket = Ticket("Writing")
    ticket.cancel()
    before = sorted(tmp_path.iterdir())

    written = write_schedules(figures, Settled(), wanted, utc_now(), ticket)

    assert written == Written((), is_cancelled=True)
    assert sorted(tmp_path.iterdir()) == before


def test_a_cancel_between_the_papers_says_which_one_is_there(tmp_path: Path) -> None:
    words = written_words(Written((tmp_path / "a.xlsx",), is_cancelled=True))

    assert words == f"Cancelled. “a.xlsx” in {tmp_path} was finished before; nothing else was written."


def test_a_cancelled_piece_of_work_is_told_without_a_report(opened: Window) -> None:
    opened.workspace.failed.emit(Cancelled())

    assert opened.main.notices.current is not None
    assert opened.main.notices.current.words == "Cancelled. Nothing was written."
    assert opened.desk.dialog is None


def test_writing_a_pdf_loads_no_library_of_workbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "exchange.schedule_xlsx", raising=False)
    monkeypatch.setattr("exchange.schedule_pdf.write_schedule_pdf", lambda schedule, path, *_: path)

    nothing: Any = None
    assert write_schedule(nothing, Path("a.pdf"), nothing) == Path("a.pdf")

    assert "exchange.schedule_xlsx" not in sys.modules
