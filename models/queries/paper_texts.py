"""What an office wrote into its papers itself."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.papers.texts import PaperTexts
from models.schema.paper_text import PaperTextTable


def paper_texts(session: Session, round_id: int, paper: str, subject: str = "") -> PaperTexts:
    """Return the texts of one paper, in order of their fields."""
    table = PaperTextTable
    rows = session.execute(
        select(table.field, table.text)
        .where(table.round_id == round_id, table.paper == paper, table.subject == subject)
        .order_by(table.field)
    )
    return PaperTexts(tuple((field, text) for field, text in rows))
