"""The table of all sheets, and the reason of the current cell beneath it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.panel.scoring.grid import GridTable
from gui.pages.panel.scoring.sheet.reason_box import ReasonBox
from gui.pages.panel.scoring.sheets import EDITABLE
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest
from models.queries.panel.score_sheets import SheetLine
from scoring.scheme import Scheme

STATE_WORDS = "Choose a mark: the reason for it is shown below."
KEYS = "0–{} mark and go on   ·   Delete clears"


class GridView(Card):
    """The grid. It asks for marks and reasons, and tells which sheet the cursor is on."""

    marked = Signal(str, str, object)
    explained = Signal(str, str, str)
    picked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(2, 2), parent=parent)
        self._look = look
        self._scheme: Scheme | None = None
        self._lines: dict[str, SheetLine] = {}
        self._cell = ("", "")
        self._is_paper = False
        self.table: GridTable | None = None
        self._place = QVBoxLayout()
        nest(self.body, self._place, 1)
        self.about = ElidedLabel(look, STATE_WORDS, size=12, tone="text2")
        self.reason = ReasonBox(look, "Why this mark?")
        foot = QVBoxLayout()
        foot.setContentsMargins(look.px(14), look.px(6), look.px(14), look.px(10))
        foot.setSpacing(look.px(4))
        self.keys = Label(look, size=11, tone="text2")
        above = QHBoxLayout()
        above.setSpacing(look.px(12))
        above.addWidget(self.about, 1)
        above.addWidget(self.keys)
        nest(foot, above)
        foot.addWidget(self.reason)
        nest(self.body, foot)
        self.reason.left.connect(self._explain)

    @property
    def reference(self) -> str:
        """Return the application that the cursor is on, "" without one."""
        return self.table.reference if self.table is not None else ""

    @property
    def cell(self) -> tuple[str, str]:
        """Return the application and the criterion of the current cell, empty on another cell."""
        return (self.table.cell if self.table is not None else None) or ("", "")

    def show_sheets(self, scheme: Scheme, lines: Sequence[SheetLine], *, is_paper: bool = False) -> None:
        """Show all sheets in one table; those of another member when they are typed in from paper."""
        self._lines = {line.reference: line for line in lines}
        if (scheme, is_paper) != (self._scheme, self._is_paper) or self.table is None:
            self._make_table(scheme, is_paper=is_paper)
        assert self.table is not None, "the table is made first"
        self.table.show_lines(lines)
        self.keys.setText(KEYS.format(scheme.scale_maximum))
        self._show_reason()

    def choose(self, reference: str, code: str = "") -> None:
        """Go to an application, at a criterion when one is named, else at the first without a mark."""
        if self.table is not None:
            self.table.choose(reference, code)

    def focus_reason(self, reference: str, code: str) -> None:
        """Go to a cell and put the cursor into its reason."""
        self.choose(reference, code)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Begin at the first cell without a mark when sheets are shown next."""
        if self.table is not None:
            self.table.forget()

    def _make_table(self, scheme: Scheme, *, is_paper: bool) -> None:
        had_focus = self.table is not None and self.table.hasFocus()
        if self.table is not None:
            self.table.deleteLater()
        self._scheme, self._is_paper = scheme, is_paper
        self.table = GridTable(self._look, scheme, self, is_paper=is_paper)
        self.table.marked.connect(self.marked)
        self.table.picked.connect(self._pick)
        self._place.addWidget(self.table)
        self.table.show()  # a layout does so later, and until then the table takes no focus
        if had_focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str, str)
    def _pick(self, reference: str, code: str) -> None:
        self.reason.enter()
        self._cell = (reference, code)
        self._show_reason()
        self.picked.emit()

    def _show_reason(self) -> None:
        line = self._lines.get(self._cell[0])
        is_open = line is not None and bool(line.reasons) and self._scheme is not None
        self.reason.setEnabled(is_open)
        self.keys.setVisible(line is None or line.state in EDITABLE)
        if line is None or not is_open or self._scheme is None:
            self.about.setText(STATE_WORDS)
            self.reason.show_text("")
            return
        number = self._scheme.judged_codes.index(self._cell[1])
        asked = self._scheme.judged[number]
        self.about.setText(
            f"{line.reference} {line.organisation}, {asked.code} {asked.title}: why this mark?"
        )
        self.reason.setReadOnly(line.state not in EDITABLE)
        self.reason.show_text(line.reasons[number])

    @Slot(str)
    def _explain(self, text: str) -> None:
        if self._cell[0]:
            self.explained.emit(*self._cell, text)
