"""Say where the areas stand and what the next stage waits for, and move areas on or back as the chair."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Slot

from gui.listed.form import Form, reason_form, show_form
from gui.listed.stages import Way, continue_as_chair, next_stage_form, stage_form
from gui.pages.page import PageTools, Place
from gui.record.clock import current_day
from gui.shell.rounds import Rounds
from gui.text import counted, ours
from models.queries.panel.meeting import MOST_NAMED
from models.queries.set_up.next_stage import OFFERED, NextStage, next_stages, ready_groups
from models.queries.set_up.office import Part
from models.queries.set_up.rounds import scheme
from models.role import Role
from models.store.locks.signing_on import with_figures
from models.values.rounds import NO_CHAIR, STAGES, WORDS, allowed_words, by_stage, stage_words, stages_at
from scoring.scheme import Combine
from scoring.written.text import first_of

YOU_MOVE = "You move it on, as the chair."
WHY_OPEN = "Close them in the meeting, or say why the panel goes on without: the minutes print it."
PUBLISH_FIRST = "Publishing the scheme opens the round, for all its areas at once."


class Asked(NamedTuple):
    """What the record says: what is next for each area, and how marks are combined."""

    stages: tuple[NextStage, ...]
    combine: Combine


class StageController(QObject):
    """Ask what is still open beside the event loop, then say it."""

    def __init__(self, tools: PageTools, rounds: Rounds) -> None:
        super().__init__(tools)
        self._tools = tools
        self._rounds = rounds

    @Slot(str)
    def ask_stage(self, stage: str) -> None:
        """Offer what is next for the areas on show that stand at a stage; "" is the first that is ready."""
        place = self._rounds.place
        if self._tools.identity.is_away:
            self._tools.hint(ours("The office moves areas on, in its own record."))
        elif place is not None:
            query = partial(_ask, round_id=place.line.round_id)
            self._tools.workspace.ask(query, partial(self._take, place, stage))

    def _take(self, place: Place, stage: str, asked: Asked) -> None:
        mine = self._tools.identity.areas if place.area is None else ()
        here = tuple(
            one for one in asked.stages if place.area in (None, one.area) if not mine or one.area in mine
        )
        if place.area is not None and len(here) == 1:
            self._show_area(place, here[0], asked.combine)
            return
        stage = stage or _first(here)
        chosen = tuple(one for one in here if one.stage == stage)
        if chosen:
            self._show_areas(place, chosen, here, asked.combine)
        else:
            sentences = (*by_stage(place), *((ours(PUBLISH_FIRST),) if place.line.stage == "set up" else ()))
            self._show(stage_form(ours("Where the areas stand"), sentences))

    def _show(self, form: Form) -> None:
        """Show a form; what it gives is done once it is left."""
        show_form(self._tools.dialogs, form).given.connect(_do)

    def _show_areas(
        self, place: Place, chosen: tuple[NextStage, ...], here: tuple[NextStage, ...], combine: Combine
    ) -> None:
        following = STAGES[STAGES.index(chosen[0].stage) + 1]
        allowed = allowed_words(place.line, STAGES.index(following), combine)
        others = [
            (
                f"{group[0].verb}: {ours(counted(len(group), 'area'))}…",
                partial(self.ask_stage, stage),
            )
            for stage in STAGES[:-1]
            if stage != chosen[0].stage
            if (group := [one for one in here if one.stage == stage])
        ]
        does = partial(partial, self._ask_why_open, place, following, chosen)
        refusal = self._refusal()
        self._show(next_stage_form(chosen, allowed, does, refusal=refusal, others=others, chair=self._chair))

    def _show_area(self, place: Place, one: NextStage, combine: Combine) -> None:
        (stage,) = stages_at(place)
        is_set_up, refusal = place.line.stage == "set up", self._refusal()
        onward = "" if is_set_up else one.verb
        who = (ours(PUBLISH_FIRST),) if is_set_up else (YOU_MOVE,) if onward and not refusal else ()
        may_decide = self._tools.identity.may("take in returns")
        may_go_back = stage > 0 and not is_set_up
        self._show(
            stage_form(
                f"{place.area} is at the stage {stage_words(stage)}",
                (allowed_words(place.line, stage, combine), *who),
                one,
                onward=(onward, lambda **typed: partial(self._ask_on, place, stage, one)),
                backward=(f"Move back to {WORDS[stage - 1]}…", partial(self._ask_back, place, stage - 1))
                if may_go_back
                else None,
                refusal=refusal,
                chair=self._chair,
                decide=partial(self._tools.go, "packs") if may_decide else None,
            )
        )

    def _ask_back(self, place: Place, stage: int) -> None:
        """Ask why an area goes back to the stage before."""
        area = place.area or ""
        does = partial(partial, self._move, place, STAGES[stage], (area,))
        words = f"Move back to {WORDS[stage]}"
        self._show(reason_form(f"{words}: {area}", (), words, does))

    def _ask_on(self, place: Place, stage: int, one: NextStage) -> None:
        self._ask_why_open(place, STAGES[stage + 1], (one,), (one.area,))

    @property
    def _chair(self) -> Way | None:
        """Return the way to the chair, who may do what the person may not."""
        chair = next(iter(self._chairs), None)
        if chair is None:
            return None
        return continue_as_chair(chair.name), partial(self._tools.continue_as, chair)

    @property
    def _chairs(self) -> tuple[Part, ...]:
        """Return the chairs of the area on show, or of all areas."""
        area = self._rounds.place.area if self._rounds.place is not None else None
        return tuple(one for one in self._rounds.parts if one.role == Role.CHAIR and one.is_in(area))

    def _refusal(self) -> str:
        place, chairs = self._rounds.place, [part.name for part in self._chairs]
        refusal = self._tools.identity.refusal("move areas", chairs, place.area if place else None)
        return ours(f"{refusal} {NO_CHAIR}" if refusal and not chairs else refusal)

    def _ask_why_open(
        self, place: Place, stage: str, chosen: tuple[NextStage, ...], areas: tuple[str, ...]
    ) -> None:
        """Move areas on; of those that leave items open ask why first."""
        lacking = [one for one in chosen if one.area in areas and one.open_items]
        if not lacking:
            self._move(place, stage, areas, "")
            return
        words = [
            f"{one.area}: {counted(one.open_items, 'item is not closed', 'items are not closed')}"
            f"{f'; marks are two or more apart on {first_of(one.apart, MOST_NAMED)}' if one.apart else ''}."
            for one in lacking
        ]
        verb = "Move on with items open"
        does = partial(partial, self._move, place, stage, areas)
        self._show(reason_form(verb, (*words, WHY_OPEN), verb, lambda reason: does(reason)))

    def _move(self, place: Place, stage: str, areas: tuple[str, ...], reason: str) -> None:
        from models.operations.set_up.areas import MoveAreas  # no operation is needed to open the window

        self._tools.perform(MoveAreas(place.line.round_id, areas, stage, reason, minds_items=True))


def _do(given: Callable[[], object] | None) -> None:
    """Do what a form gave, nothing where it was left for something else."""
    if callable(given):
        given()


def _first(stages: tuple[NextStage, ...]) -> str:
    """Return the first stage at which areas are ready, else the first at which any stands."""
    groups = ready_groups(stages)
    there = [one.stage for one in stages if one.verb]
    waiting = [stage for stage in (*OFFERED, *STAGES) if stage in there]
    return groups[0][0].stage if groups else waiting[0] if waiting else ""


def _ask(session: Any, round_id: int) -> Asked:  # the window may not name the session's type
    today = current_day()
    with with_figures(session, round_id):
        return Asked(next_stages(session, round_id, today), scheme(session, round_id).combine)
