"""The head of the scoring page: how far the member is, the strip of sheets, whose they are, handing in."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QComboBox, QHBoxLayout, QSizePolicy, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.page import Identity
from gui.pages.panel.scoring.sheets import Shown
from gui.pages.panel.scoring.words import (
    OTHERS_CLOSED,
    OTHERS_OPEN,
    progress_words,
    short_progress_words,
    shortest_progress_words,
    strip_words,
)
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.chip import ChipLabel
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.tips import let_press, set_tip
from gui.widgets.turned import ChoiceList
from models.queries.panel.score_sheets import CLOSED, ScoreSheets, SheetLine, SheetState
from models.role import TYPISTS, is_asked_for_marks
from models.values.rows import MemberRow, distinct_names
from scoring.written.text import counted, noun

HEIGHT = 28
BAR = 8
KEYS = "Left and Right go along the sheets, T shows them as a table."


class SheetStrip(QAbstractSlider):
    """Chart C4: a bar for every sheet; a click or the arrow keys go to one, T to the table of them."""

    gone_to = Signal(int)
    table_asked = Signal()
    pressed_to = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines: tuple[SheetLine, ...] = ()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Sheets")
        self.setAccessibleDescription(KEYS)
        self.valueChanged.connect(self._tell)
        look.changed.connect(self._refresh)

    def show_lines(self, lines: Sequence[SheetLine], current: int, said: str) -> None:
        """Show the sheets with the current one; `said` is what a screen reader hears."""
        self._lines = tuple(lines)
        self.blockSignals(True)
        self.setRange(0, max(len(lines) - 1, 0))
        self.setValue(current)
        self.blockSignals(False)
        self.setAccessibleName(said)
        set_tip(self, said)
        self._refresh()

    @Slot(int)
    def _tell(self, number: int) -> None:
        if 0 <= number < len(self._lines):
            self.gone_to.emit(number)

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return 6 px for each sheet, between two bounds."""
        px = self._look.px
        return QSize(min(max(px(6) * len(self._lines), px(80)), px(236)), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Shrink to a stub."""
        return QSize(self._look.px(60), self._look.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the table with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.table_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the sheet under the pointer."""
        if self._lines:
            step = self._pitch()
            self.setValue(min(int((event.position().x() - 4) / step), len(self._lines) - 1))
            self.pressed_to.emit()

    def _pitch(self) -> float:
        return max(self.width() - 8, 1) / max(len(self._lines), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, the current one ringed."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch = min(self._pitch(), look.px(16))
        width = max(pitch - 2, 1)
        top = (self.height() - look.px(BAR)) / 2
        last_in_pixel = {int(number * pitch): number for number in range(len(self._lines))}
        for number in sorted({*last_in_pixel.values(), self.value()}) if self._lines else ():
            bar = QRectF(4 + number * pitch, top, width, look.px(BAR))
            self._paint_bar(painter, bar, self._lines[number])
            if number == self.value():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.colour(theme.text), 1.6))
                painter.drawRoundedRect(bar.adjusted(-1.5, -2, 1.5, 2), 2, 2)
        if has_ring(self):
            paint_ring(painter, look, QRectF(self.rect()), look.px(6))
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: QRectF, line: SheetLine) -> None:
        theme = self._look.theme
        if line.state in CLOSED:
            bar = bar.adjusted(0, bar.height() / 2 - 1, 0, -bar.height() / 2 + 1)
        colour = theme.accent_text if line.is_scored else theme.muted if line.state in CLOSED else theme.track
        painter.setPen(
            Qt.PenStyle.NoPen if line.is_scored or theme.is_tinted else QPen(self._look.colour(theme.text))
        )
        painter.setBrush(self._look.colour(colour))
        painter.drawRoundedRect(bar, 1.5, 1.5)


CHOOSE = "Whose paper sheet?"


def may_type(identity: Identity) -> bool:
    """Whether a person types in what members gave on paper: the office, not a member of the panel."""
    return identity.member is None and identity.role in TYPISTS


class PaperPick(ChoiceList):
    """A list of the panel's members; the first line is nobody."""

    picked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._names: dict[str, str] = {}
        self.setAccessibleName(CHOOSE)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.hide()
        self.activated.connect(self._tell)

    def show_members(self, members: Sequence[MemberRow], chosen: str) -> None:
        """Show who there is; an adviser gives no marks."""
        self._names = distinct_names((row.code, row.name) for row in members if is_asked_for_marks(row.role))
        with QSignalBlocker(self):
            self.clear()
            self.addItem(CHOOSE, "")
            for code, name in self._names.items():
                self.addItem(name, code)
            self.setCurrentIndex(max(self.findData(chosen), 0))

    def name_of(self, code: str) -> str:
        """Return what a member is called."""
        return self._names.get(code, code)

    @Slot(int)
    def _tell(self, row: int) -> None:
        self.picked.emit(self.itemData(row))


ASKS = "You are the chair. If you do not score in this round, say so once: no sheet is expected from you."
TOO_FEW = (
    "You are the chair. The quorum is {quorum}: without your sheets too few score, and the list would leave "
    "every application out."
)
SOME_TOO_FEW = (
    "You are the chair. Without your sheets {count} scored by fewer than the quorum of {quorum}: the list "
    "would leave {them} out."
)
DOES_NOT, DOES = "I do not score", "I score"


class ChairBar(Card):
    """A sentence and the two answers. That the chair scores is remembered while the window is open."""

    said = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(14, 4), parent=parent)
        self.button = Button(look, DOES_NOT)
        self.button.clicked.connect(self.said)
        self.scores = Button(look, DOES)
        self.scores.clicked.connect(self.answer)
        self._asked = ""
        self._answered: set[str] = set()
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        self.words = ElidedLabel(look, ASKS, tone="text2")
        row.addWidget(self.words, 1)
        row.addWidget(self.scores)
        row.addWidget(self.button)
        nest(self.body, row)
        self.setAccessibleName("Whether the chair scores")
        self.hide()

    @Slot()
    def answer(self) -> None:
        """Take it that the chair scores, and ask no more."""
        self._answered.add(self._asked)
        self.hide()

    def show_for(self, sheets: ScoreSheets, reference: str, asked: str, *, is_chair: bool) -> None:
        """Ask the chair who has declared and given no mark yet; nobody else is asked, nor twice.

        `asked` names the record, the round and the person. It goes once it is answered.
        It stays while the sheet is on show on which the first mark is given, and moves nothing there.
        """
        marked = {line.reference for line in sheets.lines if any(mark is not None for mark in line.marks)}
        stays = not self.isHidden() and marked == {reference}
        self._asked = asked
        asks = is_chair and asked not in self._answered
        self.setVisible(asks and sheets.has_declared and sheets.scores and (stays or not marked))
        self.words.setText(_asking(sheets))


def _asking(sheets: ScoreSheets) -> str:
    """Return what the chair is asked, with what the list would leave out without the chair's sheets."""
    if sheets.too_few_without:
        return TOO_FEW.format(quorum=sheets.scheme.quorum)
    few = sheets.short_without
    count = counted(few, "application is", "applications are")
    words = SOME_TOO_FEW.format(count=count, quorum=sheets.scheme.quorum, them=noun(few, "it", "them"))
    return words if few else ASKS


WIDE = 1500
"""From this width on there is room for how far the member is in full words."""
NONE_READY = "Nothing is ready to be handed in: every sheet has gaps, or is handed in already."
REOPEN, SET_ASIDE = "Reopen sheet…", "Set aside…"
"""What an officer puts down of a paper sheet where a member rules in the chair's place."""
TABS = ("Application", "Score sheet")


class ScoringHead(QHBoxLayout):
    """Where the member is at the left, what can be done with the sheets at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._room = Breakpoints(1366, 768)
        self._has_others = True
        self._has_sheets = self._is_paper = self._is_grid = self._may_rule = False
        self._ready = 0
        self._far, self._least, self._at = ("", "", ""), 0, ""
        self.title = ElidedLabel(look, "Scoring", size=20, weight=600)
        self.progress = Label(look, weight=600)
        self.strip = SheetStrip(look)
        self.item = ElidedLabel(look, tone="text2")
        self.others = ChipLabel(look)
        self.hand_in = Button(look, "Hand in")
        self.as_grid = Button(look, "Grid view", icon="grid")
        self.rule = Button(look, REOPEN)
        self.tabs = PillTabs(look, TABS)
        self.paper = PaperPick(look)
        left: tuple[QWidget, ...] = (self.title, self.paper, self.progress, self.strip, self.item)
        right: tuple[QWidget, ...] = (self.tabs, self.others, self.rule, self.as_grid, self.hand_in)
        for widget in left:
            self.addWidget(widget)
        self.addStretch(1)
        for widget in right:
            self.addWidget(widget)
        look.changed.connect(self._space)
        self._space()

    def fit(self, room: Breakpoints) -> None:
        """Give up the item, others' marks and then the strip where there is no room; offer tabs."""
        self._room = room
        self._show_parts()

    def clear(self) -> None:
        """Show the title alone: there are no sheets."""
        self._far, self._at = ("", "", ""), ""
        self._has_sheets = False
        self._show_parts()

    def show_sheets(self, shown: Shown, *, has_others: bool = True) -> None:
        """Show the sheets on show and the one that the member is at; a member's own record has no others'."""
        self._has_others = has_others
        lines, at, line = shown.lines, shown.number, shown.current
        self._far = (
            progress_words(lines),
            short_progress_words(lines),
            shortest_progress_words(lines),
        )
        self.strip.show_lines(lines, at, strip_words(lines, at))
        self._at = f"Item {at + 1}"
        self._ready = len(shown.ready)
        let_press(self.hand_in, "" if shown.ready or shown.lacking else NONE_READY)
        is_open = line is not None and line.state is SheetState.HANDED_IN
        self._may_rule = line is not None and bool(line.in_place) and line.stage == "scoring"
        self.rule.show_words(REOPEN if is_open else SET_ASIDE)
        self.others.show_state(Tone.INFORMATION, OTHERS_OPEN if is_open else OTHERS_CLOSED)
        self._has_sheets = True
        self._show_parts()

    def show_view(self, *, is_grid: bool, is_paper: bool) -> None:
        """Name the way back from the grid of all sheets, or the way there.

        On paper the office chooses whose it types in; the grid is then the one way to see the sheets.
        """
        self._is_grid, self._is_paper = is_grid, is_paper
        self._show_parts()

    def _show_parts(self) -> None:
        room, has_sheets = self._room, self._has_sheets
        is_own = has_sheets and not self._is_paper
        self._least = 2 if room.has_tabs else int(room.width < WIDE)
        self.progress.setText(self._far[self._least])
        self.progress.setAccessibleName(self._far[0])
        set_tip(self.progress, self._far[0] if room.width < WIDE else "")
        self.title.setMinimumWidth(0 if room.has_tabs else self.title.sizeHint().width())
        self.paper.setVisible(self._is_paper)
        self.tabs.setVisible(is_own and room.has_tabs and not self._is_grid)
        self.others.setVisible(is_own and self._has_others and not room.has_icons_only)
        self.item.setVisible(is_own and not room.has_icons_only)
        self.strip.setVisible(is_own and not room.has_tabs)
        self.as_grid.setVisible(is_own)
        self.rule.setVisible(has_sheets and self._is_paper and self._may_rule)
        self.hand_in.setVisible(has_sheets)
        words = ("One sheet" if self._is_grid else "Grid view", f"Hand in {self._ready} ready")
        self.as_grid.show_words(words[0].split()[0] if room.has_tabs else words[0], name=words[0])
        ready = words[1].removesuffix(" ready") if room.has_tabs else words[1]
        self.hand_in.show_words(
            ready if self._ready else "Hand in", name=words[1] if self._ready else "Hand in"
        )

    def setGeometry(self, rect: QRect) -> None:
        """Say how far the member is in as many words as fit, then which item it is where that fits too."""
        of_item = max(self.item.minimumSizeHint().width(), self.item.minimumWidth())
        given_way = self.progress.minimumSizeHint().width() + of_item
        beside = self.minimumSize().width() - given_way
        metrics = self.progress.fontMetrics()
        fitting = (one for one in self._far[self._least :] if _room(metrics, one) <= rect.width() - beside)
        words = next(fitting, self._far[2])
        if words != self.progress.text():
            self.progress.setText(words)
        left = rect.width() - beside - _room(metrics, words)
        item = self._at if _room(self.item.fontMetrics(), self._at) <= left else ""
        if item != self.item.text():
            self.item.setText(item)
            self.item.setMinimumWidth(_room(self.item.fontMetrics(), item) if item else 0)
        super().setGeometry(rect)

    @Slot()
    def _space(self) -> None:
        self.setSpacing(self._look.px(10))


def _room(metrics: QFontMetrics, words: str) -> int:
    return metrics.horizontalAdvance(words) + 1
