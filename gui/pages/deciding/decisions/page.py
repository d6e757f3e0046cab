"""Decisions: the panel's recommendations on the left, the deciding office's answer on the right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.breakpoints import Breakpoints
from gui.pages.deciding.decisions.card import card_lines
from gui.pages.deciding.decisions.chain import ChainStrip, chain_steps
from gui.pages.deciding.decisions.choices import Choices, as_recommended, next_waiting
from gui.pages.deciding.decisions.controller import DecisionController
from gui.pages.deciding.decisions.hand_over import HandOver
from gui.pages.deciding.decisions.hands import finishes, hand_for
from gui.pages.deciding.decisions.lines import Line, all_as_it_came, decision_lines
from gui.pages.deciding.decisions.office import OfficePane
from gui.pages.deciding.decisions.panel_side import PanelSide
from gui.pages.deciding.decisions.what_you_sign import WhatYouSign
from gui.pages.deciding.decisions.words import (
    answered_words,
    may_correct,
    may_take_back,
    progress_words,
    unrecorded_words,
    why_not_deciding,
)
from gui.pages.page import SIGN, PageTools, Place
from gui.pages.sided_page import SidedPage
from gui.text import counted
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from models.operation import Topic
from models.papers.kinds import TO_SIGN
from models.queries.deciding.decisions import Hand
from models.queries.deciding.round_list import Deciding, deciding
from models.queries.permissions.acting import may_write
from models.values.recommending import LineDecision

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

NOTHING_TO_RECORD = "Nothing to record"
CHOOSE_FIRST = "Answer a line first: take it as it came, change it or send it back"
NONE_WAITS = "No line waits for your answer here"


class DecisionsPage(SidedPage):
    """The page of one round's decisions. What the office chooses is kept here until it is recorded."""

    key = "decisions"
    concerns = CONCERNS
    parts_ahead = (PanelSide, OfficePane)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Decisions")
        look = tools.look
        self._found: Deciding | None = None
        self._chosen_by: dict[str, Choices] = {}
        self._is_signing = False
        self.chain = ChainStrip(look)
        self.what = Button(look, "What you sign…", icon="file")
        self.sign = Button(look, "Sign recommendations…", kind="primary", icon="check")
        self.all_agreed = Button(look, all_as_it_came(is_direct=False))
        self.record = Button(look, "Record decisions…", kind="primary", icon="check")
        self._hand_over = HandOver(tools, self)
        self.go_on = self._hand_over.button
        self.left = Label(look, weight=600).wrapped()
        self.left.setContentsMargins(3, 0, 3, 0)
        self.left.hide()
        self.panel = tools.parts.take(PanelSide)
        self.table = self.panel.table
        self.office = tools.parts.take(OfficePane)
        self._what_you_sign = WhatYouSign(tools, self)
        self._controller = DecisionController(tools, self.office, self)
        self.tabs = PillTabs(look, TABS)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines of the area on show."""
        if self._found is None or self._place is None:
            return ()
        areas = [area.name for area in self._place.line.areas]
        return decision_lines(self._found, self._choices.by_reference, self._place.area, areas)

    @property
    def _choices(self) -> Choices:
        """Return what the person who uses the laptop chose: nobody records what another one chose."""
        return self._chosen_by.setdefault(self._tools.identity.words, Choices())

    @property
    def _waiting(self) -> tuple[Line, ...]:
        """Return the lines on show that wait for the person's answer."""
        return tuple(line for line in self.lines if line.pending is None and self._may_decide(line))

    @property
    def hand(self) -> Hand | None:
        """Return the post of the chain for which the person signs, None for everybody else."""
        identity = self._tools.identity
        return (
            None if self._found is None else hand_for(self._found, self.lines, identity.name, identity.role)
        )

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
        """Keep nothing that was chosen of another round, or of a record that is closed."""
        self._found, self._chosen_by = None, {}
        self.office.form.forget_drafts()

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
        self._controller.stand_at(self._place, found)
        self._choices.keep(line.reference for line in self.lines if self._may_decide(line))
        self._show_found()
        if self._is_signing and not self.sign.isHidden():
            self._ask_sign()
        self._is_signing = False

    def _show_found(self) -> None:
        lines = self.lines
        if self._found is not None and self._found.must_declare:
            self._show_declare_first()
            return
        if not lines or self._found is None:
            self._show_empty(NO_LINES)
            return
        self._show_list()
        self.summary.setText(progress_words(lines, self._found.chain))
        is_direct = self._place is not None and self._place.line.is_direct
        self.chain.show_steps(chain_steps(self._found.chain, lines, is_direct=is_direct))
        self.all_agreed.show_words(all_as_it_came(is_direct=is_direct))
        card = card_lines(self._found.pots, lines, self._found.budget)
        self.panel.show_lines(lines, card, is_direct=is_direct)
        self._select(self.table)
        self._show_actions(self._found, lines)
        self._show_line()

    def _show_actions(self, found: Deciding, lines: Sequence[Line]) -> None:
        may_sign = self._tools.identity.may("sign recommendations") and any(
            not line.signed and not line.is_decided for line in lines
        )
        self.sign.setVisible(may_sign)
        self.what.setVisible(bool(self._due))
        self.record.setVisible(self.hand is not None)
        waiting = len(self._waiting)
        self.all_agreed.setVisible(self.hand is not None and waiting > 0)
        self.all_agreed.show_kind("plain" if self._choices else "primary")
        self.record.show_kind("primary" if self._choices else "plain")
        is_at_work = may_sign or waiting > 0 or bool(self._choices)
        self._hand_over.offer(found, lines, is_at_work=is_at_work)
        self.left.setText(unrecorded_words(len(self._choices), waiting))
        self.left.setVisible(self.hand is not None and bool(self._choices))
        count = counted(len(self._choices), "decision", "decisions")
        self.record.show_words(f"Record {count}…" if self._choices else NOTHING_TO_RECORD)
        self.record.setEnabled(bool(self._choices))
        set_tip(self.record, "" if self._choices else CHOOSE_FIRST if waiting else NONE_WAITS)

    def _show_line(self) -> None:
        line = next((line for line in self.lines if line.reference == self.table.current), None)
        found, identity = self._found, self._tools.identity
        words = " "
        if line is not None and found is not None:
            words = why_not_deciding(found, line, identity.name, identity.role)
        self.office.form.write_as(identity.words)
        self.office.show_line(
            line,
            found.chain if found else (),
            found.conditions if found else (),
            words,
            may_correct=line is not None
            and found is not None
            and may_correct(found, line, identity.name, identity.role),
            may_take_back=line is not None and may_take_back(line, identity.name),
            is_last=line is not None and self._decides(line),
        )

    def _decides(self, line: Line) -> bool:
        """Whether the person's answer decides a line, so that nobody signs after."""
        hand = self.hand
        return self._found is not None and hand is not None and finishes(self._found.chain, line, hand)

    def _show_empty(self, words: str) -> None:
        for part in (self.what, self.sign, self.record, self.all_agreed, self.go_on, self.left):
            part.hide()
        self.chain.show_steps(())
        super()._show_empty(words)

    def _may_decide(self, line: Line) -> bool:
        identity = self._tools.identity
        return self._found is not None and not why_not_deciding(
            self._found, line, identity.name, identity.role
        )

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
    def _choose(self, decision: LineDecision) -> None:
        self._choices.put((decision,))
        self._picked = next_waiting(self.lines, decision.application, self._may_decide)
        self._show_found()
        if not self._waiting:
            self.record.setFocus()
        announce(self.office, answered_words(decision.application, self._picked, self.left.text()))

    @Slot()
    def _agree_all(self) -> None:
        """Take every line that waits as recommended; nothing is saved before it is recorded."""
        if self._found is None:  # another round is being asked for
            return
        self._controller.ask_all(as_recommended(self._waiting, self._found.conditions, self._decides))

    @Slot(object)
    def _choose_all(self, decisions: tuple[LineDecision, ...]) -> None:
        self._choices.put(decisions)
        self._show_found()
        if not self._waiting:
            self.record.setFocus()
            self._ask_record()

    @Slot()
    def _clear(self) -> None:
        self._choices.drop(self._picked)
        self._show_found()

    @Slot()
    def _ask_change(self) -> None:
        line = self.office.line
        if line is not None and self._may_decide(line):
            self._controller.ask_change(line, is_last=self._decides(line))

    @Slot()
    def _ask_correction(self) -> None:
        assert self.office.line is not None, "only a line on show is corrected"
        self._controller.ask_correction(self.office.line)

    @Slot()
    def _ask_taking_back(self) -> None:
        assert self.office.line is not None, "only a line on show is taken back"
        self._controller.ask_taking_back(self.office.line)

    @Slot()
    def _ask_back(self) -> None:
        if self.office.line is not None:
            self._controller.ask_back(self.office.line)

    @property
    def _due(self) -> tuple[Line, ...]:
        """Return the lines that the person's signature would cover; to the office, all that wait for one."""
        identity = self._tools.identity
        if self.hand is not None:
            return tuple(line for line in self.lines if line.pending is not None) or self._waiting
        if identity.may("sign recommendations"):
            return tuple(line for line in self.lines if not line.signed and not line.is_decided)
        return tuple(line for line in self.lines if not line.is_decided and may_write(identity.role, TO_SIGN))

    @Slot()
    def _ask_what(self) -> None:
        assert self._found is not None, "there are lines to sign"
        assert self._place is not None, "there are lines to sign"
        of = [line.reference for line in self._due]
        self._what_you_sign.ask(self._place, of, self._choices.all, self._found.closed)

    @Slot()
    def _ask_sign(self) -> None:
        self._controller.ask_sign(self.lines)

    @Slot()
    def _ask_record(self) -> None:
        hand = self.hand
        assert hand is not None, "only who signs is asked"
        self._controller.ask_record(self.lines, hand, self._choices.all)

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
        self.office.agreed.connect(self._choose)
        self._controller.chosen.connect(self._choose)
        self._controller.all_chosen.connect(self._choose_all)
        self.office.change_asked.connect(self._ask_change)
        self.office.back_asked.connect(self._ask_back)
        self.office.cleared.connect(self._clear)
        self.office.correction_asked.connect(self._ask_correction)
        self.office.taking_back_asked.connect(self._ask_taking_back)
        self.what.clicked.connect(self._ask_what)
        self.sign.clicked.connect(self._ask_sign)
        self.all_agreed.clicked.connect(self._agree_all)
        self.record.clicked.connect(self._ask_record)
        self.tabs.changed.connect(self._fit)
        change = QShortcut(QKeySequence("F2"), self)
        change.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        change.activated.connect(self._ask_change)

    def _lay_out(self) -> None:
        head = (self.tabs, self.what, self.sign, self.all_agreed, self.record, self.go_on)
        self._lay_out_page(head, (self.panel, self.office), between=(self.chain, self.left))
