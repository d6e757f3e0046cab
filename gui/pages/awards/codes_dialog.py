"""Finance's codes: those of the round, and of each area that has others."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.fitting import Fitted
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words
from models.operations.awards.finance_codes import LONGEST
from models.queries.awards.finance_codes import FinanceCodes

HEADS = ("Cost centre", "Nominal code", "Project code")
WHOLE = "The round"
HINT = "Codes are text, so leading zeros stay. Leave an area blank where it uses the round's codes."
MOST_SHOWN = 7


class CodesDialog(Dialog):
    """A line of three codes for the round and one for each area; what is blank is as the round's."""

    chosen = Signal(object)

    def __init__(
        self, look: Look, areas: Sequence[str], codes: Sequence[FinanceCodes], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle("Finance codes")
        self.setAccessibleDescription(HINT)
        self.fields: dict[str, tuple[QLineEdit, ...]] = {}
        self.do = Button(look, "Save codes", kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, "Finance codes", size=15, weight=600))
        column.addWidget(Words(look, HINT, tone="text2").wrapped())
        column.addWidget(self._lines(areas, {row.area: row for row in codes}), 1)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(600))
        self._follow()
        for field in self.fields[""]:
            field.textChanged.connect(self._follow)
        self.do.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.reject)

    @property
    def codes(self) -> tuple[FinanceCodes, ...]:
        """Return the lines that say something."""
        lines = (
            FinanceCodes(area, *(" ".join(field.text().split()) for field in fields))
            for area, fields in self.fields.items()
        )
        return tuple(line for line in lines if any(line.parts))

    def _lines(self, areas: Sequence[str], codes: dict[str, FinanceCodes]) -> Fitted:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, self._look.px(8), 0)
        grid.setSpacing(self._look.px(6))
        for number, head in enumerate(HEADS, start=1):
            grid.addWidget(Words(self._look, head, size=12, tone="muted"), 0, number)
            grid.setColumnStretch(number, 1)
        for line, area in enumerate(("", *areas), start=1):
            grid.addWidget(Words(self._look, area or WHOLE, weight=400 if area else 600), line, 0)
            held = codes.get(area, FinanceCodes(area))
            self.fields[area] = tuple(
                self._field(grid, line, number, area, code) for number, code in enumerate(held.parts)
            )
        grid.setRowStretch(len(areas) + 2, 1)
        scrolled = Fitted(self)
        holder.setAutoFillBackground(False)
        scrolled.setWidget(holder)
        rows = min(len(areas) + 1, MOST_SHOWN)
        scrolled.setMinimumHeight(min(holder.sizeHint().height(), self._look.px(44 * rows + 30)))
        return scrolled

    def _field(self, grid: QGridLayout, line: int, number: int, area: str, code: str) -> QLineEdit:
        field = QLineEdit(code)
        field.setMaxLength(LONGEST)
        field.setAccessibleName(f"{HEADS[number]} of {area or WHOLE.lower()}")
        grid.addWidget(field, line, number + 1)
        return field

    @Slot()
    def _follow(self) -> None:
        """Show in each blank of an area what it is booked under then."""
        for area, fields in self.fields.items():
            for field, whole in zip(fields, self.fields[""], strict=True):
                field.setPlaceholderText(whole.text() if area else "")

    @Slot()
    def _keep(self) -> None:
        codes = self.codes
        self.accept()
        self.chosen.emit(codes)
