"""What if: a split, a rule, a member left out or amounts beside the official list; only recording records."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from gui.listed.acts import Doing
from gui.listed.form import Form, Line, Note
from gui.pages.deciding.ranking.comparing import CompareDialog, trial_list
from gui.pages.deciding.recommend import NO_REASON, TOLD, rule_note
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.text import counted
from gui.theme.look import FLUSH, Tone, space
from gui.widgets.buttons import Button
from gui.widgets.label import ChipLabel, ElidedLabel, Label, small
from gui.widgets.message_area import Notice
from gui.widgets.nesting import Card, GivingPane, column_of, fill, row_of
from gui.widgets.tips import set_tip
from gui.widgets.turned import ChoiceList, LevelSlider
from models.operation import Outcome
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.deciding.round_list import RoundFigures, RoundList, round_list
from models.queries.deciding.trial_changes import (
    Changed,
    as_edits,
    beyond_words,
    first_pot_beyond,
    over_lines,
    trial_changes,
    tried_changes,
    tried_list,
    tried_words,
)
from models.values.recommending import lacks_scope
from scoring.explaining.what_if import (
    LEAST_SHARE,
    MOST_SHARE,
    Comparison,
    Moved,
    Trial,
    compared,
    has_two_sides,
)
from scoring.scheme import Allocation, Combine, Scheme

WAITING = ("export", "record_recommendations")
"""What waits while something is tried: a trial must never be taken for the list."""
WAITS = "Not available during a what-if: press Esc to leave it"
ON_MEAN = "Agreed marks are nobody’s own, so both lists are on the mean of the marks."
HIDDEN = "You declared an interest in an application of this round. Somebody without one tries what if"
SUBJECT = "what if"
NO_SCOPE = "Say what the parts pay for: the applicants and the schedule have to know."
NAMED = 3
MORE, LESS = "More to try", "Less to try"
HOW_AMOUNTS = "Type amounts in the list. Nothing is recorded."
COMBINES = (
    ("Agreed marks", Combine.CONSENSUS.value),
    ("Mean", Combine.MEAN.value),
    ("Median", Combine.MEDIAN.value),
)
TRIMMED = ("Trimmed mean", Combine.TRIMMED.value)
RULES = (
    ("Part-fund at the line", Allocation.PART.value),
    ("Skip what does not fit", Allocation.SKIP.value),
    ("Stop at the first", Allocation.STOP.value),
)


class WhatIfPanel(Card):
    """A slider and some choices: it works a trial out and shows what would change."""

    turned = Signal()
    """Something is tried, or nothing any more."""
    amounts_changed = Signal()

    def __init__(self) -> None:
        super().__init__(inset=(14, 8))
        self.setAccessibleName("What if")
        self._figures: RoundFigures | None = None
        self._area: str | None = None
        self._amounts: dict[str, int] = {}
        self._comparison: Comparison | None = None
        self.tries_amounts = False
        """Whether amounts typed in the list are tried instead of recorded."""
        self._was_on = self._is_low = self._is_open = False
        self.state = ChipLabel()
        self.state.show_state(Tone.WARNING, "Not saved")
        self.quality = ElidedLabel(size=12, weight=600)
        self.range = ElidedLabel(size=12, tone="text2")
        self.range.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cost = ElidedLabel(size=12, weight=600).right()
        self.split = LevelSlider()
        self.split.setRange(LEAST_SHARE, MOST_SHARE)
        self.split.setPageStep(5)
        self.combine, self.without, self.rule = self._boxes = [ChoiceList() for _ in range(3)]
        self.amounts = Button("Try amounts", kind="link")
        self.amounts.setCheckable(True)
        set_tip(self.amounts, "Edit amounts in the list without recording them")
        self.choices = QWidget()
        self.more = Button("", kind="link")
        self.changes = Label(size=12, weight=600).wrapped()
        self.named = small()
        self.back, self.compare = Button("Reset"), Button("Compare")
        self.apply = Button("Record…")
        self._lay_out()

    def begin(self, tools: PageTools) -> None:
        """Work out from now on what is tried."""
        self._tools, self._doing = tools, Doing(tools, self)
        tools.workspace.opened.connect(self._leave)
        self.split.valueChanged.connect(self._tell)
        for box in self._boxes:
            box.currentIndexChanged.connect(self._tell)
        for button, does in (
            (self.more, self._turn_more),
            (self.back, self.put_back),
            (self.compare, self.show_both),
            (self.apply, self.ask_to_record),
            (self.amounts, self._turn_amounts),
        ):
            button.clicked.connect(does)

    @property
    def _scheme(self) -> Scheme | None:
        return None if self._figures is None else self._figures.ranking.scheme

    @property
    def trial(self) -> Trial:
        """Return what is tried."""
        scheme = self._scheme
        if scheme is None:
            return Trial()
        combine, rule = self.combine.currentData(), self.rule.currentData()
        share = self.split.value()
        return Trial(
            share if has_two_sides(scheme) and share * 10_000 != scheme.quality_1e4 else None,
            Combine(combine) if combine is not None and combine != scheme.combine else None,
            Allocation(rule) if rule is not None and rule != scheme.allocation else None,
            self.without.currentData() or None,
        )

    @property
    def is_on(self) -> bool:
        return self.tries_amounts or not self.trial.is_official

    @property
    def waits(self) -> str:
        """Say what papers and recommendations wait for, "" while nothing is tried."""
        return f"{WAITS}." if self._was_on else ""

    def fit(self, *, is_low: bool, has_room: bool) -> None:
        """Leave the explanation its room: but for a high window the choices wait, in a low one all does."""
        self._is_low, self._is_open = is_low, has_room
        self._show_state()

    def open(self) -> None:
        """Show all that can be tried."""
        self._is_open = True
        self._show_state()

    def show_range(self, words: str) -> None:
        """Show what split keeps the list as it is, "" until it is known."""
        self.range.setText(words)
        self.split.setAccessibleDescription(words)

    def listed(self, listed: RoundList) -> RoundList:
        """Return the list with the tried amounts, the same list where none are."""
        return tried_list(listed, self._amounts)

    def set_amount(self, reference: str, pence: int) -> None:
        """Try an amount on one application."""
        self._amounts[reference] = pence
        self._show_amounts()
        self.amounts_changed.emit()

    def follow(self, figures: RoundFigures, area: str | None) -> None:
        """Try on another round or area; the trial on show stays, amounts go with their round."""
        before, self._figures, self._area = self._figures, figures, area
        is_other = before is None or before.line.round_id != figures.line.round_id
        is_hidden = bool(figures.sight.hidden)
        if before is None or before.ranking.scheme != figures.ranking.scheme:
            self._offer(figures.ranking.scheme)
            self.put_back()
        elif is_hidden or (is_other and self.tries_amounts):
            self.put_back()
        self.setEnabled(not is_hidden)
        set_tip(self, HIDDEN if is_hidden else "")
        self._show_members(figures)
        self._try()
        if self.tries_amounts:
            self._show_amounts()

    @Slot()
    def put_back(self) -> None:
        """Go back to the published scheme, and to the amounts of the list."""
        scheme = self._scheme
        if scheme is None:
            return
        blocked = QSignalBlocker(self.split)
        self.split.setValue(scheme.quality_1e4 // 10_000)
        del blocked
        for box, chosen in zip(self._boxes, (scheme.combine.value, "", scheme.allocation.value), strict=True):
            box.choose(chosen)
        had_any = bool(self._amounts)
        self.tries_amounts, self._amounts = False, {}
        self._tools.notices.settle(SUBJECT)
        if had_any:
            self.amounts_changed.emit()
        self._tell()

    @Slot()
    def _leave(self) -> None:
        """Try nothing on a record that is opened after the one on show, whatever its rounds are called."""
        self.put_back()
        self._figures = None

    def _offer(self, scheme: Scheme) -> None:
        """Offer what can be tried on a scheme."""
        is_trimmed = scheme.combine is Combine.TRIMMED
        self.combine.fill_with((*COMBINES, *((TRIMMED,) if is_trimmed else ())), scheme.combine.value)
        self.rule.fill_with(RULES, scheme.allocation.value)

    def _show_members(self, figures: RoundFigures) -> None:
        """Offer the members who may be left out; the one chosen stays while there."""
        members = tuple((f"Without {name}", code) for code, name in _members(figures, self._area))
        offered = (("Everybody", ""), *members)
        box = self.without
        if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] != [*offered]:
            box.fill_with(offered, box.currentData())
        self._show_state()

    def _show_state(self) -> None:
        """Show what can be tried, and the chip, the changes and the buttons only while something is.

        While amounts are tried, only they can be; anything but those and the split is never out of sight.
        """
        scheme, trial, is_on, amounts = self._scheme, self.trial, self.is_on, self.tries_amounts
        self.split.setEnabled(not amounts and scheme is not None and has_two_sides(scheme))
        for box in self._boxes:
            box.setEnabled(not amounts and (box is not self.without or box.count() > 2))
        self.amounts.setChecked(amounts)
        for widget in (self.state, self.back, self.compare, self.changes, self.named):
            widget.setVisible(is_on)
        self.apply.setVisible(amounts)
        is_chosen = not (trial.combine is None and trial.allocation is None and trial.without is None)
        has_fields = is_on or self._is_open or not self._is_low
        self._tried.setVisible(has_fields)
        self.choices.setVisible(self._is_open or is_chosen)
        self.more.setVisible(not is_chosen and not amounts)
        self.more.show_words("Less" if self._is_open else "More", name=LESS if self._is_open else MORE)
        self.amounts.setVisible(has_fields and (amounts or trial.is_official))

    @Slot()
    def _turn_more(self) -> None:
        self._is_open = not self._is_open
        self._show_state()

    @Slot(bool)
    def _turn_amounts(self, is_on: bool) -> None:
        self.put_back()
        if is_on:
            self.tries_amounts = True
            self._turn()
            self._show_amounts()

    def _show_amounts(self) -> None:
        """Show which amounts are tried."""
        if self._figures is not None:
            found = tried_changes(self.listed(self._figures.listed))
            self._show_moved(found)
            self.changes.setText(self.changes.text() if found else HOW_AMOUNTS)
            self.apply.setEnabled(bool(found))
            self._show_state()

    def _show_moved(self, moved: Sequence[Changed | Moved], note: str = "") -> None:
        """Show what would change, the first few by name, and what it is compared with."""
        count = counted(len(moved), "recommendation")
        self.changes.setText(f"{count} would change" if moved else "Nothing would change")
        words = "; ".join(one.words for one in moved[:NAMED])
        more = len(moved) - NAMED
        shown = f"{words}; and {more} more." if more > 0 else f"{words}." if words else ""
        self.named.setText(f"{shown} {note}".strip())

    @Slot()
    def _tell(self) -> None:
        """Say what is tried, and work it out."""
        trial, scheme = self.trial, self._scheme
        if scheme is None:
            return
        quality, cost = scheme.split
        back = "Reset"
        if trial.quality_percent is not None:
            if scheme.quality_1e4 % 10_000 == 0:
                back = f"Reset to {quality} : {cost}"
            quality, cost = str(trial.quality_percent), str(100 - trial.quality_percent)
        self.quality.setText(f"Quality {quality}")
        self.cost.setText(f"Cost {cost}")
        self.split.setAccessibleName(f"Split, quality {quality}, cost {cost}")
        self.back.show_words(back)
        self._show_state()
        self._try()

    def _try(self) -> None:
        self._tools.questions.forget(self._take)
        self._comparison = None
        self._turn()
        if self._figures is not None and not self.trial.is_official:
            self._tools.questions.work(partial(_work_out, self._figures, self.trial), self._take)

    def _take(self, found: Comparison) -> None:
        self._comparison = found
        assert self._figures is not None, "a trial is worked out of figures that are there"
        listed = None if found.is_on_mean else self._figures.listed
        moved = trial_changes(found.before, found.after, self._area, listed)
        self._show_moved(moved, ON_MEAN if found.is_on_mean else "")

    def _turn(self) -> None:
        """Have papers and recommendations wait while something is tried."""
        if self.is_on != self._was_on:
            self._was_on = self.is_on
            self._tools.actions.enable(WAITING, is_on=not self._was_on, why=WAITS)
            self.turned.emit()

    @Slot()
    def show_both(self) -> None:
        """Show what stands and what would stand, side by side."""
        figures = self._figures
        if figures is None or (self._comparison is None and not self.tries_amounts):
            return
        closed, window = figures.sight.closed, self._tools.dialogs.window
        lists = self._lists(figures)
        heads = ("The list now", "The list with the change")
        if self._comparison is not None and self._comparison.is_on_mean:
            heads = ("On the mean of all marks", "On the mean without one member")
        self._tools.dialogs.show(CompareDialog(heads, lists, self._area, closed, window))

    def _lists(self, figures: RoundFigures) -> tuple[RoundList, RoundList]:
        found = self._comparison
        if found is None:
            return figures.listed, self.listed(figures.listed)
        if found.is_on_mean:
            return round_list(found.before, ()), round_list(found.after, ())
        return figures.listed, trial_list(figures.listed, found)

    @Slot()
    def ask_to_record(self) -> None:
        """Say how many amounts and which, and ask why, before any is recorded."""
        figures = self._figures
        if figures is None:
            return
        tried = self.listed(figures.listed)
        found, edits = tried_changes(tried), as_edits(figures, tried, "-")
        over = first_pot_beyond(figures, edits)
        if over is not None:
            self._tools.notices.show_notice(Notice(SUBJECT, Tone.DANGER, beyond_words(over)))
            return
        parts = [one.application for one in edits if lacks_scope(one)]
        words = [f"{counted(len(found), 'amount is', 'amounts are')} recorded: {tried_words(found)}."]
        words += over_lines(figures, edits)
        words += [f"Nothing says yet what {', '.join(parts)} would pay for."] if parts else []
        scope = Line("scope", "Reduced scope: what the parts pay for", wanted=NO_SCOPE)
        reason = Note(
            *("reason", f"Reason. {TOLD}"),
            shown=f"Reason  ·  {TOLD}",
            wanted=NO_REASON,
            check=rule_note,
            height=72,
        )
        form = Form(
            title="Record the amounts that were tried",
            sentences=tuple(words),
            action=f"Record {counted(len(found), 'amount')}",
            does=partial(self._record, figures, tried),
            fields=(scope, reason) if parts else (reason,),
        )
        self._doing.do(form)

    def _record(self, figures: RoundFigures, tried: RoundList, reason: str, scope: str = "") -> None:
        items = as_edits(figures, tried, reason, scope)
        self._tools.workspace.perform(RecordRecommendations(figures.line.round_id, items), self._recorded)

    def _recorded(self, outcome: Outcome) -> None:
        self.put_back()
        self._tools.toast(outcome.words)

    def _lay_out(self) -> None:
        for box, name in zip(
            self._boxes, ("How marks are combined", "Leave one member out", "Allocation rule"), strict=True
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        grid = space(QGridLayout(self.choices), 6, FLUSH)
        grid.addWidget(self.combine, 0, 0)
        grid.addWidget(self.without, 0, 1)
        grid.addWidget(self.rule, 1, 0, 1, 2)
        head = Label("What if", size=13, weight=600)
        top = row_of(head, 1, self.amounts, self.state, self.more)
        inside = QWidget()
        sides = row_of(self.quality, self.range, self.cost)
        column_of(sides, self.split, self.choices, self.changes, self.named, spacing=4, inside=inside)
        self._tried = GivingPane(inside)
        foot = row_of(self.back, self.compare, self.apply, 1, spacing=6)
        fill(self.body, top, self._tried, foot, spacing=4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put back with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.is_on:
            self.put_back()
        else:
            super().keyPressEvent(event)


def _work_out(figures: RoundFigures, trial: Trial, ticket: Ticket) -> Comparison:
    return compared(figures.round, figures.whole, trial)


def _members(figures: RoundFigures, area: str | None) -> tuple[tuple[str, str], ...]:
    """Return the members, by code and name, who handed a sheet in on an application of the area."""
    if figures.sight.hides_whose:
        return ()
    here = {row.reference for row in figures.rows.applications if area in (None, row.area)}
    there = here - figures.sight.other_panels
    marked = {sheet.member for sheet in figures.rows.sheets if sheet.submitted and sheet.application in there}
    return tuple((member.code, member.name) for member in figures.rows.members if member.code in marked)
