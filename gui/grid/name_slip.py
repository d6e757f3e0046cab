"""Ask about a name that is one letter off a known one, before it is used."""

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.widgets.buttons import Button
from gui.widgets.flow import flow_of
from gui.widgets.label import Label
from gui.widgets.nesting import column_of
from scoring.written.names import slip_of

ASKED = "“{}” is almost “{}”, which this record knows already. Which is right?"


class SlipNote(QWidget):
    """One question at a time, with a button for each answer; not there while there is nothing to ask."""

    mended = Signal(str, str)
    kept = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._asked = ("", "")
        self.words = Label(size=12, weight=600, tone="warning").wrapped()
        self.use = Button("")
        self.keep = Button("")
        row = flow_of((self.use, self.keep), 8)
        column_of(self.words, row, spacing=4, inside=self)
        self.use.clicked.connect(self._mend)
        self.keep.clicked.connect(self._keep)
        self.hide()

    @property
    def is_asking(self) -> bool:
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


class NameSlip(SlipNote):
    """Whoever uses the name asks `stops` first; a name that was kept is not asked about again."""

    def __init__(self, line: QLineEdit, known: Iterable[str]) -> None:
        super().__init__()
        self._line = line
        self._known = tuple(known)
        self._right: set[str] = set()
        line.textEdited.connect(self._forget)
        self.mended.connect(self._use)
        self.kept.connect(self._let_be)

    def stops(self) -> bool:
        """Ask about the name where it is almost a known one; whether an answer is needed first."""
        name = " ".join(self._line.text().split())
        meant = "" if name in self._right else slip_of(name, self._known)
        self.ask(name if meant else "", meant)
        if meant:
            self.use.setFocus()
        return bool(meant)

    @Slot()
    def _forget(self) -> None:
        self.ask("", "")

    @Slot(str, str)
    def _use(self, name: str, known: str) -> None:
        self._line.setText(known)
        self._line.setModified(True)
        self._answered()

    @Slot(str)
    def _let_be(self, name: str) -> None:
        self._right.add(name)
        self._answered()

    def _answered(self) -> None:
        self.ask("", "")
        self._line.setFocus()
