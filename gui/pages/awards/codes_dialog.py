"""Finance's codes: those of the round, and of each area that has others."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.theme.office_words import ours
from models.operations.awards.finance import LONGEST
from models.queries.awards.awards import FinanceCodes

HEADS = ("Cost centre", "Nominal code", "Project code")
WHOLE = "The round"
HINT = "Codes are text, so leading zeros stay. Leave an area blank where it uses the round's codes."


class CodesDialog(Form):
    """A line of three codes for the round and one for each area; what is blank is as the round's."""

    def __init__(
        self, look: Look, areas: Sequence[str], codes: Sequence[FinanceCodes], parent: QWidget
    ) -> None:
        super().__init__(look, "Finance codes", (ours(HINT),), "Save codes", parent, 600)
        held = {row.area: row for row in codes}
        grid = self.field_grid("", *HEADS)
        for number in range(1, len(HEADS) + 1):
            grid.setColumnStretch(number, 1)
        self.fields: dict[str, tuple[QLineEdit, ...]] = {}
        for area in ("", *areas):
            parts = held.get(area, FinanceCodes(area)).parts
            of = area or WHOLE.lower()
            fields = tuple(
                grid.edit(f"{head} of {of}", code) for head, code in zip(HEADS, parts, strict=True)
            )
            for field in fields:
                field.setMaxLength(LONGEST)
            grid.put(grid.name(area or WHOLE, weight=400 if area else 600), *fields)
            self.fields[area] = fields
        for field in self.fields[""]:
            field.textChanged.connect(self._follow)
        self._follow()
        self.finish(self.fields[""][0])

    @property
    def codes(self) -> tuple[FinanceCodes, ...]:
        """Return the lines that say something."""
        lines = (
            FinanceCodes(area, *(" ".join(field.text().split()) for field in fields))
            for area, fields in self.fields.items()
        )
        return tuple(line for line in lines if any(line.parts))

    @Slot()
    def _follow(self) -> None:
        """Show in each blank of an area what it is booked under then."""
        for area, fields in self.fields.items():
            for field, whole in zip(fields, self.fields[""], strict=True):
                field.setPlaceholderText(whole.text() if area else "")

    def try_action(self) -> None:
        """Save the codes."""
        codes = self.codes
        self.accept()
        self.agreed.emit(codes)
