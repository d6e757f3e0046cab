"""The form of one sheet: a criterion open at a time, the others folded, the foot pinned."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.pages.panel.scoring.footer import Footer
from gui.pages.panel.scoring.peers import PeersTable
from gui.pages.panel.scoring.sheet.criterion_box import CriterionBox
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.scrolled import ScrollPane, show_in, tab_through
from models.queries.panel.score_sheets import PeerSheet, SheetLine, SheetState, missing_reasons
from models.values.rounds import ReasonRule
from scoring.marks.sheets import sheet_total
from scoring.scheme import Scheme


class SheetForm(Card):
    """One sheet. It asks for marks and reasons and shows what stands; it changes nothing itself."""

    marked = Signal(str, object)
    typed = Signal(str, str)
    explained = Signal(str, str)
    stepped_out = Signal()
    not_applicable_asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(1, 1), parent=parent)
        self.boxes: list[CriterionBox] = []
        self._scheme: Scheme | None = None
        self._open = ""
        self._is_out = False
        self._reasons = ReasonRule.ASKED
        self._line: SheetLine | None = None
        self.lock_words = Label(look, size=12, weight=600, tone="text2").wrapped()
        self.lock_words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.lock_words.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(10))
        self.peers = PeersTable(look)
        self.footer = Footer(look)
        self._scroll = ScrollPane()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.body.addWidget(self.lock_words)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.footer)

    @property
    def open_box(self) -> CriterionBox | None:
        """Return the criterion that is open."""
        return next((box for box in self.boxes if box.is_open), None)

    def show_scheme(self, scheme: Scheme) -> None:
        """Lay out the criteria of a scheme."""
        if scheme == self._scheme:
            return
        self._scheme = scheme
        page = QWidget(self._scroll.viewport())
        column = QVBoxLayout(page)
        column.setContentsMargins(0, self._look.px(4), 0, 0)
        column.setSpacing(0)
        self.boxes = [CriterionBox(self._look, c, scheme, page) for c in scheme.judged]
        for box in self.boxes:
            column.addWidget(box)
            box.opened.connect(self.open)
            box.marked.connect(self.marked)
            box.stepped.connect(self._step)
            box.typed.connect(self.typed)
            box.explained.connect(self.explained)
            box.folded_out.connect(self._fold_out)
            box.held.connect(self.footer.show_reasoning)
            box.not_applicable_asked.connect(self.not_applicable_asked)
            box.show_scale(is_out=self._is_out)
        column.addWidget(self.peers)
        column.addStretch(1)
        show_in(self._scroll, page)
        tab_through(self._scroll, page, self.footer)  # Qt puts what is made later behind all else
        self.footer.show_scale(scheme.scale_maximum)
        self._open = ""

    def show_rules(self, reasons: ReasonRule, *, may_set_aside: bool) -> None:
        """Say whether reasons are wanted, and let the chair set criteria aside."""
        self._reasons = reasons
        for box in self.boxes:
            box.show_rules(reasons, may_set_aside=may_set_aside)

    def show_line(self, line: SheetLine, locked: str, note: str = "") -> None:
        """Show a sheet; `locked` says why it cannot be changed, "" when it can; `note` stands over it."""
        assert self._scheme is not None, "the scheme is shown first"
        is_other = self._line is None or self._line.reference != line.reference
        self._scroll.show()
        self.footer.show()
        self._line = line
        self.lock_words.setText(f"{locked} {note}".strip())
        self.lock_words.setVisible(bool(locked or note))
        for number, box in enumerate(self.boxes):
            is_not_applicable, why = (
                box.code in line.not_applicable,
                dict(line.why_not_applicable).get(box.code, ""),
            )
            box.show_state(
                line.marks[number], line.reasons[number], is_not_applicable=is_not_applicable, why=why
            )
            box.lock(is_locked=bool(locked))
        total = sheet_total(self._scheme, line.marks, line.not_applicable)
        lacking = len(missing_reasons(line, [box.code for box in self.boxes], self._reasons))
        self.footer.show_total(total, is_handed_in=line.state is SheetState.HANDED_IN, lacking=lacking)
        self.footer.lock(is_locked=bool(locked))
        if is_other or (self.open_box is None and not locked):  # scoring may have opened under the eyes
            self.open(self._first_gap() if not locked else "")

    def show_closed(self, words: str) -> None:
        """Show nothing of a sheet but why it is closed."""
        self._line = None
        self.hide_peers()
        self.lock_words.setText(words)
        self.lock_words.show()
        self._scroll.hide()
        for box in self.boxes:
            box.show_state(None, "")
        self.footer.close_up()

    def forget(self) -> None:
        """Begin at the first criterion without a mark, whichever sheet is shown next."""
        self._line = None

    @property
    def has_marks_focus(self) -> bool:
        """Whether what is typed goes to the marks of the open criterion."""
        focused, box = self.window().focusWidget(), self.open_box
        return box is not None and focused is not None and box.marks.isAncestorOf(focused)

    def show_peers(self, own: SheetLine, peers: tuple[PeerSheet, ...], *, can_reopen: bool) -> Iterator[None]:
        """Show the others' marks beneath the own ones, some at a step."""
        assert self._scheme is not None, "the scheme is shown first"
        return self.peers.show_peers(self._scheme, own, peers, can_reopen=can_reopen)

    def hide_peers(self) -> None:
        """Show no mark but the own."""
        self.peers.clear()

    def enter(self) -> None:
        """Enter the reason that is being typed."""
        if self.open_box is not None:
            self.open_box.reason.enter()

    def focus_gap(self) -> None:
        """Open the first criterion without a mark and put the focus there."""
        self.open(self._first_gap())

    def focus_reason(self, code: str) -> None:
        """Open a criterion and put the cursor into its reason."""
        self.open(code)
        if self.open_box is not None:
            self.open_box.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _fold_out(self, is_out: bool) -> None:
        """Fold out what the marks mean under every criterion: whoever needs it once needs it again."""
        self._is_out = is_out
        for box in self.boxes:
            box.show_scale(is_out=is_out)
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
        self._open = code
        chosen = next((box for box in self.boxes if box.code == code), None)
        if chosen is not None:
            chosen.show_open(is_open=True)
            if has_focus:
                chosen.focus_marks()
        for box in self.boxes:
            if box is not chosen:
                box.show_open(is_open=False)
        if chosen is not None:
            self._show_whole(chosen)

    def focus_open(self) -> None:
        """Put the focus on the marks of the open criterion."""
        box = self.open_box
        if box is not None:
            box.focus_marks()
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
    def _step(self, steps: int) -> None:
        codes = [box.code for box in self.boxes]
        at = codes.index(self._open) + steps if self._open in codes else 0
        if 0 <= at < len(codes):
            self.open(codes[at])

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
            bar.setValue(bottom - height + self._look.px(4))
