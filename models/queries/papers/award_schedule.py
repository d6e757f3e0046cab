"""The award schedule of a round or of one of its areas, as it stands now."""

from msgspec.structs import replace

from models.papers.award_schedule import award_schedule
from models.papers.order import PaperOrder
from models.queries.applications.choices import printed_choices
from models.queries.deciding.decided_anew import as_decided
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.deciding.on_paper import settled_lines
from models.queries.panel.meeting import late_interests, meetings_held, present_as_items_closed
from models.queries.papers.declared_interests import after_taking_part
from models.queries.papers.paper_texts import letterhead, with_powers
from models.queries.set_up.funds import fund_name_on
from models.queries.set_up.rounds import round_line
from models.session import Session
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.schedule.values import DECLARED_LATE, AwardSchedule


def schedule(session: Session, order: PaperOrder) -> AwardSchedule:
    """Return the values of the schedule."""
    assert order.round_id is not None, "an award schedule is of a round"
    rows = as_decided(session, order.round_id)
    late = late_interests(session, order.round_id, rows, meetings_held(session, order.round_id))
    after = after_taking_part(rows.interests, present_as_items_closed(session, order.round_id))
    made = award_schedule(
        rows,
        rank(scored_round(rows)),
        settled_lines(session, order.round_id),
        area=order.area,
        told={of: f", {one.words}" for of, one in late.items()} | dict.fromkeys(after, DECLARED_LATE),
    )
    office, head = letterhead(session, order.kind, order.today)
    areas = {row.reference: row.area for row in rows.applications}
    final = final_decisions(decisions(session, order.round_id))
    powers = (one.legal_power for of, one in final.items() if order.area in (None, areas[of]))
    fund = fund_name_on(session, order.round_id, order.today)
    is_closed = round_line(session, order.round_id).is_closed
    chosen = printed_choices(session, order.round_id)
    lines = tuple(one._replace(crime_type=chosen.get(one.reference, one.crime_type)) for one in made.lines)
    return replace(
        made, fund=fund, lines=lines, office=office, letterhead=with_powers(head, powers), is_closed=is_closed
    )
