"""Which query answers each kind of paper: one line a kind."""

from collections.abc import Callable, Mapping

from models.papers.order import PaperOrder, PaperValue
from models.queries.awards.finance import finance
from models.queries.awards.monitoring import monitoring
from models.queries.papers.decision_report import decision_report
from models.queries.papers.letters import letters
from models.queries.papers.minutes import round_minutes
from models.queries.papers.notice import notice
from models.queries.papers.open_data import open_data
from models.queries.papers.panel_book import panel_book
from models.queries.papers.publication import publication
from models.queries.papers.year_tables import year_tables
from models.queries.set_up.rounds import round_line
from models.session import Session
from scoring.refused import Refused

_QUERIES: Mapping[str, Callable[[Session, PaperOrder], PaperValue]] = {
    "notice": notice,
    "decision-report": decision_report,
    "panel-book": panel_book,
    "minutes": round_minutes,
    "letters": letters,
    "finance": finance,
    "monitoring": monitoring,
    "publication": publication,
    "360giving": open_data,
    "tables": year_tables,
}


def paper_value(session: Session, order: PaperOrder) -> PaperValue:
    """Return the values of the paper that an order asks for; raises Refused when they are not to be had."""
    _require_area(session, order)
    return _QUERIES[order.kind](session, order)


def _require_area(session: Session, order: PaperOrder) -> None:
    """Refuse an area that the round does not have, whatever the paper."""
    if order.round_id is None or order.area is None:
        return
    names = [area.name for area in round_line(session, order.round_id).areas]
    if order.area not in names:
        raise Refused(f"The round has no area “{order.area}”. Its areas: {', '.join(names)}.")
