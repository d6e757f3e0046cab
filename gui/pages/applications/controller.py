"""The applications on show: what is asked of the record, and worked out beside the event loop."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from gui.pages.applications.lines import ApplicationList, application_list
from gui.pages.page import PageTools
from models.operation import Topic
from models.queries.applications.reading import intake

GREY_AFTER_MS = 150
CONCERNS = frozenset(
    {
        Topic.APPLICATIONS,
        Topic.GATES,
        Topic.ROUNDS,
        Topic.SCHEME,
        Topic.INTERESTS,
        Topic.MARKS,
        Topic.AGREED,
        Topic.RECOMMENDATIONS,
    }
)


class ApplicationsController(QObject):
    """Ask for a round's applications; only the last answer counts."""

    came = Signal()
    late = Signal()

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.found: ApplicationList | None = None
        self._grey = QTimer(self)
        self._grey.setSingleShot(True)
        self._grey.setInterval(GREY_AFTER_MS)
        self._grey.timeout.connect(self.late)

    def leave(self) -> None:
        """Hold nothing: another round is gone to, or none."""
        self._grey.stop()
        self.found = None

    def ask(self, round_id: int) -> None:
        """Ask the record for a round as the person may see it."""
        self._grey.start()
        query = partial(intake, round_id=round_id, viewer=self._tools.identity.viewer)
        self._tools.ask(query, self._take, work_out=application_list)

    def _take(self, found: ApplicationList) -> None:
        self._grey.stop()
        self.found = found
        self.came.emit()
