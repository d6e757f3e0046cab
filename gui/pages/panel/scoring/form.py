"""The form of one sheet: a criterion open at a time, the others folded, the total and the buttons pinned."""

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from gui.keys.key_map import with_key
from gui.pages.panel.scoring.criterion import CriterionBox
from gui.pages.panel.scoring.reading import PeersTable
from gui.pages.panel.scoring.sheets import OnShow, Sheets, reopened_words, sheet_words
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.label import ChipLabel, ElidedLabel, Label
from gui.widgets.nesting import Card, ScrollPane, column_of, fill, nest, row_of, show_in, tab_through
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import let_press, set_tip
from models.queries.panel.score_sheets import CLOSED, PeerSheet, SheetLine
from scoring import money
from scoring.scheme import Scheme

SAY_AFTER_MS = 800
EDGE, GAP = 16, 8
"""What is beside and between its buttons, for a 13 px base."""
HINT = "On the marks: {}   ·   ↓ next criterion   ·   Tab reason"
GO_ON = "Save and go to the next application"
SAVE, NEXT, TO_HAND_IN = "Save and next", "Next application", "Go to hand in"
NEXT_AREA = "Next area"
LAST = "This is the last of your sheets."


class Footer(QWidget):
    """The total and the buttons; pinned beneath the criteria."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet: OnShow | None = None
        self._said = self._next_key = ""
        self._is_item_due = self._is_low = False
        self._sums = QWidget()
        self._caption = Label("Your total so far", size=12, tone="text2")
        self.total = Label(size=24, weight=600)
        self._of = ElidedLabel(tone="text2")
        self.state = ChipLabel()
        self.skip = Button("Skip", icon="skip")
        self.abstain = Button("", icon="abstain")
        self.abstain.show_words("A&bstain", name="Abstain", has_letter=True)
        self.declare = Button("", icon="interest")
        self.declare.show_words("&Declare interest", name="Declare interest", has_letter=True)
        self.more = Button("More")
        self.next = Button(SAVE, kind="primary")
        self._hint = ElidedLabel(size=11, tone="text2")
        self._say = QTimer(self, singleShot=True, interval=SAY_AFTER_MS)
        self._say.timeout.connect(self._announce)
        self._lay_out()

    def show_sheet(self, sheet: OnShow) -> None:
        """Show a sheet's total, where it is not closed to the member, and what can be done with it.

        Which application it is is said as soon as it is another, a change of its total after a moment.
        """
        is_other = self.sheet is None or sheet.line.reference != self.sheet.line.reference
        self.sheet, before, self._said = sheet, self._said, self._show_total(sheet)
        if is_other:
            self._is_item_due = True
            self._show_hint()
        if is_other or (before and self._said and self._said != before):
            self._say.start()
        elif not (self._said or self._is_item_due):
            self._say.stop()
        self._fit()
        self._show_way_on(sheet)

    def _show_total(self, sheet: OnShow) -> str:
        """Show what the marks come to, and return what is said of it, "" of one that is closed."""
        total = sheet.total
        self._sums.setVisible(total is not None)
        if total is None:
            self.total.setText("")
            self._of.setText("")
            self.setAccessibleName("No total")
            return ""
        words = f"Total {total.words}"
        self.total.setText(money.score(total.points_1e2))
        self._of.setText(total.of_words)
        self._caption.setText("Your total so far" if total.missing else "Your total")
        self.setAccessibleName(words)
        tone, state = sheet.tell(total)
        self.state.show_state(tone, state)
        return words if total.missing or sheet.is_in else f"{words}. {state}."

    def show_next_key(self, key: str) -> None:
        """Name the key that saves and goes on, "" where there is none."""
        self._next_key = key
        set_tip(self.next, with_key(GO_ON, key))
        self._show_hint()

    def show_skip_key(self, key: str) -> None:
        """Name the key that skips, "" where there is none."""
        set_tip(self.skip, with_key("Come back to it at the end", key))

    def _show_hint(self) -> None:
        last = f"   ·   {self._next_key} save and next" if self._next_key else ""
        scale = "" if self.sheet is None else f"0–{self.sheet.held.scheme.scale_maximum}"
        self._hint.setText(f"{HINT.format(scale)}{last}")

    def _show_way_on(self, sheet: OnShow) -> None:
        """Lead on: to the next sheet, or from a locked one that none follows to what comes then."""
        onward, is_locked = sheet.onward, bool(sheet.closed)
        self.next.show_words(onward or (NEXT if is_locked else SAVE))
        let_press(self.next, LAST if onward == "" else "", with_key(GO_ON, self._next_key))

    def fit(self, *, is_low: bool) -> None:
        """Keep to one row of buttons in a low window."""
        self._is_low = is_low
        self._fit()

    def _fit(self) -> None:
        """Leave out what there is no room for, and what changes a sheet while it is locked."""
        is_low, is_locked = self._is_low, self.sheet is not None and bool(self.sheet.closed)
        for part in (self.skip, self.abstain, self._hint):
            part.setVisible(not is_low and not is_locked)
        self.declare.setVisible(not self._sums.isHidden() and (not is_low or is_locked))
        self.more.setVisible(is_low and not is_locked)
        self._caption.setVisible(not is_low)

    @property
    def least_width(self) -> int:
        """Return how wide it is at least on a sheet that can be changed, whichever is on show now."""
        buttons = (self.more,) if self._is_low else (self.skip, self.abstain, self.declare)
        words, metrics = self.next.text(), self.next.fontMetrics()
        other = metrics.horizontalAdvance(SAVE) - metrics.horizontalAdvance(words)
        row: int = other + sum(button.sizeHint().width() for button in (*buttons, self.next))
        row += 2 * look.px(EDGE) + len(buttons) * look.px(GAP)
        return max(row, self.minimumSizeHint().width())

    @Slot()
    def _announce(self) -> None:
        sheet = self.sheet
        if sheet is None or not self.isVisible():
            return
        if not self._is_item_due:
            announce(self, self._said)
            return
        self._is_item_due = False
        why_closed = "" if sheet.is_in else sheet.closed
        words = sheet_words(sheet.item, why_closed or self.state.text(), self._said)
        announce(self, words, is_of_change=True)  # the page is laid out anew for it

    def showEvent(self, event: QShowEvent) -> None:
        """Say which application it is whenever the sheet comes on show."""
        super().showEvent(event)
        if self.sheet is not None and not event.spontaneous():
            self._is_item_due = True
            self._say.start()

    def _lay_out(self) -> None:
        column = column_of(edges=(EDGE, 6, EDGE, 6), spacing=2, inside=self)
        inner = column_of(self._caption, spacing=2, inside=self._sums)
        nest(inner, row_of(self.total, (self._of, 1), self.state, spacing=10))
        column.addWidget(self._sums)
        buttons = row_of(
            *(self.skip, self.abstain, self.declare, self.more),
            1,
            self.next,
            edges=(0, 2, 0, 2),
            spacing=GAP,
        )
        fill(column, buttons, self._hint)
        menu = QMenu(self)
        for words, button in (
            ("&Skip", self.skip),
            ("A&bstain…", self.abstain),
            ("&Declare interest…", self.declare),
        ):
            menu.addAction(words).triggered.connect(button.click)
        self.more.setMenu(menu)
        set_tip(self.more, "Skip, abstain or declare an interest")
        self.more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line above."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, look.theme.line)
        painter.end()


class SheetForm(Card):
    """One of the `sheets`: it gives marks and reasons on them and shows what stands."""

    not_applicable_asked = Signal(str)
    sheets: Sheets

    def __init__(self) -> None:
        super().__init__(inset=(1, 1))
        self.boxes: list[CriterionBox] = []
        self.reference = ""
        self._scheme: Scheme | None = None
        self.is_out = False
        self._line: SheetLine | None = None
        self.lock_words = Label(size=12, weight=600, tone="text2").wrapped()
        self.lock_words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.lock_words.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(10))
        self.peers = PeersTable()
        self.footer = Footer()
        self._scroll = ScrollPane(takes_focus=False)
        fill(self.body, self.lock_words, (self._scroll, 1), self.footer)

    @property
    def open_box(self) -> CriterionBox | None:
        return next((box for box in self.boxes if box.is_open), None)

    def show_sheet(self, sheet: OnShow) -> None:
        """Show a sheet; of one that is closed to the member nothing but why."""
        if sheet.held.scheme != self._scheme:
            self._show_scheme(sheet.held.scheme)
        line, is_closed = sheet.line, sheet.line.state in CLOSED
        if self.reference not in ("", line.reference):
            self.enter()
        self.reference = line.reference
        note = reopened_words(line.reopened) if line.reopened and not is_closed else ""
        self.lock_words.setText(f"{sheet.closed} {note}".strip())
        self.lock_words.setVisible(bool(sheet.closed or note))
        self._scroll.setVisible(not is_closed)
        for box in self.boxes:
            box.show_sheet(sheet)
        self.footer.show_sheet(sheet)
        before, self._line = self._line, None if is_closed else line
        if is_closed or not sheet.is_in:
            self.peers.clear()
        is_other = before is None or before.reference != line.reference
        if not is_closed and (is_other or (self.open_box is None and not sheet.closed)):  # or just opened
            self.open("" if sheet.closed else self._first_gap())

    def _show_scheme(self, scheme: Scheme) -> None:
        """Lay out the criteria of a scheme."""
        self._scheme, self._line = scheme, None
        page = QWidget(self._scroll.viewport())
        column = column_of(edges=(0, 4, 0, 0), spacing=0, inside=page)
        self.boxes = [CriterionBox(scheme, number, self, page) for number in range(len(scheme.judged))]
        fill(column, *self.boxes, self.peers, 1)
        show_in(self._scroll, page)
        tab_through(self._scroll, page, self.footer)  # Qt puts what is made later behind all else

    def forget(self) -> None:
        """Begin at the first criterion without a mark, whichever sheet is shown next."""
        self.reference, self._line = "", None

    @property
    def has_marks_focus(self) -> bool:
        """Whether what is typed goes to the marks of the open criterion."""
        focused, box = self.window().focusWidget(), self.open_box
        return box is not None and focused is not None and box.marks.isAncestorOf(focused)

    def show_peers(self, own: SheetLine, peers: tuple[PeerSheet, ...], *, can_reopen: bool) -> None:
        """Show the others' marks beneath the own ones."""
        assert self._scheme is not None, "the scheme is shown first"
        self.peers.show_peers(self._scheme, own, peers, can_reopen=can_reopen)

    def enter(self) -> None:
        """Enter the reason that is being typed."""
        if self.open_box is not None:
            self.open_box.reason.enter()

    def focus_gap(self) -> None:
        """Open the first criterion without a mark, with the focus where it was in the form."""
        self.open(self._first_gap())

    def focus_reason(self, code: str) -> None:
        """Open a criterion and put the cursor into its reason."""
        self.open(code)
        if self.open_box is not None:
            self.open_box.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def fold_out(self) -> None:
        """Fold what the marks mean out under every criterion, or away: whoever needs it needs it again."""
        self.is_out = not self.is_out
        for box in self.boxes:
            box.show_out()
        QTimer.singleShot(0, self.show_open_box)

    @Slot()
    def show_open_box(self) -> None:
        """Scroll to the open criterion, once its lines have their heights."""
        if self.open_box is not None:
            self._show_whole(self.open_box)

    @Slot(str)
    def open(self, code: str) -> None:
        """Open one criterion, fold the rest, and put the focus on its marks."""
        has_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        chosen = next((box for box in self.boxes if box.code == code), None)
        if chosen is not None:
            chosen.show_open(is_open=True)
            if has_focus:
                chosen.marks.focus()
        for box in self.boxes:
            if box is not chosen:
                box.show_open(is_open=False)
        if chosen is not None:
            self._show_whole(chosen)

    def focus_open(self) -> None:
        """Put the focus on the marks of the open criterion."""
        box = self.open_box
        if box is not None:
            box.marks.focus()
        else:
            self.footer.next.setFocus()

    def _first_gap(self) -> str:
        line = self._line
        if line is None or not self.boxes:
            return ""
        pairs = zip(self.boxes, line.marks, strict=True)
        gaps = [box.code for box, mark in pairs if mark is None and box.code not in line.not_applicable]
        return gaps[0] if gaps else self.boxes[0].code

    @Slot(int)
    def step(self, steps: int) -> None:
        """Open the criterion so many after the one that is open, or before it."""
        at = self.boxes.index(self.open_box) + steps if self.open_box is not None else 0
        if 0 <= at < len(self.boxes):
            self.open(self.boxes[at].code)

    def _show_whole(self, box: CriterionBox) -> None:
        page = self._scroll.widget()
        if page is None:
            return
        layout = page.layout()
        if layout is not None:
            layout.activate()
        bottom = box.mapTo(page, box.rect().bottomLeft()).y()
        top = box.mapTo(page, QRect(box.rect()).topLeft()).y()
        bar = self._scroll.verticalScrollBar()
        height = self._scroll.viewport().height()
        if top < bar.value() or box.height() > height:
            bar.setValue(top)
        elif bottom > bar.value() + height:
            bar.setValue(bottom - height + look.px(4))
