"""The form for the words that an office writes into a paper itself."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import Wrong
from models.papers.texts import PaperTexts, TextField

WIDTH, HEIGHT = 640, 560
ABOUT = "Anything left empty is filled from the record, as shown in grey. Saving can be undone."


class WordsDialog(Form):
    """A field for each text, in the order of the paper, with what stands there otherwise in grey."""

    def __init__(
        self,
        look: Look,
        title: str,
        fields: Sequence[TextField],
        texts: PaperTexts,
        told: Mapping[str, str],
        parent: QWidget,
    ) -> None:
        height = HEIGHT if len(fields) > 1 else 0
        super().__init__(look, title, (ABOUT,), "Save the words", parent, WIDTH, height=height)
        self._before, self._of = tuple(texts.texts), tuple(fields)
        self.fields = {
            field.code: self._field(field, texts.get(field.code), told.get(field.code, ""))
            for field in fields
        }
        self.finish(next(iter(self.fields.values())))

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Return what is written, by field; those left empty are not there."""
        found = ((code, _text(box).strip()) for code, box in self.fields.items())
        return tuple((code, text) for code, text in found if text)

    def try_action(self) -> None:
        """Save the words, where one of them was changed; one that is too long is told in its field."""
        for field in self._of:
            box = self.fields[field.code]
            if fault := field.fault(_text(box)):
                raise Wrong(fault, box)
        self.accept()
        if dict(self.texts) != dict(self._before):
            self.agreed.emit(self.texts)

    def _field(self, field: TextField, text: str, told: str) -> QLineEdit | QPlainTextEdit:
        add = self.note if field.is_long else self.line
        box = add(field.heading, text=text)
        box.setPlaceholderText(told)
        box.setAccessibleDescription(f"{field.hint}. Otherwise: {told}" if told else field.hint)
        if field.hint:
            self.hint(box, field.hint)
        return box


def _text(box: QLineEdit | QPlainTextEdit) -> str:
    return box.text() if isinstance(box, QLineEdit) else box.toPlainText()
