"""What is asked for when two organisations are merged."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import Wrong
from models.queries.applications.organisations.finding import described
from models.queries.applications.organisations.lines import OrganisationLine
from scoring.written.names import alike_key, text_key

WHAT_IT_DOES = (
    "Its applications, awards and payments count with the other's from now on: in caps, in the subsidy total "
    "of three years and in what an applicant had before."
)
WHAT_STAYS = "Papers already issued stay as they are. The two can be separated again at any time."
CHOOSE = "Choose an organisation"
WHY = "Say why the two are one. The reason is recorded in History."


class MergeDialog(Form):
    """Into which other organisation one is merged, and why; those of a like name come first."""

    agreed = Signal(str, str)

    def __init__(
        self, look: Look, line: OrganisationLine, others: Sequence[OrganisationLine], parent: QWidget
    ) -> None:
        words = (WHAT_IT_DOES, WHAT_STAYS)
        super().__init__(look, f"Merge {line.name} into another", words, "Merge", parent)
        order = sorted(others, key=lambda other: (not _is_alike(line, other), text_key(other.name)))
        known = [(described(other), other.uid) for other in order]
        self.into = self.choice("Is the same as, and keeps the name", [(CHOOSE, ""), *known])
        self.reason = self.note("Reason", 84, wanted=WHY)
        self.finish(self.into)

    def try_action(self) -> None:
        """Tell which one and why, once an organisation is chosen."""
        if not self.into.currentData():
            raise Wrong(f"{CHOOSE}: the one whose name is kept.", self.into)
        super().try_action()


def _is_alike(line: OrganisationLine, other: OrganisationLine) -> bool:
    names = {alike_key(name) for name in (line.name, *line.others)}
    return any(alike_key(name) in names for name in (other.name, *other.others))
