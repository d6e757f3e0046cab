"""Whether anybody settled what a grant of less than was asked is for: agreement and letter ask it alike."""

from models.papers.monitoring.award_monitoring import AwardMonitoring
from models.papers.monitoring.monitoring_plan import varied_outputs
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import monitored_rows
from models.queries.deciding.recommendations import SCOPE
from models.session import Session


def is_part(award: AwardRow, asked_pence: int) -> bool:
    """Whether an award is less than was asked, as it was decided or by a variation."""
    return min(award.first_pence, award.amount_pence) < asked_pence


def is_scoped(award: AwardRow) -> bool:
    """Whether a condition says what of the application the award pays for."""
    return any(one.startswith(SCOPE) for one in award.conditions)


def is_drafted(of: AwardMonitoring) -> bool:
    """Whether what is agreed is no more than the applicant's own words on the outcomes."""
    return not (of.outputs or varied_outputs(of)) and bool(of.wished.strip())


def unsettled(session: Session, round_id: int) -> frozenset[str]:
    """Return the applications of whose awards nobody settled what less than was asked would be for."""
    rows = monitored_rows(session, round_id)
    return frozenset(award.application for award, of in rows if is_drafted(of) and not is_scoped(award))
