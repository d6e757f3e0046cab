"""Ties, floors and money: the rules of a round that are chosen once and printed on every paper."""

from decimal import Decimal
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.inputs import ChoiceBox, Entry, EntryForm, FigureBox, TickBox, WholeBox
from gui.pages.set_up.criteria.reading import (
    any_text,
    figure_text,
    money_text,
    optional_money,
    optional_points,
    some_percent,
)
from gui.pages.set_up.criteria.tie_break_editor import TieBreakEditor
from gui.text import RULE_WORDS
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import column_of, fill
from gui.widgets.tips import set_tip
from models.values.rounds import ReasonRule
from scoring.scheme import Allocation, Combine, RankedBy

TITLE = "Four things that are not a mark"
MISSING = "Missing: no mark yet. The sheet stays a draft and does not count; it is never counted as 0."
CONFLICT = "Interest: the sheet never counts, the application is closed, and the member is not in its quorum."
ABSTAINED = "Abstained: the sheet does not count, and the member is not in the application’s quorum."
ALLOWED = (
    "Not applicable: set aside by the chair for one application, with a reason. The other criteria on its "
    "side share its weight."
)
NOT_ALLOWED = "Not applicable: this scheme lets nobody set a criterion aside."
COMBINES = (
    (Combine.CONSENSUS, "The panel agrees a whole mark"),
    (Combine.MEAN, "The mean of the members' marks"),
    (Combine.MEDIAN, "The middle of the members' marks"),
    (Combine.TRIMMED, "The mean without the highest and lowest"),
)
RANKINGS = (
    (RankedBy.TOTAL, "The total"),
    (RankedBy.PRICE_PER_QUALITY_POINT, "Price per quality point, lowest first"),
)
REASONS = (
    (ReasonRule.ASKED, "Asked for, and may be left out"),
    (ReasonRule.REQUIRED, "Required before a sheet is handed in"),
    (ReasonRule.NOT_ASKED, "Not asked for"),
)
HELD_STILL = "Sheets have been handed in under this rule, so it stays."
NEEDS_AUTHORITY = (
    "A tolerance needs the name of the person who allows it. It is saved once the name is entered."
)


ALLOCATIONS = tuple((rule, RULE_WORDS[rule]) for rule in Allocation)
POINTS = partial(FigureBox, read=optional_points, hint="none", shows=figure_text)
CAP = partial(FigureBox, read=optional_money, hint="no cap", shows=money_text)


class NoMarkBox(QWidget):
    """A title and a sentence for each of the four."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = column_of(
            Label(look, TITLE, size=12, weight=600, tone="text2"),
            inside=self,
            spacing=look.px(3),
            edges=(0, look.px(4), 0, 0),
        )
        self.not_applicable = Label(look, NOT_ALLOWED, size=12, tone="text2").wrapped()
        for words in (MISSING, CONFLICT, ABSTAINED):
            column.addWidget(Label(look, words, size=12, tone="text2").wrapped())
        column.insertWidget(2, self.not_applicable)

    def show_not_applicable(self, *, is_allowed: bool) -> None:
        """Say whether the scheme lets the chair set a criterion aside."""
        self.not_applicable.setText(ALLOWED if is_allowed else NOT_ALLOWED)


ENTRIES = (
    Entry("combine", "How marks combine", partial(ChoiceBox, options=COMBINES), "how marks combine"),
    Entry(
        "quorum",
        "Quorum for each application",
        partial(WholeBox, least=1, most=30),
        "the quorum",
        called="Quorum",
    ),
    Entry("ranked_by", "Ranked by", partial(ChoiceBox, options=RANKINGS), "what is ranked"),
    Entry("minimum_total", "Lowest total to pass", POINTS, "the lowest total"),
    Entry("minimum_quality", "Lowest quality to pass", POINTS, "the lowest quality"),
    Entry("reasons", "Reason beside each mark", partial(ChoiceBox, options=REASONS)),
    Entry(
        "not_applicable_allowed",
        "The chair may set a criterion aside as not applicable",
        TickBox,
        "whether a criterion may be set aside",
    ),
    Entry("allocation", "Allocation rule", partial(ChoiceBox, options=ALLOCATIONS), "the allocation rule"),
    Entry("cap_per_award_pence", "Most for one application", CAP, "the cap per award"),
    Entry(
        "cap_per_organisation_pence",
        "Most for one organisation",
        CAP,
        "the cap per organisation",
        called="Most for one organisation in the round",
    ),
    Entry(
        "tolerance_percent",
        "Tolerance over the pot, %",
        partial(FigureBox, read=some_percent, hint="0", shows=figure_text),
        "the tolerance",
        called="Tolerance over the pot, in percent",
    ),
    Entry(
        "tolerance_authority",
        "Who allows it",
        partial(FigureBox, read=any_text, hint="name and post"),
        "the tolerance",
        called="Who allows the tolerance",
    ),
)


class RulesSection(EntryForm):
    """One card for marks and floors with the tie-breaks, one for money.

    The rule for reasons is the round's and no part of the scheme: it is asked for by itself.
    """

    reasons_asked = Signal(object)

    def __init__(self, look: Look, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(look, ENTRIES, parent)
        self._draft = draft
        self._wanted = Decimal(0)
        self.no_mark = NoMarkBox(look)
        self.problem = Label(look, size=12, tone="danger").wrapped()
        self.problem.hide()
        self.tie_breaks = TieBreakEditor(look, draft)
        self._lay_out(look)
        draft.changed.connect(self._show)

    def set_open(self, is_open: bool) -> None:
        """Let the rules be changed, or only be read; the rule for reasons has its own right."""
        self.allow("reasons", is_open=is_open)
        self.tie_breaks.set_open(is_open)

    def show_reasons(self, rule: ReasonRule, *, is_open: bool, is_handed_in: bool) -> None:
        """Show the rule for reasons; it stays once a sheet is handed in under it."""
        box = self["reasons"]
        box.show_value(rule)
        box.setEnabled(is_open and not is_handed_in)
        set_tip(box, HELD_STILL if is_handed_in else "")
        box.setAccessibleDescription(HELD_STILL if is_handed_in else "")

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme = self._draft.scheme
        waiting = ("tolerance_percent",) if self._wanted else ()
        self.show_values(scheme, self._draft.starts, "reasons", *waiting)
        self.no_mark.show_not_applicable(is_allowed=scheme.not_applicable_allowed)

    def give(self, name: str, value: Any) -> None:
        """Hand a rule on; the quorum once it rests, the tolerance once somebody answers for it.

        A cap of nought is none.
        """
        scheme = self._draft.scheme
        if name == "reasons":
            self.reasons_asked.emit(value)
        elif name == "tolerance_percent":
            self._give_tolerance(value, scheme.tolerance_authority)
        elif name == "tolerance_authority":
            self._give_tolerance(self._wanted or scheme.tolerance_percent, value)
        else:
            value = None if name.startswith("cap_") and not value else value
            hand_on = self._draft.propose if name == "quorum" else self._draft.settle
            hand_on(replace(scheme, **{name: value}), self._entries[name].what)

    def _give_tolerance(self, percent: Decimal, authority: str) -> None:
        """Keep a tolerance back until somebody answers for it."""
        scheme = self._draft.scheme
        is_waiting = bool(percent) and not authority
        self._say(NEEDS_AUTHORITY if is_waiting else "")
        if not is_waiting:
            self._wanted = Decimal(0)
            changed = replace(scheme, tolerance_percent=percent, tolerance_authority=authority)
            self._draft.settle(changed, "the tolerance")
        elif not scheme.tolerance_authority:
            self._wanted = percent
            self["tolerance_authority"].line.setFocus()

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self["tolerance_authority"].line.setAccessibleDescription(problem)

    def _lay_out(self, look: Look) -> None:
        inner = self._make_inner(look)
        marks, ties, pots = (Card(look, parent=inner) for _ in range(3))
        for card in (marks, ties, pots):
            card.body.setSpacing(look.px(8))
        fill(
            marks.body,
            Label(look, "Marks and floors", size=15, weight=600),
            self.labelled("combine"),
            self.across("quorum", "ranked_by", spacing=10),
            self.across("minimum_total", "minimum_quality", spacing=10),
            self.labelled("reasons"),
            self["not_applicable_allowed"],
            1,
        )
        fill(
            pots.body,
            Label(look, "Money", size=15, weight=600),
            self.labelled("allocation"),
            self.across("cap_per_award_pence", "cap_per_organisation_pence", spacing=10),
            self.across("tolerance_percent", "tolerance_authority", spacing=10),
            self.problem,
        )
        pots.body.addSpacing(look.px(8))
        fill(pots.body, self.no_mark, 1)
        fill(ties.body, self.tie_breaks, 1)
        self._cards = (marks, pots, ties)
        self.fit(Breakpoints(1366, 768), shows_side=False)

    def _make_inner(self, look: Look) -> QWidget:
        """Return what scrolls; the cards are made in it, and not restyled as they move there."""
        scroll = QScrollArea(self)
        column_of(scroll, inside=self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(scroll.viewport())
        inner.setObjectName("page")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(12))
        scroll.setWidget(inner)
        return inner

    def fit(self, room: Breakpoints, *, shows_side: bool) -> None:
        """Stand the cards under one another when there is little room."""
        is_narrow = room.has_tabs
        for card in self._cards:
            self._grid.removeWidget(card)
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number if is_narrow else 0, 0 if is_narrow else number)
            self._grid.setColumnStretch(number, int(not is_narrow or number == 0))
        self._grid.setRowStretch(3 if is_narrow else 1, 1)
