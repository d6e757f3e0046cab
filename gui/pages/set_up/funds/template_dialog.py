"""What is done with the Word template of a fund's agreements."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look

WRITE, USE, SHIPPED = "write", "use", "shipped"
WORDS = (
    "Agreements are written from a Word file. Write it, edit it in Word, and use it again; each new "
    "agreement is then written from it. The clauses are the lines of this list.",
)


class TemplateDialog(Form):
    """Write the template to edit it, use an edited one, or go back to the one that ships."""

    agreed = Signal(str)

    def __init__(self, look: Look, fund: str, parent: QWidget) -> None:
        super().__init__(look, f"Template of agreements, {fund}", WORDS, "Continue", parent)
        options = (
            ("Write the template in use to a file", WRITE),
            ("Use a file that I edited", USE),
            ("Go back to the template that ships", SHIPPED),
        )
        self.what = self.choice("What to do", options)
        self.finish(self.what)
