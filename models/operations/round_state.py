"""What stands in the way of a change to a round: its stage, and what hangs on it already."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.operation import Topic
from models.schema.application import ApplicationTable
from models.schema.decision import DecisionTable, SignOffTable
from models.schema.issue import IssueTable
from models.schema.recommendation import RecommendationTable
from models.schema.round import AreaTable, RoundTable
from scoring.refused import Refused

WHOLE_ROUND = frozenset(
    {
        Topic.ROUNDS,
        Topic.SCHEME,
        Topic.APPLICATIONS,
        Topic.GATES,
        Topic.PANEL,
        Topic.INTERESTS,
        Topic.MARKS,
        Topic.AGREED,
        Topic.CHAIR_DECISIONS,
    }
)
"""The topics that a whole round touches."""


def require_round(session: Session, round_id: int) -> str:
    """Return a round's stage; refused where the round is not there or is closed."""
    stage = session.scalar(select(RoundTable.stage).where(RoundTable.id == round_id))
    if stage is None:
        raise Refused("The round is no longer in the record. Choose another one.")
    if stage == "closed":
        raise Refused("The round is closed. Nothing in it changes any more.")
    return stage


def has_recommendations(session: Session, round_id: int) -> bool:
    """Whether anything is recommended in a round, or was ever signed by its deciding office."""
    counted = select(func.count()).select_from(RecommendationTable)
    joined = counted.join(ApplicationTable, ApplicationTable.id == RecommendationTable.application_id)
    signed = select(func.count()).select_from(SignOffTable).where(SignOffTable.round_id == round_id)
    return bool(session.scalar(joined.where(ApplicationTable.round_id == round_id)) or session.scalar(signed))


def require_not_recommended(session: Session, round_id: int, references: Collection[str], what: str) -> None:
    """Refuse where anything of the applications' own areas is recommended, or was ever decided."""
    areas = recommended_areas(session, round_id, references)
    if areas:
        named = min(areas) or "The round"
        raise Refused(f"{named} has recommendations, which rest on its {what} as they are.")


def recommended_areas(session: Session, round_id: int, references: Collection[str]) -> set[str]:
    """Return those of the applications' areas in which anything is recommended, or was ever decided.

    Each area has a stage and a list of its own: what one recommends does not rest on what another takes in.
    An application without an area stands under "".
    """
    table = ApplicationTable
    named = select(table.reference, AreaTable.name).outerjoin(AreaTable, AreaTable.id == table.area_id)
    own = session.execute(named.where(table.round_id == round_id))
    areas = {area or "" for reference, area in own if reference in references}
    return areas & _recommended_areas(session, round_id)


def _recommended_areas(session: Session, round_id: int) -> set[str]:
    """Return the areas in which anything is recommended, or was ever decided; "" for no area."""
    table = ApplicationTable
    named = select(AreaTable.name).select_from(table).outerjoin(AreaTable, AreaTable.id == table.area_id)
    of_round = named.where(table.round_id == round_id).distinct()
    return {
        area or ""
        for weighty in (RecommendationTable, DecisionTable)
        for area in session.scalars(of_round.join(weighty, weighty.application_id == table.id))
    }


def has_issues(session: Session, round_id: int) -> bool:
    """Whether a paper of a round was issued."""
    counted = select(func.count()).select_from(IssueTable).where(IssueTable.round_id == round_id)
    return bool(session.scalar(counted))
