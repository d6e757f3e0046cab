"""Which reasons of agreed marks are for the panel only; none until somebody ticks one."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "panel_only_reasons",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_panel_only_reasons_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("application_id", "criterion", name=op.f("pk_panel_only_reasons")),
        sqlite_strict=True,
    )
