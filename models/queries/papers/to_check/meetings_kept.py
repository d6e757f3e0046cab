"""What minutes would say was not recorded of a meeting that is over."""

from sqlalchemy import select

from models.papers.order import PaperOrder
from models.queries.panel.meeting import attendance, meetings_held
from models.queries.papers.minutes import round_minutes
from models.schema.set_up import area_table
from models.session import Session
from models.values.stages import STAGES
from scoring.counted import listed, noun

DAY = (
    "The minutes say of {} that it was not recorded when and where the panel met; it can still be entered on "
    "Meeting."
)
PRESENT = (
    "The minutes say of {} that it was not recorded who was there; that is entered on Meeting once the chair "
    "has put it back to its meeting."
)
SILENT = (
    "The minutes say that {} left open and that the chair did not say why. Write why under “Why items were "
    "left open”, on Exports or with the command words."
)
OVER = STAGES[STAGES.index("meeting") + 1 :]


def unkept_words(session: Session, order: PaperOrder) -> str:
    """Return for which areas nobody recorded when and where the panel met, who came, or why items are open.

    It is "" for none.
    """
    assert order.round_id is not None, "minutes are of a round"
    areas = [area for area in _over(session, order.round_id) if order.area in (None, area)]
    held = meetings_held(session, order.round_id)
    came = {area for area, _, state in attendance(session, order.round_id) if state == "present"}
    lacking = (
        (DAY, [area for area in areas if area not in held]),
        (PRESENT, [area for area in areas if area not in came]),
    )
    said = [words.format(listed(where)) for words, where in lacking if where]
    if areas and (silent := [of for _, of in round_minutes(session, order).unexplained]):
        said.append(SILENT.format(f"{listed(silent)} {noun(len(silent), 'was', 'were')}"))
    return " ".join(said)


def _over(session: Session, round_id: int) -> list[str]:
    found = select(area_table.c.name).where(area_table.c.round_id == round_id, area_table.c.stage.in_(OVER))
    return list(session.scalars(found.order_by(area_table.c.position)))
