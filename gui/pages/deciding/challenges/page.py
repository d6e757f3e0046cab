"""Challenges: every review, complaint and appeal of the record, the most pressing first, one beside."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.pages.deciding.challenges.controller import ChallengeController
from gui.pages.deciding.challenges.detail import (
    ACKNOWLEDGED,
    ANSWER,
    CHANGE,
    DONE,
    LETTER,
    OPEN,
    REMOVE,
    VARY,
    ChallengeCard,
)
from gui.pages.deciding.challenges.rows import (
    COLUMNS,
    Listed,
    accessible_text,
    ask_challenges,
    number,
    summary,
)
from gui.pages.page import PageTools, Place
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.tables.line_view import LineView
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.pill_tabs import PillTabs
from models.operation import Topic
from models.queries.deciding.challenges import HeldChallenge

NOTHING = (
    "No decision was challenged. A request for review, a complaint or an appeal is recorded here, with the "
    "day by which it is answered."
)
RECORD = "Record a challenge…"
SIDE_WIDTH = 420
LIST, ONE = range(2)


class ChallengesPage(SidedPage):
    """The challenges of the record, and beside them the current one."""

    key = "challenges"
    concerns = frozenset({Topic.DECISIONS, Topic.AWARDS, Topic.APPLICATIONS, Topic.ROUNDS, Topic.INTERESTS})

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Challenges", icon="challenge", way_on=RECORD)
        look = tools.look
        self.controller = ChallengeController(tools, self)
        self._listed = Listed((), {}, ())
        self.record = Button(look, RECORD, kind="primary")
        self.table: LineView[HeldChallenge] = LineView(look, COLUMNS, number, accessible_text)
        self.table.setAccessibleName("Challenges")
        self.detail = ChallengeCard(look)
        self.sides = PillTabs(look, ("Challenges", "Details"))
        self._list = Card(look, inset=(3, 3))
        self._list.fill_with(self.table)
        self._lay_out_page((self.sides, self.record), (self._list, self.detail))
        self._connect()

    def show_place(self, place: Place | None) -> None:
        """Show the challenges: they belong to the record, and new ones to the round on show."""
        self._place = place
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Show the newest challenge to one application, or the one of that number."""
        for held in self._listed.held:
            if reference in (held.application, str(held.number)):
                self._picked = str(held.number)
                self.table.select(held.number)
                self.sides.choose(ONE)
                return

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._tools.workspace.facts is not None:
            round_id = None if self._place is None else self._place.line.round_id
            self._tools.ask(ask_challenges(self._tools.identity.viewer, round_id), self._take)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the list and the one chosen."""
        if self.is_empty:
            return (self.empty.button,)
        parts = (self.table, self.detail.reading)
        return (parts[self.sides.current],) if self._room.has_tabs else parts

    @property
    def held(self) -> HeldChallenge | None:
        """Return the current challenge."""
        return next((one for one in self.table.rows if one.number == self.table.current), None)

    def _take(self, listed: Listed) -> None:
        self._listed = listed
        self.table.show_rows(listed.held)
        if listed.held:
            self._show_list()
            if self.table.current is None:
                self.table.select_first()
            self.summary.setText(summary(listed.held))
        else:
            self._show_empty(NOTHING)
        self._fit()
        self._show_one()

    @Slot()
    def _show_one(self) -> None:
        """Show the current challenge, and offer what may be done by whoever may do it."""
        may = self._tools.identity.may("add challenge")
        can_add = may and bool(self._listed.applications)
        self.record.setEnabled(can_add)
        self.record.setVisible(not self.is_empty)
        self.way_on.setEnabled(can_add)
        self.detail.show_challenge(self.held, current_day(), may_keep=may)

    @Slot()
    def _ask_new(self) -> None:
        if self._place is not None:
            self.controller.ask_new(self._place.line, self._listed.applications)

    @Slot(str)
    def _act(self, asked: str) -> None:
        held = self.held
        if held is None:
            return
        line = self._listed.rounds[held.round_id]
        if asked == OPEN:
            self.controller.open_decision(held, line)
        elif asked == VARY:
            self.controller.open_award(held, line)
        elif asked == LETTER:
            self.controller.open_letters(line)
        else:
            acts = {
                ACKNOWLEDGED: self.controller.acknowledge,
                CHANGE: self.controller.ask_change,
                ANSWER: self.controller.ask_answer,
                DONE: self.controller.ask_done,
                REMOVE: self.controller.remove,
            }
            acts[asked](held)

    @Slot()
    def _open(self) -> None:
        self._open_beside(self.sides, ONE, self.detail.reading)

    @Slot()
    def _fit(self) -> None:
        """Show the challenge beside the list, or one of the two where there is room for one."""
        takes_turns = self._room.has_tabs
        self._take_turns(self.sides, (self._list, self.detail), is_narrow=takes_turns)
        self.sides.setVisible(takes_turns and not self.is_empty)
        self._stand_beside(self.detail, SIDE_WIDTH, is_alone=takes_turns)

    def _connect(self) -> None:
        self.record.clicked.connect(self._ask_new)
        self.way_on.triggered.connect(self._ask_new)
        self.detail.asked.connect(self._act)
        self.table.picked.connect(self._show_one)
        self.table.opened.connect(self._open)
        self.sides.changed.connect(self._fit)
        self._tools.identity_changed.connect(self._ask_if_seen)
        self.setFocusProxy(self.table)
