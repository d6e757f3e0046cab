"""Who allows money over the pots of a round whose scheme is published, and by how much."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "scheme_tolerances",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.CheckConstraint("trim(authority) <> ''", name="ck_scheme_tolerances_has_an_authority"),
        sa.CheckConstraint("trim(reason) <> ''", name="ck_scheme_tolerances_has_a_reason"),
        sa.ForeignKeyConstraint(["scheme_id"], ["schemes.id"], name="fk_scheme_tolerances_scheme_id_schemes"),
        sa.PrimaryKeyConstraint("scheme_id", name="pk_scheme_tolerances"),
        sqlite_strict=True,
    )
