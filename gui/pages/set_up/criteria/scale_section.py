"""The scale of marks with its words, and what they mean."""

from collections.abc import Iterator

from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from gui.breakpoints import Breakpoints
from gui.grid.inputs import ChoiceBox, FigureBox, labelled
from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.reading import any_text, some_text
from gui.theme.look import look, space
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import column_of, fill, row_of
from gui.widgets.tips import set_tip
from models.reference.schemes import shipped_scales
from scoring.publishing import with_scale
from scoring.scheme import Scheme

AHEAD = 6
"""Marks of 0 to 5."""


class ScaleSection(QWidget):
    """A word for each mark, and what the word means to those who mark."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._scales = {scale.maximum: scale for scale in shipped_scales()}
        self.scale = ChoiceBox("Scale", [(s.maximum, s.words) for s in self._scales.values()])
        self.words: list[FigureBox] = []
        self.meanings: list[FigureBox] = []
        self._marks: list[Label] = []
        card = Card()
        fill(card.body, row_of((labelled("Scale of marks", self.scale), 1), 1), spacing=10)
        self._grid = QGridLayout()
        space(self._grid, (10, 6))
        self._grid.setColumnStretch(2, 1)
        fill(card.body, self._grid, 1)
        scroll = QScrollArea()
        scroll.setWidget(card)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        column_of(scroll, inside=self)
        self.scale.given.connect(self._give_scale)
        draft.changed.connect(self._show)
        draft.turned.connect(self._show)

    def fit(self, room: Breakpoints) -> None:
        """Need no more than any room: it scrolls."""

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme = self._draft.scheme
        if scheme.scale_maximum not in self._scales:
            self.scale.setPlaceholderText(f"0 to {scheme.scale_maximum}")
        self.scale.show_value(scheme.scale_maximum)
        self.scale.setEnabled(self._draft.is_open)
        self._make_rows(scheme.scale_maximum + 1)
        said = {mark: (word, meaning) for mark, word, meaning in scheme.descriptors}
        for mark, (word, meaning) in enumerate(zip(self.words, self.meanings, strict=True)):
            known = said.get(mark, ("", ""))
            word.show_text(known[0], self._draft.starts)
            meaning.show_text(known[1], self._draft.starts)
            set_tip(meaning.line, known[1])
            meaning.line.setCursorPosition(0)
            word.setEnabled(self._draft.is_open)
            meaning.setEnabled(self._draft.is_open)

    def make_rows_ahead(self) -> Iterator[None]:
        """Make the rows of the scale that most schemes have, one at a step, while there is no scheme yet."""
        while len(self.words) < AHEAD and not self._draft.is_there:
            self._make_rows(len(self.words) + 1)
            yield

    def _make_rows(self, number: int) -> None:
        while len(self.words) > number:
            gone: tuple[QWidget, ...] = (self.words.pop(), self.meanings.pop(), self._marks.pop())
            for widget in gone:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        while len(self.words) < number:
            mark = len(self.words)
            label = Label(str(mark), size=16, weight=600)
            word = FigureBox(f"Word for mark {mark}", some_text)
            meaning = FigureBox(f"What mark {mark} means", any_text)
            word.setMinimumWidth(look.px(150))
            word.given.connect(self._give_words)
            meaning.given.connect(self._give_words)
            self._grid.addWidget(label, mark, 0)
            self._grid.addWidget(word, mark, 1)
            self._grid.addWidget(meaning, mark, 2)
            self._marks.append(label)
            self.words.append(word)
            self.meanings.append(meaning)

    @Slot(object)
    def _give_words(self, text: str) -> None:
        changed = self._described(self._draft.scheme)
        self._draft.settle(changed, "the words of the scale")

    def _described(self, scheme: Scheme) -> Scheme:
        rows = zip(self.words, self.meanings, strict=True)
        said = tuple(
            (mark, word.line.text().strip(), m.line.text().strip()) for mark, (word, m) in enumerate(rows)
        )
        return replace(scheme, descriptors=said)

    @Slot(object)
    def _give_scale(self, maximum: int) -> None:
        scale = self._scales[maximum]
        self._draft.settle(with_scale(self._draft.scheme, maximum, scale.descriptors), "the scale")
