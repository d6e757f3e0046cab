"""What the controllers of the award at hand share: the award, and how a change of it is kept and told."""

from PySide6.QtCore import QObject

from gui.listed.acts import Doing
from gui.pages.awards.detail import AwardDetail
from gui.pages.page import PageTools
from models.queries.awards.award_rows import AwardRow


class AwardController(QObject):
    """Ask where a question is needed, then have the record keep it; `round_id` is the round on show."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._detail = tools, detail
        self._doing = Doing(tools, self)
        self.round_id = 0

    @property
    def _row(self) -> AwardRow:
        assert self._detail.row is not None, "only the award at hand is changed"
        return self._detail.row
