"""The words of papers that no figure gives."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "paper_texts",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("trim(text) <> ''", name="ck_paper_texts_text_says_something"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_paper_texts_round_id_rounds"),
        sa.PrimaryKeyConstraint("round_id", "paper", "subject", "field", name="pk_paper_texts"),
        sqlite_strict=True,
    )
