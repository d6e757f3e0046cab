"""The actions of the page: it asks what is wanted, then has the record do it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from gui.pages.applications.organisations.dialogs import ApartDialog, MergeDialog
from gui.pages.applications.organisations.rows import OrganisationRow
from gui.pages.page import PageTools
from models.operations.applications.organisations import (
    MergeOrganisations,
    PartOrganisations,
    SeparateOrganisations,
)
from models.queries.applications.merges import Merge
from models.queries.applications.organisations import OrganisationLine
from models.values.rounds import RoundKey


class OrganisationsController(QObject):
    """It asks, makes the change, and leaves the record to refuse it; `kept` names what a merge leaves."""

    kept = Signal(str)

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask_merge(self, line: OrganisationLine, others: Sequence[OrganisationLine]) -> None:
        """Ask which other organisation one is the same as, and why."""
        box = MergeDialog(self._tools.look, line, others, self._tools.dialogs.window)
        names = {other.uid: other.name for other in others}
        box.agreed.connect(partial(self._merge, line, names))
        self._tools.dialogs.show(box)

    def _merge(self, line: OrganisationLine, names: dict[str, str], into: str, reason: str) -> None:
        self.kept.emit(into)
        self._tools.perform(MergeOrganisations(into, line.uid, names[into], line.name, reason))

    def separate(self, merge: Merge) -> None:
        """Let a merged organisation be one of its own again, or one that is kept apart the other's."""
        pair = (merge.into_uid, merge.uid, merge.into_name, merge.name)
        self._tools.perform(SeparateOrganisations(*pair, was_apart=merge.is_apart))

    def ask_apart(self, line: OrganisationLine) -> None:
        """Ask which name of an organisation is of a branch to be kept apart, and why."""
        box = ApartDialog(self._tools.look, line, self._tools.dialogs.window)
        box.agreed.connect(partial(self._part, line))
        self._tools.dialogs.show(box)

    def _part(self, line: OrganisationLine, branch: str, reason: str) -> None:
        self._tools.perform(PartOrganisations(line.uid, line.name, (branch,), reason))

    def open_row(self, row: OrganisationRow) -> None:
        """Go to what a line tells of, in its own round; to the application where the page is closed."""
        if row.round is None:
            self._tools.hint(f"That leads to no page of its own. {row.what}: {row.says}.")
            return
        self._tools.choose_round(RoundKey(row.round.fund_code, row.round.year, row.round.name))
        self._tools.go(row.page if row.page in self._tools.pages else "applications", row.reference)
