"""What minutes would say was not recorded of a meeting that is over."""

from sqlalchemy import select

from models.papers.order import PaperOrder
from models.queries.panel.meeting import attendance, meetings_held
from models.schema.set_up.round import area_table
from models.session import Session
from models.values.area_stages import STAGES
from scoring.counted import listed

DAY = (
    "The minutes say of {} that it was not recorded when and where the panel met; it can still be entered on "
    "Meeting."
)
PRESENT = (
    "The minutes say of {} that it was not recorded who was there; that is entered on Meeting once the chair "
    "has put it back to its meeting."
)
OVER = STAGES[STAGES.index("meeting") + 1 :]


def unkept_words(session: Session, order: PaperOrder) -> str:
    """Return for which areas nobody recorded when and where the panel met, or who was there; "" for none."""
    assert order.round_id is not None, "minutes are of a round"
    areas = [area for area in _over(session, order.round_id) if order.area in (None, area)]
    held = meetings_held(session, order.round_id)
    came = {area for area, _, state in attendance(session, order.round_id) if state == "present"}
    lacking = (
        (DAY, [area for area in areas if area not in held]),
        (PRESENT, [area for area in areas if area not in came]),
    )
    return " ".join(words.format(listed(where)) for words, where in lacking if where)


def _over(session: Session, round_id: int) -> list[str]:
    found = select(area_table.c.name).where(area_table.c.round_id == round_id, area_table.c.stage.in_(OVER))
    return list(session.scalars(found.order_by(area_table.c.position)))
