"""The marks of one criterion, as buttons or as a number on a long scale, and the box of their reason."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGroupBox, QPlainTextEdit, QWidget

from gui.theme.look import look
from gui.widgets.buttons import is_alone
from gui.widgets.edit_conflict import EditConflict
from gui.widgets.label import Label, shortened
from gui.widgets.nesting import row_of
from gui.widgets.pill import PaintedRadio
from gui.widgets.ring import paint_ring
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from gui.widgets.turned import NumberBox
from scoring.scheme import Scheme

LONGEST_ROW = 10
"""The longest scale whose marks stand as buttons and are given by one digit; beyond it a number is typed."""
HEIGHT = 48
RING = 3
FRAMELESS = "QGroupBox { border: none; margin: 0; padding: 0; }"
CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
UP = (Qt.Key.Key_Up, Qt.Key.Key_K)
DOWN = (Qt.Key.Key_Down, Qt.Key.Key_J)
SIDEWAYS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
WORD_FONTS = ((11, 600), (11, 400), (10, 400))
"""Sizes and weights for the words under the marks: the first in which all of a row are whole."""


class Grade(Struct, frozen=True):
    """A mark of the scale, its word and what it means; both may be ""."""

    mark: int
    word: str = ""
    meaning: str = ""

    @property
    def spoken(self) -> str:
        """Return the mark as it is read aloud: "4, very good"."""
        return f"{self.mark}, {self.word[:1].lower()}{self.word[1:]}" if self.word else str(self.mark)

    @property
    def words(self) -> str:
        """Return the mark with what it means: "4 Very good: strong in all parts"."""
        return f"{self.mark} {self.word}: {self.meaning}".rstrip(": ")


def grades_of(scheme: Scheme) -> tuple[Grade, ...]:
    """Return every mark of a scheme's scale with its word and meaning where it has them."""
    words = {mark: (word, meaning) for mark, word, meaning in scheme.descriptors}
    return tuple(Grade(mark, *words.get(mark, ("", ""))) for mark in range(scheme.scale_maximum + 1))


def digit_of(event: QKeyEvent, maximum: int) -> int | None:
    """Return the mark that a key stands for, None for another key or one off the scale.

    Digits of both pads; on a scale to ten, Shift+1 gives the ten.
    """
    key, is_shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if maximum == 10 and (key == Qt.Key.Key_Exclam or (key == Qt.Key.Key_1 and is_shift)):
        return 10
    digit = typed_digit(event)
    return digit if digit is not None and digit <= maximum else None


def typed_digit(event: QKeyEvent) -> int | None:
    """Return the digit that was typed on either pad, whatever the scale; None for another key."""
    is_digit = is_alone(event) and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
    return int(event.key()) - int(Qt.Key.Key_0) if is_digit else None


def scale_words(maximum: int) -> str:
    """Return what is said of a digit that is no mark: "Marks here are 0 to 5."."""
    return f"Marks here are 0 to {maximum}."


class MarkButton(PaintedRadio):
    """A painted radio button: the mark, and its word beneath. Its row asks for the mark."""

    def __init__(self, grade: Grade, grades: Sequence[Grade], row: "MarkRow") -> None:
        super().__init__(str(grade.mark), row)
        self._row = row
        self.grade = grade
        self._maximum = grades[-1].mark
        self._words = tuple(one.word for one in grades)
        self.setAccessibleName(grade.spoken)
        self.setAccessibleDescription(grade.meaning)
        set_tip(self, grade.words if grade.meaning else "")
        self.dress()

    def dress(self) -> None:
        """Follow the size of text."""
        self.setFont(look.font(16, 600))
        self.setMinimumWidth(look.px(30))  # a finger's target
        super().dress()

    def sizeHint(self) -> QSize:
        return QSize(look.px(73), look.px(HEIGHT) + 2 * RING)

    def nextCheckState(self) -> None:
        """Ask for the mark; the record's answer checks the button."""
        self._row.asked.emit(self.grade.mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give a mark by its digit, move it by Left and Right, clear it, or go to another criterion."""
        digit = digit_of(event, self._maximum)
        key = event.key()
        if digit is not None:
            self._row.asked.emit(digit)
        elif key in SIDEWAYS:
            self._row.asked.emit(min(max(self.grade.mark + SIDEWAYS[key], 0), self._maximum))
        elif key in CLEARS:
            self._row.asked.emit(None)
        elif is_alone(event) and key in (*UP, *DOWN):
            self._row.stepped.emit(-1 if key in UP else 1)
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> float:
        """Paint the button and its word; the ring stays on a mark that has the focus after a click."""
        theme, is_on, bend, edge = look.theme, self.isChecked(), look.px(5), RING + 0.5
        inner = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.setPen(QPen(QColor(theme.accent if is_on else theme.control), 1))
        painter.setBrush(theme.accent if is_on else theme.hover if self.is_lit else theme.surface)
        painter.drawRoundedRect(inner, bend, bend)
        painter.setPen(theme.on_accent if is_on else theme.text)
        self._paint_words(painter, inner)
        if self.hasFocus() and is_on:
            paint_ring(painter, QRectF(self.rect()), bend + 2)
        return bend + 2

    def _paint_words(self, painter: QPainter, inner: QRectF) -> None:
        has_word = bool(self.grade.word)
        upper = inner.adjusted(0, look.px(4), 0, -look.px(20)) if has_word else inner
        painter.setFont(self.font())
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, str(self.grade.mark))
        if has_word:
            lower = inner.adjusted(look.px(2), look.px(25), -look.px(2), -look.px(4))
            room = int(lower.width())
            painter.setFont(self._word_font(room))
            word = shortened(painter.fontMetrics(), self.grade.word, room)
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, word)

    def _word_font(self, room: int) -> QFont:
        """Return the same font for all buttons of the row, which are as wide as this one."""
        fonts = [look.font(size, weight) for size, weight in WORD_FONTS]
        return next((font for font in fonts if _widest(font, self._words) <= room), fonts[-1])


def _widest(font: QFont, words: Sequence[str]) -> int:
    return max(map(QFontMetrics(font).horizontalAdvance, words))


class MarkRow(QGroupBox):
    """The marks of one criterion as one group with one tab stop; it asks for marks and shows them."""

    asked = Signal(object)
    stepped = Signal(int)

    def __init__(self, name: str, grades: Sequence[Grade]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setStyleSheet(FRAMELESS)
        self._group = QButtonGroup(self)
        row = row_of(spacing=2, inside=self)
        self.buttons = [MarkButton(grade, grades, self) for grade in grades]
        for button in self.buttons:
            self._group.addButton(button)
            row.addWidget(button)
        self.show_mark(None)

    @property
    def mark(self) -> int | None:
        return next((b.grade.mark for b in self.buttons if b.isChecked()), None)

    def show_mark(self, mark: int | None) -> None:
        """Show a mark; the focus, if it is in the row, goes with it."""
        has_focus, stop = any(button.hasFocus() for button in self.buttons), mark or 0
        self._group.setExclusive(False)
        for button in self.buttons:
            button.setChecked(button.grade.mark == mark)
            policy = Qt.FocusPolicy.StrongFocus if button.grade.mark == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        self._group.setExclusive(True)
        if has_focus and mark is not None:
            self.buttons[mark].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def stop(self) -> QWidget:
        """Return what takes the focus: the mark that is given, else the first."""
        return self.buttons[self.mark or 0]

    def focus(self) -> None:
        self.stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint no frame: the row stands in its criterion."""


NO_MARK = -1


class _Box(NumberBox):
    cleared = Signal()
    stepped = Signal(int)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the first digit take the place of what stands there, however the box was come to."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear with Delete; Up and Down go to another criterion; Left and Right lower and raise.

        A digit that the box does not take goes to the page, which says why.
        """
        key, before, is_over = event.key(), self.text(), self.lineEdit().hasSelectedText()
        if key == Qt.Key.Key_Delete:
            self.cleared.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in SIDEWAYS:
            self.stepBy(SIDEWAYS[key])
        else:
            super().keyPressEvent(event)
            if typed_digit(event) is not None and self.text() == before and not is_over:
                event.ignore()


class NumberField(QGroupBox):
    """A number from 0 to the scale's maximum, "–" while there is no mark."""

    asked = Signal(object)
    stepped = Signal(int)

    def __init__(self, name: str, maximum: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setStyleSheet(FRAMELESS)
        box = self.box = _Box()
        box.setRange(NO_MARK, maximum)
        box.setSpecialValueText("–")
        box.setKeyboardTracking(False)
        box.setAccessibleName(name)
        box.setMinimumWidth(look.px(96))
        box.setFont(look.font(16, 600))
        row_of(box, Label(f"0 to {maximum}", tone="muted"), 1, inside=self)
        box.valueChanged.connect(self._ask)
        box.cleared.connect(partial(self.asked.emit, None))
        box.stepped.connect(self.stepped)

    @property
    def mark(self) -> int | None:
        return None if self.box.value() == NO_MARK else self.box.value()

    def show_mark(self, mark: int | None) -> None:
        """Show a mark."""
        with QSignalBlocker(self.box):
            self.box.setValue(NO_MARK if mark is None else mark)

    @property
    def stop(self) -> QWidget:
        """Return what takes the focus."""
        return self.box

    def focus(self) -> None:
        """Put the cursor into the field."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def begin(self, digit: int) -> None:
        """Begin to type a number here with the digit that was pressed elsewhere."""
        self.focus()
        self.box.lineEdit().insert(str(digit))

    @Slot(int)
    def _ask(self, value: int) -> None:
        self.asked.emit(None if value == NO_MARK else value)


def made_marks(name: str, grades: Sequence[Grade]) -> MarkRow | NumberField:
    """Return what marks of a scale are given on."""
    maximum = grades[-1].mark
    return MarkRow(name, grades) if maximum <= LONGEST_ROW else NumberField(name, maximum)


MOST_WORDS = 150
FOR_PANEL = "Panel only"
"""So short that what stands beside it has room in a narrow window."""
TOLD, KEPT = "The applicant may see this", "For the panel only"
NO_DRAFT = "P on the marks. No draft for an applicant tells this reason; the panel reads it."


def is_bare(event: QKeyEvent, key: Qt.Key) -> bool:
    """Whether a key is pressed by itself, with Shift at most."""
    others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return event.key() == key and not event.modifiers() & others


class ReasonBox(QPlainTextEdit):
    """A text box. It tells what is typed as it is typed, "" for what stood there, and when it is left."""

    typed = Signal(str)
    left = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._shown = ""
        self._conflict = EditConflict(self)
        self.setObjectName("reason")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._tell_typed)
        look.follow(self._refresh)

    @property
    def text(self) -> str:
        return self.toPlainText()

    @property
    def is_changed(self) -> bool:
        """Whether the box holds something else than the record."""
        return self.text != self._shown

    def show_text(self, text: str) -> None:
        """Show what the record holds; what is being typed is left alone."""
        stands = self.text
        if text == stands == self._shown and not self._conflict.who:
            return
        is_typing = self.hasFocus() and self.is_changed
        if is_typing:
            self._conflict.meet(self._shown, text)
        else:
            self._conflict.settle()
        self._shown = text
        if not is_typing and stands != text:
            with QSignalBlocker(self):
                self.setPlainText(text)

    def enter(self) -> None:
        """Tell what the box holds, if the record does not hold it yet."""
        if self.is_changed:
            self._shown = self.text
            self._conflict.hand_on(self.text)
            self.left.emit(self.text)
            self._conflict.take()
        else:
            self._conflict.settle()

    @Slot()
    def _tell_typed(self) -> None:
        self.typed.emit(self.text if self.is_changed else "")

    @Slot()
    def _refresh(self) -> None:
        for part in (self, self.viewport()):  # what an empty box says is painted in the font of the latter
            part.setFont(look.font())
        self.document().setDocumentMargin(look.px(9))
        self.setFixedHeight(look.px(60))

    def sizeHint(self) -> QSize:
        # the least: more is taken where there is room, and never scrolled for
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Enter what was typed; a menu or another window on top is not a leaving."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter and Ctrl+K to the page."""
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_K):
            event.ignore()
        else:
            super().keyPressEvent(event)


class PanelTick(QCheckBox):
    """The tick of whoever writes a reason that it is for the panel only.

    It is offered while there is a reason, and where one that is gone was ticked.
    """

    kept = Signal(bool)

    def __init__(self, reason: ReasonBox, tip: str = NO_DRAFT) -> None:
        super().__init__(FOR_PANEL)
        self._reason, self._may_keep, self._what = reason, False, ""
        set_tip(self, tip)
        reason.textChanged.connect(self._offer)
        self.clicked.connect(self._tell)

    def show_tick(self, what: str, *, is_ticked: bool, may_keep: bool) -> None:
        """Show whether the reason that is shown, named by `what`, is for the panel only."""
        self.setChecked(is_ticked)
        self.setAccessibleName(f"{FOR_PANEL}: {what}")
        self._may_keep, self._what = may_keep, what
        self._offer()

    def takes(self, event: QKeyEvent) -> bool:
        """Turn the tick with P, say so, and return whether the key was that."""
        if is_taken := is_bare(event, Qt.Key.Key_P) and self.isEnabled():
            self.click()
            announce(self, f"{KEPT if self.isChecked() else TOLD}: {self._what}.")
        return is_taken

    @Slot()
    def _offer(self) -> None:
        self.setEnabled(self._may_keep and (self.isChecked() or bool(self._reason.text.strip())))

    @Slot(bool)
    def _tell(self, is_kept: bool) -> None:
        self._reason.enter()
        self.kept.emit(is_kept)
