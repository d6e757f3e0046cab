"""The guide beside the page at its topic, a report for support, and the tour of the sample."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

import resources
from gui.app import Window
from gui.help import guide, tour
from gui.help.guide import LARGE, Guide, PictureDialog
from gui.help.guide_topics import KEYS, excerpt, found, sections
from gui.help.help_controller import words_of
from gui.help.tour import STEPS, Pointer, TourStep
from gui.record.first_run import SAMPLE_NAME
from gui.record.runner import InlineRunner
from gui.theme.look import look
from gui.widgets import message_area
from gui.widgets.speech import announcing
from tests.gui.announcing import hear
from tests.gui.conftest import Opens
from tests.gui.pressing import box_of, told

CTRL = Qt.KeyboardModifier.ControlModifier
"""What is typed, and the page that it is done on."""


def test_the_help_opens_beside_the_page_follows_it_and_is_closed(opened: Window, qtbot: QtBot) -> None:
    main, help_ = opened.main, opened.controller.help

    qtbot.keyClick(main, Qt.Key.Key_F1)
    assert (main.pages.key, help_.pane.isVisible()) == ("ranking", True)
    assert help_.pane.topic == "pages.md#Ranking & budget"
    assert help_.pane.pages.textCursor().block().text() == "Ranking & budget"

    qtbot.keyClick(main, Qt.Key.Key_6, CTRL)  # it follows to another page
    assert help_.pane.topic == "pages.md#Meeting"
    qtbot.keyClick(main, Qt.Key.Key_F1)
    assert not help_.is_beside

    main.tools.go("ranking")
    main.ranking.table.setFocus()
    qtbot.keyClick(main, Qt.Key.Key_F1)
    qtbot.keyClick(help_.pane.pages, Qt.Key.Key_Escape)
    assert not help_.pane.isVisible()
    assert main.ranking.table.hasFocus()  # which had it before
    qtbot.keyClick(main, Qt.Key.Key_Slash, CTRL)
    assert help_.pane.topic == KEYS
    assert "Ctrl+Shift+S" in help_.pane.pages.toPlainText()

    # a page that turned to tabs beside it takes the focus where it shows
    main.resize(1366, 688)
    for key in (Qt.Key.Key_5, Qt.Key.Key_6):
        qtbot.keyClick(main, key, CTRL)
        assert main.focusWidget().isVisible()
        assert main.pages.currentWidget().isAncestorOf(main.focusWidget())

    qtbot.keyClick(main, Qt.Key.Key_F1)
    assert not help_.is_beside
    main.tools.go("ranking")
    main.resize(1000, 600)
    qtbot.keyClick(main, Qt.Key.Key_F1)
    assert main.pages.key == "help", "a narrow window shows it as a page"
    assert main.help.topic == "pages.md#Ranking & budget"
    assert not help_.is_beside


def test_the_guide_is_found_by_other_words_for_what_it_calls_something() -> None:
    hits = found("forgot password")

    assert "The passphrase is lost" in [part.heading for part in hits]
    assert "passphrase" in excerpt(hits[0], "password").casefold()
    assert found("refunds") == found("refund") != ()
    assert all(found(line.partition(" = ")[2]) for line in resources.text("help/synonyms.txt").splitlines())


def test_a_report_for_support_holds_nothing_of_the_record_and_a_quick_card_is_saved(
    opened: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.controller.help.write_report(tmp_path / "report.txt")
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")

    assert "Program: Grant Panel" in text
    assert "page ranking" in text
    secrets = "Priya", "Nair", "Wolverhampton", "office.panel", "Grants office", str(tmp_path), "Larder"
    assert [secret for secret in secrets if secret in text] == []
    assert told(opened).startswith("The report is saved as “report.txt”.")

    opened.main.notices.move_on()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "card"), ""))
    opened.main.actions_by_name["card_chair"].trigger()

    qtbot.waitUntil(lambda: opened.main.notices.current is not None)
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.painted
def test_the_guide_is_searched_and_read_to_its_end(opened: Window, qtbot: QtBot) -> None:
    opened.main.tools.go("help")
    page = opened.main.help

    qtbot.keyClicks(page.words, "zzzz")
    assert page.pages.toPlainText().startswith("The guide has nothing on that.")
    page.words.clear()  # which shows the topic again
    assert "user guide" in page.pages.toPlainText()

    qtbot.keyClicks(page.words, "back to a copy")
    first, *_ = links(page)
    page._follow(QUrl(first))  # to the section that is found
    assert (page.words.text(), page.topic) == ("", first)

    for part in sections():
        name, _, heading = part.topic.partition("#")
        if page.topic.partition("#")[0] != name:
            page.show_topic(part.topic)
        assert not heading or page._block_of(heading) is not None, part.topic

    page.show_topic(guide.WORDS)
    assert (page.topic, page.pages.document().begin().text()) == ("words.md", "Words")

    page.show_topic("licences.md")
    assert "licence-texts" in links(page)
    assert "openpyxl" in page.pages.toPlainText()
    page._follow(QUrl("licence-texts"))
    assert page.topic == "licence-texts"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in page.pages.toPlainText()
    assert page.pages.verticalScrollBar().value() == 0


@pytest.mark.painted
def test_a_picture_is_as_wide_as_the_text_and_enter_shows_it_large(opened: Window, qtbot: QtBot) -> None:
    opened.main.tools.go("help", "first-list.md")
    page = opened.main.help
    runs = [run for block in _blocks(page.pages) for run in block.textFormats()]
    (width,) = [run.format.toImageFormat().width() for run in runs if run.format.isImageFormat()]
    room = page.pages.viewport().width()
    assert room / 2 < width < room

    opened.main.tools.go("help", "member.md")
    page.pages.setFocus()
    for _ in links(page):  # Tab goes from link to link, and a picture is one
        qtbot.keyClick(page.pages, Qt.Key.Key_Tab)
        if page.pages.textCursor().charFormat().isImageFormat():
            break
    qtbot.keyClick(page.pages, Qt.Key.Key_Return)
    dialog = box_of(opened, PictureDialog)
    assert dialog.windowTitle().startswith("The application on the left")
    assert dialog.picture.grab().toImage().pixelColor(dialog.picture.rect().center()).alpha() == 255
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert opened.main.dialogs.dialog is None


def test_what_is_this_names_the_control_and_what_is_said_of_it(opened: Window) -> None:
    opened.main.tools.go("settings")

    assert "every action has a button" in words_of(opened.main.pages.page("settings").keys)  # type: ignore[attr-defined]
    assert words_of(opened.main.header.fund).startswith("Fund. ")
    page = opened.main.pages
    page.setAccessibleDescription("It waits for a declaration.")
    page.setToolTip("See what opens it.")
    assert words_of(page).endswith("It waits for a declaration. See what opens it.")


def links(of: Guide) -> tuple[str, ...]:
    """Return the pages of the guide that the one on show leads to."""
    runs = (run for block in _blocks(of.pages) for run in block.textFormats())
    addresses = (run.format.anchorHref() for run in runs if run.format.isAnchor())
    return tuple(address for address in addresses if not address.startswith(LARGE))


def _blocks(pages: QTextBrowser) -> Iterator[QTextBlock]:
    block = pages.document().begin()
    while block.isValid():
        yield block
        block = block.next()


def test_the_guide_says_its_subject_each_link_and_what_is_found(
    opened: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = hear(monkeypatch, guide)
    monkeypatch.setattr(guide, "TYPED_OUT_MS", 0)
    pane = Guide(opened.main.tools)
    qtbot.addWidget(pane)
    pane.show_topic("window.md")
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    pane.pages.setFocus()
    qtbot.keyClick(pane.pages, Qt.Key.Key_Tab)
    pane.words.setFocus()
    qtbot.keyClicks(pane.words, "zzz")
    qtbot.waitUntil(lambda: len(heard) > 2)

    assert heard[0] == "The window"
    assert heard[1].endswith(", link")
    assert heard[2] == guide.NOTHING


@pytest.fixture
def toured(opens: Opens, made_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    shutil.copy(made_sample, tmp_path / SAMPLE_NAME)
    window = opens(InlineRunner())
    monkeypatch.setattr(window.controller.first_run, "_folder", tmp_path)
    window.main.show()
    window.main.actions_by_name["tour"].trigger()
    return window


@pytest.mark.overview
def test_twelve_steps_lead_from_the_import_to_the_schedule_by_keys_and_give_the_laptop_back(
    toured: Window, qtbot: QtBot
) -> None:
    """At twice the text; at its usual size the steps are heard below."""
    toured.main.resize(1366, 688)
    look.set_percent(200)
    pages, onward_ends = [], set()
    for number, step in enumerate(STEPS, 1):
        qtbot.waitUntil(lambda step=step: _points_at(toured, step))
        assert told(toured) == f"Step {number} of 12: {step.words}"
        assert toured.main.tools.identity.role == step.role
        pages.append(toured.main.pages.key)
        onward = toured.main.notices.remedies[-1]
        assert onward.hasFocus()
        bar = toured.main.notices
        bar.layout().activate()
        onward_ends.add(bar.width() - onward.geometry().right())  # the next press needs no other place
        qtbot.keyClick(onward, Qt.Key.Key_Space)

    assert len(onward_ends) == 1
    assert (pages[0], pages[-1]) == ("applications", "exports")
    assert toured.main.notices.current is None
    assert _pointed_at(toured) is None
    assert toured.main.tools.identity.name == "Priya Nair"  # who used this computer last


@pytest.mark.overview
def test_each_step_is_said_once_its_page_is_there_with_what_the_ring_is_around(
    toured: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: _points_at(toured, STEPS[0]))
    shown, heard = hear(monkeypatch, message_area), hear(monkeypatch, announcing)
    for step in STEPS[1:]:
        toured.main.notices.remedies[-1].click()
        qtbot.waitUntil(lambda step=step: _points_at(toured, step))

    assert shown == [], "words that are said while a page is being filled are lost"
    said = [words for words in heard if words.startswith("Step ")]  # the meeting says its total
    assert [words.split(": ", 1)[1].split(" The ring")[0] for words in said] == [
        step.words for step in STEPS[1:]
    ]
    assert said[2] == f"Step 4 of 12: {STEPS[3].words} The ring is around the button Record a declaration."
    monkeypatch.setattr(toured.main.tools, "go", lambda key: None)
    monkeypatch.setattr(tour, "LOOKS", 1)
    toured.main.notices.remedies[0].click()
    qtbot.waitUntil(lambda: f"Step 11 of 12: {STEPS[10].words}" in heard)  # of no ring, where there is none


@pytest.mark.overview
def test_it_is_left_with_its_message_and_taken_up_at_the_same_step(toured: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: _points_at(toured, STEPS[0]))
    toured.main.notices.remedies[-1].click()
    toured.main.notices.remedies[-1].click()
    toured.main.notices.remedies[0].click()
    toured.main.notices.settle("tour")

    assert _pointed_at(toured) is None
    toured.main.actions_by_name["tour"].trigger()
    qtbot.waitUntil(lambda: _points_at(toured, STEPS[1]))


def _points_at(window: Window, step: TourStep) -> bool:
    at = _pointed_at(window)
    if not isinstance(at, QAbstractButton) or at.visibleRegion().boundingRect() != at.rect():
        return False
    begins = (step.control, step.way) if step.way else (step.control,)
    is_at = at.text().startswith(begins) or at.accessibleName().startswith(begins)
    return is_at and window.main.pages.key == step.page


def _pointed_at(window: Window) -> QWidget | None:
    pointer = window.main.findChild(Pointer)
    return pointer.at if isinstance(pointer, Pointer) else None
