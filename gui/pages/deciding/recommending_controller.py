"""Record what the rule proposes as the panel's recommendations: say how many first, then do it, with undo."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.host import DialogHost
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.ranking.reasons import unsigned_because
from gui.pages.deciding.ranking.recording_words import (
    is_recorded,
    lines_of,
    nothing_to_record,
    references_by_outcome,
    replace_words,
    result_words,
    tie_words,
    unreasoned,
)
from gui.pages.deciding.reasons import RECORD_AND_SIGN
from gui.pages.deciding.recording_dialog import Meant, RecordingDialog
from gui.record.workspace import Workspace
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, NoticeBar, Remedy
from models.operation import Outcome
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.queries.deciding.decisions import unlike_the_rule
from models.queries.deciding.reasons import Given, said_so_far
from models.queries.deciding.round_list import RoundFigures
from models.queries.deciding.trial_changes import beyond_words, first_pot_beyond, over_lines
from models.values.recommending import RecommendationRow

CHANGE = "change"
"""What a notice of the newest change is about; undoing it takes its place."""
RECORD_AND_WRITE = "Record and write the reasons…"
LEFT_TO_OTHERS = "{} is left out: you declared an interest in it, and somebody without one records it."
CAN_BE_UNDONE = "They can be changed and undone until they are signed."


Chosen = Callable[[], RecordRecommendations]
"""Says what is recorded, once it was chosen."""


class _Proposal(NamedTuple):
    """What the rule proposes: what is recorded at once, all of it, and the tick for what it replaces."""

    plain: tuple[RecommendationRow, ...]
    every: tuple[RecommendationRow, ...]
    replaces: str


class RecommendingController(QObject):
    """A bulk act: first how many and which, then one operation and one undo."""

    def __init__(
        self, look: Look, page: RankingPage, notices: NoticeBar, workspace: Workspace, dialogs: DialogHost
    ) -> None:
        super().__init__(dialogs)
        self._look = look
        self._page = page
        self._notices = notices
        self._workspace = workspace
        self._dialogs = dialogs
        self._at = -1
        workspace.took_back.connect(self._settle)
        workspace.undo_stack.indexChanged.connect(self._follow)

    @Slot()
    def ask(self) -> None:
        """Say what would be recorded, or why there is nothing to record."""
        figures = self._page.figures
        if figures is None:
            return
        if self._page.reads_only:
            self._notices.show_notice(Notice(CHANGE, Tone.WARNING, self._page.reads_only, passes=True))
            return
        query = partial(said_so_far, round_id=figures.line.round_id)
        self._workspace.ask(query, partial(self._confirm, figures, self._page.area))

    def _confirm(self, figures: RoundFigures, area: str | None, said: Given) -> None:
        """Say what would be recorded; reasons and conditions that were given before stay."""
        closed = figures.sight.closed
        every = proposed(figures.ranking, area, said)
        items = tuple(item for item in every if item.application not in closed)
        reason = nothing_to_record(figures.ranking, figures.recorded, items, area)
        if reason:
            if not (items and self._page.row_actions.write_reasons(area)):
                remedies = self._tie_remedies(figures, area)
                self._notices.show_notice(
                    Notice(CHANGE, Tone.INFORMATION, reason, remedies, passes=not remedies)
                )
            return
        differing = unlike_the_rule(items, figures.recorded)
        plain = tuple(item for item in items if item not in differing)
        over = first_pot_beyond(figures, plain)
        if over is not None and (not differing or first_pot_beyond(figures, items) is not None):
            self._notices.show_notice(Notice(CHANGE, Tone.DANGER, beyond_words(over)))
            return
        left = [LEFT_TO_OTHERS.format(item.application) for item in every if item.application in closed]
        self._show(figures, area, _Proposal(plain, items, replace_words(differing, figures.recorded)), left)

    def _show(
        self, figures: RoundFigures, area: str | None, proposal: _Proposal, left: Sequence[str]
    ) -> None:
        """Say what is recorded; what was recorded otherwise is left as it is unless it is ticked."""
        plain = proposal.plain if not is_recorded(proposal.plain, figures.recorded) else ()
        without, ticked = (_meant(figures, area, items, left) for items in (plain, proposal.every))
        window = self._dialogs.window
        dialog = RecordingDialog(self._look, window, without, ticked, replaces=proposal.replaces)
        chosen = partial(self._chosen, dialog, proposal, figures.line.round_id)
        dialog.agreed.connect(partial(self._record, chosen))
        if unreasoned(proposal.every):
            dialog.offer(RECORD_AND_WRITE).connect(partial(self._record_and_write, chosen))
        elif self._page.row_actions.reasons.sign_remedies(figures, area, _references(proposal.every)):
            dialog.offer(RECORD_AND_SIGN).connect(partial(self._record_and_sign, chosen))
        dialog.show_meant()
        self._dialogs.show(dialog)

    def _chosen(self, dialog: ConfirmDialog, proposal: _Proposal, round_id: int) -> RecordRecommendations:
        return RecordRecommendations(round_id, proposal.every if dialog.is_ticked else proposal.plain)

    def _tie_remedies(self, figures: RoundFigures, area: str | None) -> tuple[Remedy, ...]:
        """Return the way to the tie that stops the list, where one does."""
        if not tie_words(figures.ranking, area):
            return ()
        return (Remedy(self._page.head.tie.text(), self._page.go_to_tie),)

    def _record(self, chosen: Chosen) -> None:
        operation = chosen()
        self._notices.settle(CHANGE)
        self._workspace.perform(operation, partial(self._tell, operation.items))

    def _record_and_write(self, chosen: Chosen) -> None:
        """Record, then ask for the reasons as soon as the list shows what was recorded."""
        operation = chosen()
        self._notices.settle(CHANGE)
        self._workspace.perform(operation, partial(self._tell_and_write, operation.items))

    def _record_and_sign(self, chosen: Chosen) -> None:
        """Record, then ask what the chair signs in a box of its own."""
        self._record(chosen)
        self._page.row_actions.reasons.sign()

    def _tell_and_write(self, items: tuple[RecommendationRow, ...], outcome: Outcome) -> None:
        self._tell(items, outcome)
        if not self._write_reasons():
            self._page.came.connect(self._write_reasons, Qt.ConnectionType.SingleShotConnection)

    def _tell(self, items: tuple[RecommendationRow, ...], outcome: Outcome) -> None:
        figures = self._page.figures
        words, sign = outcome.words, tuple[Remedy, ...]()
        if figures is not None:
            given = figures, self._page.area, _references(items)
            result = result_words(figures.ranking, items, figures.recorded)
            words = f"{result} {unsigned_because(*given)}".rstrip()
            sign = self._page.row_actions.reasons.sign_remedies(*given)
        lacks = bool(unreasoned(items))
        stack = self._workspace.undo_stack
        self._at = stack.index()
        write = (Remedy("Write the reasons…", self._write_reasons),) if lacks else ()
        undo = (Remedy("Undo", self._undo),) if stack.canUndo() else ()
        remedies = (*(write or sign), *undo)
        self._notices.show_notice(Notice(CHANGE, Tone.FUND, words, remedies))

    @Slot(int)
    def _follow(self, at: int) -> None:
        """Take the result away at the next change: its Undo would take that one back, or nothing at all."""
        if self._at not in (-1, at):
            self._at = -1
            self._settle()

    @Slot()
    def _settle(self) -> None:
        self._notices.settle(CHANGE)

    @Slot()
    def _write_reasons(self) -> bool:
        return self._page.row_actions.write_reasons(self._page.area)

    def _undo(self) -> None:
        self._workspace.undo_stack.undo()


def _meant(
    figures: RoundFigures, area: str | None, items: Sequence[RecommendationRow], left: Sequence[str]
) -> Meant:
    """Return what is said of these before they are recorded."""
    ties = tie_words(figures.ranking, area)
    lines = (*lines_of(items, area), *over_lines(figures, items), *references_by_outcome(items))
    return Meant((*lines, *([ties] if ties else []), *left, CAN_BE_UNDONE), len(items))


def _references(items: Sequence[RecommendationRow]) -> list[str]:
    return [item.application for item in items]
