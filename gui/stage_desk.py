"""Open the box on an area's stage, and move the area on or back as the chair."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.dialogs.stage import StageDialog, StageWords
from gui.pages.page import PageTools, Place
from gui.pages.round_figures import Answer, RoundFigures, ask_round, work_out
from gui.round_state import open_points
from gui.rounds import Rounds
from gui.runner import Ticket
from gui.stages import DONE, WORDS, allowed_words, by_stage, stage_of, stage_words
from gui.widgets.stage_strip import StageStrip
from models.area_stages import STAGES
from models.operation import Outcome
from models.operations.set_up_roles import SETTERS
from models.queries.people import Part

if TYPE_CHECKING:
    from models.packs.plans import Difference

YOU_MOVE = "You move it on, as the chair."
CHOOSE_AREA = "Choose one area in the header to see what stops it and to move it on."
PUBLISH_FIRST = "Publishing the scheme opens the round, for all its areas at once."


class StageDesk(QObject):
    """Ask what is still open beside the event loop, then say it."""

    def __init__(self, tools: PageTools, rounds: Rounds, strip: StageStrip) -> None:
        super().__init__(tools)
        self._tools = tools
        self._rounds = rounds
        strip.clicked.connect(self.ask)

    @Slot()
    def ask(self) -> None:
        """Say where the area on show stands; for all areas, how many stand where."""
        place = self._rounds.place
        if place is None:
            return
        if place.area is None:
            words = StageWords("Where the areas stand", by_stage(place), (), "", "", CHOOSE_AREA)
            self._tools.dialogs.show(StageDialog(self._tools.look, words, self._tools.dialogs.window))
            return
        from models.queries.disputes import open_disputes  # what opens returns is not needed for the window

        query = partial(open_disputes, round_id=place.line.round_id, areas={place.area})
        self._tools.workspace.ask(query, partial(self._ask_round, place))

    def _ask_round(self, place: Place, disputes: tuple["Difference", ...]) -> None:
        then = partial(self._take, place, disputes)
        self._tools.workspace.ask(ask_round(place.line.round_id), then)

    def _take(self, place: Place, disputes: tuple["Difference", ...], answer: Answer) -> None:
        then = partial(self._show, place, disputes)
        self._tools.workspace.work(partial(_work_out, place, answer), then)

    def _show(self, place: Place, disputes: tuple["Difference", ...], figures: RoundFigures) -> None:
        from models.queries.disputes import dispute_words

        area = next(a for a in place.line.areas if a.name == place.area)
        stage = stage_of(place.line, area)
        allowed = allowed_words(place.line, stage, figures.rows.scheme.combine)
        words = self._words(place, stage, allowed, open_points(figures, area.name, stage))
        words = replace(words, disputes=dispute_words(disputes) if disputes else "")
        dialog = StageDialog(self._tools.look, words, self._tools.dialogs.window)
        dialog.decide.setVisible(bool(disputes) and self._tools.identity.role in SETTERS)
        dialog.moved_on.connect(partial(self._move, place, stage + 1, ""))
        dialog.moved_back.connect(partial(self._move, place, stage - 1))
        dialog.packs_asked.connect(partial(self._tools.go, "packs"))
        self._tools.dialogs.show(dialog)

    def _words(self, place: Place, stage: int, allowed: str, still_open: tuple[str, ...]) -> StageWords:
        is_set_up = place.line.stage == "set up"
        title = f"{place.area} is at the stage {stage_words(stage)}"
        onward = "" if is_set_up or stage >= DONE else stage_words(stage + 1)
        back = WORDS[stage - 1] if 0 < stage <= DONE and not is_set_up else ""
        who = (PUBLISH_FIRST,) if is_set_up else (YOU_MOVE,) if onward and not self._refusal() else ()
        sentences = (allowed, *who)
        return StageWords(title, sentences, still_open, onward, back, self._refusal())

    def _refusal(self) -> str:
        if self._tools.identity.role == "chair":
            return ""
        return f"Only the chair moves an area on. {_chair(self._rounds.parts)}"

    def _move(self, place: Place, stage: int, reason: str) -> None:
        from models.operations.areas import MoveArea  # no operation is needed to open the window

        assert place.area is not None, "one area is moved at a time"
        operation = MoveArea(place.line.round_id, place.area, STAGES[stage], reason, judges_time=True)
        self._tools.workspace.perform(operation, self._tell)

    def _tell(self, outcome: Outcome) -> None:
        self._tools.toast(outcome.words)


def _chair(parts: tuple[Part, ...]) -> str:
    names = [part.name for part in parts if part.role == "chair"]
    return f"The chair is {names[0]}." if names else "This round has no chair yet."


def _work_out(place: Place, answer: Answer, ticket: Ticket) -> RoundFigures:
    return work_out(place.line, answer)
