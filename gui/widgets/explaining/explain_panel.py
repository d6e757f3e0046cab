"""How one application came to its total, place and offer: the sum by hand, then each rule in words."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.explaining.explain_rows import Row, explained_rows, what_is_asked
from gui.widgets.explaining.explain_text import as_text
from gui.widgets.label import ElidedLabel, Label, small
from gui.widgets.nesting import nest, row_of
from gui.widgets.scrolled import ScrollPane, show_again
from gui.widgets.tips import set_tip
from scoring.explaining.steps import Explanation
from scoring.scheme import Scheme

TITLE = "Explain this score"
COLUMNS = 4
HINT = "Choose an application in the list to see how its total, place and offer came about."


class ExplainPanel(Card):
    """The panel beside the ranked table; it follows the selection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(inset=(2, 2), parent=parent)
        self._hint = HINT
        self._has_steps = False
        self._explanation: Explanation | None = None
        self._scheme: Scheme | None = None
        self._labels: list[Label] = []
        self._scroll = ScrollPane("Explanation")
        self.subject = small()  # its sum is never cut
        self.steps = Button("Every step", kind="link")
        self._copy = Button("", kind="quiet", icon="copy")
        self._copy.show_words("", name="Copy as text")
        set_tip(self._copy, "Copy as text")
        self.steps.clicked.connect(self._fold_steps)
        self._copy.clicked.connect(self.copy)
        head = row_of((self.subject, 1), spacing=2, edges=(12, 4, 4, 0))
        for button in (self.steps, self._copy):
            head.addWidget(button)
        nest(self.body, head)
        self.fill_with(self._scroll)
        self._scroll.setMinimumHeight(look.px(80))
        self._show()

    def explain(self, explanation: Explanation, scheme: Scheme) -> None:
        """Show another application's explanation, from its top; that of the same one stays where it is."""
        known, self._explanation, self._scheme = self._explanation, explanation, scheme
        self._show()
        if known is None or known.standing.reference != explanation.standing.reference:
            self._scroll.verticalScrollBar().setValue(0)

    def clear(self, words: str = HINT) -> None:
        """Show no explanation: how to get one, or why there is none."""
        self._hint, self._explanation = words, None
        self._show()

    @property
    def text(self) -> str:
        """Return the explanation as text, "" when none is shown."""
        if self._explanation is None or self._scheme is None:
            return ""
        return as_text(self._explanation, self._scheme)

    def focusable(self) -> QWidget:
        """Return what takes the focus when the panel is gone to."""
        return self._scroll

    @Slot()
    def copy(self) -> None:
        """Put the explanation on the clipboard as text."""
        if self.text:
            QGuiApplication.clipboard().setText(self.text)

    @Slot()
    def _fold_steps(self) -> None:
        """Show every step or none, and go to the first: they stand below the sum, out of sight."""
        folded = len(self._labels)
        self._has_steps = not self._has_steps
        self._show()
        QTimer.singleShot(0, self, partial(self._go_to, folded if self._has_steps else 0))

    def _go_to(self, number: int) -> None:
        """Put a label at the top, once all have their places; the first is the sum's."""
        label = self._labels[number] if 0 < number < len(self._labels) else None
        self._scroll.verticalScrollBar().setValue(0 if label is None else label.y())

    def _show(self) -> None:
        """Lay the lines out anew, and say above them of whom they tell."""
        is_explained = self._explanation is not None
        for button in (self.steps, self._copy):
            button.setVisible(is_explained)
        self.subject.setText(what_is_asked(self._explanation.standing) if self._explanation else TITLE)
        self.steps.show_words("Hide the steps" if self._has_steps else "Every step")
        page, self._labels = _laid(self._rows())
        show_again(self._scroll, page)

    def _rows(self) -> tuple[Row, ...]:
        if self._explanation is None or self._scheme is None:
            return (Row((self._hint,), 13, tone="muted"),)
        return explained_rows(self._explanation, self._scheme, has_steps=self._has_steps)


def _laid(rows: Sequence[Row]) -> tuple[QWidget, list[Label]]:
    """Return a page of rows under one another, and its labels; those of a sum stand in columns."""
    page, labels = QWidget(), list[Label]()
    grid = QGridLayout(page)
    space(grid, (8, 2), (12, 2, 12, 8))
    grid.setColumnStretch(0, 1)
    for number, row in enumerate(rows):
        is_sum = len(row.cells) > 1
        for at, words in enumerate(row.cells):
            kind = ElidedLabel if is_sum and not at else Label
            label = kind(words, size=row.size, weight=row.weight, tone=row.tone)
            labels.append(label)
            grid.addWidget(label.right() if at else label, number, at, 1, 1 if is_sum else COLUMNS)
            label.setWordWrap(not is_sum)
        if row.rule:
            grid.addWidget(_rule(row.rule), number, 0, 1, COLUMNS)
        elif not row.cells:
            grid.setRowMinimumHeight(number, look.px(4))
    grid.setRowStretch(len(rows), 1)
    return page, labels


def _rule(thick: int) -> QFrame:
    line = QFrame()
    line.setFixedHeight(thick)
    line.setProperty("rule", thick)
    return line
