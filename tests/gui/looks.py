"""The look of parts that a test shows in no window of the program's."""

from PySide6.QtWidgets import QApplication

from gui.theme.glyphs import Lettering
from gui.theme.look import Choice, look


def look_of(
    app: QApplication,
    choice: Choice = Choice.SYSTEM,
    percent: int = 100,
    lettering: Lettering = Lettering.SHIPPED,
) -> None:
    """Begin a look by whose rules all windows of the application are drawn."""
    look.begin(app, choice, percent, lettering)
    look.dress(app)
