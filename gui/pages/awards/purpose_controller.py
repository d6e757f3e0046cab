"""What the award at hand is for, as lists for the public say it: asked for, then kept."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.words import WordsDialog
from gui.pages.awards.award_controller import AwardController
from gui.pages.awards.detail import AwardDetail
from gui.pages.page import PageTools
from models.operations.set_up.office import SetPaperTexts
from models.papers.texts import PUBLICATION, PUBLISHED_PURPOSE, PaperTexts
from models.queries.awards.award_rows import AwardRow
from models.queries.papers.paper_texts import paper_texts

FILLED = "The first sentences of the application's summary"
"""What stands on lists where nothing is written."""


class PurposeController(AwardController):
    """Ask what stands, show it in its form, then have the record keep what was written."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(tools, detail, parent)
        detail.purpose_asked.connect(self._begin)

    @Slot()
    def _begin(self) -> None:
        row = self._row
        stands = partial(paper_texts, round_id=self.round_id, paper=PUBLICATION, subject=row.application)
        self._tools.workspace.ask(stands, partial(self._show, row))

    def _show(self, row: AwardRow, texts: PaperTexts) -> None:
        title, told = f"Purpose of {row.reference} for the public", {PUBLISHED_PURPOSE.code: FILLED}
        look, dialogs = self._tools.look, self._tools.dialogs
        dialog = WordsDialog(look, title, (PUBLISHED_PURPOSE,), texts, told, dialogs.window)
        dialog.written.connect(partial(self._keep, row))
        dialogs.show(dialog)

    def _keep(self, row: AwardRow, texts: tuple[tuple[str, str], ...]) -> None:
        self._tools.perform(SetPaperTexts(self.round_id, PUBLICATION, row.application, texts))
