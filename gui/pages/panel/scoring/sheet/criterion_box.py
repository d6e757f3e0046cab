"""One criterion on the form: folded to a line, or open with its marks and the reason."""

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.panel.scoring.sheet.criterion_head import INSET, CriterionHead
from gui.pages.panel.scoring.sheet.mark_button import LONGEST_ROW, Grade, MarkRow
from gui.pages.panel.scoring.sheet.number_field import NumberField
from gui.pages.panel.scoring.sheet.reason_box import MOST_WORDS, ReasonBox
from gui.pages.panel.scoring.sheet.scale_words import FOLD_AWAY, FOLD_OUT, ScaleWords
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest
from gui.widgets.tips import set_tip
from models.queries.set_up.reason_rule import ReasonRule
from scoring import money
from scoring.scheme import Criterion, Scheme

WHY = {
    ReasonRule.ASKED: "Why this mark?",
    ReasonRule.REQUIRED: "Why this mark? Required",
    ReasonRule.NOT_ASKED: "Why this mark? Only if you wish",
}
SET_ASIDE, COUNT_AGAIN = "Set aside for this application…", "Count it again…"
ASIDE = "The chair has set this criterion aside for this application{}"


def grades_of(scheme: Scheme) -> tuple[Grade, ...]:
    """Return every mark of a scheme's scale with its word and meaning where it has them."""
    words = {mark: (word, meaning) for mark, word, meaning in scheme.descriptors}
    return tuple(Grade(mark, *words.get(mark, ("", ""))) for mark in range(scheme.scale_maximum + 1))


class CriterionBox(QWidget):
    """A criterion. It asks to be opened, for a mark and for a reason, and shows what stands."""

    opened = Signal(str)
    marked = Signal(str, object)
    stepped = Signal(int)
    typed = Signal(str, str)
    explained = Signal(str, str)
    folded_out = Signal(bool)
    not_applicable_asked = Signal(str)

    def __init__(self, look: Look, criterion: Criterion, scheme: Scheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.code = criterion.code
        self.is_open = False
        self._grades = grades_of(scheme)
        weight = money.percent(criterion.weight_1e4)
        name = f"{criterion.code} {criterion.title}, weight {weight}"
        self.head = CriterionHead(look, criterion.code, criterion.title, weight, self)
        self.marks: MarkRow | NumberField = (
            MarkRow(look, name, self._grades)
            if scheme.scale_maximum <= LONGEST_ROW
            else NumberField(look, name, scheme.scale_maximum)
        )
        self._guidance = Label(look, criterion.guidance, size=12, tone="text2").wrapped()
        self._meaning = Label(look, size=12, tone="text2").wrapped()
        self.scale = ScaleWords(look, self._grades)
        self.fold = Button(look, FOLD_OUT, kind="link")
        if not self.scale.has_words:
            self.fold.hide()  # to show it here, without a parent, would open a window of its own
        self.not_applicable = Button(look, SET_ASIDE, kind="link")
        for link, tip in ((self.fold, "?"), (self.not_applicable, "X")):
            link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from the marks to the reason
            set_tip(link, f"{tip} on the marks")
        self.not_applicable.hide()
        self._why = Label(look, WHY[ReasonRule.ASKED], size=12, weight=600)
        self._count = ElidedLabel(look, size=12, tone="muted").right()
        self.reason = ReasonBox(look, f"Why this mark on {criterion.code}?")
        self.body = QWidget()
        self._lay_out(has_guidance=bool(criterion.guidance))
        self._connect()
        self.show_open(is_open=False)
        self.show_state(None, "")

    def show_open(self, *, is_open: bool) -> None:
        """Open or fold the criterion; folding enters the reason."""
        if self.is_open and not is_open:
            self.reason.enter()
        self.is_open = is_open
        self.head.show_open(is_open=is_open)
        self.body.setVisible(is_open)
        self.update()

    def show_rules(self, reasons: ReasonRule, *, may_set_aside: bool) -> None:
        """Say whether a reason is wanted, and let the chair set the criterion aside."""
        self._why.setText(WHY[reasons])
        self.reason.setAccessibleDescription(WHY[reasons])
        self.not_applicable.setVisible(may_set_aside)

    def show_scale(self, *, is_out: bool) -> None:
        """Fold out what each mark means, or away."""
        self.scale.show_out(is_out=is_out)
        self.fold.show_words(FOLD_AWAY if is_out else FOLD_OUT)

    def show_state(
        self, mark: int | None, reason: str, *, is_not_applicable: bool = False, why: str = ""
    ) -> None:
        """Show the mark and the reason that stand; `why` is the chair's for setting it aside."""
        grade = None if mark is None else self._grades[mark]
        self.head.show_grade(grade, "not applicable" if is_not_applicable else "")
        self.marks.show_mark(mark)
        self.marks.setEnabled(not is_not_applicable)
        self.reason.setEnabled(not is_not_applicable)
        self._meaning.setText(
            ASIDE.format(f": {why}" if why else ".") if is_not_applicable else _meaning_words(grade)
        )
        self.not_applicable.show_words(COUNT_AGAIN if is_not_applicable else SET_ASIDE)
        self.reason.show_text(reason)

    def lock(self, *, is_locked: bool) -> None:
        """Let the criterion be read, not changed."""
        self.reason.setReadOnly(is_locked)
        if is_locked:
            self.marks.setEnabled(False)

    def marks_focus(self) -> QWidget:
        """Return what takes the focus when the marks are gone to."""
        if isinstance(self.marks, NumberField):
            return self.marks.box
        return self.marks.buttons[self.marks.mark or 0]

    def focus_marks(self) -> None:
        """Put the focus on the marks."""
        self.marks.focus()

    def _connect(self) -> None:
        self.head.opened.connect(self._ask_open)
        self.marks.asked.connect(self._ask_mark)
        self.marks.stepped.connect(self.stepped)
        self.reason.typed.connect(self._tell_typed)
        self.reason.left.connect(self._tell_reason)
        self.reason.counted.connect(self._show_count)
        self.fold.clicked.connect(self._ask_fold)
        self.not_applicable.clicked.connect(self._ask_not_applicable)

    def _lay_out(self, *, has_guidance: bool) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.body)
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(px(INSET), px(2), px(INSET), px(8))
        inner.setSpacing(px(3))
        if has_guidance:
            inner.addWidget(self._guidance)
        inner.addWidget(self.marks)
        told = QHBoxLayout()
        told.addWidget(self._meaning, 1)
        told.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignTop)
        nest(inner, told)
        inner.addWidget(self.scale)
        row = QHBoxLayout()
        row.addWidget(self._why)
        row.addWidget(self._count, 1)
        nest(inner, row)
        inner.addWidget(self.reason)
        inner.addWidget(self.not_applicable, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _ask_open(self) -> None:
        self.opened.emit(self.code)

    @Slot()
    def _ask_fold(self) -> None:
        self.folded_out.emit(self.scale.isHidden())

    @Slot()
    def _ask_not_applicable(self) -> None:
        self.not_applicable_asked.emit(self.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold the meanings out with ?, and set aside with X; the marks pass on what they do not take."""
        others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        is_plain = not event.modifiers() & others
        if is_plain and event.text() == "?" and self.scale.has_words:
            self._ask_fold()
        elif is_plain and event.key() == Qt.Key.Key_X and not self.not_applicable.isHidden():
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

    @Slot(int)
    def _show_count(self, words: int) -> None:
        over = " (long)" if words > MOST_WORDS else ""
        self._count.setText(f"The applicant may be shown this  ·  {words} of {MOST_WORDS} words{over}")

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


def _meaning_words(grade: Grade | None) -> str:
    if grade is None:
        return "No mark yet: choose one, or type its number."
    return f"{grade.mark} {grade.word}: {grade.meaning}".rstrip(": ")
