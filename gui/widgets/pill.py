"""Choices of which one holds: pills in a row, as filters of a list or tabs, and radio buttons."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from gui.text import ours
from gui.theme.look import FLUSH, look, smooth, space
from gui.widgets.flow import Flow
from gui.widgets.label import shortened
from gui.widgets.nesting import column_of, tab_through, take_out
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.tips import set_tip
from gui.widgets.turned import ChoiceList

CLICK, TAB = int(Qt.FocusPolicy.ClickFocus), int(Qt.FocusPolicy.TabFocus)
ROOM = 3.5
"""Where a tile's edge stands, so that the ring has room around it."""


class PaintedRadio(QRadioButton):
    """To keys and screen readers a radio button; `paint` says what it looks like."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        across: QSizePolicy.Policy = QSizePolicy.Policy.Expanding,
    ) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self._refresh)

    @Slot()
    def _refresh(self) -> None:
        self.dress()

    def dress(self) -> None:
        """Follow the look; a tile does more here, and never in the slot itself."""
        self.updateGeometry()
        self.update()

    def checkStateSet(self) -> None:
        """Let Tab stop at the one that is chosen, as Qt does only once one of them had the focus."""
        super().checkStateSet()
        group = self.group()
        buttons = [] if group is None else group.buttons()
        chosen = self if self.isChecked() else next((one for one in buttons if one.isChecked()), None)
        is_alone = chosen is not None and chosen is not self  # the others followed as that one was chosen
        for button in [self] if is_alone else buttons:
            policy, is_stop = int(button.focusPolicy()), chosen is None or button is chosen
            if policy & CLICK and bool(policy & TAB) is not is_stop:
                button.setFocusPolicy(Qt.FocusPolicy(policy ^ TAB))

    @property
    def is_lit(self) -> bool:
        """Whether the pointer is on it and it can be chosen."""
        return self.underMouse() and self.isEnabled()

    def hitButton(self, position: QPoint) -> bool:
        """Take clicks anywhere on the button."""
        return self.rect().contains(position)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint under the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button and, after a key, the ring."""
        with smooth(self) as painter:
            radius = self.paint(painter)
            if has_ring(self):
                paint_ring(painter, QRectF(self.rect()), radius)

    def paint(self, painter: QPainter) -> float:
        """Paint the button without the ring; return the ring's radius."""
        raise NotImplementedError

    def paint_tile(self, painter: QPainter, radius: float | None = None, *, strong: bool = False) -> QRectF:
        """Paint a rounded tile, filled when chosen or lit, half-round ends by default; return where it is."""
        theme = look.theme
        rect = QRectF(self.rect()).adjusted(ROOM, ROOM, -ROOM, -ROOM)
        fill = theme.selected if self.isChecked() else theme.hover if self.is_lit else theme.surface
        edge = theme.accent_text if self.isChecked() else theme.line
        is_thick = not theme.is_tinted or (strong and self.isChecked())
        painter.setPen(QPen(QColor(edge), 2 if is_thick else 1))
        painter.setBrush(fill)
        bend = rect.height() / 2 if radius is None else radius
        painter.drawRoundedRect(rect, bend, bend)
        return rect


HEIGHT = 28
SIDES = 24
RING = 6
LEAST = 44
"""The room (at 13 px text) in which a pill still says something; narrower it ends in an ellipsis."""
ALL = "All"


class Pill(PaintedRadio):
    """A painted radio button; `value` is what it stands for."""

    def __init__(self, text: str, value: object = None) -> None:
        super().__init__(text, across=QSizePolicy.Policy.Maximum)
        self.value = value
        self._refresh()

    def show_words(self, text: str, *, name: str = "") -> None:
        """Change the words on the pill, and its accessible name."""
        self.setText(text)
        self.setAccessibleName(name or text)
        self.updateGeometry()

    def dress(self) -> None:
        """Follow the size of text."""
        self.setFont(look.font(12, 600))
        super().dress()

    def sizeHint(self) -> QSize:
        """Return the room of the words, with the ring's 3 px around."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + look.px(SIDES) + RING, look.px(HEIGHT) + RING)

    def minimumSizeHint(self) -> QSize:
        """Let long words give way at the end, short ones never."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), look.px(LEAST) + RING), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole words as a tooltip when they are cut."""
        super().resizeEvent(event)
        set_tip(self, self.text() if self.width() < self.sizeHint().width() else "")

    def paint(self, painter: QPainter) -> float:
        """Paint the pill and its words, elided when they do not fit."""
        theme = look.theme
        rect = self.paint_tile(painter)
        ink = theme.text if theme.is_tinted or not self.isChecked() else theme.on_accent
        painter.setPen(ink if self.isEnabled() else theme.disabled)
        painter.setFont(self.font())
        words, lacking = self.text(), self.sizeHint().width() - self.width()
        if lacking > 0:
            room = self.fontMetrics().horizontalAdvance(words) - lacking
            words = shortened(painter.fontMetrics(), words, max(room, 0))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
        return rect.height() / 2 + 2


class Pills(QWidget):
    """Pills of which one is chosen, by its value: in one line, or in a row that goes on beneath itself."""

    changed = Signal()

    def __init__(
        self,
        options: Iterable[tuple[str, Any]] = (),
        value: Any = None,
        *,
        name: str = "",
        spacing: int = 0,
        is_line: bool = False,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.pills: list[Pill] = []
        self._group = QButtonGroup(self)
        self.row = space(QHBoxLayout(self) if is_line else Flow(self), spacing, FLUSH)
        self.put(options)
        Pills.choose(self, value)
        self._group.buttonToggled.connect(self._tell)

    def put(self, options: Iterable[tuple[str, Any]]) -> None:
        """Put pills for words and values in the place of those there were; none of them is chosen yet."""
        for pill in self.pills:
            self._group.removeButton(pill)
            take_out(self.row, pill)
        self.pills = [Pill(*option) for option in options]
        for number, pill in enumerate(self.pills):
            self._group.addButton(pill, number)
            self.row.insertWidget(number, pill)

    @property
    def values(self) -> tuple[Any, ...]:
        return tuple(pill.value for pill in self.pills)

    @property
    def number(self) -> int:
        """Return the number of the pill that is chosen, 0 where none is."""
        return max(self._group.checkedId(), 0)

    @property
    def value(self) -> Any:
        """Return what is chosen, None where nothing is."""
        return next((pill.value for pill in self.pills if pill.isChecked()), None)

    def choose(self, value: Any) -> None:
        """Choose the pill of a value, where there is one."""
        for pill in self.pills:
            if pill.value == value:
                pill.setChecked(True)

    @Slot(object, bool)
    def _tell(self, pill: object, is_on: bool) -> None:
        if is_on:
            self.changed.emit()


class CountedPills(Pills):
    """All, then each state that occurs, with how many have it."""

    def __init__(self, states: Iterable[tuple[str, Any]], name: str = "") -> None:
        super().__init__(((ALL, None), *states), name=name, spacing=1)
        self._words = [pill.text() for pill in self.pills]

    def show_counts(self, every: int, counts: Mapping[Any, int]) -> None:
        """Say how many there are of each; all are shown where none has the state that was chosen."""
        for pill, words in zip(self.pills, self._words, strict=True):
            number = every if pill is self.pills[0] else counts.get(pill.value, 0)
            pill.show_words(f"{words} {number:,}")
            if pill is not self.pills[0]:
                pill.setVisible(number > 0)
                if pill.isChecked() and not number:
                    self.reset()

    def reset(self) -> None:
        self.pills[0].setChecked(True)


class PillChoice(Pills):
    """One of a few options of a form."""

    def __init__(self, options: Iterable[tuple[str, Any]], value: Any) -> None:
        super().__init__(options, value)
        self.setFocusProxy(self.pills[self.number])


class RadioChoice(QWidget):
    """One of a few options, as radio buttons one beneath another."""

    changed = Signal()

    def __init__(self, options: tuple[tuple[str, Any], ...], value: Any) -> None:
        super().__init__()
        column, self._group = column_of(spacing=8, inside=self), QButtonGroup(self)
        self.buttons = {of: QRadioButton(words) for words, of in options}
        for of, button in self.buttons.items():
            button.setFont(look.font())
            button.setChecked(of == value)
            self._group.addButton(button)
            column.addWidget(button)
        self.setFocusProxy(self.buttons[value])
        self._group.idToggled.connect(self.changed)

    @property
    def value(self) -> Any:
        """Return what is chosen."""
        return next(of for of, button in self.buttons.items() if button.isChecked())


PARTS = "Parts of this page"


class PillTabs(Pills):
    """Pills that stand for parts of a page."""

    def __init__(self, words: Sequence[str], *, name: str = PARTS) -> None:
        parts = [(ours(word), number) for number, word in enumerate(words)]
        super().__init__(parts, 0, name=name, spacing=2, is_line=True)
        self._words = [pill.text() for pill in self.pills]

    @property
    def last(self) -> QWidget:
        """Return the last pill: from here Tab goes on to what they stand for."""
        return self.pills[-1]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the pill of the part on show have the focus: the row itself takes no key."""
        super().focusInEvent(event)
        self.pills[self.number].setFocus(event.reason())

    def say(self, words: Sequence[str]) -> None:
        """Show other words on the pills, such as shorter ones; each keeps the name it is read by."""
        for pill, shown, whole in zip(self.pills, words, self._words, strict=True):
            pill.show_words(shown, name=whole)

    def offer(self, number: int, *, is_offered: bool) -> None:
        """Show or hide one pill; a part that is no longer offered gives way to the first."""
        self.pills[number].setVisible(is_offered)
        if not is_offered and self.number == number:
            self.choose(0)


class OfferedTabs(Pills):
    """Pills that are offered anew; the part on show is kept where there still is one of its key."""

    read_as = "Show {}"
    _offered: tuple[tuple[str, str], ...] = ()

    def __init__(self, *, name: str = PARTS, are_many: bool = False) -> None:
        super().__init__(name=name, spacing=2, is_line=not are_many)

    @property
    def current(self) -> str:
        """Return the key of the part on show, "" where none is offered."""
        return self.value or ""

    def offer(self, parts: Sequence[tuple[str, str]], otherwise: str = "") -> None:
        """Offer parts by key and words; where the one on show is gone, show `otherwise` or the first."""
        if tuple(parts) == self._offered:
            return
        held, self._offered = self.current, tuple(parts)
        with QSignalBlocker(self._group):
            self.put([(words, key) for key, words in parts])
            for pill in self.pills:
                pill.setAccessibleName(self.read_as.format(pill.text()))
            wanted = (held, otherwise, *self.values)
            self.choose(next((key for key in wanted if key in self.values), ""))
            tab_through(self, *self.pills)  # Qt puts what is made later behind all else


MOST_PILLS = 14
"""Of more the rows of pills take the room of what they stand for."""


class ManyTabs(OfferedTabs):
    """Offered pills of which many go on in a second row, and a list in place of more, or in a low window."""

    def __init__(self, called: str, *, name: str = PARTS) -> None:
        super().__init__(name=name, are_many=True)
        self._is_low = False
        self.list = ChoiceList(called)
        self.row.addWidget(self.list)
        self.list.currentIndexChanged.connect(self._choose_listed)
        self.changed.connect(self._show_chosen)

    def offer(self, parts: Sequence[tuple[str, str]], otherwise: str = "") -> None:
        """Offer parts by key and words, as pills and in the list."""
        super().offer(parts, otherwise)
        self.list.fill_with([(words, key) for key, words in parts], self.current)
        self.fit(is_low=self._is_low)

    def fit(self, *, is_low: bool) -> None:
        """Show the pills, or the list where there are too many, or in a low window."""
        self._is_low = is_low
        is_listed = is_low or len(self.pills) > MOST_PILLS
        self.list.setVisible(is_listed)
        for pill in self.pills:
            pill.setVisible(not is_listed)

    @Slot()
    def _choose_listed(self) -> None:
        self.choose(str(self.list.currentData()))

    @Slot()
    def _show_chosen(self) -> None:
        self.list.choose(self.current)
