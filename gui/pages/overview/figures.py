"""What Overview says of the round: tasks, figures, the budget by area, progress by member, and dates."""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, toml
from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

import resources
from gui.pages.page import PageTools
from gui.tables.columns import Keeps
from gui.text import NOTHING, column_money, counted, ours
from gui.theme.look import FLUSH, Tone, look, space
from gui.widgets.buttons import Button
from gui.widgets.charts.bars import YOU, Bar, Bars, Head, Part, Swatch
from gui.widgets.charts.chart_or_table import BarsOrTable
from gui.widgets.label import ElidedLabel, Label, PlainLabel, small
from gui.widgets.nesting import Card, clear, column_of, fill, nest, row_of
from models.queries.deciding.allowances import BudgetLine, told_of
from models.queries.panel.to_do import Harm, ToDo, What
from models.role import OFFICE, SIGNING, Role, Roles, reading_role
from scoring.written.days import is_year_plain, short_date, short_day

if TYPE_CHECKING:
    from models.queries.panel.left_to_do import Progress
    from models.queries.panel.overview import Overview

NO_SHEETS = "no sheets"
WHOLE = 10_000
"""How long the bar of a member is, however many sheets are theirs."""
BUDGET = (
    Head("Area"),
    Head("Given", 120),
    Head("To consider", 92),
    Head("Pot", 80),
    Head("Tolerance", 80),
    Head("Over", 72),
)
PROGRESS = (Head("Member", 0, Keeps.WHOLE), Head("Handed in", 96), Head("Ready", 80), Head("To score", 80))


class BarsCard(Card):
    """A bar for each of several, with what the colours mean where they say something, and its table."""

    def __init__(self, bars: Bars, heads: Sequence[Head]) -> None:
        super().__init__()
        self.either = BarsOrTable(bars, heads)
        self.chart, self.key = self.either.chart, self.either.key
        self.instead = Label(tone="text2").wrapped()
        fill(self.body, self.either, self.instead)

    def show_bars(self, bars: Bars, words: str = "") -> None:
        """Show other bars, and these words below, or in their place where there are none."""
        self.either.setVisible(bool(bars.lines) or not words)
        self.instead.setVisible(bool(words))
        self.instead.setText(words)
        self.either.show_bars(bars)


def budget_card() -> BarsCard:
    return BarsCard(budget_bars(()), BUDGET)


def progress_card() -> BarsCard:
    return BarsCard(progress_bars((), None), PROGRESS)


def budget_bars(lines: Sequence[BudgetLine]) -> Bars:
    """Return a bar for each area: what is recommended and to consider, with a mark where the pot ends.

    Of a pot that was passed before the round all that is given is over it.
    """
    bars = tuple(_budget_bar(lines, line) for line in lines)
    return Bars("Budget by area", "areas", _budget_sentence(lines), bars, _budget_key(lines))


def _budget_bar(lines: Sequence[BudgetLine], line: BudgetLine) -> Bar:
    show = column_money([pence for one in lines for pence in (one.recommended, one.pot)])
    allowed, room = line.over - line.beyond, max(line.pot, 0)
    parts = (
        Part(min(line.recommended, room), "bar_recommended"),
        Part(line.consider, "bar_consider"),
        Part(allowed, Tone.WARNING),
        Part(line.beyond, "bar_over"),
    )
    words = f"{line.area}, {show(line.recommended)} {line.told}"
    if line.over:
        how = "over" if line.beyond else "over, allowed"
        figure, rest = f"{show(line.recommended)}, {show(line.over)} {how}", ""
        words += f", {show(line.over)} over {show(line.pot)}{f'; {line.by}' if line.by else ''}"
    else:
        figure, rest = show(line.recommended) if line.recommended else NOTHING, f" of {show(line.pot)}"
        words += f", {show(line.consider)} still to consider" if line.consider else ""
        words += f", of {show(line.pot)}"
    return Bar(
        line.area,
        words,
        parts,
        figure,
        rest,
        track=room,
        mark=room,
        ends=max(line.pot + line.tolerance, 0) if line.tolerance else None,
        ink=Tone.DANGER if line.beyond else "text",
        cells=(
            line.area,
            _pounds(line.recommended),
            _any_pounds(line.consider),
            _pounds(line.pot),
            _any_pounds(line.tolerance),
            _any_pounds(line.over),
        ),
    )


def _budget_sentence(lines: Sequence[BudgetLine]) -> str:
    """Return what is recommended of all pots, and how many areas are over theirs."""
    if not lines:
        return "No areas yet."
    done, pots = sum(one.recommended for one in lines), sum(one.pot for one in lines)
    over, refused = sum(1 for one in lines if one.over), sum(1 for one in lines if one.beyond > 0)
    show = column_money((done, pots))
    more = f", {counted(over, ours('area is'), ours('areas are'))} over the pot" if over else ""
    more += f", {refused:,} of them past what is allowed" if refused else ""
    return f"{show(done)} {told_of(lines)} of {show(pots)}{more}."


def _budget_key(lines: Sequence[BudgetLine]) -> tuple[Swatch, ...]:
    is_allowed = any(line.over > line.beyond for line in lines)
    return (
        Swatch(told_of(lines).capitalize(), "bar_recommended"),
        Swatch("Still to consider", "bar_consider"),
        *((Swatch("Over, allowed", Tone.WARNING),) if is_allowed else ()),
        Swatch("Over the pot", "bar_over"),
        Swatch("Pot", "text", is_mark=True),
        *(
            (Swatch("Tolerance ends", "text2", is_mark=True),)
            if any(line.tolerance for line in lines)
            else ()
        ),
    )


def progress_bars(lines: "Sequence[Progress]", you: str | None) -> Bars:
    """Return a bar for each member: how many sheets are handed in; `you` is the code of who looks."""
    done, of = sum(one.handed_in for one in lines), sum(one.of for one in lines)
    whole = counted(sum(1 for one in lines if one.of and not one.left), "member has", "members have")
    sentence = f"{done:,} of {of:,} sheets are handed in; {whole} finished."
    bars = tuple(_progress_bar(line, is_you=line.member.code == you) for line in lines)
    return Bars("Scoring progress by member", "members", sentence, bars, are_people=True)


def _progress_bar(line: "Progress", *, is_you: bool) -> Bar:
    """Return a member's bar, as long as all others: a part of it for each part of the sheets."""
    name, is_done = f"{line.member.name}{YOU if is_you else ''}", line.of > 0 and not line.left
    count = f"{line.handed_in:,} of {line.of:,}" if line.of else NO_SHEETS
    return Bar(
        name,
        f"{name}, {count} sheets handed in" if line.of else f"{name}, {NO_SHEETS}",
        (
            Part(
                WHOLE * line.handed_in // line.of if line.of else 0,
                "bar_recommended" if is_done else "accent_text",
            ),
        ),
        count,
        track=WHOLE,
        sign=None if not line.of else ("fund", Tone.FUND) if is_done else ("clock", "muted"),
        cells=(line.member.name, f"{line.handed_in:,}", f"{line.ready:,}", f"{line.to_score:,}"),
    )


def _pounds(pence: int) -> str:
    return column_money((pence,))(pence)


def _any_pounds(pence: int) -> str:
    return _pounds(pence) if pence else NOTHING


class Section(Struct, frozen=True):
    """A part of the page: its heading, and who needs it, None for everyone."""

    head: str
    roles: Roles | None = None

    def is_for(self, role: str) -> bool:
        return self.roles is None or reading_role(role) in self.roles


PARTS = {
    "tasks": Section("What needs you next"),
    "figures": Section("The round in figures", (Role.OFFICER, Role.READER)),
    "progress": Section("Scoring progress by member", (*OFFICE, Role.READER)),
    "budget": Section("Budget by area", (*OFFICE, *SIGNING, Role.FINANCE, Role.READER)),
    "dates": Section("Dates"),
}
OF_DIRECT = {"tasks": PARTS["tasks"], "figures": PARTS["budget"]}
"""What there is where nobody competes: nobody marks or meets, and the figures are of money."""
COLUMNS = ("tasks", "figures", "progress"), ("budget", "dates")
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
        return TONES[self.to_do.harm]


def known_tasks(shown: "Overview", pages: Container[str]) -> list[Task]:
    """Return what is to be done on the pages that the person may go to."""
    return [task for task in map(Task, shown.tasks) if task.way.page in pages]


class TaskRow(QWidget):
    """One task: its glyph on the pale square of its tone, what and why, and the button that leads to it."""

    def __init__(self, tools: PageTools, task: Task, *, number: int, of: int) -> None:
        super().__init__()
        self._tools, self._task = tools, task
        self.button = Button(task.way.button, kind="plain" if number > 1 else "primary")
        self.button.setAccessibleName(f"{task.way.button}. Task {number} of {of}, {ours(task.to_do.words)}")
        self.button.clicked.connect(self._ask)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(ours(task.to_do.words), weight=600).wrapped())
        words.addWidget(small(ours(task.to_do.note)))
        row_of(_sign(task), (words, 1), self.button, spacing=12, edges=(0, 6, 0, 6), inside=self)

    @Slot()
    def _ask(self) -> None:
        if self._task.way.action:
            self._tools.actions[self._task.way.action].trigger()
        elif self._task.to_do.round is not None:
            self._tools.choose_round(self._task.to_do.round)
        elif self._task.to_do.stage:
            self._tools.ask_stage(self._task.to_do.stage)
        else:
            self._tools.go(self._task.way.page, self._task.reference)


def _sign(task: Task) -> PlainLabel:
    pair, sign = look.theme.state(task.tone), PlainLabel()
    sign.setFixedSize(look.px(34), look.px(34))
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.setStyleSheet(f"background: {pair.fill}; border-radius: {look.px(6)}px")
    sign.setPixmap(look.glyph(task.way.icon, pair.text, 18, sign.devicePixelRatioF()))
    return sign


def _lines(lines: Iterable[tuple[str, str, str]]) -> QWidget:
    """Return what stands first, what that is, and more about it, a line each."""
    part = QWidget()
    grid = space(QGridLayout(part), (16, 4), FLUSH)
    grid.setColumnStretch(2, 1)
    for row, (first, what, more) in enumerate(lines):
        grid.addWidget(Label(first, weight=600), row, 0)
        grid.addWidget(Label(what), row, 1)
        grid.addWidget(ElidedLabel(ours(more), tone="text2"), row, 2)
    return part


def _when(day: date, today: date) -> str:
    short = short_date if is_year_plain(day, today) else short_day
    return f"{day:%a} {short(day)}"


class Figures(QWidget):
    """Two columns of cards; the page makes them when it has figures to show."""

    parts_ahead = (budget_card, progress_card)

    def __init__(self, tools: PageTools, holder: QWidget, *, is_narrow: bool) -> None:
        super().__init__(holder)
        self._tools = tools
        self._is_narrow = is_narrow
        self.tasks: list[TaskRow] = []
        self.budget, self.progress = tools.parts.take(budget_card), tools.parts.take(progress_card)
        self._cards = {
            "tasks": Card(),
            "figures": Card(),
            "progress": self.progress,
            "budget": self.budget,
            "dates": Card(),
        }
        self._heads = {name: Label(ours(PARTS[name].head), size=15, weight=600) for name in self._cards}
        self._lay_out()

    def show_overview(self, shown: "Overview", nothing: str, *, is_direct: bool) -> None:
        """Show other figures; `nothing` stands where nobody is needed, `is_direct` where nobody competes."""
        needed = {
            name
            for name, part in (OF_DIRECT if is_direct else PARTS).items()
            if part.is_for(shown.identity.role)
        }
        for name, card in self._cards.items():
            card.setVisible(name in needed)
            self._heads[name].setVisible(name in needed)
        self._show_tasks(shown, nothing)
        figures = ((tile.figure, tile.caption, tile.words) for tile in shown.tiles)
        self._emptied("figures").body.addWidget(_lines(figures))
        self.budget.show_bars(budget_bars(shown.budget), shown.left_out)
        none = ours("No area is being scored yet.") if shown.progress else "The panel has no members yet."
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
        known = known_tasks(shown, self._tools.pages)
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
        for words in filter(None, (*below, shown.asks)):
            card.body.addWidget(Label(words, tone="text2").wrapped())
        if known and held is not None:
            self.tasks[min(held, len(self.tasks) - 1)].button.setFocus()

    def _show_dates(self, shown: "Overview") -> None:
        card = self._emptied("dates")
        dates = shown.dates[:MOST]
        lines = ((_when(line.day, shown.today), line.what, line.where) for line in dates)
        card.body.addWidget(_lines(lines) if dates else Label("No dates lie ahead.", tone="text2"))

    def _emptied(self, name: str) -> Card:
        card = self._cards[name]
        clear(card.body)
        return card

    def _lay_out(self) -> None:
        self._columns = row_of(spacing=17)
        self._sides = tuple(QVBoxLayout() for _ in COLUMNS)
        for column, names in zip(self._sides, COLUMNS, strict=True):
            for name in names:
                fill(column, self._heads[name], self._cards[name])
            fill(column, 1, spacing=6)
        column_of(self._columns, 1, edges=(3, 3, 3, 3), inside=self)
        self._arrange()

    def _arrange(self) -> None:
        """Give the columns the room there is; what needs doing stays on screen in a narrow window."""
        for side in self._sides:
            self._columns.removeItem(side)
        direction = QHBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if self._is_narrow else direction.LeftToRight)
        for side, stretch in zip(self._sides, (17, 18), strict=True):
            nest(self._columns, side, stretch)
