"""What a panel knew of earlier applications of those before it, also where its book is drawn again later."""

from collections.abc import Iterable, Mapping
from datetime import date

from models.papers.order import PaperOrder
from models.queries.applications.intake import IntakeLine
from models.queries.applications.organisations.earlier_awards import became_of
from models.queries.applications.organisations.went_before import Earlier
from models.queries.deciding.decisions import decisions
from models.queries.panel.meeting import MeetingRows
from models.session import Session
from scoring.written.names import round_names


def before_meeting(
    session: Session, order: PaperOrder, held: MeetingRows, lines: Mapping[str, IntakeLine]
) -> Mapping[str, tuple[str, ...]]:
    """Return what each organisation applied for before and what had become of it, a sentence each.

    It is as it stood when its area's panel met, or today where that is to come or not known: what came or
    was decided since was not before the panel.
    """
    assert order.round_id is not None, "a panel book is of a round"
    signed = min((row.signed_on for row in decisions(session, order.round_id)), default=date.max)
    met, found = dict[date, dict[str, list[Earlier]]](), dict[str, tuple[str, ...]]()
    for reference, line in lines.items():
        day = _met_on(held, line.row.area or "", signed)
        here = _known_by(line.before.earlier, held, day if day < order.today else date.max)
        met.setdefault(day if day < order.today else date.max, {})[reference] = here
    for day, of_day in met.items():
        became = became_of(session, {one for here in of_day.values() for one in here}, day)
        for reference, here in of_day.items():
            found[reference] = tuple(_words(one, became[one]) for one in here)
    return found


def _met_on(held: MeetingRows, area: str, signed: date) -> date:
    """Return when an area's panel met: as recorded, else as planned, else by when its round was signed."""
    if area in held.held:
        return held.held[area].held_on
    return held.planned.get(area, signed)


def _known_by(earlier: Iterable[Earlier], held: MeetingRows, day: date) -> list[Earlier]:
    """Return those of other rounds that had come by a day; one without a day goes by its round's order."""
    this = (held.line.year, held.line.round_id)
    others = [one for one in earlier if not one.is_this_round]
    if day == date.max:
        return others
    return [
        one
        for one in others
        if (one.came_on <= day if one.came_on is not None else (one.year, one.round_id) < this)
    ]


def _words(one: Earlier, became: str) -> str:
    return (
        f"{', '.join(round_names(one.fund, one.round, one.year))}: {one.project or one.reference}, {became}"
    )
