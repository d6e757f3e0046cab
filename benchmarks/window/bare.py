"""The other side of the window's start: libraries of a record, and a bare window with a table.

Run as a program, it says a word as soon as the table is on show.
"""

import alembic.migration  # noqa: F401  loaded and no more, as the limit is stated
import sqlalchemy.orm  # noqa: F401
import sqlcipher3  # noqa: F401
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

from benchmarks.window.first_paint import tell_first_paint

ROWS, COLUMNS = 125, 9
SIZE = (1366, 700)


def main() -> None:
    """Show the window, and say when it is painted."""
    app = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QTableWidget(ROWS, COLUMNS))
    window.resize(*SIZE)
    teller = tell_first_paint(window, _at_once)
    window.show()
    app.exec()
    del teller


def _at_once() -> bool:
    return True


if __name__ == "__main__":
    main()
