"""When instalments are due and what they were proved by, awards on hold, and money that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("awards", sa.Column("held_for", sa.Text(), nullable=True))
    for name in ("due_on", "proof_on", "proof"):
        op.add_column("instalments", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "award_returns",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("returned_on", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "amount_pence IS NULL OR (typeof(amount_pence) = 'integer' AND amount_pence >= 1)",
            name="ck_award_returns_amount_pence_whole",
        ),
        sa.CheckConstraint("trim(reason) <> ''", name="ck_award_returns_has_a_reason"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["awards.application_id"], name="fk_award_returns_application_id_awards"
        ),
        sa.PrimaryKeyConstraint("application_id", "number", name="pk_award_returns"),
        sqlite_strict=True,
    )
