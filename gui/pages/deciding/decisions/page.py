"""Decisions: the panel's recommendations on the left, the deciding office's answer on the right."""

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.breakpoints import Breakpoints
from gui.listed.acts import ActButton, At, Doing
from gui.pages.deciding.decisions.acts import HEAD, Answer
from gui.pages.deciding.decisions.chain import ChainStrip, chain_steps
from gui.pages.deciding.decisions.lines import (
    CLOSED,
    TONES,
    WORDS,
    Line,
    decision_lines,
    line_key,
    line_name,
    totals,
)
from gui.pages.deciding.decisions.office import OfficePane
from gui.pages.deciding.decisions.state import DecidingState
from gui.pages.deciding.decisions.words import answered_words, card_lines, progress_words, unrecorded_words
from gui.pages.page import SIGN, PageTools, Place
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.tables.outcome_chip import Chip
from gui.text import NOTHING
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import column_of, fill
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.speech.announcing import announce
from models.operation import Topic
from models.queries.deciding.round_list import Deciding, deciding
from models.values.recommending import LineDecision
from scoring import money
from scoring.written.days import short_day
from scoring.written.text import listed

RECOMMENDED, PROPOSED = "Panel recommends", "Proposed without a competition"

_reference: Callable[[Line], str] = attrgetter("reference")
_organisation: Callable[[Line], str] = attrgetter("row.organisation")


def _open(words: Callable[[Line], str], closed: str = "") -> Callable[[Line], str]:
    """Return what a cell says of a line that is not closed to who reads."""
    return lambda line: closed if line.is_closed else words(line)


def _recommends_chip(line: Line) -> Chip | None:
    outcome = line.recommended.outcome
    return None if line.is_closed else Chip(TONES[outcome], WORDS[outcome])


def _office_chip(line: Line) -> Chip | None:
    return None if line.is_closed else line.office


DECISION_COLUMNS: tuple[LineColumn[Line], ...] = (
    LineColumn("reference", "Ref", _reference, line_name, width=76, keeps=Keeps.WHOLE),
    LineColumn(
        "applicant",
        "Applicant and project",
        _organisation,
        under=_open(attrgetter("row.project"), CLOSED),
        is_strong=True,
        brief="Applicant",
    ),
    LineColumn(
        "total",
        "Total",
        _open(lambda line: money.score(line.recommended.total_1e2)),
        is_right=True,
        width=64,
        gives_way=Gives.FIGURES,
    ),
    LineColumn(
        "recommends",
        "Recommends",
        _open(lambda line: WORDS[line.recommended.outcome]),
        chip=_recommends_chip,
        width=124,
        gives_way=Gives.STATE,
        brief="Rec.",
    ),
    LineColumn("amount", "Amount", _open(attrgetter("amount")), is_right=True, width=76),
    LineColumn(
        "signed",
        "Signed by",
        lambda line: line.signed or NOTHING,
        width=110,
        gives_way=Gives.WORDS,
        keeps=Keeps.WHOLE,
        brief="Signed",
    ),
    LineColumn(
        "office",
        "Office decides",
        _open(attrgetter("office.word")),
        chip=_office_chip,
        width=172,
        brief="Office",
    ),
)


class PanelSide(Card):
    """The list under its head, with the sums at the foot."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, inset=(3, 3))
        self.table: LineView[Line] = LineView(look, DECISION_COLUMNS, line_key, line_name)
        self.table.setAccessibleName("What the panel recommends, and what the office decides")
        self.title = Label(look, RECOMMENDED, size=15, weight=600)
        self.signed = ElidedLabel(look, size=12, tone="muted")
        self.sums = ElidedLabel(look, tone="text2")
        self.card = Label(look, size=12, tone="muted").wrapped()
        self._head, self._foot = QWidget(), QWidget()
        self._column = column_of(self.title, self.signed, spacing=0, inside=self._head)
        self._sums = column_of(self.sums, self.card, inside=self._foot)
        fill(self.body, self._head, (self.table, 1), self._foot)
        look.changed.connect(self._space)
        self._space()

    def show_lines(self, lines: Sequence[Line], card: Sequence[str], *, is_direct: bool = False) -> None:
        """Show the lines, by whom they are signed, their sums, and how the pots stand with them.

        Where nobody competes they are proposed, and no chair signs them.
        """
        self.table.show_rows(lines)
        self.title.setText(PROPOSED if is_direct else RECOMMENDED)
        self.signed.keep_whole({line.signed for line in lines})
        self.signed.setText(proposed_words(lines) if is_direct else signed_words(lines))
        self.sums.setText(totals(lines))
        self.card.setText("\n".join(card))

    def fit(self, *, is_low: bool) -> None:
        """Leave a low window to the list; what is signed states its sums and pots in any window."""
        self._head.setVisible(not is_low)
        self._foot.setVisible(not is_low)

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(11), px(7), px(11), px(5))
        self._sums.setContentsMargins(px(11), px(6), px(11), px(6))


def proposed_words(lines: Sequence[Line]) -> str:
    """Return who proposed the lines: "Proposed by Grace Okoro"."""
    people = sorted({line.signed for line in lines if line.signed})
    return f"Proposed by {listed(people)}" if people else "Sent back"


def signed_words(lines: Sequence[Line]) -> str:
    """Return who signed for the panel: "Signed 2 Dec 2026 by Priya Nair, chair"."""
    signed = [line for line in lines if line.signed]
    decided = [line for line in lines if line.is_decided and not line.signed]
    if not signed:
        return "Decided on paper" if decided and len(decided) == len(lines) else "Not signed yet"
    if len({(line.signed, line.signed_on) for line in signed}) > 1:
        people = listed(sorted({line.signed for line in signed}))
        words = f"Signed by {people}, chair"
    else:
        day = f" {short_day(signed[0].signed_on)}" if signed[0].signed_on else ""
        words = f"Signed{day} by {signed[0].signed}, chair"
    left = len(lines) - len(signed) - len(decided)
    return f"{words} · {left} not signed yet" if left else words


SIDE_WIDTH = 470
NARROW_SIDE = 380
WIDE = 1200
CONCERNS = frozenset(
    {
        Topic.RECOMMENDATIONS,
        Topic.DECISIONS,
        Topic.ROUNDS,
        Topic.PANEL,
        Topic.APPLICATIONS,
        Topic.MARKS,
        Topic.INTERESTS,
    }
)
NO_LINES = "Nothing is recommended here yet. The panel records its recommendations under Ranking & budget."
TABS = ("List", "Line")


class DecisionsPage(SidedPage):
    """The page of one round's decisions. What the office answers is kept here until it is recorded."""

    key = "decisions"
    concerns = CONCERNS
    parts_ahead = (PanelSide, OfficePane)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Decisions")
        look = tools.look
        self._found: Deciding | None = None
        self._chosen_by: dict[str, dict[str, LineDecision]] = {}
        self._is_signing = False
        self.chain = ChainStrip(look)
        self.head = [ActButton(look, act) for act in HEAD]
        self.what, self.sign, self.all_agreed, self.record, self.go_on = self.head
        self.left = Label(look, weight=600).wrapped()
        self.left.setContentsMargins(3, 0, 3, 0)
        self.left.hide()
        self.panel = tools.parts.take(PanelSide)
        self.table = self.panel.table
        self.office = tools.parts.take(OfficePane)
        self._kept: dict[str, Any] = {
            "decide": self.office.decision,
            "demand": self.office.demand,
            "tools": tools,
        }
        self._doing = Doing(tools, self)
        self.tabs = PillTabs(look, TABS)
        head = (self.tabs, *self.head)
        self._lay_out_page(head, (self.panel, self.office), between=(self.chain, self.left))
        self._connect()
        self.setFocusProxy(self.table)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines of the area on show."""
        if self._found is None or self._place is None:
            return ()
        areas = [area.name for area in self._place.line.areas]
        return decision_lines(self._found, self._chosen, self._place.area, areas)

    @property
    def _chosen(self) -> dict[str, LineDecision]:
        """Return what the person who uses the laptop answered: nobody records what another one did."""
        return self._chosen_by.setdefault(self._tools.identity.words, {})

    @property
    def state(self) -> DecidingState | None:
        """Return what is on show, None while there is nothing."""
        if self._found is None or self._place is None:
            return None
        chosen = tuple(self._chosen.values())
        return DecidingState(self._found, self._place, self._tools.identity, self.lines, chosen)

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        before = None if self._place is None else self._place.line.round_id
        if place is None:
            self._found = None
        elif before != place.line.round_id:
            self._forget()
        super().show_place(place)

    @Slot()
    def _forget(self) -> None:
        """Keep nothing that was answered in another round, or in a record that is closed."""
        self._found, self._chosen_by = None, {}
        self.office.forget_drafts()

    def show_reference(self, reference: str) -> None:
        """Show one application's line, or ask at once what the chair signs."""
        if reference == SIGN:
            self._is_signing = True
            self.refresh()
            return
        self._picked = reference
        self.table.select(reference)

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is None:
            return
        viewer = self._tools.identity.viewer
        query = partial(deciding, round_id=self._place.line.round_id, viewer=viewer)
        self._tools.ask(query, self._take)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: in tabs when narrow."""
        self.panel.fit(is_low=room.is_low)
        super().fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        return (self.table, self.office.reading)

    def _take(self, found: Deciding) -> None:
        self._found = found
        state = self.state
        open_to = {line.reference for line in self.lines if state is not None and not state.refusal(line)}
        for reference in self._chosen.keys() - open_to:
            del self._chosen[reference]
        self._show_found()
        if self._is_signing and not self.sign.isHidden():
            self.sign.press()
        self._is_signing = False

    def _show_found(self) -> None:
        if self._found is not None and self._found.must_declare:
            self._show_declare_first()
            return
        state = self.state
        if state is None or not state.lines:
            self._show_empty(NO_LINES)
            return
        self._show_list()
        self._show_state(state)

    def _show_state(self, state: DecidingState) -> None:
        """Show the lines, what can be done with them, and the one at hand."""
        found, lines, is_direct = state.found, state.lines, state.place.line.is_direct
        self.summary.setText(progress_words(lines, found.chain))
        self.chain.show_steps(chain_steps(found.chain, lines, is_direct=is_direct))
        card = card_lines(found.pots, lines, found.budget)
        self.panel.show_lines(lines, card, is_direct=is_direct)
        self._select(self.table)
        at = At(state, None, state.identity, state.place, current_day(), self._kept)
        for button in self.head:
            button.show_at(at)
        self.left.setText(unrecorded_words(len(state.chosen), len(state.waiting)))
        self.left.setVisible(state.hand is not None and bool(state.chosen))
        self._show_line()

    def _show_line(self) -> None:
        state = self.state
        lines = () if state is None else state.lines
        line = next((line for line in lines if line.reference == self.table.current), None)
        if state is None or line is None:
            self.office.show_at(None)
        else:
            self.office.show_at(At(state, line, state.identity, state.place, current_day(), self._kept))

    def _show_empty(self, words: str) -> None:
        for part in (*self.head, self.left):
            part.hide()
        self.chain.show_steps(())
        super()._show_empty(words)

    @Slot(object)
    def _pick(self, reference: object) -> None:
        self._picked = str(reference)
        self._show_line()

    @Slot(object)
    def _open(self, reference: object) -> None:
        """Go to the line: to its answer, which Enter then gives, where the person has one to give."""
        self._pick(reference)
        self._open_beside(self.tabs, 1, self.office.focusable())

    @Slot(object)
    def _take_answer(self, answer: Answer) -> None:
        """Keep what was answered; nothing is saved before it is recorded."""
        if answer.cleared:
            self._chosen.pop(answer.cleared, None)
            self._show_found()
            return
        self._chosen.update({one.application: one for one in answer.decisions})
        if not answer.is_all and self.state is not None:
            self._picked = self.state.after(answer.decisions[0].application)
        self._show_found()
        if self.state is not None and not self.state.waiting:
            self.record.setFocus()
            if answer.is_all:
                self.record.press()
        if not answer.is_all:
            said = answered_words(answer.decisions[0].application, self._picked, self.left.text())
            announce(self.office, said)

    @Slot()
    def _fit(self) -> None:
        has_tabs = self._room.has_tabs
        self._take_turns(self.tabs, (self.panel, self.office), is_narrow=has_tabs)
        width = SIDE_WIDTH if self._room.width >= WIDE else NARROW_SIDE
        self._stand_beside(self.office, width, is_alone=has_tabs)

    def _connect(self) -> None:
        self._tools.workspace.closed.connect(self._forget)
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._open)
        self._doing.told.connect(self._take_answer)
        self.tabs.changed.connect(self._fit)
        self.office.pressed.connect(self._doing.press)
        for button in self.head:
            button.pressed.connect(self._doing.press)
        change = QShortcut(QKeySequence("F2"), self)
        change.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        change.activated.connect(self._change)

    @Slot()
    def _change(self) -> None:
        """Change the line at hand, where the person may."""
        if not self.office.change.isHidden() and not self.office.answer.isHidden():
            self.office.change.press()
