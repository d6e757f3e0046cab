"""One criterion on the form: folded to a line, or open with its marks and the reason."""

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.panel.scoring.sheet.criterion_body import CriterionBody
from gui.pages.panel.scoring.sheet.criterion_head import INSET, CriterionHead
from gui.pages.panel.scoring.sheet.mark_button import Grade, MarkRow
from gui.pages.panel.scoring.sheet.number_field import NumberField
from gui.pages.panel.scoring.sheet.reason_box import ReasonBox
from gui.pages.panel.scoring.sheet.scale_words import HIDDEN, SHOWN
from gui.theme.look import Look
from gui.widgets.scrolled import tab_on_into
from gui.widgets.speech.announcing import announce
from models.values.rounds import ReasonRule
from scoring import money
from scoring.scheme import Criterion, Scheme


def grades_of(scheme: Scheme) -> tuple[Grade, ...]:
    """Return every mark of a scheme's scale with its word and meaning where it has them."""
    words = {mark: (word, meaning) for mark, word, meaning in scheme.descriptors}
    return tuple(Grade(mark, *words.get(mark, ("", ""))) for mark in range(scheme.scale_maximum + 1))


class CriterionBox(QWidget):
    """A criterion. It asks to be opened, for a mark and for a reason, and shows what stands.

    What stands under its head is made as it is first opened: to make it for a whole sheet takes long.
    """

    opened = Signal(str)
    marked = Signal(str, object)
    stepped = Signal(int)
    typed = Signal(str, str)
    explained = Signal(str, str)
    held = Signal(bool)
    folded_out = Signal(bool)
    not_applicable_asked = Signal(str)

    def __init__(self, look: Look, criterion: Criterion, scheme: Scheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._criterion = criterion
        self.code = criterion.code
        self.is_open = False
        self._grades = grades_of(scheme)
        weight = money.percent(criterion.weight_1e4)
        self._name = f"{criterion.code} {criterion.title}, weight {weight}"
        self.head = CriterionHead(look, criterion.code, criterion.title, weight, self)
        self.head.opened.connect(self._ask_open)
        self._body: CriterionBody | None = None
        self._reasons, self._may_set_aside = ReasonRule.ASKED, False
        self._is_out, self._is_locked = False, False
        self._mark: int | None = None
        self._reason, self._is_aside, self._why_aside = "", False, ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)

    @property
    def body(self) -> CriterionBody:
        """Return what stands under the head."""
        if self._body is None:
            body = self._body = CriterionBody(self._look, self._criterion, self._name, self._grades, self)
            body.hide()
            self._column.addWidget(body)
            tab_on_into(self.head, body)
            body.show_rules(self._reasons, may_set_aside=self._may_set_aside)
            body.show_scale(is_out=self._is_out)
            self._show_in(body)
            body.lock(is_locked=self._is_locked)
            self._connect(body)
        return self._body

    @property
    def marks(self) -> MarkRow | NumberField:
        """Return what the mark is given on."""
        return self.body.marks

    @property
    def reason(self) -> ReasonBox:
        """Return where the reason is typed."""
        return self.body.reason

    def show_open(self, *, is_open: bool) -> None:
        """Open or fold the criterion; folding enters the reason."""
        if self.is_open and not is_open:
            self.reason.enter()
        self.is_open = is_open
        self.head.show_open(is_open=is_open)
        if is_open or self._body is not None:
            self.body.setVisible(is_open)
        self.update()

    def show_rules(self, reasons: ReasonRule, *, may_set_aside: bool) -> None:
        """Say whether a reason is wanted, and let the chair set the criterion aside."""
        self._reasons, self._may_set_aside = reasons, may_set_aside
        if self._body is not None:
            self._body.show_rules(reasons, may_set_aside=may_set_aside)

    def show_scale(self, *, is_out: bool) -> None:
        """Fold out what each mark means, or away."""
        self._is_out = is_out
        if self._body is not None:
            self._body.show_scale(is_out=is_out)

    def show_state(
        self, mark: int | None, reason: str, *, is_not_applicable: bool = False, why: str = ""
    ) -> None:
        """Show the mark and the reason that stand; `why` is the chair's for setting it aside."""
        self._mark, self._reason = mark, reason
        self._is_aside, self._why_aside = is_not_applicable, why
        grade = None if mark is None else self._grades[mark]
        self.head.show_grade(grade, "not applicable" if is_not_applicable else "")
        if self._body is not None:
            self._show_in(self._body)

    def lock(self, *, is_locked: bool) -> None:
        """Let the criterion be read, not changed."""
        self._is_locked = is_locked
        if self._body is not None:
            self._body.lock(is_locked=is_locked)

    def marks_focus(self) -> QWidget:
        """Return what takes the focus when the marks are gone to."""
        if isinstance(self.marks, NumberField):
            return self.marks.box
        return self.marks.buttons[self.marks.mark or 0]

    def focus_marks(self) -> None:
        """Put the focus on the marks."""
        self.marks.focus()

    def _show_in(self, body: CriterionBody) -> None:
        body.show_state(self._mark, self._reason, is_not_applicable=self._is_aside, why=self._why_aside)

    def _connect(self, body: CriterionBody) -> None:
        body.marks.asked.connect(self._ask_mark)
        body.marks.stepped.connect(self.stepped)
        body.reason.typed.connect(self._tell_typed)
        body.reason.left.connect(self._tell_reason)
        body.reason.held.connect(self.held)
        body.fold.clicked.connect(self._ask_fold)
        body.not_applicable.clicked.connect(self._ask_not_applicable)

    @Slot()
    def _ask_open(self) -> None:
        self.opened.emit(self.code)

    @Slot()
    def _ask_fold(self) -> None:
        is_out = not self._is_out
        self.folded_out.emit(is_out)
        announce(self, SHOWN if is_out else HIDDEN)

    @Slot()
    def _ask_not_applicable(self) -> None:
        self.not_applicable_asked.emit(self.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold the meanings out with ?, and set aside with X; the marks pass on what they do not take."""
        others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        is_plain = not event.modifiers() & others
        if is_plain and event.text() == "?" and self.body.scale.has_words:
            self._ask_fold()
        elif is_plain and event.key() == Qt.Key.Key_X and self._may_set_aside:
            self._ask_not_applicable()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _ask_mark(self, mark: object) -> None:
        self.marked.emit(self.code, mark)

    @Slot(str)
    def _tell_typed(self, text: str) -> None:
        self.typed.emit(self.code, text)

    @Slot(str)
    def _tell_reason(self, text: str) -> None:
        self.explained.emit(self.code, text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the open criterion with its bar, and the line beneath a folded one."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        if self.is_open:
            painter.fillRect(self.rect(), look.colour(theme.hover))
            painter.fillRect(QRect(0, 0, look.px(3), self.height()), look.colour(theme.accent_text))
        inset = 0 if self.is_open else look.px(INSET)
        line = QRect(inset, self.height() - 1, self.width() - 2 * inset, 1)
        painter.fillRect(line, look.colour(theme.line))
        painter.end()
