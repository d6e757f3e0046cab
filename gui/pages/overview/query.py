"""What Overview asks the record, as one question."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from gui.pages.page import Identity, Place
from gui.record.clock import current_day
from models.permissions.viewing import Viewer
from models.queries.deciding.awaiting import awaiting_elsewhere
from models.queries.deciding.round_list import Answer, ask_round, work_out
from models.queries.panel.meeting import dates_with_meetings
from models.queries.panel.overview import Overview, ask_own, away_overview, overview
from models.queries.panel.to_do import After, ask_after
from models.queries.panel.to_do_list import Scene
from models.queries.permissions.reading import as_read_by
from models.queries.set_up.next_stage import NextStage, next_stages
from models.queries.set_up.rounds import reason_rule
from models.store.locks.signing_on import with_figures
from models.values.rounds import AreaDates, ReasonRule

if TYPE_CHECKING:
    from models.queries.packs.member_record import ReturnState


class Asked(NamedTuple):
    """What the record says: the round, and the dates of its areas."""

    answer: Answer
    dates: dict[str, AreaDates]
    after: After
    stages: tuple[NextStage, ...]
    needs_reasons: bool
    own: "ReturnState | None" = None


def ask_overview(
    session: Any, round_id: int, viewer: Viewer
) -> Asked:  # the window may not name the session's type
    """Ask all that the page shows, in one reading session."""
    today = current_day()
    with with_figures(session, round_id):
        return Asked(
            ask_round(round_id, viewer)(session),
            dates_with_meetings(session, round_id),
            _after(session, round_id, viewer),
            next_stages(session, round_id, today),
            reason_rule(session, round_id) is ReasonRule.REQUIRED,
            ask_own(session),
        )


def _after(session: Any, round_id: int, viewer: Viewer) -> After:
    """Ask what waits after the panel, of what is open to a person."""
    with as_read_by(session, viewer):
        found = ask_after(session, round_id, viewer.role)
    return replace(found, elsewhere=awaiting_elsewhere(session, round_id, viewer.name, viewer.role))


def overview_of(place: Place, identity: Identity, today: date, asked: Asked) -> Overview:
    """Return what the page shows of what was asked."""
    shown = overview(
        Scene(
            place,
            work_out(place.line, asked.answer),
            asked.dates,
            identity,
            asked.after,
            asked.stages,
            asked.needs_reasons,
        ),
        today,
    )
    return shown if asked.own is None else away_overview(shown, asked.own)
