"""Ask whether a name that is one letter off a known one is meant for that, or right as it is."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.nesting import nest

ASKED = "“{}” is almost “{}”, which this record knows already. Which is right?"


class SlipNote(QWidget):
    """One question at a time, with a button for each answer; not there while there is nothing to ask."""

    mended = Signal(str, str)
    kept = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._asked = ("", "")
        self.words = Label(look, size=12, weight=600, tone="warning").wrapped()
        self.use = Button(look, "")
        self.keep = Button(look, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(self.words)
        row = Flow()
        row.setSpacing(look.px(8))
        row.addWidget(self.use)
        row.addWidget(self.keep)
        nest(column, row)
        self.use.clicked.connect(self._mend)
        self.keep.clicked.connect(self._keep)
        self.hide()

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self._asked[0])

    @property
    def question(self) -> str:
        """Return what is asked, "" for nothing."""
        return self.words.text() if self.is_asking else ""

    def ask(self, name: str, known: str) -> None:
        """Ask about a name; "" asks nothing."""
        self._asked = (name, known)
        self.setVisible(bool(name))
        if name:
            self.words.setText(ASKED.format(name, known))
            self.use.show_words(f"Use “{known}”")
            self.keep.show_words(f"Keep “{name}”")

    @Slot()
    def _mend(self) -> None:
        name, known = self._asked
        self.mended.emit(name, known)

    @Slot()
    def _keep(self) -> None:
        self.kept.emit(self._asked[0])
