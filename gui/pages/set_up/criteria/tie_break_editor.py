"""The tie-break rules in order, moved by buttons and by keys."""

from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.inputs import ChoiceBox
from gui.tables.columns import Column
from gui.tables.rows_model import RowsModel
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.nesting import column_of, row_of
from scoring.publishing import free_rules, moved, tie_break_words

TieBreak = tuple[str, str]
"""A rule as the scheme has it, and in words with its number."""
WHAT = "the tie-break rules"


class TieBreakList(QListView):
    """The rules. Alt+Up and Alt+Down move one, Delete takes it out."""

    moved = Signal(int)
    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move or take out the rule by keys."""
        is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if is_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class TieBreakEditor(QWidget):
    """The tie-break rules of a scheme with what moves them."""

    def __init__(self, look: Look, draft: Draft) -> None:
        super().__init__()
        self._look = look
        self._draft = draft
        self._is_open = False
        self.model: RowsModel[TieBreak] = RowsModel(
            (Column("rule", "Tie-break", _words, _words),), _key, _words, self
        )
        self.view = TieBreakList()
        self.view.setModel(self.model)
        self.view.setAccessibleName("Tie-breaks, in order")
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSpacing(look.px(2))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.view.setFixedHeight(look.px(190))
        self.up = Button(look, "Move up")
        self.down = Button(look, "Move down")
        self.up.setAccessibleName("Move the tie-break up")
        self.down.setAccessibleName("Move the tie-break down")
        self.remove = Button(look, "Remove")
        self.add = ChoiceBox(look, "Add a tie-break")
        self.add.setPlaceholderText("Add a tie-break…")
        note = "Equal totals are compared by each of these in turn. “The chair decides” comes last."
        column_of(
            Label(look, "Ties", size=15, weight=600),
            Label(look, note, size=12, tone="text2").wrapped(),
            self.view,
            row_of(self.up, self.down, self.remove, 1, spacing=look.px(6)),
            self.add,
            inside=self,
            spacing=look.px(6),
        )
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.remove.clicked.connect(self._take_out)
        self.view.moved.connect(self._move)
        self.view.removed.connect(self._take_out)
        self.add.given.connect(self._add)
        draft.changed.connect(self._show)
        look.changed.connect(self._refresh)
        self._refresh()

    def set_open(self, is_open: bool) -> None:
        """Let the rules be changed, or only be read."""
        self._is_open = is_open
        for widget in (self.up, self.down, self.remove, self.add):
            widget.setVisible(is_open)

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme = self._draft.scheme
        kept = self._row
        rules = [(rule, f"{n}  {tie_break_words(scheme, rule)}") for n, rule in enumerate(scheme.ladder, 1)]
        self.model.show(rules)
        if kept < 0 and rules:
            kept = 0
        self._select(min(kept, len(rules) - 1))
        self.add.offer([(rule, tie_break_words(scheme, rule)) for rule in free_rules(scheme)])
        self.add.show_value(None)

    @Slot()
    def _refresh(self) -> None:
        self.view.setPalette(_selection_palette(self._look))

    @property
    def _row(self) -> int:
        return self.view.currentIndex().row()

    def _select(self, row: int) -> None:
        if row >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(self.model.index(row, 0), flag)

    @Slot()
    def _move_up(self) -> None:
        self._move(-1)

    @Slot()
    def _move_down(self) -> None:
        self._move(1)

    @Slot(int)
    def _move(self, by: int) -> None:
        row = self._row
        if row >= 0 and self._is_open:
            rules = tuple(moved(self._draft.scheme.ladder, row, by))
            self._draft.settle(replace(self._draft.scheme, ladder=rules), WHAT)
            self._select(min(max(row + by, 0), len(rules) - 1))

    @Slot()
    def _take_out(self) -> None:
        row = self._row
        if row >= 0 and self._is_open:
            rules = self._draft.scheme.ladder
            self._draft.settle(replace(self._draft.scheme, ladder=(*rules[:row], *rules[row + 1 :])), WHAT)

    @Slot(object)
    def _add(self, rule: str) -> None:
        rules = (*self._draft.scheme.ladder, rule)
        self._draft.settle(replace(self._draft.scheme, ladder=rules), WHAT)
        self._select(len(rules) - 1)


def _words(rule: TieBreak) -> str:
    return rule[1]


def _key(rule: TieBreak) -> str:
    return rule[0]


def _selection_palette(look: Look) -> QPalette:
    """Return the palette that paints a selected row pale, with plain text, as every table has it."""
    theme = look.theme
    palette = QPalette()
    if theme.is_tinted:
        palette.setColor(QPalette.ColorRole.Highlight, look.colour(theme.selected))
        palette.setColor(QPalette.ColorRole.HighlightedText, look.colour(theme.text))
    return palette
