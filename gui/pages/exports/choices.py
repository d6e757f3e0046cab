"""The left side of the Exports page: of which area, which papers, where to, and what was issued before."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.area_words import ALL_AREAS
from gui.exporting import Wanted
from gui.pages.criteria.inputs import ChoiceBox
from gui.pages.exports.words import COPY, ISSUE_COLUMNS, NOTHING_ISSUED, issue_key, issue_name
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.paper_choice import PaperChoice
from gui.widgets.words import Words
from models.queries.issue_lines import IssueLine

TABLE_HEIGHT = 84
"""The list's head and its newest version; when there is no room for them, the whole side scrolls."""


class Choices(QScrollArea):
    """What is exported, over the list of issued versions."""

    area_chosen = Signal(object)
    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.area = ChoiceBox(look, "Area of the schedule")
        self.papers = PaperChoice(look)
        self.table: LineView[IssueLine] = LineView(look, ISSUE_COLUMNS, issue_key, issue_name)
        self.table.setAccessibleName("Issued versions, the newest first")
        self.nothing = Words(look, NOTHING_ISSUED, tone="muted").wrapped()
        self.copy = Words(look, COPY, tone="muted").wrapped()
        self.area.chosen.connect(self.area_chosen)
        self.papers.changed.connect(self.changed)
        self._lay_out()
        look.changed.connect(self._space)
        self._space()

    @property
    def wanted(self) -> Wanted:
        """Return what is asked for."""
        area, papers = self.area.value, self.papers
        assert area is None or isinstance(area, str), "areas are offered by name"
        return Wanted(papers.path, area, papers.xlsx.isChecked(), papers.pdf.isChecked())

    def offer(self, areas: tuple[str, ...], area: str | None) -> None:
        """Offer a round's areas."""
        self.area.offer([(None, ALL_AREAS), *((name, name) for name in areas)])
        self.area.show_value(area)

    def suggest(self, folder: Path) -> None:
        """Suggest a folder."""
        self.papers.folder.setText(str(folder))

    def show_issues(self, issues: tuple[IssueLine, ...], *, is_copy: bool) -> None:
        """Show the issued versions."""
        self.table.show_rows(issues)
        self.table.setVisible(bool(issues))
        self.nothing.setVisible(not issues)
        self.copy.setVisible(is_copy)

    def _lay_out(self) -> None:
        look = self._look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        content = QWidget()
        content.setObjectName("page")
        self.setWidget(content)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._what = Card(look, inset=(14, 12))
        self._what.body.addWidget(Words(look, "Award schedule of", size=12, weight=600, tone="text2"))
        self._what.body.addWidget(self.area)
        self._what.body.addWidget(self.papers)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._issued = Card(look, inset=(3, 3))
        self._issued.fill_with(self.table)
        for words in (self.nothing, self.copy):
            words.setContentsMargins(look.px(11), look.px(9), look.px(11), look.px(9))
            self._issued.body.addWidget(words)
        self._issued.body.addStretch(0)
        self._column.addWidget(self._what)
        self._column.addWidget(self._issued, 1)

    @Slot()
    def _space(self) -> None:
        self._column.setSpacing(self._look.px(10))
        self._what.body.setSpacing(self._look.px(6))
        self.table.setMinimumHeight(self._look.px(TABLE_HEIGHT))
