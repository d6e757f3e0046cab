"""Packs: who has one, what came back, and what is to be decided."""

from functools import partial
from operator import attrgetter

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.pages.packs.issuing import ask_issue
from gui.pages.packs.returns import Returns
from gui.pages.page import PageTools, Place
from gui.pages.page_keys import add_keys
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.tables.outcome_chip import Chip
from gui.text import NOTHING, counted
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import nest, nest_in_cell
from models.operation import Topic
from models.queries.packs.pack_files import PackFiles, files_of_round
from models.queries.packs.pack_lines import PackLine, pack_lines
from scoring.written.days import short_day

CONCERNS = frozenset(
    {Topic.PACKS, Topic.PANEL, Topic.INTERESTS, Topic.MARKS, Topic.APPLICATIONS, Topic.ROUNDS, Topic.SCHEME}
    | {Topic.ATTACHMENTS}
)
STEPS_WIDTH = 320
DECIDE, ISSUE, TAKE = "decide", "issue", "take in"
NOT_PUBLISHED = "They go out once the criteria are published."
NOBODY = "Nobody is on the panel yet. Add the members on Panel & interests; then each can have a pack."


TONES = {"Returned": Tone.FUND, "Out": Tone.INFORMATION, "Expired": Tone.WARNING, "Not issued": Tone.WAITING}
STEPS = (
    (
        "Issue a pack",
        "It holds the member's applications and the criteria: no contacts, bank details or marks of others.",
    ),
    (
        "Send it, and give its passphrase separately",
        "By telephone or in person: anyone who has both can read the applications.",
    ),
    (
        "The member marks at home",
        "“I was sent a pack…” on the welcome page opens it. A return goes back the same way.",
    ),
    (
        "Import the return",
        "You see every difference before anything is written. A copy is saved first; one undo takes it back.",
    ),
)


def _spoken(line: PackLine) -> str:
    """Return a line as a screen reader says it."""
    items = counted(line.items, "application", "applications")
    back = f", returned {short_day(line.returned_at.date())}" if line.returned_at else ""
    return f"{line.name}, {items}, {line.state(current_day()).lower()}{back}"


def _state(line: PackLine) -> str:
    return line.state(current_day())


COLUMNS: tuple[LineColumn[PackLine], ...] = (
    LineColumn(
        "member",
        "Member",
        attrgetter("name"),
        under=attrgetter("member"),
        is_strong=True,
        keeps=Keeps.WHOLE,
    ),
    LineColumn("items", "Items", lambda line: f"{line.items}", width=70, gives_way=Gives.WORDS + 1),
    LineColumn(
        "files",
        "Files",
        lambda line: line.files.words or NOTHING,
        width=130,
        gives_way=Gives.WORDS + 4,
    ),
    LineColumn(
        "issued",
        "Issued",
        lambda line: short_day(line.issued_at.date()) if line.issued_at else NOTHING,
        width=120,
        gives_way=Gives.WORDS + 3,
    ),
    LineColumn(
        "expires",
        "Expires",
        lambda line: short_day(line.expires_on) if line.expires_on else NOTHING,
        width=120,
        gives_way=Gives.WORDS + 2,
    ),
    LineColumn(
        "returned",
        "Returned",
        lambda line: short_day(line.returned_at.date()) if line.returned_at else NOTHING,
        width=120,
    ),
    LineColumn(
        "state",
        "State",
        _state,
        width=130,
        chip=lambda line: Chip(TONES.get(_state(line), Tone.WARNING), _state(line)),
        gives_way=Gives.STATE,
    ),
)


def _table(look: Look) -> LineView[PackLine]:
    table: LineView[PackLine] = LineView(look, COLUMNS, attrgetter("member"), _spoken)
    table.setAccessibleName("Packs")
    return table


class PackSteps(Card):
    """What happens with a pack, from this office and back."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(16, 12), parent=parent)
        self.setAccessibleName("How packs work")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(Label(look, "How packs work", size=14, weight=600))
        nest(self.body, self._grid)
        self.body.addStretch(1)
        for number, (head, words) in enumerate(STEPS):
            figure = Label(look, f"{number + 1}", weight=600, tone="accent")
            self._grid.addWidget(figure, number, 0, Qt.AlignmentFlag.AlignTop)
            step = QVBoxLayout()
            step.setSpacing(2)
            step.addWidget(Label(look, head, weight=600).wrapped())
            step.addWidget(Label(look, words, size=12, tone="text2").wrapped())
            nest_in_cell(self._grid, step, (number, 1), Qt.AlignmentFlag.AlignTop)
        look.changed.connect(self._space)
        self._space()

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(14))
        self._grid.setContentsMargins(0, px(10), 0, 0)


class PacksPage(SidedPage):
    """The packs of one round. It asks and shows."""

    key = "packs"
    concerns = CONCERNS
    parts_ahead = (_table, PackSteps)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Packs", icon="packs")
        look = tools.look
        self.returns = Returns(tools, self)
        self.issue = Button(look, "Issue…", icon="export")
        self.decide = Button(look, "Decide what differs…")
        self.take = Button(look, "Import return…", kind="primary")
        self.table = tools.parts.take(_table)
        self.steps = tools.parts.take(PackSteps)
        card = Card(look, inset=(3, 3))
        card.fill_with(self.table)
        self.staying = Label(look, "", size=12, tone="text2").wrapped()
        card.body.addWidget(self.staying)
        self._lay_out_page((self.decide, self.issue, self.take), (card, self.steps))
        self.issue.clicked.connect(self._issue)
        self.decide.clicked.connect(self._decide)
        self.take.clicked.connect(self.returns.ask)
        self.table.opened.connect(self._issue)
        add_keys(self, ((("F8",), self._decide),))
        self.setFocusProxy(self.table)
        self._show(())

    def show_place(self, place: Place | None) -> None:
        """Show another round, or the same as it is now: the member who is chosen stays so."""
        shown = self._place
        self._place = place
        if place is None or shown is None or shown.line.round_id != place.line.round_id:
            self._show(())
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is not None and self._tools.workspace.facts is not None:
            query = partial(pack_lines, round_id=self._place.line.round_id)
            self._tools.ask(query, self._show)
            self._tools.ask(partial(files_of_round, round_id=self._place.line.round_id), self._show_files)

    def _show_files(self, files: PackFiles) -> None:
        """Say what stays at the office, and why."""
        self.staying.setText(files.staying_words)
        self.staying.setVisible(bool(files.staying))

    def panes(self) -> tuple[QWidget, ...]:
        """Return the list."""
        return (self.table,)

    def _show(self, lines: tuple[PackLine, ...]) -> None:
        self.table.show_rows(lines)
        if self.table.current is None:
            self.table.select_first()
        still = sum(line.open for line in lines)
        self.decide.setVisible(bool(still))
        is_open = self._place is not None and self._place.line.stage != "set up"
        self.issue.setEnabled(bool(lines) and is_open)
        self.take.setEnabled(self._place is not None)  # a return may be of another round of the record
        following = _next(lines, still)
        for act, button in ((DECIDE, self.decide), (ISSUE, self.issue), (TAKE, self.take)):
            button.show_kind("primary" if act == following else "plain")
        words = _summary(lines, still) if self._place is not None else ""
        self.summary.setText(words if is_open or not lines else f"{words} {NOT_PUBLISHED}")

    @Slot()
    def _issue(self) -> None:
        line = next((row for row in self.table.rows if row.member == self.table.current), None)
        if self._place is not None and line is not None and self.issue.isEnabled():
            ask_issue(self._tools, self._place.line, line)

    @Slot()
    def _decide(self) -> None:
        if self._place is not None and not self.decide.isHidden():
            self.returns.ask_open(self._place)

    def _fit(self) -> None:
        """Show the steps beside the list where there is room for both."""
        self.steps.setVisible(not self._room.has_icons_only and not self._room.is_low)
        self._stand_beside(self.steps, STEPS_WIDTH, is_alone=False)


def _next(lines: tuple[PackLine, ...], still: int) -> str:
    """Return which act is next, "" for none: what differs, packs still to go out, then what is out."""
    if still:
        return DECIDE
    out = [line for line in lines if line.issued_at is not None]
    is_back = any(line.returned_at is not None for line in out)
    if len(out) < len(lines) and not is_back:  # once one is back, the others may be scoring at the office
        return ISSUE
    return TAKE if any(line.returned_at is None for line in out) else ""


def _summary(lines: tuple[PackLine, ...], still: int) -> str:
    if not lines:
        return NOBODY
    states = [line.state(current_day()) for line in lines]
    out = sum(line.issued_at is not None for line in lines)
    back = sum(line.returned_at is not None for line in lines)
    words = f"{counted(out, 'pack', 'packs')} issued, {back} returned."
    if states.count("Expired"):
        words += f" {states.count('Expired')} expired."
    return f"{words} {counted(still, 'difference', 'differences')} to decide." if still else words
