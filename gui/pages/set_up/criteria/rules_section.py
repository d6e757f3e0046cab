"""Ties, floors and money: the rules of a round that are chosen once and printed on every paper."""

from decimal import Decimal

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.inputs import ChoiceBox, FigureBox, WholeBox, labelled
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
from gui.widgets.nesting import nest, nest_at_top
from gui.widgets.tips import set_tip
from models.values.rounds import ReasonRule
from scoring.scheme import Allocation, Combine, RankedBy, Scheme

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


class NoMarkBox(QWidget):
    """A title and a sentence for each of the four."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(4), 0, 0)
        column.setSpacing(look.px(3))
        column.addWidget(Label(look, TITLE, size=12, weight=600, tone="text2"))
        self.not_applicable = Label(look, NOT_ALLOWED, size=12, tone="text2").wrapped()
        for words in (MISSING, CONFLICT, ABSTAINED):
            column.addWidget(Label(look, words, size=12, tone="text2").wrapped())
        column.insertWidget(2, self.not_applicable)

    def show_not_applicable(self, *, is_allowed: bool) -> None:
        """Say whether the scheme lets the chair set a criterion aside."""
        self.not_applicable.setText(ALLOWED if is_allowed else NOT_ALLOWED)


class RuleFields:
    """Each field by what it asks for; whoever takes them lays them out."""

    def __init__(self, look: Look, draft: Draft) -> None:
        self.combine = ChoiceBox(look, "How marks combine", COMBINES)
        self.quorum = WholeBox(look, "Quorum", 1, 30)
        self.not_applicable = QCheckBox("The chair may set a criterion aside as not applicable")
        self.reasons = ChoiceBox(look, "Reason beside each mark", REASONS)
        self.no_mark = NoMarkBox(look)
        self.ranked_by = ChoiceBox(look, "Ranked by", RANKINGS)
        self.total = FigureBox(look, "Lowest total to pass", optional_points, "none")
        self.quality = FigureBox(look, "Lowest quality to pass", optional_points, "none")
        self.allocation = ChoiceBox(
            look, "Allocation rule", [(rule, RULE_WORDS[rule]) for rule in Allocation]
        )
        self.cap = FigureBox(look, "Most for one application", optional_money, "no cap")
        self.cap_each = FigureBox(look, "Most for one organisation in the round", optional_money, "no cap")
        self.tolerance = FigureBox(look, "Tolerance over the pot, in percent", some_percent, "0")
        self.authority = FigureBox(look, "Who allows the tolerance", any_text, "name and post")
        self.tie_breaks = TieBreakEditor(look, draft)


class RulesSection(QWidget):
    """One card for marks and floors with the tie-breaks, one for money.

    The rule for reasons is the round's and no part of the scheme: it is asked for by itself.
    """

    reasons_asked = Signal(object)

    def __init__(self, look: Look, draft: Draft, fields: RuleFields, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._wanted = Decimal(0)
        self.combine, self.quorum, self.ranked_by = fields.combine, fields.quorum, fields.ranked_by
        self.not_applicable, self.reasons = fields.not_applicable, fields.reasons
        self.no_mark, self.total, self.quality = fields.no_mark, fields.total, fields.quality
        self.allocation, self.cap, self.cap_each = fields.allocation, fields.cap, fields.cap_each
        self.tolerance, self.authority = fields.tolerance, fields.authority
        self.problem = Label(look, size=12, tone="danger").wrapped()
        self.problem.hide()
        self.tie_breaks = fields.tie_breaks
        self._lay_out(look)
        self._connect()

    def set_open(self, is_open: bool) -> None:
        """Let the rules be changed, or only be read."""
        for widget in self._inputs():
            widget.setEnabled(is_open)
        self.tie_breaks.set_open(is_open)

    def show_reasons(self, rule: ReasonRule, *, is_open: bool, is_handed_in: bool) -> None:
        """Show the rule for reasons; it stays once a sheet is handed in under it."""
        self.reasons.show_value(rule)
        self.reasons.setEnabled(is_open and not is_handed_in)
        set_tip(self.reasons, HELD_STILL if is_handed_in else "")
        self.reasons.setAccessibleDescription(HELD_STILL if is_handed_in else "")

    def _inputs(self) -> tuple[QWidget, ...]:
        return (
            self.combine,
            self.quorum,
            self.not_applicable,
            self.ranked_by,
            self.total,
            self.quality,
            self.allocation,
            self.cap,
            self.cap_each,
            self.tolerance,
            self.authority,
        )

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme, of = self._draft.scheme, self._draft.starts
        self.combine.show_value(scheme.combine)
        self.quorum.show_number(scheme.quorum)
        with QSignalBlocker(self.not_applicable):
            self.not_applicable.setChecked(scheme.not_applicable_allowed)
        self.no_mark.show_not_applicable(is_allowed=scheme.not_applicable_allowed)
        self.ranked_by.show_value(scheme.ranked_by)
        self.total.show_text(figure_text(scheme.minimum_total), of)
        self.quality.show_text(figure_text(scheme.minimum_quality), of)
        self.allocation.show_value(scheme.allocation)
        self.cap.show_text(money_text(scheme.cap_per_award_pence), of)
        self.cap_each.show_text(money_text(scheme.cap_per_organisation_pence), of)
        if not self._wanted:
            self.tolerance.show_text(figure_text(scheme.tolerance_percent), of)
        self.authority.show_text(scheme.tolerance_authority, of)

    def _settle(self, scheme: Scheme, what: str) -> None:
        self._draft.settle(scheme, what)

    @Slot(object)
    def _give_combine(self, combine: Combine) -> None:
        self._settle(replace(self._draft.scheme, combine=combine), "how marks combine")

    @Slot(int)
    def _give_quorum(self, quorum: int) -> None:
        self._draft.propose(replace(self._draft.scheme, quorum=quorum), "the quorum")

    @Slot(bool)
    def _give_not_applicable(self, is_allowed: bool) -> None:
        changed = replace(self._draft.scheme, not_applicable_allowed=is_allowed)
        self._settle(changed, "whether a criterion may be set aside")

    @Slot(object)
    def _give_ranked_by(self, ranked_by: RankedBy) -> None:
        self._settle(replace(self._draft.scheme, ranked_by=ranked_by), "what is ranked")

    @Slot(object)
    def _give_total(self, points: Decimal | None) -> None:
        self._settle(replace(self._draft.scheme, minimum_total=points), "the lowest total")

    @Slot(object)
    def _give_quality(self, points: Decimal | None) -> None:
        self._settle(replace(self._draft.scheme, minimum_quality=points), "the lowest quality")

    @Slot(object)
    def _give_allocation(self, allocation: Allocation) -> None:
        self._settle(replace(self._draft.scheme, allocation=allocation), "the allocation rule")

    @Slot(object)
    def _give_cap(self, pence: int | None) -> None:
        self._settle(replace(self._draft.scheme, cap_per_award_pence=pence or None), "the cap per award")

    @Slot(object)
    def _give_cap_each(self, pence: int | None) -> None:
        changed = replace(self._draft.scheme, cap_per_organisation_pence=pence or None)
        self._settle(changed, "the cap per organisation")

    @Slot(object)
    def _give_tolerance(self, percent: Decimal) -> None:
        """Keep a tolerance back until somebody answers for it."""
        scheme = self._draft.scheme
        is_waiting = bool(percent) and not scheme.tolerance_authority
        self._wanted = percent if is_waiting else Decimal(0)
        self._say(NEEDS_AUTHORITY if is_waiting else "")
        if is_waiting:
            self.authority.line.setFocus()
        else:
            self._settle(replace(scheme, tolerance_percent=percent), "the tolerance")

    @Slot(object)
    def _give_authority(self, name: str) -> None:
        scheme = self._draft.scheme
        percent = self._wanted or scheme.tolerance_percent
        if percent and not name:
            self._say(NEEDS_AUTHORITY)
            return
        self._say("")
        self._wanted = Decimal(0)
        self._settle(replace(scheme, tolerance_percent=percent, tolerance_authority=name), "the tolerance")

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.authority.line.setAccessibleDescription(problem)

    def _connect(self) -> None:
        self._draft.changed.connect(self._show)
        self.combine.chosen.connect(self._give_combine)
        self.quorum.valueChanged.connect(self._give_quorum)
        self.not_applicable.toggled.connect(self._give_not_applicable)
        self.reasons.chosen.connect(self.reasons_asked)
        self.ranked_by.chosen.connect(self._give_ranked_by)
        self.total.given.connect(self._give_total)
        self.quality.given.connect(self._give_quality)
        self.allocation.chosen.connect(self._give_allocation)
        self.cap.given.connect(self._give_cap)
        self.cap_each.given.connect(self._give_cap_each)
        self.tolerance.given.connect(self._give_tolerance)
        self.authority.given.connect(self._give_authority)

    def _lay_out(self, look: Look) -> None:
        inner = self._make_inner(look)
        marks, ties, pots = (Card(look, parent=inner) for _ in range(3))
        for card in (marks, ties, pots):
            card.body.setSpacing(look.px(8))
        marks.body.addWidget(Label(look, "Marks and floors", size=15, weight=600))
        nest(marks.body, labelled(look, "How marks combine", self.combine))
        nest(
            marks.body,
            _pair(look, ("Quorum for each application", self.quorum), ("Ranked by", self.ranked_by)),
        )
        floors = (("Lowest total to pass", self.total), ("Lowest quality to pass", self.quality))
        nest(marks.body, _pair(look, *floors))
        nest(marks.body, labelled(look, "Reason beside each mark", self.reasons))
        marks.body.addWidget(self.not_applicable)
        marks.body.addStretch(1)
        pots.body.addWidget(Label(look, "Money", size=15, weight=600))
        nest(pots.body, labelled(look, "Allocation rule", self.allocation))
        caps = (("Most for one application", self.cap), ("Most for one organisation", self.cap_each))
        nest(pots.body, _pair(look, *caps))
        allowed = (("Tolerance over the pot, %", self.tolerance), ("Who allows it", self.authority))
        nest(pots.body, _pair(look, *allowed))
        pots.body.addWidget(self.problem)
        pots.body.addSpacing(look.px(8))
        pots.body.addWidget(self.no_mark)
        pots.body.addStretch(1)
        ties.body.addWidget(self.tie_breaks)
        ties.body.addStretch(1)
        self._cards = (marks, pots, ties)
        self.fit(is_narrow=False)

    def _make_inner(self, look: Look) -> QWidget:
        """Return what scrolls; the cards are made in it, and not restyled as they move there."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        column.addWidget(scroll)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(scroll.viewport())
        inner.setObjectName("page")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(12))
        scroll.setWidget(inner)
        return inner

    def fit(self, *, is_narrow: bool) -> None:
        """Stand the cards under one another when there is little room."""
        for card in self._cards:
            self._grid.removeWidget(card)
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number if is_narrow else 0, 0 if is_narrow else number)
            self._grid.setColumnStretch(number, int(not is_narrow or number == 0))
        self._grid.setRowStretch(3 if is_narrow else 1, 1)


def _pair(look: Look, *fields: tuple[str, QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(look.px(10))
    for words, widget in fields:
        nest_at_top(row, labelled(look, words, widget), 1)
    return row
