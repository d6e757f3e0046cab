"""Ask which schedules to write and where; say beforehand what will be on them."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from gui.area_words import ALL_AREAS
from gui.dialogs.dialog import Dialog
from gui.exporting import Wanted, suggested_name
from gui.pages.ranking.words import summary
from gui.pages.round_figures import RoundFigures
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.paper_choice import PaperChoice
from gui.widgets.words import Words

DRAFT = "They are written as drafts and change nothing in the record."


class ExportDialog(Dialog):
    """Excel, PDF or both, for all areas or the one on show, into a folder."""

    asked = Signal(object)

    def __init__(
        self, look: Look, figures: RoundFigures, area: str | None, folder: Path, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._figures = figures
        self._area = area
        self.setWindowTitle("Export schedules")
        self.all_areas = QRadioButton(ALL_AREAS)
        self.one_area = QRadioButton(area or "")
        self.papers = PaperChoice(look)
        self.papers.folder.setText(str(folder))
        self._summary = Words(look, tone="text2").wrapped()
        self.write = Button(look, "", kind="primary", icon="export")
        self._cancel = Button(look, "Cancel")
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def wanted(self) -> Wanted:
        """Return what is asked for."""
        area = None if self.all_areas.isChecked() else self._area
        papers = self.papers
        return Wanted(papers.path, area, papers.xlsx.isChecked(), papers.pdf.isChecked())

    @property
    def problem(self) -> str:
        """Return why nothing can be written as asked, "" when it can."""
        return self.papers.problem

    def _connect(self) -> None:
        self.all_areas.toggled.connect(self._refresh)
        self.papers.changed.connect(self._refresh)
        self.write.clicked.connect(self._ask)
        self._cancel.clicked.connect(self.reject)

    @Slot()
    def _refresh(self) -> None:
        area = self.wanted.area
        self._summary.setText(f"{summary(self._figures.listed, area)} {DRAFT}")
        self.papers.show_name(suggested_name(self._figures, area))
        self.write.show_words(self.papers.deed)

    @Slot()
    def _ask(self) -> None:
        if self.papers.is_ready():
            self.asked.emit(self.wanted)
            self.accept()

    def _lay_out(self) -> None:
        look = self._look
        self.one_area.setVisible(self._area is not None)
        (self.one_area if self._area is not None else self.all_areas).setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, "Export schedules", size=15, weight=600))
        column.addWidget(self._summary)
        column.addSpacing(look.px(4))
        column.addWidget(self.one_area)
        column.addWidget(self.all_areas)
        column.addSpacing(look.px(4))
        column.addWidget(self.papers)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(8))
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.write)
        column.addLayout(buttons)
        self.setMinimumWidth(look.px(480))
