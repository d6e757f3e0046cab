"""The words in which an interest was declared lie in a table of their own, which fewer people read."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "interest_words",
        sa.Column("interest_id", WHOLE, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interest_id"], ["interests.id"], name=op.f("fk_interest_words_interest_id_interests")
        ),
        sa.PrimaryKeyConstraint("interest_id", name=op.f("pk_interest_words")),
        sqlite_strict=True,
    )
    op.execute("INSERT INTO interest_words SELECT id, detail FROM interests WHERE detail <> ''")
    op.drop_column("interests", "detail")
