"""What the counts beside the pages are made from, and worked out of it, with the stage that comes next."""

from collections.abc import Container, Iterable
from typing import Any, NamedTuple

from gui.pages.overview.figures import known_tasks
from gui.pages.overview.query import Asked, ask_overview, overview_of
from gui.pages.page import Identity, Place
from gui.record.clock import current_day
from gui.widgets.frame.sidebar import Badge
from models.permissions.viewing import Viewer
from models.queries.applications.waiting import Waiting, waiting
from models.queries.panel.left_to_do import in_area, progress, references_marked, to_discuss, undeclared
from models.queries.panel.overview import with_waiting
from models.queries.panel.panel import Served, serves
from models.queries.set_up.next_stage import NextStage, offer_words, ready_groups
from models.queries.set_up.rounds import has_revisions, round_line
from models.role import OFFICE
from models.store.locks.signing_on import closed_disputes, with_figures
from models.values.rounds import AreaLine, stage_of
from models.values.rows import RoundRows

SCORING, MEETING = 1, 2


class Counted(NamedTuple):
    """What the counts are made from."""

    asked: Asked
    disputes: int
    waiting: tuple[Waiting, ...] = ()


class Found(NamedTuple):
    """The counts by page, and the button and words of what the person may move on now, "" for nothing."""

    badges: dict[str, Badge]
    verb: str = ""
    offer: str = ""


def ask_counts(session: Any, round_id: int, viewer: Viewer) -> Counted:
    """Ask for all that is counted, in one reading session; the window may not name the session's type."""
    with with_figures(session, round_id):
        disputes = sum(closed_disputes(session, round_id).values())
        if has_revisions(session, round_id):
            from models.queries.packs.returns import open_disputes  # it loads all that opens returns

            areas = [area.name for area in round_line(session, round_id).areas]
            disputes += len(open_disputes(session, round_id, areas))
        asked = ask_overview(session, round_id, viewer)
        return Counted(asked, disputes, waiting(session, round_id, viewer))


def work_out(place: Place, identity: Identity, pages: Container[str], counted: Counted) -> Found:
    """Return what is shown, worked out beside the event loop; `pages` are those that the person may go to."""
    asked = counted.asked
    found = badges(place, asked.answer.rows, identity, asked.answer.served)
    groups = offered(place, asked.stages, identity)
    shown = with_waiting(overview_of(place, identity, current_day(), asked), place, counted.waiting)
    found["overview"] = Badge(len(known_tasks(shown, pages)), is_mine=True)
    found["waiting"] = Badge(sum(one.is_at(place.area) for one in counted.waiting), is_mine=True)
    found["packs"] = Badge(counted.disputes if identity.role in OFFICE else 0, is_mine=True)
    return Found(found, groups[0][0].verb, offer_words(groups[0])) if groups else Found(found)


def offered(
    place: Place, stages: Iterable[NextStage], identity: Identity
) -> tuple[tuple[NextStage, ...], ...]:
    """Return the areas on show that the person may move on now, those at one stage together."""
    here = (one for one in stages if place.area in (None, one.area))
    return () if identity.refusal("move areas") else ready_groups(here, identity.areas)


def badges(place: Place, rows: RoundRows, identity: Identity, served: Served) -> dict[str, Badge]:
    """Return the counts by page: things for the person, and rows."""
    found = {"applications": Badge(len(in_area(rows, place.area)))}
    theirs = _on_show(place, identity)
    before = (
        [area.name for area in theirs if stage_of(place.line, area) <= MEETING] if rows.applications else []
    )
    silent = [member.code for member in undeclared(rows)]
    missing = [code for code in silent if any(serves(served, code, area) for area in before)]
    if identity.role not in OFFICE:
        missing = [code for code in missing if code == identity.member]
    found["panel"] = Badge(len(missing), is_mine=True)
    members = progress(rows, _at(place, rows, theirs, SCORING), served)
    left = [one.left for one in members if one.member.code == identity.member]
    is_declared = identity.member not in missing
    found["scoring"] = Badge(sum(left) if is_declared else 0, is_mine=True)
    wide = to_discuss(rows, _at(place, rows, theirs, MEETING)) if identity.may("agree marks") else ()
    found["meeting"] = Badge(len(wide), is_mine=True)
    return found


def _at(place: Place, rows: RoundRows, areas: Iterable[AreaLine], stage: int) -> frozenset[str]:
    """Return the applications judged in those of some areas that are at a stage."""
    return references_marked(rows, [one.name for one in areas if stage_of(place.line, one) == stage])


def _on_show(place: Place, identity: Identity) -> tuple[AreaLine, ...]:
    """Return the areas of which anything is to be done by the person: none once the round is closed."""
    areas = () if place.line.is_closed else place.line.areas
    own = identity.areas
    return tuple(one for one in areas if place.area in (None, one.name) and (not own or one.name in own))
