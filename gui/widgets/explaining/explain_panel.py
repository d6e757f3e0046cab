"""How one application came to its total, place and offer: the sum by hand, then each rule in words."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.explaining.explain_rows import Row, explained_rows, hint_rows, row_shape, what_is_asked
from gui.widgets.explaining.explain_text import as_text
from gui.widgets.label import ElidedLabel, Label, small
from gui.widgets.nesting import column_of, nest, row_of
from gui.widgets.scrolled import ScrollPane, show_in
from gui.widgets.tips import set_tip
from scoring.explaining.steps import Explanation
from scoring.scheme import Scheme

TITLE = "Explain this score"
A_STEP = 16
"""So many labels are made at a step: as many as take a few milliseconds."""
HINT = "Choose an application in the list to see how its total, place and offer came about."


class ExplainPanel(Card):
    """The panel beside the ranked table; it follows the selection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(inset=(2, 2), parent=parent)
        self._text = ""
        self._hint = HINT
        self._has_steps = False
        self._explanation: Explanation | None = None
        self._scheme: Scheme | None = None
        self._shape: tuple[object, ...] | None = None
        self._labels: list[Label] = []
        self._turn = object()
        """What is shown last, which goes before all that is still being made."""
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
        look.follow(self._dress)

    def explain(self, explanation: Explanation, scheme: Scheme) -> Iterator[None]:
        """Show another application's explanation, from its top; that of the same one stays where it is.

        A step at a time: lines that are not there are made first.
        """
        known = self._explanation
        self._explanation = explanation
        self._scheme = scheme
        self._text = as_text(explanation, scheme)
        yield from self._show_in_steps()
        is_other = known is None or known.standing.reference != explanation.standing.reference
        if is_other and self._explanation is explanation:
            self._scroll.verticalScrollBar().setValue(0)

    def clear(self, words: str = HINT) -> None:
        """Show no explanation: how to get one, or why there is none."""
        self._hint = words
        self._explanation = None
        self._text = ""
        self._show()

    @property
    def text(self) -> str:
        """Return the explanation as text, "" when none is shown."""
        return self._text

    def focusable(self) -> QWidget:
        """Return what takes the focus when the panel is gone to."""
        return self._scroll

    @Slot()
    def copy(self) -> None:
        """Put the explanation on the clipboard as text."""
        if self._text:
            QGuiApplication.clipboard().setText(self._text)

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

    @Slot()
    def _dress(self) -> None:
        """Follow another look: everything is made again."""
        self._shape = None
        self._show()

    def _show(self) -> None:
        for _ in self._show_in_steps():
            pass

    def _show_in_steps(self) -> Iterator[None]:
        """Show other words in the labels that are there, or make others where they do not fit."""
        rows = self._rows()
        found = row_shape(rows)
        self._turn = turn = object()
        if found == self._shape:
            _fill(self._labels, rows)
        else:
            lines = _Laying(QWidget(self._scroll.viewport()))
            yield from lines.put_all(rows)
            if self._turn is not turn:  # something newer is shown by now
                lines.page.deleteLater()
                return
            _fill(lines.labels, rows)
            self._shape, self._labels = found, lines.labels
            show_in(self._scroll, lines.page)
            lines.page.show()
        self._name()

    def _name(self) -> None:
        """Say above the lines of whom they tell."""
        for button in (self.steps, self._copy):
            button.setVisible(self._explanation is not None)
        self.subject.setText(
            TITLE if self._explanation is None else what_is_asked(self._explanation.standing)
        )
        self.steps.show_words("Hide the steps" if self._has_steps else "Every step")

    def _rows(self) -> tuple[Row, ...]:
        if self._explanation is None or self._scheme is None:
            return hint_rows(self._hint)
        return explained_rows(self._explanation, self._scheme, has_steps=self._has_steps)


class _Laying:
    """Lay rows out under one another; those of a sum stand in columns."""

    def __init__(self, page: QWidget) -> None:
        self.page = page
        self.labels: list[Label] = []
        self._column = column_of(spacing=2, edges=(12, 2, 12, 8), inside=page)
        self._grid: QGridLayout | None = None

    def put_all(self, rows: Sequence[Row]) -> Iterator[None]:
        """Put rows beneath one another, some at a step."""
        for row in rows:
            made = len(self.labels)
            self._put(row)
            if len(self.labels) // A_STEP > made // A_STEP:
                yield
        self._column.addStretch(1)

    def _put(self, row: Row) -> None:
        """Put a row beneath the others."""
        if row.rule:
            line = _rule(row.rule)
            if row.in_sum:
                self._sum().addWidget(line, self._sum().rowCount(), 0, 1, 4)
            else:
                self._column.addWidget(line)
        elif not row.cells:
            self._column.addSpacing(look.px(4))
        elif len(row.cells) > 1:
            self._put_cells(self._sum(), row)
        else:
            label = self._label(Label, row)
            self._column.addWidget(label.wrapped())

    def _sum(self) -> QGridLayout:
        if self._grid is None:
            self._grid = QGridLayout()
            nest(self._column, self._grid)
            space(self._grid, (8, 1))
            self._grid.setColumnStretch(0, 1)
        return self._grid

    def _put_cells(self, grid: QGridLayout, row: Row) -> None:
        number = grid.rowCount()
        for column in range(len(row.cells)):
            label = self._label(Label if column else ElidedLabel, row)
            grid.addWidget(label.right() if column else label, number, column)

    def _label(self, kind: type[Label], row: Row) -> Label:
        label = kind(size=row.size, weight=row.weight, tone=row.tone)
        self.labels.append(label)
        return label


def _fill(labels: Sequence[Label], rows: Sequence[Row]) -> None:
    for label, words in zip(labels, (words for row in rows for words in row.cells), strict=True):
        if label.text() != words:
            label.setText(words)


def _rule(thick: int) -> QFrame:
    line = QFrame()
    line.setFixedHeight(thick)
    colour = look.theme.control if thick > 1 else look.theme.line
    line.setStyleSheet(f"background: {colour}; border: none;")
    return line
