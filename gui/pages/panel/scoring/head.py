"""The head of the scoring page: how far the member is, the strip of sheets, whose they are, handing in."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRect, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QComboBox, QHBoxLayout, QSizePolicy, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.page import Identity
from gui.pages.panel.kept import AskingBar
from gui.pages.panel.scoring.words import OTHERS_CLOSED, OTHERS_OPEN
from gui.theme.look import look, space
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.label import ChipLabel, ElidedLabel, Label
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.tips import let_press, set_tip
from gui.widgets.turned import ChoiceList
from models.queries.panel.score_sheets import CLOSED, TO_SCORE, ScoreSheets, SheetLine, SheetState
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

    def __init__(self) -> None:
        super().__init__()
        self._states: tuple[SheetState, ...] = ()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Sheets")
        self.setAccessibleDescription(KEYS)
        self.valueChanged.connect(self._tell)
        look.changed.connect(self._refresh)

    def show_states(self, states: Sequence[SheetState], current: int, said: str) -> None:
        """Show the sheets with the current one; `said` is what a screen reader hears."""
        self._states = tuple(states)
        with QSignalBlocker(self):
            self.setRange(0, max(len(states) - 1, 0))
            self.setValue(current)
        self.setAccessibleName(said)
        set_tip(self, said)
        self._refresh()

    @Slot(int)
    def _tell(self, number: int) -> None:
        if 0 <= number < len(self._states):
            self.gone_to.emit(number)

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return 6 px for each sheet, between two bounds."""
        px = look.px
        return QSize(min(max(px(6) * len(self._states), px(80)), px(236)), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Shrink to a stub."""
        return QSize(look.px(60), look.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the table with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.table_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the sheet under the pointer."""
        if self._states:
            step = self._pitch()
            self.setValue(min(int((event.position().x() - 4) / step), len(self._states) - 1))
            self.pressed_to.emit()

    def _pitch(self) -> float:
        return max(self.width() - 8, 1) / max(len(self._states), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, the current one ringed."""
        theme = look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch = min(self._pitch(), look.px(16))
        width = max(pitch - 2, 1)
        top = (self.height() - look.px(BAR)) / 2
        last_in_pixel = {int(number * pitch): number for number in range(len(self._states))}
        for number in sorted({*last_in_pixel.values(), self.value()}) if self._states else ():
            bar = QRectF(4 + number * pitch, top, width, look.px(BAR))
            _paint_bar(painter, bar, self._states[number])
            if number == self.value():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(theme.text), 1.6))
                painter.drawRoundedRect(bar.adjusted(-1.5, -2, 1.5, 2), 2, 2)
        if has_ring(self):
            paint_ring(painter, QRectF(self.rect()), look.px(6))
        painter.end()


CHOOSE = "Whose paper sheet?"


def may_type(identity: Identity) -> bool:
    """Whether a person types in what members gave on paper: the office, not a member of the panel."""
    return identity.member is None and identity.role in TYPISTS


class PaperPick(ChoiceList):
    """A list of the panel's members; the first line is nobody."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        self.setAccessibleName(CHOOSE)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.hide()
        self.activated.connect(self._tell)

    def show_members(self, members: Sequence[MemberRow], chosen: str) -> None:
        """Show who there is; an adviser gives no marks."""
        self._names = distinct_names(row for row in members if is_asked_for_marks(row.role))
        named = ((name, code) for code, name in self._names.items())
        self.fill_with(((CHOOSE, ""), *named), chosen)

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


class ChairBar(AskingBar):
    """Asks whether the chair scores; that they do is remembered while the window is open."""

    def __init__(self) -> None:
        super().__init__("Whether the chair scores", (DOES, DOES_NOT), tone="text2")
        self.scores, self.button = self.answers
        self.scores.clicked.connect(self.answer)
        self._asked = ""
        self._answered: set[str] = set()

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


NONE_OPEN = "none open to score"
WIDE = 1500
"""From this width on there is room for how far the member is in full words."""
NONE_READY = "Nothing is ready to be handed in: every sheet has gaps, or is handed in already."
REOPEN, SET_ASIDE = "Reopen sheet…", "Set aside…"
"""What an officer puts down of a paper sheet where a member rules in the chair's place."""
TABS = ("Application", "Score sheet")


class HeadState(Struct, frozen=True):
    """What the head says: the states of the sheets on show, and how far the member is, in ever fewer words.

    `at` is the number of the sheet on show, `ready` how many can be handed in. `may_hand_in` also where a
    required reason is lacking, to be led to it. `ruling` is what an officer may put down of a paper sheet.
    """

    states: tuple[SheetState, ...] = ()
    far: tuple[str, str, str] = ("", "", "")
    at: int = 0
    said: str = ""
    ready: int = 0
    may_hand_in: bool = False
    ruling: str = ""
    is_in: bool = False
    has_sheets: bool = False
    has_others: bool = True
    is_grid: bool = False
    is_paper: bool = False


def progress(lines: Sequence[SheetLine]) -> tuple[str, str, str]:
    """Return how far the member is, in full and in ever fewer words for a head without room.

    "38 of 45 scored, 6 ready to hand in, 7 still to score", "38 of 45 scored, 6 ready, 7 to score" and, for a
    head that takes turns and has the rest on its tip, "38 of 45".
    """
    states = [line.state for line in lines if line.state in TO_SCORE]
    left, ready, of = states.count(SheetState.OPEN), states.count(SheetState.READY), len(states)
    least = f"{of - left} of {of}"
    if not of:
        return NONE_OPEN, NONE_OPEN, least
    return (
        f"{least} scored, {ready} ready to hand in, {left} still to score",
        f"{least} scored, {ready} ready, {left} to score",
        least,
    )


class ScoringHead(QHBoxLayout):
    """Where the member is at the left, what can be done with the sheets at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._room, self._state, self._least = Breakpoints(1366, 768), HeadState(), 0
        self.title = ElidedLabel("Scoring", size=20, weight=600)
        self.progress = Label(weight=600)
        self.strip = SheetStrip()
        self.item = ElidedLabel(tone="text2")
        self.others = ChipLabel()
        self.hand_in = Button("Hand in")
        self.as_grid = Button("Grid view", icon="grid")
        self.rule = Button(REOPEN)
        self.tabs = PillTabs(TABS)
        self.paper = PaperPick()
        left: tuple[QWidget, ...] = (self.title, self.paper, self.progress, self.strip, self.item)
        right: tuple[QWidget, ...] = (self.tabs, self.others, self.rule, self.as_grid, self.hand_in)
        for widget in left:
            self.addWidget(widget)
        self.addStretch(1)
        for widget in right:
            self.addWidget(widget)
        space(self, 10)

    def fit(self, room: Breakpoints) -> None:
        """Give up the item, others' marks and then the strip where there is no room; offer tabs."""
        self._room = room
        self._show_parts()

    def show_state(self, state: HeadState) -> None:
        """Show how far the member is and what can be done with the sheets; without sheets the title alone.

        On paper the office chooses whose it types in; the grid is then the one way to see the sheets.
        """
        if state == self._state:
            return
        self._state = state
        self.strip.show_states(state.states, state.at, state.said)
        let_press(self.hand_in, "" if state.may_hand_in else NONE_READY)
        self.rule.show_words(state.ruling)
        self.others.show_state(Tone.INFORMATION, OTHERS_OPEN if state.is_in else OTHERS_CLOSED)
        self._show_parts()

    def _show_parts(self) -> None:
        room, state = self._room, self._state
        has_tabs, is_own = room.has_tabs, state.has_sheets and not state.is_paper
        self._least = 2 if has_tabs else int(room.width < WIDE)
        self.progress.setText(state.far[self._least])
        self.progress.setAccessibleName(state.far[0])
        set_tip(self.progress, state.far[0] if room.width < WIDE else "")
        self.paper.setVisible(state.is_paper)
        self.tabs.setVisible(is_own and has_tabs and not state.is_grid)
        self.others.setVisible(is_own and state.has_others and not room.has_icons_only)
        self.item.setVisible(is_own and not room.has_icons_only)
        self.strip.setVisible(is_own and not has_tabs)
        self.as_grid.setVisible(is_own)
        self.rule.setVisible(state.has_sheets and state.is_paper and bool(state.ruling))
        self.hand_in.setVisible(state.has_sheets)
        other = "One sheet" if state.is_grid else "Grid view"
        self.as_grid.show_words(other.split()[0] if has_tabs else other, name=other)
        ready = f"Hand in {state.ready} ready" if state.ready else "Hand in"
        self.hand_in.show_words(ready.removesuffix(" ready") if has_tabs else ready, name=ready)

    def setGeometry(self, rect: QRect) -> None:
        """Say how far the member is in as many words as fit, then which item it is where that fits too."""
        whole = self.title.fontMetrics().horizontalAdvance(self.title.text()) + 1
        self.title.setMinimumWidth(0 if self._least == 2 else whole)
        of_item = max(self.item.minimumSizeHint().width(), self.item.minimumWidth())
        given_way = self.progress.minimumSizeHint().width() + of_item
        left = rect.width() - self.minimumSize().width() + given_way
        far, metrics = self._state.far, self.progress.fontMetrics()
        words = next((one for one in far[self._least :] if metrics.horizontalAdvance(one) < left), far[2])
        if words != self.progress.text():
            self.progress.setText(words)
        left -= metrics.horizontalAdvance(words) + 1
        at = f"Sheet {self._state.at + 1}" if self._state.has_sheets else ""
        room = self.item.fontMetrics().horizontalAdvance(at) + 1
        item = at if room <= left else ""
        self.item.setText(item)
        self.item.setMinimumWidth(room if item else 0)
        super().setGeometry(rect)


def _paint_bar(painter: QPainter, bar: QRectF, state: SheetState) -> None:
    theme = look.theme
    is_scored = state in (SheetState.READY, SheetState.HANDED_IN)
    if state in CLOSED:
        bar = bar.adjusted(0, bar.height() / 2 - 1, 0, -bar.height() / 2 + 1)
    colour = theme.accent_text if is_scored else theme.muted if state in CLOSED else theme.track
    is_edged = not (is_scored or theme.is_tinted)
    painter.setPen(QPen(QColor(theme.text)) if is_edged else Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(bar, 1.5, 1.5)
