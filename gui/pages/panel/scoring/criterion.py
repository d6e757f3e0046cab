"""One criterion on the form: folded to a line, or open with its marks, what they mean, and the reason."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from gui.pages.panel.scoring.marks import (
    KEPT,
    MOST_WORDS,
    TOLD,
    Grade,
    MarkRow,
    NumberField,
    PanelTick,
    ReasonBox,
    grades_of,
    is_bare,
    made_marks,
)
from gui.pages.panel.scoring.sheets import OnShow
from gui.theme.look import LEFT, RIGHT, look, outline_with, space
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label, shortened, small
from gui.widgets.nesting import column_of, fill, row_of, tab_through
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from models.values.rounds import ReasonRule
from scoring import money
from scoring.scheme import Criterion, Scheme

if TYPE_CHECKING:
    from gui.pages.panel.scoring.form import SheetForm

HEIGHT = 38
OPEN_HEIGHT = 30
INSET = 16
SHOWN, HIDDEN = "The meanings are shown. Left and Right on the marks say each.", "The meanings are hidden."
FOLD_OUT, FOLD_AWAY = "What each mark means", "Hide the meanings"
WHY = {
    ReasonRule.ASKED: "Why this mark?",
    ReasonRule.REQUIRED: "Why this mark? Required",
    ReasonRule.NOT_ASKED: "Why this mark? Only if you wish",
}
SET_ASIDE, COUNT_AGAIN = "Set aside for this application…", "Count it again…"
ASIDE = "The chair has set this criterion aside for this application{}"


class CriterionHead(QAbstractButton):
    """A painted line that opens its criterion, by click or as the focus comes to it."""

    opened = Signal()

    def __init__(self, criterion: Criterion, weight: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._criterion, self._weight = criterion, weight
        self._grade: Grade | None = None
        self._note, self._is_open = "", False
        self.setText(criterion.title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.opened)
        look.follow(self._refresh)
        self.show_grade(None)

    def show_grade(self, grade: Grade | None, note: str = "") -> None:
        """Show the mark that stands, or that there is none; `note` says why there can be none."""
        if self.accessibleName() and (grade, note) == (self._grade, self._note):
            return
        self._grade, self._note = grade, note
        said, criterion = grade.spoken if grade else note or "no mark yet", self._criterion
        self.setAccessibleName(f"{criterion.code} {criterion.title}, weight {self._weight}, {said}")
        self.update()

    def show_open(self, *, is_open: bool) -> None:
        """Show the head as that of the open criterion, which is no stop for the focus."""
        self._is_open = is_open
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_open else Qt.FocusPolicy.StrongFocus)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Be as high as a line; the title may be cut."""
        self.setMinimumWidth(look.px(200))
        self.setFixedHeight(look.px(OPEN_HEIGHT if self._is_open else HEIGHT))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open the criterion as the focus comes by key."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(look.px(INSET), 0, -look.px(INSET), 0)
        if self._is_open:
            box.adjust(0, look.px(6), 0, 0)
        elif self.underMouse():
            painter.fillRect(self.rect(), look.theme.hover)
        right = self._paint_state(painter, box) if not self._is_open else box.right()
        self._paint_name(painter, QRect(box.left(), box.top(), right - box.left(), box.height()))
        if has_ring(self):
            paint_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), look.px(6))
        painter.end()

    def _paint_name(self, painter: QPainter, box: QRect) -> None:
        theme = look.theme
        weight, code = f"weight {self._weight}", self._criterion.code
        painter.setFont(look.font(12))
        painter.setPen(theme.muted)
        room = painter.fontMetrics().horizontalAdvance(weight)
        painter.drawText(box, RIGHT, weight)
        painter.setFont(look.font(12, 600))
        painter.drawText(box, LEFT, code)
        indent = max(look.px(28), painter.fontMetrics().horizontalAdvance(code) + look.px(8))
        painter.setFont(look.font(14 if self._is_open else 13, 600))
        painter.setPen(theme.text)
        title = box.adjusted(indent, 0, -room - look.px(8), 0)
        painter.drawText(title, LEFT, shortened(painter.fontMetrics(), self.text(), title.width()))

    def _paint_state(self, painter: QPainter, box: QRect) -> int:
        """Paint mark, word and arrow at the right; return where they begin."""
        theme = look.theme
        width = look.px(152)
        top = box.center().y() - look.px(14) / 2 + 1
        look.paint_glyph(painter, box.right() - look.px(12), top, "chevron-right", theme.muted, 14)
        left = box.right() - width
        square = QRectF(left, box.center().y() - look.px(12) + 0.5, look.px(24), look.px(24))
        self._paint_square(painter, square)
        words = self._grade.word if self._grade else self._note or "No mark yet"
        painter.setFont(look.font(12))
        painter.setPen(theme.text2 if self._grade else theme.muted)
        room = QRect(left + look.px(34), box.top(), width - look.px(34 + 18), box.height())
        painter.drawText(room, LEFT, shortened(painter.fontMetrics(), words, room.width()))
        return left - look.px(18)

    def _paint_square(self, painter: QPainter, square: QRectF) -> None:
        theme = look.theme
        if self._grade is None:
            outline_with(painter, theme.control, 1.2, Qt.PenStyle.DashLine)
            painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
            return
        painter.setPen(Qt.PenStyle.NoPen if theme.is_tinted else QPen(QColor(theme.text), 2))
        painter.setBrush(theme.selected if theme.is_tinted else theme.surface)
        painter.drawRoundedRect(square, look.px(4), look.px(4))
        painter.setPen(theme.accent_text)
        painter.setFont(look.font(13, 600))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, str(self._grade.mark))


class ScaleWords(QWidget):
    """A line for each mark that has a word or a meaning; laid out when it is first shown."""

    def __init__(self, grades: Sequence[Grade]) -> None:
        super().__init__()
        self._told = tuple(grade for grade in grades if grade.word or grade.meaning)
        self._grid = space(QGridLayout(self), (8, 3), (0, 2, 0, 2))
        self._grid.setColumnStretch(1, 1)
        self.setAccessibleName(FOLD_OUT)
        self.hide()

    @property
    def has_words(self) -> bool:
        """Whether any mark has a word or a meaning."""
        return bool(self._told)

    def show_out(self, *, is_out: bool) -> None:
        """Fold the lines out, or away."""
        for row, grade in enumerate(self._told if is_out and not self._grid.count() else ()):
            number = Label(str(grade.mark), size=12, weight=600)
            number.setAccessibleName(f"Mark {grade.mark}")
            words = f"{grade.word}: {grade.meaning}".strip(": ")
            self._grid.addWidget(number, row, 0)
            self._grid.addWidget(small(words), row, 1)
        self.setVisible(is_out and self.has_words)


class CriterionBody(QWidget):
    """The widgets of one criterion under its head; it shows how it stands and asks for nothing itself."""

    def __init__(self, criterion: Criterion, name: str, grades: Sequence[Grade], parent: QWidget) -> None:
        super().__init__(parent)
        self._grades, self._code = grades, criterion.code
        self.marks = made_marks(name, grades)
        self.meaning = small()
        self.scale = ScaleWords(grades)
        self.fold = Button(FOLD_OUT, kind="link")
        if not self.scale.has_words:
            self.fold.hide()  # to show it here, without a parent, would open a window of its own
        self.not_applicable = Button(SET_ASIDE, kind="link")
        for link, tip in ((self.fold, "?"), (self.not_applicable, "X")):
            link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from the marks to the reason
            set_tip(link, f"{tip} on the marks")
        self.not_applicable.hide()
        self.why = Label(WHY[ReasonRule.ASKED], size=12, weight=600)
        self.count = ElidedLabel(size=12, tone="muted").right()
        self.count.give_way_by_clauses()
        self.reason = ReasonBox(f"Why this mark on {criterion.code}?")
        self.for_panel = PanelTick(self.reason)
        self.for_panel.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes on to the next criterion
        self.reason.textChanged.connect(self._show_count)
        self._show_count()
        self._lay_out(criterion.guidance)

    def show_sheet(self, sheet: OnShow, mark: int | None, reason: str) -> None:
        """Show the mark and the reason that stand, and what of them can be changed."""
        line, code, is_locked = sheet.line, self._code, bool(sheet.closed)
        is_aside, why, asked = (
            code in line.not_applicable,
            dict(line.why_not_applicable),
            WHY[sheet.held.reasons],
        )
        self.marks.show_mark(mark)
        self.marks.setEnabled(not (is_aside or is_locked))
        self.reason.setEnabled(not is_aside)
        self.reason.setReadOnly(is_locked)
        aside = ASIDE.format(f": {why[code]}" if why.get(code) else ".")
        given = "No mark yet: choose one, or type its number." if mark is None else self._grades[mark].words
        self.meaning.setText(aside if is_aside else given)
        self.why.setText(asked)
        self.reason.setAccessibleDescription(asked)
        self.not_applicable.setVisible(sheet.may_set_aside)
        words = COUNT_AGAIN if is_aside else SET_ASIDE
        if words != self.not_applicable.text():
            self.not_applicable.show_words(words)
        self.reason.show_text(reason)
        self.for_panel.show_tick(
            f"the reason on {code}", is_ticked=code in line.for_panel, may_keep=not is_locked
        )
        self._show_count()

    def show_out(self, *, is_out: bool) -> None:
        """Fold out what each mark means, or away."""
        self.scale.show_out(is_out=is_out)
        self.fold.show_words(FOLD_AWAY if is_out else FOLD_OUT)

    def _lay_out(self, guidance: str) -> None:
        column = column_of(edges=(INSET, 2, INSET, 8), spacing=3, inside=self)
        if guidance:
            column.addWidget(small(guidance))
        column.addWidget(self.marks)
        told = row_of((self.meaning, 1), (self.fold, 0, Qt.AlignmentFlag.AlignTop))
        fill(column, told, self.scale)
        row = row_of(self.why, (self.count, 1), self.for_panel, spacing=10)
        fill(column, row, self.reason, (self.not_applicable, 0, Qt.AlignmentFlag.AlignLeft))

    @Slot()
    def _show_count(self) -> None:
        words = len(self.reason.text.split())
        over = " (long)" if words > MOST_WORDS else ""
        who = KEPT if self.for_panel.isChecked() else TOLD
        self.count.setText(f"{who}  ·  {words} of {MOST_WORDS} words{over}")


class CriterionBox(QWidget):
    """A criterion of a form, in which it is opened; it gives its mark and reason and shows how it stands.

    What stands under its head is made as it is first opened: to make it for a whole sheet takes long.
    """

    def __init__(self, scheme: Scheme, number: int, form: "SheetForm", parent: QWidget) -> None:
        super().__init__(parent)
        criterion = scheme.judged[number]
        self._criterion, self.code = criterion, criterion.code
        self._form, self._number = form, number
        self.is_open = False
        self._grades = grades_of(scheme)
        weight = money.percent(criterion.weight_1e4)
        self._name = f"{criterion.code} {criterion.title}, weight {weight}"
        self.head = CriterionHead(criterion, weight, self)
        self.head.opened.connect(partial(form.open, self.code))
        self._body: CriterionBody | None = None
        self._sheet: OnShow | None = None
        self._column = column_of(self.head, spacing=0, inside=self)

    @property
    def body(self) -> CriterionBody:
        """Return what stands under the head."""
        if self._body is None:
            body = self._body = CriterionBody(self._criterion, self._name, self._grades, self)
            body.hide()
            self._column.addWidget(body)
            tab_through(self.head, body)
            if self._sheet is not None:
                body.show_sheet(self._sheet, *self._sheet.given(self._number))
            self.show_out()
            sheets = self._form.sheets
            for given, does in (
                (body.marks.asked, sheets.mark),
                (body.reason.typed, sheets.kept.keep),
                (body.reason.left, sheets.explain),
                (body.for_panel.kept, sheets.keep_for_panel),
            ):
                given.connect(partial(self._give, does))
            body.marks.stepped.connect(self._form.step)
            body.fold.clicked.connect(self._fold)
            body.not_applicable.clicked.connect(self._ask_not_applicable)
        return self._body

    @property
    def marks(self) -> MarkRow | NumberField:
        return self.body.marks

    @property
    def reason(self) -> ReasonBox:
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

    def show_sheet(self, sheet: OnShow) -> None:
        """Show the mark and the reason that stand on a sheet, and what can be done with them."""
        self._sheet, (mark, reason) = sheet, sheet.given(self._number)
        note = "not applicable" if self.code in sheet.line.not_applicable else ""
        self.head.show_grade(None if mark is None else self._grades[mark], note)
        if self._body is not None:
            self._body.show_sheet(sheet, mark, reason)

    def show_out(self) -> None:
        """Fold out what each mark means, or away, as it is in the form."""
        if self._body is not None:
            self._body.show_out(is_out=self._form.is_out)

    def _give(self, does: Callable[[str, str, Any], object], what: object) -> None:
        does(self._form.reference, self.code, what)

    @Slot()
    def _fold(self) -> None:
        self._form.fold_out()
        announce(self, SHOWN if self._form.is_out else HIDDEN)

    @Slot()
    def _ask_not_applicable(self) -> None:
        self._form.not_applicable_asked.emit(self.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold the meanings out with ?, set aside with X, keep the reason for the panel with P.

        The marks pass on what they do not take.
        """
        if event.text() == "?" and self.body.scale.has_words:
            self._fold()
        elif is_bare(event, Qt.Key.Key_X) and self._sheet is not None and self._sheet.may_set_aside:
            self._ask_not_applicable()
        elif not self.body.for_panel.takes(event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the open criterion with its bar, and the line beneath a folded one."""
        theme = look.theme
        painter = QPainter(self)
        if self.is_open:
            painter.fillRect(self.rect(), theme.hover)
            painter.fillRect(QRect(0, 0, look.px(3), self.height()), theme.accent_text)
        inset = 0 if self.is_open else look.px(INSET)
        line = QRect(inset, self.height() - 1, self.width() - 2 * inset, 1)
        painter.fillRect(line, theme.line)
        painter.end()
