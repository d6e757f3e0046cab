"""A window of its own process, in which somebody types a reason without a pause until it is killed."""

import sys
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.app import Program
from gui.pages.page import Identity
from gui.pages.panel.scoring.page import ScoringPage

KEY_EVERY_MS = 40
CHAIR = Identity("Priya Nair", "chair", "NAIR")


class Typist(QObject):
    """Go to the first sheet, give a mark, and type; each key is told with its time."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._window = program.window
        self._window.main.tools.use_as(CHAIR)
        self._typed = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(KEY_EVERY_MS)

    @Slot()
    def _step(self) -> None:
        place = self._window.controller.rounds.place
        page = self._window.main.pages.current
        if place is None:
            return
        if not isinstance(page, ScoringPage):
            self._window.main.tools.use_as(CHAIR)
            self._window.main.tools.go("scoring")
        elif page.form.open_box is not None:
            self._type(page)

    def _type(self, page: ScoringPage) -> None:
        box = page.form.open_box
        assert box is not None, "a criterion is open"
        box.reason.setFocus()
        letter = "abcdefghij"[self._typed % 10]
        QTest.keyClicks(QApplication.focusWidget() or box.reason, letter)
        self._typed += 1
        print(self._typed, monotonic(), flush=True)


if __name__ == "__main__":
    program = Program([str(Path(sys.argv[1]))])
    typist = Typist(program)
    sys.exit(program.run())
