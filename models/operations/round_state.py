"""What stands in the way of a change to a round: its stage, and what hangs on it already."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.operation import Topic
from models.schema.application import ApplicationTable
from models.schema.decision import SignOffTable
from models.schema.issue import IssueTable
from models.schema.recommendation import RecommendationTable
from models.schema.round import RoundTable
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


def has_issues(session: Session, round_id: int) -> bool:
    """Whether a paper of a round was issued."""
    counted = select(func.count()).select_from(IssueTable).where(IssueTable.round_id == round_id)
    return bool(session.scalar(counted))
