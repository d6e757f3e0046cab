"""The form for the words that an office writes into a paper itself."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words
from models.papers.texts import PaperTexts, TextField

LINES = 3
HEIGHT, WIDTH = 560, 640
ABOUT = "What is left empty is filled from the record, as shown in grey. Saving can be undone."


class TextBox(QPlainTextEdit):
    """Several lines of text; Tab goes on."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFont(look.font(13))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + look.px(14))


class WordsDialog(Dialog):
    """A field for each text, in the order of the paper, with what stands there otherwise in grey."""

    written = Signal(object)

    def __init__(
        self,
        look: Look,
        title: str,
        fields: Sequence[TextField],
        texts: PaperTexts,
        told: Mapping[str, str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(title)
        self.setAccessibleDescription(ABOUT)
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._before = tuple(texts.texts)
        self.do = Button(look, "Save the words", kind="primary")
        self.cancel = Button(look, "Cancel")
        self.do.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self._area = QScrollArea()
        self._lay_out(title)
        for field in fields:
            self._put(field, texts.get(field.code), told.get(field.code, ""))
        self._form.addStretch(1)
        next(iter(self.fields.values())).setFocus()

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Return what is written, by field; those left empty are not there."""
        found = ((code, _text(box).strip()) for code, box in self.fields.items())
        return tuple((code, text) for code, text in found if text)

    def sizeHint(self) -> QSize:
        """Ask for room for five fields, but no more than the screen has."""
        return QSize(self._look.px(WIDTH), self._look.px(HEIGHT)).boundedTo(
            self.screen().availableSize() * 0.9
        )

    @Slot()
    def _save(self) -> None:
        if dict(self.texts) != dict(self._before):
            self.written.emit(self.texts)
        self.accept()

    def _put(self, field: TextField, text: str, told: str) -> None:
        look = self._look
        box: QLineEdit | QPlainTextEdit
        if field.is_long:
            box = TextBox(look)
            box.setPlainText(text)
        else:
            box = QLineEdit(text)
            box.setCursorPosition(0)
        box.setPlaceholderText(told)
        box.setAccessibleName(field.heading)
        box.setAccessibleDescription(f"{field.hint}. Otherwise: {told}" if told else field.hint)
        label = Words(look, field.heading, size=12, weight=600)
        label.setBuddy(box)
        self._form.addSpacing(look.px(4))
        self._form.addWidget(label)
        if field.hint:
            self._form.addWidget(Words(look, field.hint, size=12, tone="muted").wrapped())
        self._form.addWidget(box)
        self.fields[field.code] = box

    def _lay_out(self, title: str) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600).wrapped())
        column.addWidget(Words(look, ABOUT, tone="text2").wrapped())
        content = QWidget()
        self._form = QVBoxLayout(content)
        self._form.setContentsMargins(0, 0, look.px(8), 0)
        self._form.setSpacing(look.px(3))
        self._area.setWidget(content)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._area, 1)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(420))


def _text(box: QLineEdit | QPlainTextEdit) -> str:
    return box.text() if isinstance(box, QLineEdit) else box.toPlainText()
