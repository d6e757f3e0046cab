"""The words of papers that no figure gives: what a notice or a report says beside its lines."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.personal import OwnText


class PaperTextColumns(Columns):
    """One text of a paper of a round, on a subject such as a notice's number ("" for the round)."""

    round_id: Named[int] = Column(ForeignKey("rounds.id"), primary_key=True)
    paper: Named[str] = Column(primary_key=True)
    subject: Named[str] = Column(primary_key=True)
    field: Named[str] = Column(primary_key=True)
    text: Named[OwnText]


paper_text_table = record_table(
    "paper_texts", PaperTextColumns, CheckConstraint("trim(text) <> ''", name="text_says_something")
)
