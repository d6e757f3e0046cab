"""Whether anything of a round ever went out in a pack or came back; it loads nothing of packs."""

from sqlalchemy import select

from models.schema.panel.revision import revision_table
from models.schema.set_up.round import round_table
from models.session import Session


def has_revisions(session: Session, round_id: int) -> bool:
    """Whether a round has revisions of what members entered."""
    round_uid = select(round_table.c.uid).where(round_table.c.id == round_id).scalar_subquery()
    found = select(revision_table.c.hash).where(revision_table.c.round == round_uid).limit(1)
    return session.scalar(found) is not None
