"""Keep the explanation in step with the application that is picked, one piece of work at a time."""

from functools import partial

from PySide6.QtCore import QObject

from gui.record.runner import Ticket
from gui.record.workspace import Workspace
from gui.widgets.explaining.explain_panel import ExplainPanel
from models.queries.deciding.round_list import RoundFigures, explained
from scoring.explaining.steps import Explanation


class Explaining(QObject):
    """Explain what is picked; while one explanation is worked out, only the newest pick is kept."""

    def __init__(self, panel: ExplainPanel, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._workspace = workspace
        self._figures: RoundFigures | None = None
        self._picked = ""
        self._closed = ""
        self._is_busy = False

    def follow(self, figures: RoundFigures | None, reference: str, closed: str = "") -> None:
        """Explain an application of a round, or nothing when it is not there, or only why it is closed."""
        self._figures, self._picked, self._closed = figures, reference, closed
        if closed:
            self._panel.clear(closed)
        elif figures is None or reference not in figures.projects:
            self._panel.clear()
        elif not self._is_busy:
            self._is_busy = True
            work = partial(_explain, figures, reference)
            self._workspace.work(work, partial(self._take, figures, reference), failed=self._fail)

    def _take(self, figures: RoundFigures, reference: str, explanation: Explanation) -> None:
        self._is_busy = False
        if figures is self._figures and reference == self._picked and not self._closed:
            self._panel.explain(explanation, figures.ranking.scheme)
        else:
            self.follow(self._figures, self._picked, self._closed)

    def _fail(self, error: Exception) -> None:
        self._is_busy = False
        self._workspace.failed.emit(error)


def _explain(figures: RoundFigures, reference: str, ticket: Ticket) -> Explanation:
    return explained(figures, reference)
