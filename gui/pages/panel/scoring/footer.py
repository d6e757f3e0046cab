"""The foot of the form: the total as the panel will see it, and what can be done with the sheet."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from gui.keys.key_hints import with_key
from gui.pages.panel.scoring.words import sheet_words
from gui.text import counted
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.chip import ChipLabel
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from scoring import money
from scoring.marks.sheets import SheetTotal

SAY_AFTER_MS = 800
EDGE, GAP = 16, 8
"""What is beside and between its buttons, for a 13 px base."""
HINT = "{} mark   ·   ↓ next criterion   ·   Tab reason"
REASON_HINT = "Tab next criterion"
"""What the keys do while a reason is typed: digits and arrows are its own."""
NEXT_HINT = "   ·   {} save and next"
LATER = "Come back to it at the end"
GO_ON = "Save and go to the next application"
SAVE, NEXT, TO_HAND_IN = "Save and next", "Next application", "Go to hand in"
NEXT_AREA = "Next area"
LAST = "This is the last of your sheets."


class Footer(QWidget):
    """The total and the buttons; pinned beneath the criteria."""

    skipped = Signal()
    abstained = Signal()
    declared = Signal()
    went_on = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._said, self._scale, self._next_key = "", "", ""
        self._reference = self._item = self._why_closed = ""
        self._is_item_due = False
        self._is_locked = False
        self._is_low = self._is_reasoning = False
        self._sums = QWidget()
        self._caption = Label(look, "Your total so far", size=12, tone="text2")
        self.total = Label(look, size=24, weight=600)
        self._of = ElidedLabel(look, tone="text2")
        self.state = ChipLabel(look)
        self.skip = Button(look, "Skip", icon="skip")
        self.abstain = Button(look, "", icon="abstain")
        self.abstain.show_words("A&bstain", name="Abstain", has_letter=True)
        self.declare = Button(look, "", icon="interest")
        self.declare.show_words("&Declare interest", name="Declare interest", has_letter=True)
        self.more = Button(look, "More")
        self.next = Button(look, SAVE, kind="primary")
        self._hint = ElidedLabel(look, size=11, tone="text2")
        self._say = QTimer(self)
        self._say.setSingleShot(True)
        self._say.setInterval(SAY_AFTER_MS)
        self._lay_out()
        self._connect()

    def show_item(self, reference: str, item: str, why_closed: str) -> None:
        """Have said which application the sheet is of, as soon as it is another."""
        is_other = reference != self._reference
        self._reference, self._item, self._why_closed = reference, item, why_closed
        if is_other:
            self._is_item_due = True
            self._say.start()

    def show_total(self, total: SheetTotal, *, is_handed_in: bool, lacking: int = 0) -> None:
        """Show what the sheet comes to; a change is announced after a moment. Reasons may be `lacking`."""
        self._sums.show()
        self.total.setText(money.score(total.points_1e2))
        self._of.setText(total.of_words)
        self._caption.setText("Your total" if total.is_complete else "Your total so far")
        self.setAccessibleName(f"Total {total.words}")
        if is_handed_in:
            self.state.show_state(Tone.FUND, "Handed in")
        elif total.is_complete and lacking:
            self.state.show_state(Tone.INFORMATION, counted(lacking, "reason to give", "reasons to give"))
        elif total.is_complete:
            self.state.show_state(Tone.FUND, "Ready to hand in")
        else:
            gaps = counted(len(total.missing), "mark to give", "marks to give")
            self.state.show_state(Tone.INFORMATION, gaps)
        words = f"Total {total.words}"
        is_full = total.is_complete and not is_handed_in
        self._note_change(f"{words}. {self.state.text()}." if is_full else words)

    def close_up(self) -> None:
        """Show no total: the sheet is closed to the member."""
        self._said = ""
        if not self._is_item_due:
            self._say.stop()
        self.total.setText("")
        self._of.setText("")
        self.setAccessibleName("No total")
        self._sums.hide()
        self.lock(is_locked=True)
        self.declare.hide()

    def show_scale(self, maximum: int) -> None:
        """Name the keys of the scale in the hint."""
        self._scale = f"0–{maximum}"
        self._show_hint()

    def show_next_key(self, key: str) -> None:
        """Name the key that saves and goes on, "" where there is none."""
        self._next_key = key
        set_tip(self.next, with_key(GO_ON, key))
        self._show_hint()

    def show_skip_key(self, key: str) -> None:
        """Name the key that skips, "" where there is none."""
        set_tip(self.skip, with_key(LATER, key))

    @Slot(bool)
    def show_reasoning(self, is_reasoning: bool) -> None:
        """Name the keys as they work while a reason is typed, or over the marks again."""
        self._is_reasoning = is_reasoning
        self._show_hint()

    def _show_hint(self) -> None:
        last = NEXT_HINT.format(self._next_key) if self._next_key else ""
        keys = REASON_HINT if self._is_reasoning else HINT.format(self._scale)
        self._hint.setText(f"{keys}{last}")

    def lock(self, *, is_locked: bool) -> None:
        """Take away what changes a sheet while it is locked; going on stays."""
        self._is_locked = is_locked
        self.fit(is_low=self._is_low)
        self.next.show_words(NEXT if is_locked else SAVE)

    def end(self, onward: str | None) -> None:
        """Where no sheet follows one that is locked, lead `onward`, "" is nowhere; None where one does."""
        if onward is not None:
            self.next.show_words(onward or NEXT)
        self.next.setEnabled(onward != "")
        set_tip(self.next, LAST if onward == "" else with_key(GO_ON, self._next_key))

    def fit(self, *, is_low: bool) -> None:
        """Keep to one row of buttons in a low window."""
        self._is_low = is_low
        for button in (self.skip, self.abstain):
            button.setVisible(not is_low and not self._is_locked)
        self.declare.setVisible(not is_low or self._is_locked)
        self.more.setVisible(is_low and not self._is_locked)
        self._hint.setVisible(not is_low and not self._is_locked)
        self._caption.setVisible(not is_low)

    @property
    def least_width(self) -> int:
        """Return how wide it is at least on a sheet that can be changed, whichever is on show now."""
        buttons = (self.more,) if self._is_low else (self.skip, self.abstain, self.declare)
        words, metrics = self.next.text(), self.next.fontMetrics()
        other = metrics.horizontalAdvance(SAVE) - metrics.horizontalAdvance(words)
        row: int = other + sum(button.sizeHint().width() for button in (*buttons, self.next))
        row += 2 * self._look.px(EDGE) + len(buttons) * self._look.px(GAP)
        return max(row, self.minimumSizeHint().width())

    def _note_change(self, words: str) -> None:
        if self._said and words != self._said:
            self._say.start()
        self._said = words

    @Slot()
    def _announce(self) -> None:
        if not self.isVisible():
            return
        if self._is_item_due:
            self._is_item_due = False
            words = sheet_words(self._item, self._why_closed or self.state.text(), self._said)
            announce(self, words, is_of_change=True)  # the page is laid out anew for it
        else:
            announce(self, self._said)

    def showEvent(self, event: QShowEvent) -> None:
        """Say which application it is whenever the sheet comes on show."""
        super().showEvent(event)
        if self._item and not event.spontaneous():
            self._is_item_due = True
            self._say.start()

    def _connect(self) -> None:
        self._say.timeout.connect(self._announce)
        self.skip.clicked.connect(self.skipped)
        self.abstain.clicked.connect(self.abstained)
        self.declare.clicked.connect(self.declared)
        self.next.clicked.connect(self.went_on)
        menu = QMenu(self)
        for words, signal in (
            ("&Skip", self.skipped),
            ("A&bstain…", self.abstained),
            ("&Declare interest…", self.declared),
        ):
            action = QAction(words, menu)
            action.triggered.connect(signal)
            menu.addAction(action)
        self.more.setMenu(menu)
        set_tip(self.more, "Skip, abstain or declare an interest")

    def _lay_out(self) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(EDGE), px(6), px(EDGE), px(6))
        column.setSpacing(px(2))
        inner = QVBoxLayout(self._sums)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(2))
        inner.addWidget(self._caption)
        sums = QHBoxLayout()
        sums.setSpacing(px(10))
        sums.addWidget(self.total)
        sums.addWidget(self._of, 1)
        sums.addWidget(self.state)
        nest(inner, sums)
        column.addWidget(self._sums)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, px(2), 0, px(2))
        buttons.setSpacing(px(GAP))
        for button in (self.skip, self.abstain, self.declare, self.more):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.next)
        nest(column, buttons)
        column.addWidget(self._hint)
        self.more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line above."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self._look.colour(self._look.theme.line))
        painter.end()
