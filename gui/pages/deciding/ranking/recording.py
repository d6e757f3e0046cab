"""Record what the rule proposes as the panel's recommendations: say how many first, then do it, with undo."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Slot

from gui.listed.acts import Confirm, Run
from gui.pages.deciding.ranking.frame import RankingFrame
from gui.pages.deciding.ranking.reasons import RECORD_AND_SIGN
from gui.pages.deciding.ranking.recording_words import (
    is_recorded,
    lines_of,
    nothing_to_record,
    references_by_outcome,
    replace_words,
    result_words,
    tie_words,
)
from gui.pages.deciding.ranking.state import RankingState, unreasoned
from gui.pages.page import PageTools
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.operation import Outcome
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.queries.deciding.decisions import unlike_the_rule
from models.queries.deciding.reasons import Given, said_so_far
from models.queries.deciding.trial_changes import beyond_words, first_pot_beyond, over_lines
from models.values.recommending import RecommendationRow
from scoring.written.text import counted

TITLE = "Record recommendations"
CHANGE = "change"
"""What a notice of the newest change is about; undoing it takes its place."""
RECORD_AND_WRITE = "Record and write the reasons…"
LEFT_TO_OTHERS = "{} is left out: you declared an interest in it, and somebody without one records it."
CAN_BE_UNDONE = "They can be changed and undone until they are signed."

Items = tuple[RecommendationRow, ...]
Tells = Callable[[Items, Outcome], None]


class Recording(QObject):
    """A bulk act: first how many and which, then one operation and one undo."""

    def __init__(self, tools: PageTools, page: RankingFrame) -> None:
        super().__init__(page)
        self._tools, self._page = tools, page
        self._at = -1
        tools.workspace.took_back.connect(self._settle)
        tools.workspace.undo_stack.indexChanged.connect(self._follow)

    @Slot()
    def ask(self) -> None:
        """Say what would be recorded, or why there is nothing to record."""
        state = self._page.on_show
        if state is None:
            return
        if state.reads_only:
            self._say(Tone.WARNING, state.reads_only, passes=True)
            return
        query = partial(said_so_far, round_id=state.round_id)
        self._tools.workspace.ask(query, partial(self._answer, state))

    def _say(
        self, tone: Tone, words: str, remedies: tuple[Remedy, ...] = (), *, passes: bool = False
    ) -> None:
        self._tools.notices.show_notice(Notice(CHANGE, tone, words, remedies, passes=passes))

    def _answer(self, state: RankingState, said: Given) -> None:
        """Say what would be recorded; reasons and conditions that were given before stay."""
        figures, closed = state.figures, state.closed
        every = proposed(figures.ranking, state.area, said)
        items = tuple(item for item in every if item.application not in closed)
        reason = nothing_to_record(figures.ranking, figures.recorded, items, state.area)
        if reason:
            if not (items and self._page.acts.write_reasons(state)):
                remedies = self._tie_remedies(state)
                self._say(Tone.INFORMATION, reason, remedies, passes=not remedies)
            return
        differing = unlike_the_rule(items, figures.recorded)
        plain = tuple(item for item in items if item not in differing)
        over = first_pot_beyond(figures, plain)
        if over is not None and (not differing or first_pot_beyond(figures, items) is not None):
            self._say(Tone.DANGER, beyond_words(over))
            return
        left = [LEFT_TO_OTHERS.format(item.application) for item in every if item.application in closed]
        confirm = partial(self._confirm, state, items, left)
        asked = confirm(() if is_recorded(plain, figures.recorded) else plain)
        replaces = replace_words(differing, figures.recorded)
        self._page.acts.do(replace(asked, ticked=(replaces, confirm(items))) if replaces else asked)

    def _confirm(self, state: RankingState, every: Items, left: Sequence[str], items: Items) -> Confirm:
        """Say what is recorded; what was recorded otherwise is left as it is unless it is ticked."""
        beside = None
        if unreasoned(every):
            beside = RECORD_AND_WRITE, self._record(state, items, self._tell_and_write)
        elif state.may_sign(_references(every)):
            beside = RECORD_AND_SIGN, self._record(state, items, self._tell, signs=True)
        return Confirm(
            TITLE,
            _words(state, items, left),
            f"Record {counted(len(items), 'recommendation')}" if items else "Record",
            self._record(state, items, self._tell) if items else None,
            beside=beside,
        )

    def _tie_remedies(self, state: RankingState) -> tuple[Remedy, ...]:
        """Return the way to the tie that stops the list, where one does."""
        if not tie_words(state.figures.ranking, state.area):
            return ()
        return (Remedy(self._page.tie.text(), self._page.tie.click),)

    def _record(self, state: RankingState, items: Items, tell: Tells, *, signs: bool = False) -> Run:
        """Return what records, and then asks in a box of its own what the chair signs."""

        def record(tools: PageTools) -> None:
            tools.notices.settle(CHANGE)
            tools.workspace.perform(RecordRecommendations(state.round_id, items), partial(tell, items))
            if signs:
                self._page.acts.sign()

        return Run(record)

    def _tell_and_write(self, items: Items, outcome: Outcome) -> None:
        """Ask for the reasons as soon as the list shows what was recorded."""
        self._tell(items, outcome)
        if not self._write_reasons():
            self._page.came.connect(self._write_reasons, Qt.ConnectionType.SingleShotConnection)

    def _tell(self, items: Items, outcome: Outcome) -> None:
        state = self._page.on_show
        words, sign = outcome.words, tuple[Remedy, ...]()
        if state is not None:
            figures, of = state.figures, _references(items)
            result = result_words(figures.ranking, items, figures.recorded)
            words = f"{result} {state.unsigned_because(of)}".rstrip()
            sign = self._page.acts.sign_remedies(state, of)
        stack = self._tools.workspace.undo_stack
        self._at = stack.index()
        write = (Remedy("Write the reasons…", self._write_reasons),) if unreasoned(items) else ()
        undo = (Remedy("Undo", stack.undo),) if stack.canUndo() else ()
        self._say(Tone.FUND, words, (*(write or sign), *undo))

    @Slot(int)
    def _follow(self, at: int) -> None:
        """Take the result away at the next change: its Undo would take that one back, or nothing at all."""
        if self._at not in (-1, at):
            self._at = -1
            self._settle()

    @Slot()
    def _settle(self) -> None:
        self._tools.notices.settle(CHANGE)

    @Slot()
    def _write_reasons(self) -> bool:
        return self._page.acts.write_reasons()


def _words(state: RankingState, items: Items, left: Sequence[str]) -> tuple[str, ...]:
    """Return what is said of these before they are recorded."""
    ties = tie_words(state.figures.ranking, state.area)
    lines = (
        *lines_of(items, state.area),
        *over_lines(state.figures, items),
        *references_by_outcome(items),
    )
    return (*lines, *([ties] if ties else []), *left, CAN_BE_UNDONE)


def _references(items: Items) -> list[str]:
    return [item.application for item in items]
