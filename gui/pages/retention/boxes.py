"""What is asked before something is erased, and for how many years applications are kept."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs.scrolling import ScrollingDialog
from gui.theme.look import Look
from gui.widgets.field_error import FieldError
from gui.widgets.turned import NumberBox
from gui.widgets.words import Words
from models.operations.retention import MOST_YEARS
from models.queries.retention import DEFAULT, Years

MISSING = "Give the ground, and who authorised it. Both are kept in the record."
USUAL = f"Usual are {DEFAULT.awarded} and {DEFAULT.declined} years. Decisions themselves are kept for good."


class _Box(ScrollingDialog):
    """A title, sentences, fields under their names, and a deed beside Cancel."""

    def __init__(self, look: Look, title: str, words: Sequence[str], deed: str, parent: QWidget) -> None:
        super().__init__(look, deed, parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(" ".join(words))
        self.column.addWidget(Words(look, title, size=15, weight=600))
        for sentence in words:
            self.column.addWidget(Words(look, sentence, tone="text2").wrapped())
        self.setMinimumWidth(look.px(460))

    def add(self, name: str, field: QWidget) -> None:
        """Put a field under its name."""
        field.setFont(self._look.font())
        field.setAccessibleName(name)
        self.column.addWidget(Words(self._look, name, size=12, weight=600))
        self.column.addWidget(field)


class EraseBox(_Box):
    """The ground of an erasure and at whose word it is; it stays open while one of them is missing.

    What is erased is typed first, the reference or how many there are, so that it is never done by a slip.
    """

    is_final = True
    agreed = Signal(str, str)

    def __init__(
        self, look: Look, title: str, words: Sequence[str], ground: str, typed: str, parent: QWidget
    ) -> None:
        super().__init__(look, title, words, "Erase", parent)
        self._typed = typed
        self.ground, self.person, self.typed = QLineEdit(ground), QLineEdit(), QLineEdit()
        self.typed.setPlaceholderText(typed)
        self.add("On what ground", self.ground)
        self.add("Authorised by, name and post", self.person)
        self.add(f"Type {typed} to erase", self.typed)
        self.problem = FieldError(look, self.person)
        self.column.addWidget(self.problem)
        self.do.clicked.connect(self._agree)
        self.ground.setFocus()

    @Slot()
    def _agree(self) -> None:
        ground, person = self.ground.text().strip(), self.person.text().strip()
        if not ground or not person:
            self.problem.tell(MISSING)
            (self.person if ground else self.ground).setFocus()
            return
        if self.typed.text().strip().casefold() != self._typed.casefold():
            self.problem.tell(f"Type {self._typed} as it stands. Nothing was erased.", self.typed)
            self.typed.setFocus()
            return
        self.agreed.emit(ground, person)
        self.accept()


class YearsBox(_Box):
    """For how many years a round's applications are kept."""

    agreed = Signal(object)

    def __init__(self, look: Look, years: Years, parent: QWidget) -> None:
        super().__init__(look, "How long applications are kept", (USUAL,), "Keep so", parent)
        self.awarded, self.declined = NumberBox(), NumberBox()
        for field, name, value in (
            (self.awarded, "Awarded: years after the grant's year closes", years.awarded),
            (self.declined, "Not awarded: years after the decision", years.declined),
        ):
            field.setRange(1, MOST_YEARS)
            field.setValue(value)
            self.add(name, field)
        self.do.clicked.connect(self._agree)
        self.awarded.setFocus()

    @Slot()
    def _agree(self) -> None:
        self.agreed.emit(Years(self.awarded.value(), self.declined.value()))
        self.accept()
