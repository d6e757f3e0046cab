"""What every box of the Monitoring page is: a title, a sentence, fields that scroll, and the deed."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words

MOST_HEIGHT = 430


class Box(Dialog):
    """A box whose deed stays live, and which says under its fields what is wrong and goes there."""

    def __init__(self, look: Look, title: str, words: str, deed: str, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(title)
        self.setAccessibleDescription(words)
        self.problem = Words(look, size=12, tone="danger").wrapped()
        self.problem.hide()
        self.do = Button(look, deed, kind="primary")
        self.cancel = Button(look, "Cancel")
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, look.px(8), 0)
        self.grid.setHorizontalSpacing(look.px(8))
        self.grid.setVerticalSpacing(look.px(6))
        self._fields = QWidget()
        self._scroll = QScrollArea()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600).wrapped())
        column.addWidget(Words(look, words, tone="text2").wrapped())
        column.addWidget(self._scroll, 1)
        column.addWidget(self.problem)
        self._column = column
        self.setMinimumWidth(look.px(width))
        self.do.clicked.connect(self._press)
        self.cancel.clicked.connect(self.reject)

    def finish(self) -> None:
        """Show the fields, as high as they need and no higher than a small screen has room for."""
        rows = QVBoxLayout(self._fields)
        rows.setContentsMargins(2, 2, 2, 2)
        rows.addLayout(self.grid)
        rows.addStretch(1)
        scroll = self._scroll
        scroll.setWidget(self._fields)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        self._fields.setAutoFillBackground(False)
        room = self.screen().availableGeometry().height() - self._look.px(260)
        wanted = self._fields.sizeHint().height() + 4
        scroll.setMinimumHeight(min(wanted, self._look.px(MOST_HEIGHT), max(room, 120)))
        self._column.addLayout(foot(self._look, self.cancel, self.do))  # after the fields, for Tab too

    def heads(self, *words: str) -> None:
        """Put headings over the columns of the fields."""
        row = self.grid.rowCount()
        for column, head in enumerate(words):
            if head:
                self.grid.addWidget(Words(self._look, head, size=12, tone="muted"), row, column)

    def edit(self, name: str, text: str = "", hint: str = "", width: int = 0) -> QLineEdit:
        """Return a field with an accessible name."""
        field = QLineEdit(text)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setCursorPosition(0)
        if width:
            field.setFixedWidth(self._look.px(width))
        return field

    def refuse(self, words: str, field: QWidget) -> None:
        """Say what is wrong and put the focus there."""
        self.problem.setText(words)
        self.problem.show()
        field.setFocus()
        self._scroll.ensureWidgetVisible(field)

    @Slot()
    def _press(self) -> None:
        self.try_deed()

    def try_deed(self) -> None:
        """Do what the box is for, or say what is missing."""
        raise NotImplementedError
