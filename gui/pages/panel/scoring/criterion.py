"""One criterion on the form: folded to a line, or open with its marks, what they mean, and the reason."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.pages.panel.scoring.marks import LONGEST_ROW, Grade, MarkRow, NumberField
from gui.pages.panel.scoring.reason_box import MOST_WORDS, ReasonBox
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.scrolled import tab_on_into
from gui.widgets.shorten import shortened
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from models.values.rounds import ReasonRule
from scoring import money
from scoring.scheme import Criterion, Scheme

HEIGHT = 38
OPEN_HEIGHT = 30
INSET = 16
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CriterionHead(QAbstractButton):
    """A painted line that opens its criterion, by click or as the focus comes to it."""

    opened = Signal()

    def __init__(self, look: Look, code: str, title: str, weight: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._code, self._title, self._weight = code, title, weight
        self._grade: Grade | None = None
        self._note = ""
        self._is_open = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.opened)
        look.changed.connect(self.updateGeometry)
        self._name()

    def show_grade(self, grade: Grade | None, note: str = "") -> None:
        """Show the mark that stands, or that there is none; `note` says why there can be none."""
        self._grade, self._note = grade, note
        self._name()
        self.update()

    def show_open(self, *, is_open: bool) -> None:
        """Show the head as that of the open criterion, which is no stop for the focus."""
        self._is_open = is_open
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_open else Qt.FocusPolicy.StrongFocus)
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        said = self._grade.spoken if self._grade else self._note or "no mark yet"
        self.setAccessibleName(f"{self._code} {self._title}, weight {self._weight}, {said}")
        self.setText(self._title)

    def sizeHint(self) -> QSize:
        """Return the height of a line."""
        return QSize(self._look.px(300), self._look.px(OPEN_HEIGHT if self._is_open else HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Let the title be cut."""
        return QSize(self._look.px(200), self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open the criterion as the focus comes by key."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        box = self.rect().adjusted(look.px(INSET), 0, -look.px(INSET), 0)
        if self._is_open:
            box.adjust(0, look.px(6), 0, 0)
        elif self.underMouse():
            painter.fillRect(self.rect(), look.colour(look.theme.hover))
        right = self._paint_state(painter, box) if not self._is_open else box.right()
        self._paint_name(painter, QRect(box.left(), box.top(), right - box.left(), box.height()))
        if has_ring(self):
            paint_ring(painter, look, QRectF(self.rect()).adjusted(2, 2, -2, -2), look.px(6))
        painter.end()

    def _paint_name(self, painter: QPainter, box: QRect) -> None:
        look, theme = self._look, self._look.theme
        weight = f"weight {self._weight}"
        painter.setFont(look.font(12))
        painter.setPen(look.colour(theme.muted))
        room = painter.fontMetrics().horizontalAdvance(weight)
        painter.drawText(box, RIGHT, weight)
        painter.setFont(look.font(12, 600))
        painter.drawText(box, LEFT, self._code)
        indent = max(look.px(28), painter.fontMetrics().horizontalAdvance(self._code) + look.px(8))
        painter.setFont(look.font(14 if self._is_open else 13, 600))
        painter.setPen(look.colour(theme.text))
        title = box.adjusted(indent, 0, -room - look.px(8), 0)
        shown = shortened(painter.fontMetrics(), self._title, title.width())
        painter.drawText(title, LEFT, shown)

    def _paint_state(self, painter: QPainter, box: QRect) -> int:
        """Paint mark, word and arrow at the right; return where they begin."""
        look, theme = self._look, self._look.theme
        width = look.px(152)
        arrow = look.glyph("chevron-right", theme.muted, 14, self.devicePixelRatioF())
        top = round(box.center().y() - look.px(14) / 2 + 1)
        painter.drawPixmap(box.right() - look.px(12), top, arrow)
        left = box.right() - width
        square = QRectF(left, box.center().y() - look.px(12) + 0.5, look.px(24), look.px(24))
        self._paint_square(painter, square)
        words = self._grade.word if self._grade else self._note or "No mark yet"
        painter.setFont(look.font(12))
        painter.setPen(look.colour(theme.text2 if self._grade else theme.muted))
        room = QRect(left + look.px(34), box.top(), width - look.px(34 + 18), box.height())
        shown = shortened(painter.fontMetrics(), words, room.width())
        painter.drawText(room, LEFT, shown)
        return left - look.px(18)

    def _paint_square(self, painter: QPainter, square: QRectF) -> None:
        look, theme = self._look, self._look.theme
        if self._grade is None:
            pen = QPen(look.colour(theme.control), 1.2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
            return
        is_tinted = theme.is_tinted
        painter.setPen(Qt.PenStyle.NoPen if is_tinted else QPen(look.colour(theme.text), 2))
        painter.setBrush(look.colour(theme.selected if is_tinted else theme.surface))
        painter.drawRoundedRect(square, look.px(4), look.px(4))
        painter.setPen(look.colour(theme.accent_text))
        painter.setFont(look.font(13, 600))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, str(self._grade.mark))


SHOWN, HIDDEN = "The meanings are shown. Left and Right on the marks say each.", "The meanings are hidden."
FOLD_OUT, FOLD_AWAY = "What each mark means", "Hide the meanings"


class ScaleWords(QWidget):
    """A line for each mark that has a word or a meaning; laid out when it is first shown."""

    def __init__(self, look: Look, grades: Sequence[Grade]) -> None:
        super().__init__()
        self._look = look
        self._told = tuple(grade for grade in grades if grade.word or grade.meaning)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, look.px(2), 0, look.px(2))
        self._grid.setVerticalSpacing(look.px(3))
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setColumnStretch(1, 1)
        self.setAccessibleName(FOLD_OUT)
        self.hide()

    @property
    def has_words(self) -> bool:
        """Whether any mark has a word or a meaning."""
        return bool(self._told)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what is told, a line a mark."""
        return tuple(f"{grade.mark} {grade.word}: {grade.meaning}".rstrip(": ") for grade in self._told)

    def show_out(self, *, is_out: bool) -> None:
        """Fold the lines out, or away."""
        if is_out and not self._grid.count():
            for row, grade in enumerate(self._told):
                self._add(row, grade)
        self.setVisible(is_out and self.has_words)

    def _add(self, row: int, grade: Grade) -> None:
        number = Label(self._look, str(grade.mark), size=12, weight=600)
        words = f"{grade.word}: {grade.meaning}".strip(": ")
        meaning = Label(self._look, words, size=12, tone="text2").wrapped()
        number.setAccessibleName(f"Mark {grade.mark}")
        self._grid.addWidget(number, row, 0)
        self._grid.addWidget(meaning, row, 1)


WHY = {
    ReasonRule.ASKED: "Why this mark?",
    ReasonRule.REQUIRED: "Why this mark? Required",
    ReasonRule.NOT_ASKED: "Why this mark? Only if you wish",
}
SET_ASIDE, COUNT_AGAIN = "Set aside for this application…", "Count it again…"
ASIDE = "The chair has set this criterion aside for this application{}"


class CriterionBody(QWidget):
    """The widgets of one criterion; it shows what stands and asks for nothing itself."""

    def __init__(
        self, look: Look, criterion: Criterion, name: str, grades: Sequence[Grade], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._grades = grades
        self.marks: MarkRow | NumberField = (
            MarkRow(look, name, grades)
            if grades[-1].mark <= LONGEST_ROW
            else NumberField(look, name, grades[-1].mark)
        )
        self._guidance = Label(look, criterion.guidance, size=12, tone="text2").wrapped()
        self.meaning = Label(look, size=12, tone="text2").wrapped()
        self.scale = ScaleWords(look, grades)
        self.fold = Button(look, FOLD_OUT, kind="link")
        if not self.scale.has_words:
            self.fold.hide()  # to show it here, without a parent, would open a window of its own
        self.not_applicable = Button(look, SET_ASIDE, kind="link")
        for link, tip in ((self.fold, "?"), (self.not_applicable, "X")):
            link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from the marks to the reason
            set_tip(link, f"{tip} on the marks")
        self.not_applicable.hide()
        self.why = Label(look, WHY[ReasonRule.ASKED], size=12, weight=600)
        self.count = ElidedLabel(look, size=12, tone="muted").right()
        self.reason = ReasonBox(look, f"Why this mark on {criterion.code}?")
        self.reason.counted.connect(self._show_count)
        self._lay_out(has_guidance=bool(criterion.guidance))

    def show_rules(self, reasons: ReasonRule, *, may_set_aside: bool) -> None:
        """Say whether a reason is wanted, and let the chair set the criterion aside."""
        self.why.setText(WHY[reasons])
        self.reason.setAccessibleDescription(WHY[reasons])
        self.not_applicable.setVisible(may_set_aside)

    def show_scale(self, *, is_out: bool) -> None:
        """Fold out what each mark means, or away."""
        self.scale.show_out(is_out=is_out)
        self.fold.show_words(FOLD_AWAY if is_out else FOLD_OUT)

    def show_state(self, mark: int | None, reason: str, *, is_not_applicable: bool, why: str) -> None:
        """Show the mark and the reason that stand; `why` is the chair's for setting it aside."""
        self.marks.show_mark(mark)
        self.marks.setEnabled(not is_not_applicable)
        self.reason.setEnabled(not is_not_applicable)
        aside = ASIDE.format(f": {why}" if why else ".")
        self.meaning.setText(aside if is_not_applicable else self._meaning_of(mark))
        self.not_applicable.show_words(COUNT_AGAIN if is_not_applicable else SET_ASIDE)
        self.reason.show_text(reason)

    def lock(self, *, is_locked: bool) -> None:
        """Let the criterion be read, not changed."""
        self.reason.setReadOnly(is_locked)
        if is_locked:
            self.marks.setEnabled(False)

    def _lay_out(self, *, has_guidance: bool) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(INSET), px(2), px(INSET), px(8))
        column.setSpacing(px(3))
        if has_guidance:
            column.addWidget(self._guidance)
        column.addWidget(self.marks)
        told = QHBoxLayout()
        told.addWidget(self.meaning, 1)
        told.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignTop)
        nest(column, told)
        column.addWidget(self.scale)
        row = QHBoxLayout()
        row.addWidget(self.why)
        row.addWidget(self.count, 1)
        nest(column, row)
        column.addWidget(self.reason)
        column.addWidget(self.not_applicable, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot(int)
    def _show_count(self, words: int) -> None:
        over = " (long)" if words > MOST_WORDS else ""
        self.count.setText(f"The applicant may be shown this  ·  {words} of {MOST_WORDS} words{over}")

    def _meaning_of(self, mark: int | None) -> str:
        if mark is None:
            return "No mark yet: choose one, or type its number."
        grade = self._grades[mark]
        return f"{grade.mark} {grade.word}: {grade.meaning}".rstrip(": ")


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
