"""Whether anybody settled what a grant of less than was asked is for: agreement and letter ask it alike."""

from collections.abc import Collection
from typing import NamedTuple

from models.papers.monitoring.monitoring import AwardMonitoring
from models.papers.monitoring.monitoring_plan import varied_outputs
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import monitored_rows
from models.queries.deciding.recommendations import SCOPE
from models.session import Session


class Unsettled(NamedTuple):
    """Applications of whose awards nobody settled what less than was asked is for, or any outcome."""

    which_part: frozenset[str]
    outcomes: frozenset[str]


def is_part(award: AwardRow, asked_pence: int) -> bool:
    """Whether an award is less than was asked, as it was decided or by a variation."""
    return min(award.first_pence, award.amount_pence) < asked_pence


def is_scoped(award: AwardRow) -> bool:
    """Whether a condition says what of the application the award pays for."""
    return any(one.startswith(SCOPE) for one in award.conditions)


def is_amount_varied(award: AwardRow) -> bool:
    """Whether a change of an award says what it leaves out: one of payments alone says nothing."""
    return any(one.change_pence for one in award.varied)


def is_drafted(of: AwardMonitoring) -> bool:
    """Whether what is agreed is no more than the applicant's own words on the outcomes."""
    return not (of.outputs or varied_outputs(of)) and bool(of.wished.strip())


def lacks_outcomes(of: AwardMonitoring) -> bool:
    """Whether neither the office nor the application says what a grant is to bring about."""
    return not (of.outputs or varied_outputs(of) or of.wished.strip())


def unsettled(session: Session, round_id: int) -> Unsettled:
    """Return the applications whose awards leave open what they are for."""
    rows = monitored_rows(session, round_id)
    return Unsettled(
        which_part=frozenset(a.application for a, of in rows if is_drafted(of) and not is_scoped(a)),
        outcomes=frozenset(a.application for a, of in rows if lacks_outcomes(of)),
    )


def waits_for_answer(which_part: Collection[str], award: AwardRow, asked_pence: int) -> str:
    """Return what the recipient of an award has still to say of it, for who pays it; "" for nothing.

    `which_part` are the applications of whose awards nobody settled what less than was asked is for.
    """
    is_change = award.agreed_on is not None and is_amount_varied(award)
    if award.application not in which_part or is_change or award.amount_pence >= asked_pence:
        return ""
    return "its recipient has still to say which part of its application the money is for"
