"""What the office writes on a line: why it reduces crime or helps victims, and on which conditions."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gui.pages.deciding.decisions.lines import Line
from gui.pages.deciding.decisions.state import conditions_asked, in_words
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.long_tick import LongTick
from gui.widgets.nesting import column_of
from gui.widgets.scrolled import tab_through
from gui.widgets.tips import set_tip
from gui.widgets.typed import TextLine
from models.reference.defaults import Condition
from models.values.recommending import FUNDED

WHY = "Why it reduces crime or helps victims"
WHY_NOT = "What the applicant is told"
NEEDED = "Write why it reduces crime or helps victims: it is published with the decision."
USE, USE_PROPOSED = "Use the panel's reason", "Use the proposal's reason"
NO_WORDS = "The panel wrote no reason of its own here; the list's own note is not one."
AS_PANEL = "If left empty, the applicant is given the panel's reason."


class AnswerForm(QWidget):
    """The reason starts empty: only what was typed, or asked for by a button, is put in."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._line: Line | None = None
        self._library: Sequence[Condition] = ()
        self.who = ""
        self._drafts: dict[tuple[str, str], str] = {}
        self._head = Label(look, WHY, size=12, weight=600)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.problem = Label(look, NEEDED, size=12, tone="danger").wrapped()
        self.problem.hide()
        self.use = Button(look, USE, kind="link")
        self.more = TextLine()
        self.more.setPlaceholderText("Another condition, in words")
        self.more.setAccessibleName("Another condition, in words")
        self.boxes: list[LongTick] = []
        self._conditions = QVBoxLayout()
        self._lay_out()
        self.use.clicked.connect(self.use_panel_reason)
        self.reason.textChanged.connect(self._keep_draft)
        look.changed.connect(self._follow)
        self._follow()

    @property
    def words(self) -> str:
        """Return the reason as it is typed."""
        return self.reason.toPlainText().strip()

    @property
    def conditions(self) -> tuple[str, ...]:
        """Return the conditions that are ticked, and those in words."""
        ticked = [box.text() for box in self.boxes if box.isChecked()]
        words = self.more.text().strip()
        return (*ticked, *([words] if words else []))

    def show_line(self, line: Line, library: Sequence[Condition]) -> None:
        """Fill the form for a line: what was chosen or typed there, or what an earlier step wrote."""
        self._line, self._library = line, library
        is_funded = line.current_outcome in FUNDED
        self._head.setText(WHY if is_funded else WHY_NOT)
        self.reason.setAccessibleName(WHY if is_funded else WHY_NOT)
        self.reason.setPlaceholderText("" if is_funded else AS_PANEL)
        self.use.show_words(USE if line.direct is None else USE_PROPOSED)
        self.use.setEnabled(bool(line.panel_reason))
        set_tip(self.use, "" if line.panel_reason else NO_WORDS)
        self.problem.hide()
        self.reason.setPlainText(line.own_reason or self._drafts.get((self.who, line.reference), ""))
        self._fill_conditions(line)

    def write_as(self, who: str) -> None:
        """Keep what is typed from now on as another person's: nobody reads what another one began."""
        self.who = who

    def forget_drafts(self) -> None:
        """Forget what was typed and not chosen: another round is on show."""
        self._drafts.clear()

    def demand(self) -> None:
        """Say that the reason is needed, and put the focus there."""
        self.problem.show()
        self.reason.setAccessibleDescription(NEEDED)
        self.reason.setFocus()

    @Slot()
    def use_panel_reason(self) -> None:
        """Put the panel's own words in, to be kept or changed."""
        if self._line is not None and self._line.panel_reason:
            self.reason.setPlainText(self._line.panel_reason)
            self.reason.setFocus()

    @Slot()
    def _keep_draft(self) -> None:
        if self._line is not None:
            self._drafts[self.who, self._line.reference] = self.reason.toPlainText()
        if self.words:
            self.problem.hide()
            self.reason.setAccessibleDescription("")

    def _fill_conditions(self, line: Line) -> None:
        chosen = line.pending.conditions if line.pending is not None else None
        kept = (
            in_words(chosen, self._library) if chosen is not None else conditions_asked(line, self._library)
        )
        for box in self.boxes:
            self._conditions.removeWidget(box)
            box.hide()
            box.deleteLater()
        every = dict.fromkeys((*(condition.words for condition in self._library), *kept))
        self.boxes = [self._box(words, kept) for words in every]
        self.more.clear()
        tab_through(self.reason, *self.boxes, self.more)

    def _box(self, words: str, kept: Sequence[str]) -> LongTick:
        box = LongTick(words)
        box.setFont(self._look.font(12))
        box.setChecked(words in kept)
        self._conditions.addWidget(box)
        return box

    def _lay_out(self) -> None:
        look = self._look
        row = Flow()
        row.setSpacing(look.px(8))
        row.addWidget(self._head)
        row.addWidget(self.use)
        named = Label(look, "Conditions", size=12, weight=600)
        parts = (row, self.reason, self.problem, named, self._conditions, self.more)
        column_of(*parts, edges=(0, look.px(8), 0, 0), spacing=look.px(5), inside=self)

    @Slot()
    def _follow(self) -> None:
        """Follow the look: the size of text, and the height that fields need for it."""
        look = self._look
        self.reason.setFont(look.font())
        self.reason.setFixedHeight(look.px(64))
        self.more.setFont(look.font())
        for box in self.boxes:
            box.setFont(look.font(12))
