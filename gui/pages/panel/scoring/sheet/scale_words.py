"""What each mark of the scale means, folded out under the marks."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from gui.pages.panel.scoring.sheet.mark_button import Grade
from gui.theme.look import Look
from gui.widgets.label import Label

SHOWN, HIDDEN = "The meanings are shown. Left and Right on the marks say each.", "The meanings are hidden."
FOLD_OUT, FOLD_AWAY = "What each mark means", "Hide the meanings"


class ScaleWords(QWidget):
    """A line for each mark that has a word or a meaning; laid out when it is first shown."""

    def __init__(self, look: Look, grades: Sequence[Grade]) -> None:
        super().__init__()
        self._look = look
        self._told = tuple(grade for grade in grades if grade.word or grade.meaning)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, look.px(2), 0, look.px(2))
        self._grid.setVerticalSpacing(look.px(3))
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setColumnStretch(1, 1)
        self.setAccessibleName(FOLD_OUT)
        self.hide()

    @property
    def has_words(self) -> bool:
        """Whether any mark has a word or a meaning."""
        return bool(self._told)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what is told, a line a mark."""
        return tuple(f"{grade.mark} {grade.word}: {grade.meaning}".rstrip(": ") for grade in self._told)

    def show_out(self, *, is_out: bool) -> None:
        """Fold the lines out, or away."""
        if is_out and not self._grid.count():
            for row, grade in enumerate(self._told):
                self._add(row, grade)
        self.setVisible(is_out and self.has_words)

    def _add(self, row: int, grade: Grade) -> None:
        number = Label(self._look, str(grade.mark), size=12, weight=600)
        words = f"{grade.word}: {grade.meaning}".strip(": ")
        meaning = Label(self._look, words, size=12, tone="text2").wrapped()
        number.setAccessibleName(f"Mark {grade.mark}")
        self._grid.addWidget(number, row, 0)
        self._grid.addWidget(meaning, row, 1)
