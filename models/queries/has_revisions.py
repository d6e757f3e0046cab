"""Whether anything of a round ever went out in a pack or came back; it loads nothing of packs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.schema.revision import RevisionTable
from models.schema.round import RoundTable


def has_revisions(session: Session, round_id: int) -> bool:
    """Whether a round has revisions of what members put down."""
    round_uid = select(RoundTable.uid).where(RoundTable.id == round_id).scalar_subquery()
    found = select(RevisionTable.hash).where(RevisionTable.round == round_uid).limit(1)
    return session.scalar(found) is not None
