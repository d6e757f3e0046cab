"""The values of any paper that an order asks for."""

from models.papers.kinds import KINDS
from models.papers.letters.letters import Letters
from models.papers.order import PaperOrder, PaperValue
from models.queries.papers.letter_parts.issued_before import dated
from models.queries.set_up.rounds import round_line
from models.session import Session
from scoring.refused import Refused


def paper_value(session: Session, order: PaperOrder) -> PaperValue:
    """Return the values of the paper that an order asks for; raises Refused when they are not to be had."""
    _require_area(session, order)
    value = KINDS[order.kind].ask(session, order)
    return dated(session, order, value) if isinstance(value, Letters) else value


def _require_area(session: Session, order: PaperOrder) -> None:
    """Refuse an area that the round does not have, whatever the paper."""
    asked = (*filter(None, (order.area,)), *order.areas)
    if order.round_id is None or not asked:
        return
    names = [area.name for area in round_line(session, order.round_id).areas]
    for area in asked:
        if area not in names:
            raise Refused(f"The round has no area “{area}”. Its areas: {', '.join(names)}.")
