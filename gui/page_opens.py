"""When a page that is too early opens: once an area of the round on show has come to its stage."""

from collections.abc import Callable
from functools import partial

from gui.pages.page import Place
from gui.stages import WORDS, stage_of
from models.queries.rounds import AreaLine, RoundLine

MEETING, RECOMMENDING, DECIDING = 2, 3, 4


def opens_at(stage: int) -> Callable[[Place | None], str]:
    """Return what says when a page of a stage opens, "" once it is open."""
    return partial(_said, stage)


def _said(stage: int, place: Place | None) -> str:
    areas = place.line.areas if place is not None else ()
    if place is not None and any(_reached(place.line, area) >= stage for area in areas):
        return ""
    return f"Opens when an area reaches {WORDS[stage]}"


def _reached(line: RoundLine, area: AreaLine) -> int:
    """Return how far an area has come; one that was loaded with its sheets was at its meeting elsewhere."""
    stage = stage_of(line, area)
    return RECOMMENDING if area.was_scored and stage == 0 else stage
