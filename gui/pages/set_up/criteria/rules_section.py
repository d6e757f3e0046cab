"""Ties, floors and money: the rules of a round that are chosen once and printed on every paper."""

from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from gui.breakpoints import Breakpoints
from gui.grid.inputs import ChoiceBox, Entry, EntryForm, FigureBox, TickBox, WholeBox
from gui.pages.page import PageTools
from gui.pages.page_keys import add_keys
from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.reading import (
    any_text,
    figure_text,
    money_text,
    optional_money,
    optional_points,
    some_percent,
)
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.text import RULE_WORDS
from gui.theme.look import FLUSH, look, space
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label, small
from gui.widgets.nesting import column_of, fill, row_of
from gui.widgets.tips import set_tip
from models.operations.set_up.rounds import SetReasonRule
from models.queries.set_up.criteria import CriteriaFacts
from models.values.rounds import ReasonRule
from scoring.publishing import free_rules, moved, tie_break_words
from scoring.scheme import Allocation, Combine, RankedBy

TieBreak = tuple[str, str]
"""A rule as the scheme has it, and in words with its number."""
WHAT = "the tie-break rules"
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
NOTE = "Equal totals are compared by each of these in turn. “The chair decides” comes last."
ROW = 30
COLUMNS: tuple[LineColumn[TieBreak], ...] = (
    LineColumn("rule", "Tie-break", itemgetter(1), tip=itemgetter(1)),
)
POINTS = partial(FigureBox, read=optional_points, hint="none", shows=figure_text)
CAP = partial(FigureBox, read=optional_money, hint="no cap", shows=money_text)


class TieBreakEditor(QWidget):
    """The tie-break rules of a scheme. Alt+Up and Alt+Down move one, Delete takes it out."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.view: LineView[TieBreak] = LineView(COLUMNS, itemgetter(0), itemgetter(1))
        self.view.setAccessibleName("Tie-breaks, in order")
        self.view.set_row_height(ROW)
        self.view.setFixedHeight(look.px(190))
        self.up = Button("Move up")
        self.down = Button("Move down")
        self.up.setAccessibleName("Move the tie-break up")
        self.down.setAccessibleName("Move the tie-break down")
        self.remove = Button("Remove")
        self.add = ChoiceBox("Add a tie-break")
        self.add.setPlaceholderText("Add a tie-break…")
        column_of(
            Label("Ties", size=15, weight=600),
            small(NOTE),
            self.view,
            row_of(self.up, self.down, self.remove, 1, spacing=6),
            self.add,
            inside=self,
            spacing=6,
        )
        up, down = partial(self._move, -1), partial(self._move, 1)
        self.up.clicked.connect(up)
        self.down.clicked.connect(down)
        self.remove.clicked.connect(self._take_out)
        self.add.given.connect(self._add)
        add_keys(self.view, ((("Alt+Up",), up), (("Alt+Down",), down), (("Delete",), self._take_out)))
        draft.changed.connect(self._show)
        draft.turned.connect(self._show)

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme, stood = self._draft.scheme, max(self.view.currentIndex().row(), 0)
        for widget in (self.up, self.down, self.remove, self.add):
            widget.setVisible(self._draft.is_open)
        rules = [(rule, f"{n}  {tie_break_words(scheme, rule)}") for n, rule in enumerate(scheme.ladder, 1)]
        self.view.show_rows(rules)
        if self.view.current is None:
            self.view.select_first(stood)
        self.add.offer([(rule, tie_break_words(scheme, rule)) for rule in free_rules(scheme)])
        self.add.show_value(None)

    def _settle(self, rules: tuple[str, ...]) -> None:
        self._draft.settle(replace(self._draft.scheme, ladder=rules), WHAT)

    def _move(self, by: int, *_: object) -> None:
        row = self.view.currentIndex().row()
        if row >= 0 and self._draft.is_open:
            self._settle(tuple(moved(self._draft.scheme.ladder, row, by)))

    @Slot()
    def _take_out(self) -> None:
        row, rules = self.view.currentIndex().row(), self._draft.scheme.ladder
        if row >= 0 and self._draft.is_open:
            self._settle((*rules[:row], *rules[row + 1 :]))

    @Slot(object)
    def _add(self, rule: str) -> None:
        self._settle((*self._draft.scheme.ladder, rule))
        self.view.select(rule)


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

    def __init__(self, tools: PageTools, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(ENTRIES, parent)
        self._tools, self._draft = tools, draft
        self._facts: CriteriaFacts | None = None
        self._wanted = Decimal(0)
        self.no_mark = small()
        self.problem = small(tone="danger")
        self.problem.hide()
        self.tie_breaks = TieBreakEditor(draft)
        draft.changed.connect(self._show)
        draft.turned.connect(self._show)

    def show_reasons(self, facts: CriteriaFacts, *, is_open: bool) -> None:
        """Show the rule for reasons; it stays once a sheet is handed in under it."""
        self._facts, box, is_handed_in = facts, self["reasons"], facts.is_handed_in
        box.show_value(facts.reasons)
        box.setEnabled(is_open and not is_handed_in)
        set_tip(box, HELD_STILL if is_handed_in else "")
        box.setAccessibleDescription(HELD_STILL if is_handed_in else "")

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme = self._draft.scheme
        self.allow("reasons", is_open=self._draft.is_open)
        waiting = ("tolerance_percent",) if self._wanted else ()
        self.show_values(scheme, self._draft.starts, "reasons", *waiting)
        aside = ALLOWED if scheme.not_applicable_allowed else NOT_ALLOWED
        self.no_mark.setText("\n".join((MISSING, aside, CONFLICT, ABSTAINED)))

    def give(self, name: str, value: Any) -> None:
        """Hand a rule on; the quorum once it rests, the tolerance once somebody answers for it.

        A cap of nought is none.
        """
        scheme = self._draft.scheme
        if name == "reasons":
            self._set_reasons(value)
        elif name == "tolerance_percent":
            self._give_tolerance(value, scheme.tolerance_authority)
        elif name == "tolerance_authority":
            self._give_tolerance(self._wanted or scheme.tolerance_percent, value)
        else:
            value = None if name.startswith("cap_") and not value else value
            hand_on = self._draft.propose if name == "quorum" else self._draft.settle
            hand_on(replace(scheme, **{name: value}), self._entries[name].what)

    def _set_reasons(self, rule: ReasonRule) -> None:
        facts = self._facts
        if facts is not None and rule is not facts.reasons:
            self._tools.perform(SetReasonRule(facts.line.round_id, rule, facts.reasons))

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

    def lay_out(self) -> None:
        """Stand the boxes in their cards, which takes as long as to make them: each has a turn of its own."""
        inner = self._make_inner()
        marks, ties, pots = (Card(parent=inner) for _ in range(3))
        for card in (marks, ties, pots):
            space(card.body, 8)
        fill(
            marks.body,
            Label("Marks and floors", size=15, weight=600),
            self.labelled("combine"),
            self.across("quorum", "ranked_by", spacing=10),
            self.across("minimum_total", "minimum_quality", spacing=10),
            self.labelled("reasons"),
            self["not_applicable_allowed"],
            1,
        )
        fill(
            pots.body,
            Label("Money", size=15, weight=600),
            self.labelled("allocation"),
            self.across("cap_per_award_pence", "cap_per_organisation_pence", spacing=10),
            self.across("tolerance_percent", "tolerance_authority", spacing=10),
            self.problem,
        )
        pots.body.addSpacing(look.px(8))
        fill(pots.body, Label(TITLE, size=12, weight=600, tone="text2"), self.no_mark, 1)
        fill(ties.body, self.tie_breaks, 1)
        self._cards = (marks, pots, ties)
        self.fit(Breakpoints(1366, 768))

    def _make_inner(self) -> QWidget:
        """Return what scrolls; the cards are made in it, and not restyled as they move there."""
        scroll = QScrollArea(self)
        column_of(scroll, inside=self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(scroll.viewport())
        inner.setObjectName("page")
        self._grid = QGridLayout(inner)
        space(self._grid, 12, FLUSH)
        scroll.setWidget(inner)
        return inner

    def fit(self, room: Breakpoints) -> None:
        """Stand the cards under one another when there is little room."""
        is_narrow = room.has_tabs
        for card in self._cards:
            self._grid.removeWidget(card)
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number if is_narrow else 0, 0 if is_narrow else number)
            self._grid.setColumnStretch(number, int(not is_narrow or number == 0))
        self._grid.setRowStretch(3 if is_narrow else 1, 1)
