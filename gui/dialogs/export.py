"""Ask which schedules to write and where; say beforehand what will be on them."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from gui.exporting import Wanted, suggested_name
from gui.pages.ranking_words import ALL_AREAS, summary
from gui.pages.round_figures import RoundFigures
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words

DRAFT = "They are written as drafts and change nothing in the record."


class ExportDialog(QDialog):
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
        self.xlsx = QCheckBox("Excel workbook, with how each score is worked out")
        self.pdf = QCheckBox("PDF, for signing")
        self.folder = QLineEdit(str(folder))
        self._browse = Button(look, "Choose…", icon="folder")
        self._problem = Words(look, tone="danger").wrapped()
        self._summary = Words(look, tone="text2").wrapped()
        self._name = Words(look, size=12, tone="muted").wrapped()
        self.write = Button(look, "", kind="primary", icon="export")
        self._cancel = Button(look, "Cancel")
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def wanted(self) -> Wanted:
        """Return what is asked for."""
        area = None if self.all_areas.isChecked() else self._area
        folder = Path(self.folder.text().strip()).expanduser()
        return Wanted(folder, area, self.xlsx.isChecked(), self.pdf.isChecked())

    @property
    def problem(self) -> str:
        """Return why nothing can be written as asked, "" when it can."""
        return self._problem.text()

    def _connect(self) -> None:
        self.all_areas.toggled.connect(self._refresh)
        self.xlsx.toggled.connect(self._refresh)
        self.pdf.toggled.connect(self._refresh)
        self._browse.clicked.connect(self._choose_folder)
        self.write.clicked.connect(self._ask)
        self._cancel.clicked.connect(self.reject)

    @Slot()
    def _refresh(self) -> None:
        wanted = self.wanted
        self._summary.setText(f"{summary(self._figures.listed, wanted.area)} {DRAFT}")
        self._name.setText(f"Name: {suggested_name(self._figures, wanted.area)}")
        kinds = [name for name, is_on in (("Excel", wanted.has_xlsx), ("PDF", wanted.has_pdf)) if is_on]
        self.write.show_words(f"Write {' and '.join(kinds)}" if kinds else "Write schedules")
        self._problem.setVisible(bool(self._problem.text()))

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for the schedules", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    @Slot()
    def _ask(self) -> None:
        wanted = self.wanted
        problem = _problem_with(wanted)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.folder.setAccessibleDescription(problem)
        if problem:
            (self.folder if wanted.has_xlsx or wanted.has_pdf else self.xlsx).setFocus()
            return
        self.asked.emit(wanted)
        self.accept()

    def _lay_out(self) -> None:
        look = self._look
        self.one_area.setVisible(self._area is not None)
        (self.one_area if self._area is not None else self.all_areas).setChecked(True)
        self.xlsx.setChecked(True)
        self.pdf.setChecked(True)
        self.folder.setAccessibleName("Folder")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, "Export schedules", size=15, weight=600))
        column.addWidget(self._summary)
        for group in ((self.one_area, self.all_areas), (self.xlsx, self.pdf)):
            column.addSpacing(look.px(4))
            for choice in group:
                column.addWidget(choice)
        column.addSpacing(look.px(4))
        column.addWidget(Words(look, "Folder", size=12, weight=600, tone="text2"))
        column.addLayout(_row(look, self.folder, self._browse))
        column.addWidget(self._name)
        column.addWidget(self._problem)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addLayout(_row(look, self._cancel, self.write))
        column.addLayout(buttons)
        self.setMinimumWidth(look.px(480))


def _problem_with(wanted: Wanted) -> str:
    if not (wanted.has_xlsx or wanted.has_pdf):
        return "Choose the Excel workbook, the PDF, or both."
    if not str(wanted.folder).strip() or not wanted.folder.is_absolute():
        return "Choose a folder for the schedules."
    return ""


def _row(look: Look, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(look.px(8))
    for widget in widgets:
        row.addWidget(widget)
    return row
