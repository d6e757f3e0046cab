"""The template of a fund's agreements."""

from sqlalchemy import select

from models.schema.awards.award_agreement import agreement_template_table
from models.session import Session


def agreement_template(session: Session, fund_id: int) -> str:
    """Return the office's own template in base64, "" where the one that ships is used."""
    table = agreement_template_table
    return session.scalar(select(table.c.content).where(table.c.fund_id == fund_id)) or ""
