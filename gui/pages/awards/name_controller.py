"""Whether the public is told who has the award at hand: asked for with ground and reason, then kept."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.withheld_name import WithheldNameDialog
from gui.pages.awards.award_controller import AwardController
from gui.pages.awards.detail import AwardDetail
from gui.pages.page import PageTools
from models.operations.awards.checks import SetWithheldName
from models.queries.awards.award_rows import AwardRow
from models.values.awards import WithheldName


class NameController(AwardController):
    """Ask, then have the record keep it."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(tools, detail, parent)
        detail.name_asked.connect(self._begin)

    @Slot()
    def _begin(self) -> None:
        row = self._row
        if row.withheld_itself is not None:
            self._set(row, None)
            return
        dialog = WithheldNameDialog(self._tools.look, row.organisation, self._tools.dialogs.window)
        dialog.recorded.connect(partial(self._set, row))
        self._tools.dialogs.show(dialog)

    def _set(self, row: AwardRow, withheld: WithheldName | None) -> None:
        self._tools.perform(SetWithheldName(self.round_id, row.application, withheld, row.withheld_itself))
