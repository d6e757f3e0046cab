"""Step 1: drop a file or choose one."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.dialogs.files import FileDialogs, Kind
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label, PlainLabel
from gui.widgets.nesting import clear, nest

KINDS = "Spreadsheets (*.xlsx *.xlsm *.xls *.ods *.csv);;All files (*)"
WORDS = "Drop a workbook here, or choose one: .xlsx, .xlsm, .xls, .ods or .csv."
CHOSEN = "Chosen: {}. Continue with it, drop another here, or choose one."
LEFT = "Go on with the import that you left, or drop another workbook here."
NAME = 48
"""How many letters of a file's name a button shows; its end stays."""
GO_ON, DISCARD = "Go on with import of {}", "Discard"
CHOOSE, ANOTHER = "Choose a file…", "Choose another file…"
SAFE = "Nothing is written until the last step, and one undo removes everything again."


class FileStep(Card):
    """A sheet to drop a file on, with a button for those who do not drag."""

    chosen = Signal(object)
    resumed = Signal(str)
    discarded = Signal(str)

    def __init__(self, look: Look, files: FileDialogs, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._own_look, self._files = look, files
        self.setAcceptDrops(True)
        self._glyph = PlainLabel()
        self._glyph.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = Label(look, WORDS, size=14, tone="text2").wrapped()
        safe = Label(look, SAFE, size=12, tone="muted").wrapped()
        self.choose = Button(look, CHOOSE, kind="primary", icon="folder")
        self.another = Button(look, ANOTHER, icon="folder")
        self.another.hide()
        for button in (self.choose, self.another):
            button.clicked.connect(self._ask)
        self.goes_on: list[Button] = []
        self.discards: list[Button] = []
        self._left = QVBoxLayout()
        self._left.setSpacing(look.px(6))
        column = QVBoxLayout()
        column.setSpacing(look.px(12))
        column.addStretch(2)
        for widget in (self._glyph, self.words, safe):
            column.addWidget(widget)
            if isinstance(widget, Label):
                widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nest(column, self._left)
        for button in (self.choose, self.another):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        nest(self.body, column)
        look.changed.connect(self._draw)
        self._draw()

    def show_chosen(self, name: str) -> None:
        """Say which file is chosen, "" none yet; one that is leaves the page's button the first place."""
        left = LEFT if self.goes_on else WORDS
        self.words.setText(CHOSEN.format(name) if name else left)
        for button in (*self.goes_on, *self.discards):
            button.setVisible(not name)
        self.choose.setVisible(not name)
        self.another.setVisible(bool(name))

    @property
    def primary(self) -> Button:
        """Return what to press first where no file is chosen: going on, else choosing a file."""
        return self.goes_on[0] if self.goes_on else self.choose

    def show_left(self, names: Sequence[str]) -> None:
        """Offer to go on with the imports of these files, each of which can be discarded."""
        look = self._own_look
        clear(self._left)
        self.goes_on, self.discards = [], []
        for name in names:
            short = name if len(name) <= NAME else f"{name[: NAME - 16]}…{name[-15:]}"
            go_on = Button(look, GO_ON.format(short), kind="plain" if self.goes_on else "primary")
            go_on.setAccessibleName(GO_ON.format(name))
            go_on.clicked.connect(partial(self._tell, self.resumed, name))
            discard = Button(look, DISCARD, kind="link")
            discard.setAccessibleName(f"Discard the import of {name}")
            discard.clicked.connect(partial(self._tell, self.discarded, name))
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(look.px(8))
            line.addStretch(1)
            line.addWidget(go_on)
            line.addWidget(discard)
            line.addStretch(1)
            self._left.addWidget(row)
            self.goes_on.append(go_on)
            self.discards.append(discard)
        self.choose.show_kind("plain" if names else "primary")
        self.show_chosen("")

    def _tell(self, signal: SignalInstance, name: str, is_on: bool = False) -> None:
        signal.emit(name)

    def show_picture(self, *, is_shown: bool) -> None:
        """Show the picture above the words, or leave them its room."""
        self._glyph.setVisible(is_shown)

    @Slot()
    def _draw(self) -> None:
        look = self._own_look
        self._glyph.setPixmap(look.glyph("file", look.theme.muted, 40, self.devicePixelRatioF()))

    @Slot()
    def _ask(self) -> None:
        path = self._files.open(Kind.APPLICATIONS, "Choose a workbook of applications", KINDS)
        if path is not None:
            self.chosen.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.chosen.emit(Path(files[0]))
