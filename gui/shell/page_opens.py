"""When a page that is too early opens: once an area of the round on show has come to its stage."""

from collections.abc import Callable
from functools import partial

from gui.pages.page import NO_ROUND, Place
from gui.text import counted, listed
from gui.theme.office_words import ours
from models.values.rounds import DONE, WORDS, AreaLine, RoundLine, counts, stage_of

MEETING, RECOMMENDING, DECIDING = 2, 3, 4
NO_COMPETITION = (
    "This round holds awards without a competition, so nothing is scored or ranked in it. They are decided "
    "on Decisions and paid on Awards & payments."
)
PUBLISH = "This round is still being set up. Publishing its scheme on Criteria & scale opens it."
MOVE_ON = "The chair moves an area on, with the stages at the top of the window."


def opens_at(stage: int) -> Callable[[Place | None], str]:
    """Return what says why a page of a stage is not open yet and what opens it, "" once it is open."""
    return partial(_opens_words, stage)


def scored_at(stage: int) -> Callable[[Place | None], str]:
    """Return the same for a page of the panel's work, which is closed where nobody competes."""
    return partial(_scored_words, stage)


def _scored_words(stage: int, place: Place | None) -> str:
    if place is not None and place.line.is_direct:
        return NO_COMPETITION
    return _opens_words(stage, place) if stage else ""


def _opens_words(stage: int, place: Place | None) -> str:
    opens = ours(f"This page opens when an area comes to {WORDS[stage]}.")
    if place is None:
        return f"{opens} {NO_ROUND}"
    if any(_reached(place.line, area) >= stage for area in place.line.areas):
        return ""
    if place.line.is_direct and not place.line.areas:
        return ""  # no panel works an area through its stages: what is proposed is decided
    if place.line.stage == "set up":
        return f"{opens} {PUBLISH}"
    return ours(f"{opens} {_standing(place.line)} {MOVE_ON}")


def _standing(line: RoundLine) -> str:
    """Say where the areas stand: "Now 3 areas are at Set up and 1 at Score."."""
    numbers = counts([stage_of(line, area) for area in line.areas])
    there = [(number, WORDS[at]) for at, number in enumerate(numbers[:DONE]) if number]
    if not there:
        return ours("It has no area yet.")
    first, *rest = there
    verb = "is" if first[0] == 1 else "are"
    told = f"{ours(counted(first[0], 'area', 'areas'))} {verb} at {first[1]}"
    return f"Now {listed([told, *(f'{number} at {word}' for number, word in rest)])}."


def _reached(line: RoundLine, area: AreaLine) -> int:
    """Return how far an area has come; one that was loaded with its sheets was at its meeting elsewhere."""
    stage = stage_of(line, area)
    return RECOMMENDING if area.was_scored and stage == 0 else stage
