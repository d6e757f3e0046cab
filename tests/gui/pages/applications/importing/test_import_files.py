"""Several files, a folder and e-mails dropped on the import: one list of files, one change, one undo."""

from functools import partial
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.applications.importing.check_step import PREVIEW_COLUMNS
from gui.pages.applications.importing.steps import OF_FORMS
from gui.pages.applications.importing.wizard import ImportWizard
from gui.pages.applications.page import ApplicationsPage
from gui.record.runner import Runner
from models.queries.applications.attachments import attachments, attachments_of_round
from models.values.attachments import ROUND, Subject
from tests.cli.applications.test_import_files import form
from tests.exchange import hostile
from tests.exchange.messages import mail
from tests.gui.conftest import Opens
from tests.gui.pages.applications.importing.test_import_wizard import click
from tests.gui.pressing import answer_to, page_of, words_in
from tests.journeys.acting.watchdog import FAILS_IN_THE_SUITE_OVER_MS, FAILS_OVER_MS, Watchdog
from tests.safety.table import Reached, Times


def drop(wizard: ImportWizard, *paths: Path) -> None:
    """Drop files on the first step."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    wizard.file.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, held, *none))


def kept(window: Window) -> list[str]:
    """Return the names of the files that are kept with applications of the round, then those of itself."""
    of_round = answer_to(window, partial(attachments_of_round, round_id=1)).values()
    of_itself = answer_to(window, partial(attachments, subject=Subject(ROUND, 1)))
    return [*sorted(one.name for own in of_round for one in own), *(one.name for one in of_itself)]


def a_reply_alone_is_added_to_the_application_that_it_names(
    wizard: ImportWizard, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    reference = wizard.target.existing[0].reference
    (tmp_path / "re.eml").write_bytes(mail(subject=f"Re: {reference}").as_bytes())

    drop(wizard, tmp_path / "re.eml")
    for _ in range(3):
        click(qtbot, wizard.on)

    assert [(one.name, one.application) for one in wizard.files] == [("re.eml", reference)]
    assert wizard.on.text() == "Add 1 file"
    click(qtbot, wizard.on)
    assert kept(opened) == ["re.eml"]


def what_is_said_of_forms_names_each_file_where_it_is_not_cut(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    said = {"Sort code": "00-00-00", "How many people will benefit?": "about 45 teenagers"}
    for name in ("kites.docx", "mill.docx"):
        (tmp_path / name).write_bytes(form(f"Club of {name}", others=said))
    (tmp_path / "odd.txt").write_text("hello")
    drop(wizard, *(tmp_path / name for name in ("kites.docx", "mill.docx", "odd.txt")))

    assert wizard.sheet.hint.text() == OF_FORMS
    wizard.sheet.table.select(2)
    click(qtbot, wizard.on)
    assert wizard.on.text() == "Check 2 forms"
    assert "2 files (kites.docx, mill.docx): " in wizard.match.count.text()
    click(qtbot, wizard.on)
    row = wizard.preview.rows[0]
    assert row.spoken.startswith(f"Row {row.number}, kites.docx, Club of")
    points = next(column for column in PREVIEW_COLUMNS if column.name == "points")
    assert row.points
    assert "docx" not in points.text(row)
    assert f"Row {row.number}, kites.docx" in words_in(wizard.check.reading).split("\n")

    click(qtbot, wizard.check.leave)
    click(qtbot, wizard.back)
    assert wizard.on.text() == "Check 1 form"
    click(qtbot, wizard.on)
    click(qtbot, wizard.on)
    assert [(one.name, one.words.partition(".")[0]) for one in wizard.files] == [
        ("kites.docx", "the round, new"),
        ("mill.docx", f"{wizard.preview.taken[0].reference}, new"),
        ("odd.txt", "the round, new"),
    ]


def every_file_that_could_not_be_read_is_told_however_many_there_are(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    names = [f"{number}.docx" for number in range(9)]
    for name in names:
        (tmp_path / name).write_bytes(b"PK no form")
    (tmp_path / "form.docx").write_bytes(form("Fell Road Club"))
    drop(wizard, *(tmp_path / name for name in (*names, "form.docx")))
    for _ in range(3):
        click(qtbot, wizard.on)

    assert [name for name in names if name not in wizard.summary.faults.text()] == []
    assert wizard.summary.files.isVisible()


def test_each_file_is_named_told_where_it_cannot_be_read_and_added_where_it_is_a_reply(
    page: ApplicationsPage, wizard: ImportWizard, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    what_is_said_of_forms_names_each_file_where_it_is_not_cut(wizard, tmp_path, qtbot)
    page.start_import()
    every_file_that_could_not_be_read_is_told_however_many_there_are(wizard, tmp_path, qtbot)
    page.start_import()
    a_reply_alone_is_added_to_the_application_that_it_names(wizard, opened, tmp_path, qtbot)


SHORT = ("endless_cell",)


@pytest.mark.safety(11)
def test_the_window_is_alive_while_crafted_files_are_read(
    opens: Opens, record_path: Path, tmp_path: Path, qtbot: QtBot, times: Times, reached: Reached
) -> None:
    window, watchdog, beats = opens(Runner()), Watchdog(), list[int]()
    watchdog._beat.timeout.connect(partial(beats.append, 1))
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: window.controller.rounds.place is not None)
    window.main.actions_by_name["applications"].trigger()
    page = page_of(window, ApplicationsPage)
    qtbot.waitUntil(lambda: page.buttons[0].isVisible() and page.buttons[0].isEnabled())
    qtbot.mouseClick(page.buttons[0], Qt.MouseButton.LeftButton)
    makers = SHORT if times(1, 2) == 1 else tuple(hostile.REFUSED)

    for maker in makers:
        path = tmp_path / f"{maker}.xlsx"
        hostile.REFUSED[maker](path)
        before, began = len(beats), perf_counter()
        with watchdog.while_waiting():
            page.wizard.read(path)
            qtbot.waitUntil(partial(is_told, window, path.name))
        waited_ms = (perf_counter() - began) * 1000  # a file that is refused at once leaves no time to answer
        assert len(beats) - before >= waited_ms // FAILS_OVER_MS, "the event loop stood still meanwhile"

    assert len(beats) > len(makers), "the event loop stood still while files were read"
    assert not watchdog.over(times(FAILS_IN_THE_SUITE_OVER_MS, FAILS_OVER_MS)), watchdog.words()
    longest = max((block.milliseconds for block in watchdog.blocks), default=0)
    done = f"{len(makers)} read by the window: it answered {len(beats):,} times meanwhile"
    reached(f"{done}, the longest wait {f'{longest:.0f} ms' if longest else 'under 50 ms'}")


def is_told(window: Window, name: str) -> bool:
    notice = window.main.notices.current
    return notice is not None and name in notice.words
