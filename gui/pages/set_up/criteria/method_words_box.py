"""What a cost method does, read before it is chosen: formula, worked example, warning."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.label import Label
from scoring.explaining.words import method_words
from scoring.scheme import Method


class MethodWordsBox(QWidget):
    """The words of one method, under the choice of it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.formula = Label(look, size=12, weight=600, tone="text2").wrapped()
        self.example = Label(look, size=12, tone="text2").wrapped()
        self.warning = Label(look, size=12, weight=600, tone="warning").wrapped()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        for label in (self.formula, self.example, self.warning):
            column.addWidget(label)

    def show_method(self, method: Method) -> None:
        """Show the words of a method."""
        said = method_words(method)
        self.formula.setText(said.formula)
        self.example.setText(said.example)
        self.warning.setText(said.warning)
        self.example.setVisible(bool(said.example))
        self.warning.setVisible(bool(said.warning))
