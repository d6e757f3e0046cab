"""Try a split, a rule, a member's absence or amounts beside the official list; only recording records."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from gui.listed.acts import Doing
from gui.listed.form import Form, Line, Note
from gui.pages.deciding.ranking.comparing import (
    CompareDialog,
    Sides,
    compare_lists,
    compare_trial,
    of_rankings,
)
from gui.pages.deciding.recommend import NO_REASON, TOLD, rule_note
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.text import counted
from gui.theme.tokens import Tone
from gui.widgets.explaining.what_if import WhatIfPanel
from gui.widgets.frame.notice_bar import Notice
from gui.widgets.tips import set_tip
from models.operation import Outcome
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.deciding.round_list import RoundFigures, RoundList
from models.queries.deciding.trial_changes import (
    as_edits,
    beyond_words,
    changes,
    first_pot_beyond,
    lacks_scope,
    over_lines,
    trial_changes,
    tried_list,
    tried_words,
)
from scoring.explaining.what_if import Comparison, Trial, compared

WAITING = ("export", "record_recommendations")
"""What waits while something is tried: a trial must never be taken for the list."""
WAITS = "Not available during a what-if: press Esc to leave it"
ON_MEAN = "Agreed marks are nobody’s own, so both lists are on the mean of the marks."
HIDDEN = "You declared an interest in an application of this round. Somebody without one tries what if"
SUBJECT = "what if"
APPLY = "Record the amounts that were tried"
NO_SCOPE = "Say what the parts pay for: the applicants and the schedule have to know."


class Trying(QObject):
    """Work a trial out and show what would change; the record is asked to change only on recording."""

    turned = Signal(bool)
    amounts_changed = Signal()

    def __init__(self, panel: WhatIfPanel, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._panel, self._tools = panel, tools
        self._doing = Doing(tools, self)
        self._figures: RoundFigures | None = None
        self._area: str | None = None
        self._is_on = False
        self._tries_amounts = False
        self._amounts: dict[str, int] = {}
        self._comparison: Comparison | None = None
        panel.tried.connect(self._try)
        panel.amounts_turned.connect(self._try_amounts)
        panel.put_back_asked.connect(self._put_amounts_back)
        panel.compare_asked.connect(self.compare)
        panel.apply_asked.connect(self.ask_to_record)
        tools.workspace.opened.connect(self._leave)

    @property
    def is_on(self) -> bool:
        """Whether something is tried."""
        return self._is_on

    @property
    def tries_amounts(self) -> bool:
        """Whether amounts typed in the list are tried instead of recorded."""
        return self._tries_amounts

    @property
    def waits(self) -> str:
        """Say what papers and recommendations wait for, "" while nothing is tried."""
        return f"{WAITS}." if self._is_on else ""

    def listed(self, listed: RoundList) -> RoundList:
        """Return the list with the tried amounts, the same list where none are."""
        return tried_list(listed, self._amounts)

    def set_amount(self, reference: str, pence: int) -> None:
        """Try an amount on one application."""
        self._amounts[reference] = pence
        self._show_amounts()
        self.amounts_changed.emit()

    def follow(self, figures: RoundFigures | None, area: str | None) -> None:
        """Try on another round or area; the trial on show stays, amounts go with their round."""
        is_other = figures is None or self._figures is None or figures.line != self._figures.line
        if is_other and figures is not None and self._figures is not None:
            is_other = figures.line.round_id != self._figures.line.round_id
        self._figures, self._area = figures, area
        is_hidden = figures is not None and bool(figures.sight.hidden)
        if is_hidden or (is_other and self._tries_amounts):
            self._panel.put_back()
        self._panel.setEnabled(not is_hidden)
        set_tip(self._panel, HIDDEN if is_hidden else "")
        if figures is not None:
            self._panel.show_members(_members(figures, area))
            self._panel.show_scheme(figures.ranking.scheme)
            self._try(self._panel.trial)
        if self._tries_amounts:
            self._show_amounts()

    @Slot(object)
    def _try(self, trial: Trial) -> None:
        self._tools.questions.forget(self._take)
        self._comparison = None
        self._turn(is_on=self._tries_amounts or not trial.is_official)
        if self._figures is not None and not trial.is_official:
            work = partial(_work_out, self._figures, trial)
            self._tools.questions.work(work, self._take)

    def _take(self, found: Comparison) -> None:
        self._comparison = found
        note = ON_MEAN if found.is_on_mean else ""
        assert self._figures is not None, "a trial is worked out of figures that are there"
        listed = None if found.is_on_mean else self._figures.listed
        self._panel.show_moved(trial_changes(found.before, found.after, self._area, listed), note)

    @Slot()
    def _leave(self) -> None:
        """Try nothing on a record that is opened after the one on show, whatever its rounds are called."""
        self._figures = None
        self._panel.put_back()

    @Slot(bool)
    def _try_amounts(self, is_on: bool) -> None:
        self._tries_amounts = is_on
        self._turn(is_on=is_on)
        self._show_amounts()

    @Slot()
    def _put_amounts_back(self) -> None:
        had_any = bool(self._amounts)
        self._tries_amounts, self._amounts = False, {}
        self._panel.show_amounts((), is_on=False)
        self._tools.notices.settle(SUBJECT)
        if had_any:
            self.amounts_changed.emit()

    def _show_amounts(self) -> None:
        if self._figures is not None:
            found = changes(self._figures.listed, self._amounts, None)
            self._panel.show_amounts(found, is_on=self._tries_amounts)

    @Slot()
    def compare(self) -> None:
        """Show what stands and what would stand, side by side."""
        figures = self._figures
        if figures is None or (self._comparison is None and not self._tries_amounts):
            return
        areas = [self._area] if self._area is not None else [area.area for area in figures.ranking.areas]
        heads = ("The list now", "The list with the change")
        if self._comparison is not None and self._comparison.is_on_mean:
            heads = ("On the mean of all marks", "On the mean without one member")
        look, window = self._tools.look, self._tools.dialogs.window
        self._tools.dialogs.show(CompareDialog(look, heads, areas, self._sides, window))

    def _sides(self, area: str) -> Sides:
        assert self._figures is not None, "lists of a round that is there are compared"
        closed = self._figures.sight.closed
        listed, found = self._figures.listed, self._comparison
        if found is not None and found.is_on_mean:
            return of_rankings(found.before, found.after, area, closed)
        if found is not None:
            return compare_trial(listed, found, area, closed)
        return compare_lists(listed, tried_list(listed, self._amounts), area, closed)

    @Slot()
    def ask_to_record(self) -> None:
        """Say how many amounts and which, and ask why, before any is recorded."""
        figures = self._figures
        found = changes(figures.listed, self._amounts, None) if figures is not None else ()
        if figures is None or not found:
            return
        wanted = {one.reference: one.after_pence for one in found}
        edits = as_edits(figures, wanted, "-", "-")
        over = first_pot_beyond(figures, edits)
        if over is not None:
            self._tools.notices.show_notice(Notice(SUBJECT, Tone.DANGER, beyond_words(over)))
            return
        parts = lacks_scope(figures, wanted)
        words = [f"{counted(len(found), 'amount is', 'amounts are')} recorded: {tried_words(found)}."]
        words += over_lines(figures, edits)
        words += [f"Nothing says yet what {', '.join(parts)} would pay for."] if parts else []
        action = f"Record {counted(len(found), 'amount', 'amounts')}"
        scope = Line("scope", "Reduced scope: what the parts pay for", wanted=NO_SCOPE)
        reason = Note(
            "reason",
            f"Reason. {TOLD}",
            shown=f"Reason  ·  {TOLD}",
            wanted=NO_REASON,
            check=rule_note,
            height=72,
        )
        fields = (scope, reason) if parts else (reason,)
        does = partial(self._record, wanted)
        form = Form(title=APPLY, action=action, does=does, fields=fields, sentences=tuple(words), width=480)
        self._doing.do(form)

    def _record(self, wanted: dict[str, int], reason: str, scope: str = "") -> None:
        assert self._figures is not None, "amounts of a round that is there are recorded"
        items = as_edits(self._figures, wanted, reason, scope)
        operation = RecordRecommendations(self._figures.line.round_id, items)
        self._tools.workspace.perform(operation, self._recorded)

    def _recorded(self, outcome: Outcome) -> None:
        self._panel.put_back()
        self._tools.toast(outcome.words)

    def _turn(self, *, is_on: bool) -> None:
        if is_on != self._is_on:
            self._is_on = is_on
            self._tools.actions.enable(WAITING, is_on=not is_on, why=WAITS)
            self.turned.emit(is_on)


def _work_out(figures: RoundFigures, trial: Trial, ticket: Ticket) -> Comparison:
    return compared(figures.round, figures.ranking, trial)


def _members(figures: RoundFigures, area: str | None) -> tuple[tuple[str, str], ...]:
    """Return the members, by code and name, who handed a sheet in on an application of the area."""
    if figures.sight.hides_whose:
        return ()
    there = {row.reference for row in figures.rows.applications if area in (None, row.area)}
    marked = {sheet.member for sheet in figures.rows.sheets if sheet.submitted and sheet.application in there}
    return tuple((member.code, member.name) for member in figures.rows.members if member.code in marked)
