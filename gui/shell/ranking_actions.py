"""What is asked of the ranked list from anywhere in the window: its papers and its recommendations."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from gui.shell.main_window import RANKING, MainWindow
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.papers.kinds import SCHEDULE


class RankingActions(QObject):
    """Two actions on the ranked list."""

    def __init__(self, window: MainWindow, go_to: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._go_to = go_to

    @Slot()
    def ask_papers(self) -> None:
        """Go to Papers, at the award schedule of what is on show."""
        tools = self._window.tools
        refusal = tools.identity.refusal("issue paper")
        if refusal:
            tools.notices.show_notice(Notice("export", Tone.INFORMATION, refusal, passes=True))
        else:
            tools.go("exports", SCHEDULE)

    @Slot()
    def ask_recommendations(self) -> None:
        """Say what would be recorded, or why there is nothing to record."""
        if self._window.ranking.figures is None:
            self._go_to(RANKING)
        self._window.ranking.recording.ask()
