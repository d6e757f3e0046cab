"""Help: at the page on show, on what has the focus, and a report for whoever supports the program."""

import platform
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSysInfo, Slot, qVersion
from PySide6.QtWidgets import QApplication, QWidget

from gui.dialogs.files import Kind, write_whole
from gui.help.guide_topics import topic_of_page
from gui.pages.page import Breakpoints, PageTools
from gui.record.runner import Ticket
from gui.shell.errors import program
from gui.shell.page_list import PAGES
from gui.theme.look import look
from gui.widgets.tips import say_at, words_in
from models.clock import utc_now
from models.papers.guide import FIRST
from models.papers.office import where_to_report

if TYPE_CHECKING:
    from gui.help.guide import HelpPane
    from gui.shell.main_window import MainWindow

PAPERS = (
    ("guide_pdf", "", "Grant Panel user guide.pdf"),
    ("card_member", "member", "Quick card for members.pdf"),
    ("card_chair", "chair", "Quick card for chairs.pdf"),
)
"""By the action: whose card it is, "" for the whole guide, and the name that is suggested."""


def offer_papers(tools: PageTools) -> None:
    """Save the guide, or a card, when its entry of the menu is chosen."""
    for name, role, file_name in PAPERS:
        tools.actions[name].triggered.connect(partial(_ask, tools, role, file_name))


def _ask(tools: PageTools, role: str, name: str) -> None:
    """Ask where a card, or for "" the whole guide, is to lie, and write it there."""
    path = tools.dialogs.files.save(Kind.PAPERS, "Save the guide", name, "PDF (*.pdf)")
    if path is not None:
        tools.write(path, partial(_write, role, path), "Saved as “{}”. It is ready to print.")


def _write(role: str, path: Path, ticket: Ticket) -> Path:
    from exchange.guide import write_guide  # the window's start need not wait for it

    return write_guide(role, path, utc_now())


HELP = "help"
NAME = "Grant Panel report for support.txt"
REPORTED = "The report is saved as “{}”. It holds nothing of your record: read it before you send it."
NOTHING_SAID = "There is no more help on this. F1 opens the help on this page."


class HelpController(QObject):
    """Show the guide beside the page where there is room, else as a page of its own."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._tools, self._pages = window, window.tools, window.pages
        self._pane: HelpPane | None = None
        self._back: QWidget | None = None
        offer_papers(window.tools)

    @property
    def pane(self) -> "HelpPane":
        """Return the guide beside the page, made when it is first shown."""
        if self._pane is None:
            from gui.help.guide import HelpPane  # the window's start need not wait for it

            self._pane = HelpPane(self._tools)
            self._pane.closed.connect(self.close)
            self._window.put_beside(self._pane)
        return self._pane

    @property
    def is_beside(self) -> bool:
        """Whether the guide is on show beside the page."""
        return self._pane is not None and self._pane.isVisible()

    @Slot()
    def ask(self) -> None:
        """Show the help on the page on show; close it when it is there already."""
        if self.is_beside:
            self.close()
        else:
            self.show(self._topic())

    def show(self, topic: str) -> None:
        """Show a topic beside the page, or as a page where the window is too narrow for both."""
        window = self._window
        room = Breakpoints(window.width() / look.factor, window.height() / look.factor)
        if self._pages.key == HELP or room.has_icons_only:
            self._tools.go(HELP, topic)
            return
        self._back = QApplication.focusWidget()
        self.pane.show_topic(topic)
        self._turn(is_shown=True)
        self.pane.pages.setFocus()

    @Slot()
    def close(self) -> None:
        """Close the pane, and go back to what had the focus."""
        had_focus = self.pane.isAncestorOf(QApplication.focusWidget() or self._window)
        self._turn(is_shown=False)
        if had_focus and self._back is not None:
            self._back.setFocus()
        self._back = None

    def _turn(self, *, is_shown: bool) -> None:
        """Show or hide the pane, which takes its room from the page."""
        self.pane.setVisible(is_shown)
        self._window.fit()

    @Slot()
    def follow(self) -> None:
        """Turn to the help on the page that is shown now."""
        if self.is_beside and self._pages.key == HELP:
            self._turn(is_shown=False)
        elif self.is_beside:
            self.pane.show_topic(self._topic())

    @Slot()
    def say_what_this_is(self) -> None:
        """Say what has the focus, in a box beside it."""
        widget = QApplication.focusWidget()
        if widget is not None:
            say_at(widget.mapToGlobal(QPoint(0, widget.height())), words_of(widget), widget)

    @Slot()
    def ask_report(self) -> None:
        """Ask where to save a report for support, and save it."""
        files = self._tools.dialogs.files
        path = files.save(Kind.SUPPORT, "Save a report for support", NAME, "Text (*.txt)")
        if path is not None:
            self.write_report(path)

    def write_report(self, path: Path) -> None:
        """Save a report for support."""
        said = report(self._tools, self._pages.key, utc_now())
        saved = f"{REPORTED} {where_to_report(self._tools.faults_to)}"
        self._tools.write(path, partial(write_whole, said.encode(), path), saved)

    def _topic(self) -> str:
        words = next((entry.words for entry in PAGES if entry.key == self._pages.key), "")
        return topic_of_page(words) if words else FIRST


def words_of(widget: QWidget) -> str:
    """Return what is known of a control: its name, its key and what is said of it."""
    tip = words_in(widget.toolTip())
    said = (widget.accessibleName(), widget.whatsThis() or widget.accessibleDescription(), tip)
    parts = list(dict.fromkeys(words.rstrip(".") for words in said if words))
    return ". ".join(parts) + "." if len(parts) > 1 else f"{''.join(parts)}. {NOTHING_SAID}".lstrip(". ")


def report(tools: PageTools, page: str, at: datetime) -> str:
    """Return what helps support: the program, the computer and the settings; no name, path or figure."""
    facts, settings = tools.workspace.facts, tools.settings
    screens = [
        f"{s.size().width()}x{s.size().height()} at {s.devicePixelRatio():g}" for s in QApplication.screens()
    ]
    kind = (
        "none"
        if facts is None
        else "a copy, to read"
        if facts.is_copy
        else "open, on an office server"
        if facts.is_shared
        else "open"
    )
    lines = (
        "Report for support. It holds nothing of any record.",
        "",
        f"Written: {at:%d/%m/%Y %H:%M} UTC",
        f"Program: {program()}",
        f"Qt: {qVersion()}, drawn by {QApplication.platformName()}",
        f"Computer: {QSysInfo.prettyProductName()}, {platform.machine()}",
        f"Screens: {'; '.join(screens)}",
        f"Window: {tools.dialogs.window.width()}x{tools.dialogs.window.height()}, page {page or 'welcome'}",
        f"Look: {look.choice}, text {look.percent}%, rows {settings.density.name.lower()}",
        f"Single keys: {'on' if settings.single_keys else 'off'}",
        f"Record: {kind}{', encrypted' if facts is not None and facts.is_encrypted else ''}",
        f"Role: {tools.identity.role}",
    )
    return "\n".join(lines) + "\n"
