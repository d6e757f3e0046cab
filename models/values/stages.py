"""The five stages as the header names them, and where an area stands among them."""

from collections.abc import Sequence

from models.values.person_and_place import Where
from models.values.round_line import AreaLine, RoundLine
from scoring.marks.meeting import counts_words
from scoring.scheme import Combine

STAGES = ("intake", "scoring", "meeting", "recommending", "deciding", "done")
"""In order."""
BEFORE_MEETING = STAGES[:2]
"""Those at which applications and marks are taken, and nobody sees what others gave."""
NOW = {
    "intake": "Applications can be entered again in {}.",
    "scoring": "Scoring is open in {}.",
    "meeting": "The meeting is open in {}.",
    "recommending": "Recommending is open in {}.",
    "deciding": "Deciding is open in {}.",
    "done": "Closed: {}.",
}
"""What is said once an area, or several, came to a stage."""


WORDS = ("Set up", "Score", "Meeting", "Recommend", "Decide")
_MEETING = WORDS.index("Meeting")
DONE = len(WORDS)
"""Where an area stands that is past the last stage."""

_ALLOWED = (
    "Applications are imported, gates are checked and members declare interests.",
    "Members mark on their own; others' marks stay closed until members hand in their own sheets.",
    "The panel meets: it says who is here, then settles item after item by the round's rule for marks.",
    "The panel recommends, each line with its reason.",
    "The deciding office signs, changes with a reason, or sends back.",
    "Marks, recommendations and decisions stand, and what is left of the budget goes back to the year's "
    "money. Awards go on: agreements, payments, reports, variations, and what a challenge changes.",
)
NO_CHAIR = "This round has no chair yet. Add one on Panel & interests."
_SET_UP = "The scheme is drafted and published; areas, pots and dates are set."


def stage_of(line: RoundLine, area: AreaLine) -> int:
    """Return where an area stands, from 0 (Set up) to 5 (done)."""
    return 0 if line.stage == "set up" else STAGES.index(area.stage)


def stages_at(place: Where) -> tuple[int, ...]:
    """Return where the areas on show stand: one of them, or all."""
    chosen = [area for area in place.line.areas if place.area in (None, area.name)]
    return tuple(stage_of(place.line, area) for area in chosen)


def counts(stages: Sequence[int]) -> tuple[int, ...]:
    """Return how many areas are at each of the five stages; those done count nowhere."""
    return tuple(sum(1 for stage in stages if stage == number) for number in range(DONE))


def stage_words(stage: int) -> str:
    """Return a stage's name; "Done" past the last."""
    return WORDS[stage] if stage < DONE else "Done"


_AGREES = (
    "The panel meets: it says who is here, then agrees one mark on each criterion, with reasons and dissent."
)
_NOTES = "The panel meets: it says who is here, then discusses each item and notes what was said."


def allowed_words(line: RoundLine, stage: int, combine: Combine | None = None) -> str:
    """Say what may be done at a stage; at the meeting by the round's combining rule, where that is known."""
    if line.stage == "set up":
        return _SET_UP
    if combine is None or stage != _MEETING:
        return _ALLOWED[stage]
    return _AGREES if combine is Combine.CONSENSUS else f"{_NOTES} {counts_words(combine)}"


def by_stage(place: Where) -> tuple[str, ...]:
    """Say for each stage that an area is at which areas those are, and what may be done there."""
    at: dict[int, list[str]] = {}
    for area in place.line.areas:
        at.setdefault(stage_of(place.line, area), []).append(area.name)
    return tuple(
        f"{stage_words(stage)}: {', '.join(at[stage])}. {allowed_words(place.line, stage)}"
        for stage in sorted(at)
    )


def spoken(place: Where) -> str:
    """Return the stages as they are read out."""
    stages = stages_at(place)
    if len(stages) == 1:
        at = min(stages[0] + 1, DONE)
        return f"Stage {at} of {DONE}, {stage_words(stages[0])}, of {place.area or place.line.areas[0].name}"
    told = [f"{number} at {WORDS[n]}" for n, number in enumerate(counts(stages)) if number]
    done = sum(1 for stage in stages if stage == DONE)
    return "Areas: " + ", ".join([*told, *([f"{done} done"] if done else [])])
