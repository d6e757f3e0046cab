"""The head of the scoring page: how far the member is, the strip of sheets, the grid and handing in."""

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.panel.scoring.paper import PaperPick
from gui.pages.panel.scoring.selection import Shown
from gui.pages.panel.scoring.strip import SheetStrip
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
from gui.widgets.chip import ChipLabel
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.tips import let_press, set_tip
from models.queries.panel.score_sheets import SheetState

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
