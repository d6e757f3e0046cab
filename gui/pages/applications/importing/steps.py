"""The five steps of the wizard in a row, the one on show marked."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.label import Label, stretch

STEPS = ("File", "Sheet and headings", "Match columns", "Check", "Summary")


class Steps(QWidget):
    """A line of words: "1 File > 2 Sheet and headings > …"."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words: list[tuple[Label, Label]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 0, 3, 0)
        row.setSpacing(look.px(8))
        for number, name in enumerate(STEPS, 1):
            if number > 1:
                row.addWidget(Label(look, "›", tone="muted"))
            here = Label(look, f"{number} {name}", weight=600, tone="accent")
            there = Label(look, f"{number} {name}", tone="muted")
            self._words.append((here, there))
            row.addWidget(here)
            row.addWidget(there)
        row.addWidget(stretch())
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Mark the step on show."""
        for number, (here, there) in enumerate(self._words):
            here.setVisible(number == step)
            there.setVisible(number != step)
        self.setAccessibleName(f"Step {step + 1} of {len(STEPS)}, {STEPS[step]}")
