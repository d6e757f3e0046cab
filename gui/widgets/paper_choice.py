"""Choose which papers of a schedule are written, and into which folder."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words


class PaperChoice(QWidget):
    """Workbook, PDF or both; a folder; and what is wrong with the choice, beneath it."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.xlsx = QCheckBox("Excel workbook, with how each score is worked out")
        self.pdf = QCheckBox("PDF, for signing")
        self.folder = QLineEdit()
        self._browse = Button(look, "Choose…", icon="folder")
        self._name = Words(look, size=12, tone="muted").wrapped()
        self._problem = Words(look, tone="danger").wrapped()
        self._lay_out(look)
        self._browse.clicked.connect(self._choose_folder)
        for box in (self.xlsx, self.pdf):
            box.setChecked(True)
            box.toggled.connect(self._change)
        self.folder.textChanged.connect(self._change)

    @property
    def path(self) -> Path:
        """Return the folder chosen."""
        return Path(self.folder.text().strip()).expanduser()

    @property
    def deed(self) -> str:
        """Return the words of a button that writes what is chosen."""
        kinds = [name for name, box in (("Excel", self.xlsx), ("PDF", self.pdf)) if box.isChecked()]
        return f"Write {' and '.join(kinds)}" if kinds else "Write schedules"

    @property
    def problem(self) -> str:
        """Return what was last said against the choice, "" for nothing."""
        return self._problem.text()

    def show_name(self, name: str) -> None:
        """Say how the papers will be called."""
        self._name.setText(f"Name: {name}" if name else "")

    def is_ready(self, *, needs_papers: bool = True) -> bool:
        """Whether it can be written so; else say why not and move the focus there."""
        lacks_papers = needs_papers and not (self.xlsx.isChecked() or self.pdf.isChecked())
        problem = ""
        if lacks_papers:
            problem = "Choose the Excel workbook, the PDF, or both."
        elif not self.folder.text().strip() or not self.path.is_absolute():
            problem = "Choose a folder for the schedules."
        self._say(problem)
        if problem:
            (self.xlsx if lacks_papers else self.folder).setFocus()
        return not problem

    @Slot()
    def _change(self) -> None:
        self._say("")
        self.changed.emit()

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.folder.setAccessibleDescription(problem)

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for the schedules", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _lay_out(self, look: Look) -> None:
        self.folder.setAccessibleName("Folder")
        self._browse.show_words("Choose…", name="Choose the folder")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        column.addWidget(self.xlsx)
        column.addWidget(self.pdf)
        column.addSpacing(look.px(2))
        column.addWidget(Words(look, "Folder", size=12, weight=600, tone="text2"))
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.folder, 1)
        row.addWidget(self._browse)
        column.addLayout(row)
        column.addWidget(self._name)
        column.addWidget(self._problem)
        self._problem.hide()
