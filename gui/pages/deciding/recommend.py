"""Change one recommendation: outcome, amount, reduced scope or code, conditions, and the reason."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QComboBox, QScrollArea, QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import in_flow
from gui.widgets.label import Label
from gui.widgets.long_tick import LongTick
from gui.widgets.nesting import column_of
from gui.widgets.pill import Pill
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import MoneyField, Wrong, pence_of, plain, required_text
from models.queries.deciding.reasons import Draft, Library
from models.queries.deciding.round_list import OUTCOME_WORDS, Listed, Mark
from models.queries.deciding.trial_changes import Problem
from models.reference.defaults import Condition
from models.values.recommending import FUNDED, SCOPE, RecommendationRow, recommendation, scope_of
from scoring import money
from scoring.allocating.causes import is_rule_note
from scoring.ranking import Standing

TOLD = "The applicant may see this"
NO_REASON = "Give a reason: applicants are told why."
NOTE = "That is the list's own note, not a reason: it speaks of what others left in the pot."
WHAT_FOR_HINT = "such as two of the four sessions a week, until March"
OUTCOMES = (Mark.FUND, Mark.PART, Mark.RESERVE, Mark.DECLINE, Mark.DEFER, Mark.REFER)
SCOPE_NAME = "Reduced scope: what the money pays for"
NO_SCOPE = "Say what the part pays for: the applicant and the schedule have to know."
NO_CODE = "Choose the code of the reason."
CHOOSE = "Choose a code"

Check = Callable[[str, int | None], Problem | None]
"""Called with an outcome and its amount; returns why it cannot be, None when it can."""
Tell = Callable[[str, int | None], str]
"""Called alike; returns what is over the pot with it and who allows that, "" where nothing is."""


class Wish(Struct, frozen=True):
    """What somebody wants to recommend on one application."""

    outcome: str
    amount_pence: int | None
    reason: str
    code: str = ""
    conditions: tuple[str, ...] = ()

    def on(self, standing: Standing) -> RecommendationRow:
        """Return it as the recommendation on an application."""
        said = (self.outcome, self.amount_pence, self.reason)
        return recommendation(standing, *said, code=self.code, conditions=self.conditions)


class Subject(NamedTuple):
    """The application at hand: as listed, as recorded (None when it is not), and what may be chosen.

    `draft` is what panel or members wrote about its marks, None where they wrote nothing, and `against` what
    of that tells why it gets no money; `rule` is what the rule says of it.
    """

    line: Listed
    recorded: RecommendationRow | None
    library: Library
    draft: Draft | None = None
    rule: str = ""
    against: Draft | None = None

    def draft_for(self, outcome: str) -> Draft | None:
        """Return what is drafted for an outcome, None where a reason was recorded with it or nothing said."""
        return None if self.reason(outcome) else self.draft if outcome in FUNDED else self.against

    def reason(self, outcome: str) -> str:
        """Return the reason that was recorded with an outcome, "" where it has none."""
        held = self.recorded
        return held.reason if held is not None and held.outcome == outcome else ""

    @property
    def scope(self) -> str:
        """Return what the money pays for, as recorded."""
        return scope_of(self.recorded.conditions) if self.recorded is not None else ""

    @property
    def ticked(self) -> frozenset[str]:
        """Return the conditions that hold: those recorded with money, else the standard ones."""
        if self.recorded is not None and self.recorded.amount_pence is not None:
            return frozenset(one for one in self.recorded.conditions if not one.startswith(SCOPE))
        return frozenset(one.words for one in self.library.conditions if one.is_standard)


class ConditionList(QScrollArea):
    """The fund's conditions as boxes to tick; those recorded that the library has not come after them."""

    def __init__(self, look: Look, conditions: Collection[Condition], ticked: frozenset[str]) -> None:
        super().__init__()
        inside = QWidget()
        known = [one.words for one in conditions]
        self.boxes = [_box(look, words) for words in (*known, *sorted(ticked - set(known)))]
        for box in self.boxes:
            box.setChecked(box.text() in ticked)
        edges = (look.px(6), look.px(4), look.px(6), look.px(4))
        column_of(*self.boxes, 1, spacing=look.px(3), edges=edges, inside=inside)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setAccessibleName("Conditions")
        self.setMinimumHeight(look.px(58))
        self.setMaximumHeight(look.px(132))

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the words of the conditions that are ticked."""
        return tuple(box.text() for box in self.boxes if box.isChecked())


def code_box(look: Look, library: Library, code: str) -> QComboBox:
    """Return a box of the codes to decline by, with one chosen."""
    box = ChoiceList()
    box.setFont(look.font())
    box.setAccessibleName("Code of the reason")
    box.addItem(CHOOSE, "")
    for one in library.decline_codes:
        box.addItem(one.words, one.code)
    box.setCurrentIndex(max(box.findData(code), 0))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(30)
    return box


def _box(look: Look, words: str) -> LongTick:
    box = LongTick(words)
    box.setFont(look.font(12))
    return box


class RecommendDialog(Form):
    """It stays open and goes to the first problem; over the pot it offers the line or an authority."""

    agreed = Signal(object)
    authority_asked = Signal(object)
    line_asked = Signal(object)

    def __init__(
        self,
        look: Look,
        subject: Subject,
        outcome: Mark,
        check: Check,
        parent: QWidget,
        tell: Tell | None = None,
    ) -> None:
        standing = subject.line.standing
        name = f"{standing.reference} {standing.organisation}"
        title, action = f"Recommend {standing.reference}", "Record this recommendation"
        super().__init__(look, title, (), action, parent, 540, heading=name)
        self._subject, self._check, self._over_words = subject, check, tell
        rule = money.without_noughts(subject.rule or ", ".join(standing.reasons))
        self.sentence(f"The rule: {rule}." if rule else "", tone="text2")
        self._group = QButtonGroup(self)
        self.pills = {mark: Pill(look, OUTCOME_WORDS[mark], mark) for mark in OUTCOMES}
        for pill in self.pills.values():
            self._group.addButton(pill)
        self.put(in_flow(self.pills.values()))
        self._add_fields(outcome)
        self.show_line = Button(look, "Show the line")
        self.authority = Button(look, "Record authority")
        self.row(self.show_line, self.authority)
        self.column.addStretch(1)
        self.finish(self.reason)
        self._connect()
        self.pills[outcome].setChecked(True)
        self._show_fields()
        self._focus_first()

    def _add_fields(self, outcome: Mark) -> None:
        look, subject = self._look, self._subject
        line, standing, held = subject.line, subject.line.standing, subject.recorded
        asked = money.short_pounds(standing.requested_pence)
        first = line.amount_pence or standing.offer_pence or standing.requested_pence
        self.amount = MoneyField(f"Amount, of {asked} requested")
        is_whole = outcome is Mark.PART and first == standing.requested_pence
        self.amount.setText("" if is_whole else plain(first))  # a part is never the whole
        self.amount.setMaximumWidth(look.px(140))
        of = Label(look, f"of {asked} requested", tone="muted")
        self.row(Label(look, "Amount £", weight=600), self.amount, of)
        self.over = self.sentence("", size=12, tone="text2")
        self.over.setMinimumHeight(2 * self.over.fontMetrics().lineSpacing())
        self.scope = self.line(SCOPE_NAME, subject.scope, WHAT_FOR_HINT)
        self.code = self.add("Code of the reason", code_box(look, subject.library, held.code if held else ""))
        ticks = ConditionList(look, subject.library.conditions, subject.ticked)
        self.conditions = self.add("Conditions", ticks)
        written = subject.reason(outcome.value)
        draft = subject.draft_for(outcome.value)
        words, shown = draft.words if draft is not None else written, f"Reason  ·  {TOLD}"
        self.reason = self.note(f"Reason. {TOLD}", 84, words, shown=shown)
        self.drafted = self.sentence(draft.note if draft is not None else "", size=12)
        self.drafted.setVisible(draft is not None)

    @property
    def outcome(self) -> Mark:
        """Return the outcome that is chosen."""
        return next(mark for mark, pill in self.pills.items() if pill.isChecked())

    @property
    def wish(self) -> Wish:
        """Return what the box says now."""
        outcome, conditions = self.outcome, self.conditions.chosen
        if outcome is Mark.PART:
            conditions = (f"{SCOPE}{self.scope.text().strip()}", *conditions)
        return Wish(
            outcome.value,
            pence_of(self.amount.text()) if outcome in FUNDED else None,
            self.reason.toPlainText().strip(),
            str(self.code.currentData()) if outcome is Mark.DECLINE else "",
            conditions if outcome in FUNDED else (),
        )

    def start_with(self, pence: int) -> None:
        """Start from an amount that was typed, at what is still to be said of it."""
        self.amount.setText(plain(pence))
        (self.scope if self.outcome is Mark.PART and not self.scope.text() else self.reason).setFocus()

    def go_on(self, wish: Wish) -> None:
        """Go on from what was wished before."""
        self.reason.setPlainText(wish.reason)
        if wish.amount_pence is not None:
            self.amount.setText(plain(wish.amount_pence))
            self.edit_amount()

    def edit_amount(self) -> None:
        """Put the cursor into the amount."""
        self.amount.setFocus()
        self.amount.selectAll()

    def _focus_first(self) -> None:
        """Put the focus on what the action still needs, and on the action where it needs nothing more."""
        if self.outcome is Mark.PART:
            self.edit_amount()  # part of what was requested: how much comes first
        elif not self.code.isHidden() and not self.code.currentData():
            self.code.setFocus()
        elif self.outcome is Mark.DECLINE and self.reason.toPlainText().strip():
            self.do.setFocus()

    @Slot()
    def _show_fields(self) -> None:
        mark = self._chosen
        self.amount.setEnabled(mark in FUNDED)
        self.show_field(self.scope, is_shown=mark is Mark.PART)
        self.show_field(self.code, is_shown=mark is Mark.DECLINE and self.code.count() > 1)
        self.show_field(self.conditions, is_shown=mark in FUNDED and bool(self.conditions.boxes))
        self._redraft(mark)
        self._settle()

    def _redraft(self, mark: Mark | None) -> None:
        """Put the draft for the outcome in place of another's that nobody edited."""
        drafted = {one.words for one in (self._subject.draft, self._subject.against) if one is not None}
        if mark is None or self.reason.toPlainText() not in {*drafted, ""}:
            return
        draft = self._subject.draft_for(mark.value)
        words, note = ("", "") if draft is None else (draft.words, draft.note)
        self.reason.setPlainText(words or self._subject.reason(mark.value))
        self.drafted.setText(note)
        self.drafted.setVisible(bool(note))

    @property
    def _chosen(self) -> Mark | None:
        return next((mark for mark, pill in self.pills.items() if pill.isChecked()), None)

    @Slot()
    def _settle(self) -> None:
        self.problem.clear()
        self._show_over()
        for widget in (self.show_line, self.authority):
            widget.hide()

    def try_action(self) -> None:
        """Record the recommendation, or go to the first thing that is wrong with it."""
        self._settle()
        wish, outcome = self.wish, self.outcome
        problem = self._check(wish.outcome, wish.amount_pence)
        if outcome in FUNDED:
            _ = self.amount.that_many
        if problem is not None and not problem.is_over:
            raise Wrong(problem.words, self.amount)
        if outcome is Mark.PART:
            required_text(self.scope, NO_SCOPE)
        if outcome is Mark.DECLINE and self.code.count() > 1 and not wish.code:
            raise Wrong(NO_CODE, self.code)
        if not wish.reason or self._is_of_another_outcome(wish):
            raise Wrong(NO_REASON, self.reason)
        if is_rule_note(wish.reason):
            raise Wrong(NOTE, self.reason)
        if problem is not None:
            for remedy in (self.show_line, self.authority):
                remedy.show()
            raise Wrong(problem.words, self.amount)
        self.agreed.emit(wish)
        self.accept()

    def _show_over(self) -> None:
        """Say what the amount takes the area over its pot by, and who allows it."""
        chosen, tell = self._chosen, self._over_words
        pence = pence_of(self.amount.text()) if chosen in FUNDED else None
        words = tell(chosen.value, pence) if tell is not None and chosen is not None else ""
        self.over.setText(words)
        self.over.setVisible(bool(words) or chosen in FUNDED)  # its room is kept: nothing moves as one types

    def _is_of_another_outcome(self, wish: Wish) -> bool:
        """Whether the reason is still the one that was recorded for or against money, and now it is not."""
        held = self._subject.recorded
        is_same = held is None or (held.outcome in FUNDED) == (wish.outcome in FUNDED)
        return held is not None and not is_same and wish.reason == held.reason

    @Slot()
    def _ask_authority(self) -> None:
        wish = self.wish
        self.leave()
        self.authority_asked.emit(wish)

    @Slot()
    def _go_to_line(self) -> None:
        wish = self.wish
        self.leave()
        self.line_asked.emit(wish)

    def _connect(self) -> None:
        self.authority.clicked.connect(self._ask_authority)
        self.show_line.clicked.connect(self._go_to_line)
        self._group.buttonToggled.connect(self._show_fields)
        self.amount.textChanged.connect(self._settle)
