"""The window over a list of files: what is dropped or pasted on it is kept, and its acts stand beneath."""

from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton

from gui.dialogs.form import Form as FormDialog
from gui.listed.acts import Act, ActButton, At, Doing, Offer, now_offered
from gui.listed.files import (
    ACTS,
    COLUMNS,
    LOOK,
    NOTHING,
    OF,
    REMOVE,
    WHAT,
    FilesOf,
    add_files,
    as_given,
    file_spoken,
    keep_files,
)
from gui.pages.page import PageTools
from gui.pages.page_keys import add_keys
from gui.papers.preview_pane import FilePane
from gui.record.clock import current_day
from gui.record.turns import take_turns
from gui.tables.line_view import LineView
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.flow import in_flow
from gui.widgets.label import Label
from models.operations.applications.attachments import AttachFiles
from models.queries.applications.attachments import Attachment, with_removed

REMOVED, HERE = "Removed files", "Files that are here"
PASTED = "Pasted picture.png"
NO_FILE = "What was copied is neither a file nor a picture. Copy the file itself, then paste it here."


class FilesDialog(FormDialog):
    """The files of one application, organisation, award or round, and what can be done with the one at hand.

    A question about a file hides it, and it comes back after.
    """

    def __init__(self, tools: PageTools, of: FilesOf) -> None:
        title = f"Files of {of.called}"
        super().__init__(title, (WHAT,), "", tools.dialogs.window, 760, height=470, away="Close")
        self.is_waiting = True
        self._tools, self._of = tools, of
        self._files: tuple[Attachment, ...] = ()
        self._shows_gone = False
        self._doing = Doing(tools, self)
        self.list: LineView[Attachment] = LineView(COLUMNS, attrgetter("number"), file_spoken, called=title)
        self.list.setMinimumHeight(look.px(150))
        self.acts = [ActButton(act) for act in ACTS]
        self.nothing = self.put(Label(NOTHING, tone="text2").wrapped(), 1)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.put(self.list, 1)
        self.turn = Button("", kind="quiet")
        self.put(in_flow([*self.acts, self.turn], 8))
        self._connect()
        self.finish(self.list)
        self.refresh()

    @property
    def at(self) -> At[tuple[Attachment, ...], Attachment | None]:
        """Return what acts are asked of: the files, and the one at hand."""
        return At(self._files, self.list.at_hand, self._tools.identity, None, current_day(), {OF: self._of})

    @Slot()
    def refresh(self) -> None:
        """Ask the record for the files again."""
        if self._tools.workspace.facts is not None:
            viewer = self._tools.identity.viewer
            self._tools.ask(partial(with_removed, subject=self._of.subject, viewer=viewer), self._take)

    def _take(self, files: tuple[Attachment, ...]) -> None:
        at = self.list.currentIndex().row()
        gone = tuple(one for one in files if not one.is_there)
        self._shows_gone = self._shows_gone and bool(gone)
        self._files = gone if self._shows_gone else tuple(one for one in files if one.is_there)
        self.turn.setText(HERE if self._shows_gone else REMOVED)
        self.turn.setVisible(bool(gone))
        self.list.show_rows(self._files)
        if self.list.current is None:
            self.list.select_first(at)
        self.nothing.setVisible(not self._files)
        self.list.setVisible(bool(self._files))
        self._offer()

    @Slot()
    def _turn(self) -> None:
        """Show those that were removed, or those that are here."""
        self._shows_gone = not self._shows_gone
        self.refresh()

    @Slot()
    def _offer(self) -> None:
        """Offer the acts of the file at hand; the focus goes to the list from one that goes away."""
        held = self.focusWidget()
        for button in self.acts:
            button.show_at(self.at)
        if held is not None and not held.isVisibleTo(self):
            self.list.setFocus()

    @property
    def offered(self) -> tuple[Offer, ...]:
        return now_offered(self.acts)

    def _connect(self) -> None:
        for button in self.acts:
            button.pressed.connect(self._doing.press)
        self.turn.clicked.connect(self._turn)
        self.list.picked.connect(self._offer)
        self.list.opened.connect(partial(self._do_act, LOOK))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.setAcceptDrops(True)
        undo = self._tools.workspace.undo_stack
        add_keys(
            self,
            (
                (("Ctrl+V",), self.paste),
                (("Delete",), partial(self._do_act, REMOVE)),
                (("Ctrl+Z",), undo.undo_change),  # the window's own do not come to a box over it
                (("Ctrl+Y",), undo.redo),
            ),
        )
        self._tools.workspace.changed.connect(self.refresh)

    @Slot(QPoint)
    def _show_menu(self, where: QPoint) -> None:
        self._doing.show_menu(self.list, where, self.offered)

    def _do_act(self, act: Act[Any, Any], _: object = None) -> None:
        """Do an act with the file at hand, where it is offered."""
        for one in (button for button in self.acts if button.act is act):
            one.press()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, of whoever may add them."""
        if self._tools.identity.may(AttachFiles.kind) and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what is dropped."""
        event.acceptProposedAction()
        self._take_in(event.mimeData())

    @Slot()
    def paste(self) -> None:
        """Keep the files that were copied, or a picture."""
        copied = QGuiApplication.clipboard().mimeData()
        if self._tools.identity.may(AttachFiles.kind) and not self._take_in(copied):
            self.refuse(NO_FILE)

    def _take_in(self, held: QMimeData) -> bool:
        """Keep files and pictures that were copied or dragged; return whether there are any."""
        self.faults.clear()
        paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        picture = held.imageData()
        if paths:
            keeping = add_files(self._tools, self._of, paths)
        elif isinstance(picture, QImage) and not picture.isNull():
            keeping = keep_files(self._tools, self._of, (as_given(PASTED, _as_png(picture)),))
        else:
            return False
        take_turns(self._tools.workspace, keeping)
        return True


class FileDialog(FormDialog):
    """What is in one file, read in a guarded process; its action, if any, says that it was read.

    The focus begins on the page. Enter looks for words in it, and presses nothing.
    """

    keeps_typed = False

    def __init__(self, tools: PageTools, name: str, content: bytes, action: str, page: int = 0) -> None:
        super().__init__(name, (), action, tools.dialogs.window, 860, height=600, away="Close")
        self.pane = self.put(FilePane(tools), 1)
        self.pane.setMinimumHeight(look.px(260))
        self.finish(self.pane.paper)
        add_keys(
            self,
            (
                (("Ctrl+F",), self.pane.sought.setFocus),
                (("Alt+PgDown",), partial(self.pane.turn, 1)),
                (("Alt+PgUp",), partial(self.pane.turn, -1)),
            ),
        )
        self.finished.connect(self.pane.clear)
        self.pane.show_file(name, content, page)

    @property
    def primary(self) -> QPushButton | None:
        """Return none: whether a file was read is pressed by hand."""
        return None


def _as_png(picture: QImage) -> bytes:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(held, "PNG")  # type: ignore[call-overload]
    return bytes(held.data().data())
