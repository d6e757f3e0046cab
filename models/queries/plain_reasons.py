"""Whether a record without encryption may take in a round: of a sensitive fund only for a reason."""

from sqlalchemy import select

from models.queries.set_up.rounds import funds
from models.schema.journal import journal_body_table, journal_table
from models.session import Session
from models.store.upkeep import NotePlain
from models.values import canonical

SENSITIVE_FUND = "VF"
"""The code of the fund whose applications describe victims of crime."""


def wants_reason(session: Session, fund: str, what: str) -> bool:
    """Say whether a fund, by name or code, is sensitive and nobody has given a reason for this round yet."""
    codes = {line.name: line.code for line in funds(session)}
    if codes.get(fund, fund) != SENSITIVE_FUND:
        return False
    bodies = session.scalars(
        select(journal_body_table.c.body)
        .join(journal_table, journal_table.c.seq == journal_body_table.c.seq)
        .where(journal_table.c.kind == NotePlain.kind)
    )
    return all(canonical.from_text(NotePlain, body).taken_in != what for body in bodies)
