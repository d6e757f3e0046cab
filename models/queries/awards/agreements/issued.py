"""Which version of each award's agreement is the newest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from models.papers.kinds import AGREEMENT
from models.schema.papers.paper_issue import paper_issue_table
from models.session import Session


@dataclass(frozen=True, slots=True)
class IssuedAgreement:
    """The newest version of an agreement, and the day on which it was issued."""

    version: int
    issued_on: date


def issued_agreements(session: Session, round_id: int) -> Mapping[str, IssuedAgreement]:
    """Return the newest issue of each award's agreement, by the award's reference."""
    table = paper_issue_table
    rows = session.execute(
        select(table.c.subject, func.max(table.c.version), func.max(table.c.issued_at))
        .where(table.c.paper == AGREEMENT, table.c.round_id == round_id)
        .group_by(table.c.subject)
    )
    return {subject: IssuedAgreement(version, at.date()) for subject, version, at in rows}
