"""What Overview says of the round: tiles, tasks, the budget by area, progress by member, and dates."""

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, toml
from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

import resources
from gui.pages.overview.charts import budget_bars, budget_card, progress_bars, progress_card
from gui.pages.page import PageTools
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel, FigureLabel, Label, PlainLabel
from gui.widgets.nesting import clear, nest
from models.queries.panel.to_do import Harm, ToDo, What
from scoring.written.days import is_year_plain, short_date, short_day

if TYPE_CHECKING:
    from models.queries.panel.overview import DateLine, Overview, Tile

NO_DATES = "No dates lie ahead."
NOT_SCORING = "No area is being scored yet."
NO_MEMBERS = "The panel has no members yet."
TILES = 4
TASKS = 2
"""So many parts of the left column are the tasks: their head and their card."""
MOST = 6


TONES = {Harm.DANGER: Tone.DANGER, Harm.WARNING: Tone.WARNING, Harm.NONE: Tone.INFORMATION}


class Way(Struct, frozen=True):
    """A picture, the words on a button, and the page it opens; with `action` it does that instead.

    `reference` is what the page opens at, where that is the same for every such task.
    """

    icon: str
    page: str
    button: str = ""
    action: str = ""
    reference: str = ""


WAYS = toml.decode(resources.text("forms/ways.toml"), type=dict[What, Way])


class Task(Struct, frozen=True):
    """What is to be done, and the way there."""

    to_do: ToDo

    @property
    def way(self) -> Way:
        """Return the way; to open the next stage the button is called as that is."""
        way = WAYS[self.to_do.what]
        return way if way.button else replace(way, button=f"{self.to_do.verb}…")

    @property
    def reference(self) -> str:
        """Return what the page opens at: what is the same for every such task, then what it is about."""
        return " ".join(filter(None, (self.way.reference, self.to_do.reference)))

    @property
    def tone(self) -> Tone:
        """Return how pressing it looks."""
        return TONES[self.to_do.harm]


class TileCard(Card):
    """A caption, a large figure and a few words."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._caption = ElidedLabel(look, size=12, tone="text2")
        self.figure = FigureLabel(look, size=22, weight=650)
        self._words = Label(look, size=12, tone="text2").wrapped()
        self.body.addWidget(self._caption)
        self.body.addWidget(self.figure)
        self.body.addWidget(self._words)

    def show_tile(self, tile: "Tile") -> None:
        """Show another figure."""
        self._caption.setText(tile.caption)
        self.figure.setText(tile.figure)
        words = ours(tile.words)
        self._words.setText(words)
        self.setAccessibleName(f"{tile.caption}: {tile.figure}, {words}")


class TaskRow(QWidget):
    """One task: its glyph on the pale square of its tone, what and why, and the button that leads to it."""

    def __init__(self, tools: PageTools, task: Task, *, number: int, of: int) -> None:
        super().__init__()
        look = tools.look
        self._tools, self._task = tools, task
        self.button = Button(look, task.way.button, kind="plain" if number > 1 else "primary")
        self.button.setAccessibleName(f"{task.way.button}. Task {number} of {of}, {ours(task.to_do.words)}")
        self.button.clicked.connect(self._ask)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(look, ours(task.to_do.words), weight=600).wrapped())
        words.addWidget(Label(look, ours(task.to_do.note), size=12, tone="text2").wrapped())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(6), 0, look.px(6))
        row.setSpacing(look.px(12))
        row.addWidget(_sign(look, task))
        nest(row, words, 1)
        row.addWidget(self.button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the task with Enter, which a button outside a dialog leaves alone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _ask(self) -> None:
        if self._task.way.action:
            self._tools.actions[self._task.way.action].trigger()
        elif self._task.to_do.stage:
            self._tools.ask_stage(self._task.to_do.stage)
        else:
            self._tools.go(self._task.way.page, self._task.reference)


def _sign(look: Look, task: Task) -> PlainLabel:
    pair, sign = look.theme.state(task.tone), PlainLabel()
    sign.setFixedSize(look.px(34), look.px(34))
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.setStyleSheet(f"background: {pair.fill}; border-radius: {look.px(6)}px")
    sign.setPixmap(look.glyph(task.way.icon, pair.text, 18, sign.devicePixelRatioF()))
    return sign


class DateGrid(QWidget):
    """The days to come: when, what, where."""

    def __init__(self, look: Look, lines: "tuple[DateLine, ...]", today: date) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(4))
        grid.setColumnStretch(2, 1)
        for row, line in enumerate(lines):
            short = short_date if is_year_plain(line.day, today) else short_day
            day = f"{line.day:%a} {short(line.day)}"
            grid.addWidget(Label(look, day, weight=600), row, 0)
            grid.addWidget(Label(look, line.what), row, 1)
            grid.addWidget(ElidedLabel(look, ours(line.where), tone="text2"), row, 2)


class Figures(QWidget):
    """Tiles over two columns of cards; the page makes them when it has figures to show."""

    parts_ahead = (budget_card, progress_card)

    def __init__(self, tools: PageTools, holder: QWidget, *, is_narrow: bool) -> None:
        super().__init__(holder)
        self._tools = tools
        self._look = look = tools.look
        self._is_narrow = is_narrow
        self.tiles = [TileCard(look) for _ in range(TILES)]
        self.tasks: list[TaskRow] = []
        self.budget, self.progress = tools.parts.take(budget_card), tools.parts.take(progress_card)
        self._cards = {
            "tasks": Card(look),
            "progress": self.progress,
            "budget": self.budget,
            "dates": Card(look),
        }
        words = {
            "tasks": "What needs you next",
            "progress": "Scoring progress by member",
            "budget": ours("Budget by area"),
            "dates": "Dates",
        }
        self._heads = {name: Label(look, head, size=15, weight=600) for name, head in words.items()}
        self._lay_out()

    def show_overview(self, shown: "Overview", nothing: str, *, is_direct: bool) -> None:
        """Show other figures; `nothing` stands where nobody is needed, `is_direct` where nobody competes."""
        for card, tile in zip(self.tiles, shown.tiles, strict=True):
            card.show_tile(tile)
        self._show_tasks(shown, nothing)
        self.budget.show_bars(budget_bars(shown.budget), shown.left_out)
        for part in (self.budget, self._heads["budget"]):
            part.setVisible(not (is_direct or shown.identity.is_away))
        for name in ("progress", "dates"):  # nobody marks or meets where nobody competes
            self._heads[name].setHidden(is_direct)
            self._cards[name].setHidden(is_direct)
        none = ours(NOT_SCORING) if shown.progress else NO_MEMBERS
        marking = shown.progress if any(one.of for one in shown.progress) else ()
        self.progress.show_bars(progress_bars(marking, shown.identity.member), "" if marking else none)
        self._show_dates(shown)

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return the cards in the order in which they are read; the tasks in theirs are made anew."""
        return tuple(self._cards.values())

    def fit(self, *, is_narrow: bool) -> None:
        """Stand the columns under one another in a narrow window."""
        self._is_narrow = is_narrow
        self._arrange()

    def _show_tasks(self, shown: "Overview", nothing: str) -> None:
        known = [task for task in map(Task, shown.tasks) if task.way.page in self._tools.pages]
        held = next((number for number, row in enumerate(self.tasks) if row.button.hasFocus()), None)
        card = self._emptied("tasks")
        self.tasks, self.many_tasks = [], len(known)
        for number, task in enumerate(known[:MOST], 1):
            row = TaskRow(self._tools, task, number=number, of=len(known))
            self.tasks.append(row)
            card.body.addWidget(row)
            row.show()  # at once, so that it can take the focus
        more = len(known) - len(self.tasks)
        below = (f"{more} more after these." if more else "",) if known else (nothing, ours(shown.waiting))
        for words in filter(None, below):
            card.body.addWidget(Label(self._look, words, tone="text2").wrapped())
        if known and held is not None:
            self.tasks[min(held, len(self.tasks) - 1)].button.setFocus()

    def _show_dates(self, shown: "Overview") -> None:
        card = self._emptied("dates")
        look, dates = self._look, shown.dates[:MOST]
        part = DateGrid(look, dates, shown.today) if dates else Label(look, NO_DATES, tone="text2")
        card.body.addWidget(part)

    def _emptied(self, name: str) -> Card:
        card = self._cards[name]
        clear(card.body)
        return card

    def _lay_out(self) -> None:
        self._tiles_grid = QGridLayout()
        self._columns = QHBoxLayout()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column, names in ((self._left, ("tasks", "progress")), (self._right, ("budget", "dates"))):
            for name in names:
                column.addWidget(self._heads[name])
                column.addWidget(self._cards[name])
            column.addStretch(1)
        self._inner = QVBoxLayout(self)
        nest(self._inner, self._tiles_grid)
        nest(self._inner, self._columns)
        self._inner.addStretch(1)
        self._arrange()

    def _place_tiles(self) -> None:
        """Stand the tiles over both columns, or under the tasks where the columns stand under one another."""
        home = self._left if self._is_narrow else self._inner
        for layout in (self._left, self._inner):
            layout.removeItem(self._tiles_grid)
        self._tiles_grid.setParent(None)
        nest(home, self._tiles_grid, at=TASKS if self._is_narrow else 0)

    def _arrange(self) -> None:
        """Give tiles and columns the room there is; what needs doing stays on screen in a narrow window."""
        px = self._look.px
        self._place_tiles()
        across = 2 if self._is_narrow else TILES
        for number, card in enumerate(self.tiles):
            self._tiles_grid.addWidget(card, number // across, number % across)
        for column in range(TILES):
            self._tiles_grid.setColumnStretch(column, 1 if column < across else 0)
        for side in (self._left, self._right):
            self._columns.removeItem(side)
            side.setSpacing(px(6))
        direction = QHBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if self._is_narrow else direction.LeftToRight)
        nest(self._columns, self._left, 17)
        nest(self._columns, self._right, 18)
        self._columns.setSpacing(px(17))
        self._tiles_grid.setSpacing(px(12))
        self._inner.setSpacing(px(10))
        self._inner.setContentsMargins(px(3), px(3), px(3), px(3))
