"""How packs go round, beside the list: four steps in words."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import nest, nest_in_cell

STEPS = (
    (
        "Issue a pack",
        "It holds the member's applications and the criteria: no contacts, bank details or marks of others.",
    ),
    (
        "Send it, and give its passphrase separately",
        "By telephone or in person: anyone who has both can read the applications.",
    ),
    (
        "The member marks at home",
        "“I was sent a pack…” on the welcome page opens it. A return goes back the same way.",
    ),
    (
        "Import the return",
        "You see every difference before anything is written. A copy is saved first; one undo takes it back.",
    ),
)


class PackSteps(Card):
    """What happens with a pack, from this office and back."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(16, 12), parent=parent)
        self.setAccessibleName("How packs work")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(Label(look, "How packs work", size=14, weight=600))
        nest(self.body, self._grid)
        self.body.addStretch(1)
        for number, (head, words) in enumerate(STEPS):
            figure = Label(look, f"{number + 1}", weight=600, tone="accent")
            self._grid.addWidget(figure, number, 0, Qt.AlignmentFlag.AlignTop)
            step = QVBoxLayout()
            step.setSpacing(2)
            step.addWidget(Label(look, head, weight=600).wrapped())
            step.addWidget(Label(look, words, size=12, tone="text2").wrapped())
            nest_in_cell(self._grid, step, (number, 1), Qt.AlignmentFlag.AlignTop)
        look.changed.connect(self._space)
        self._space()

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(14))
        self._grid.setContentsMargins(0, px(10), 0, 0)
