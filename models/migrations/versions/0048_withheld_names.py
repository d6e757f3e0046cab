"""Recipients whose names lists for the public do not give, with who decided it and why."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "withheld_names",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_post", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", name="pk_withheld_names"),
        sa.CheckConstraint(
            "ground IN ('personal', 'safety', 'policing', 'commercial', 'barred')",
            name=op.f("ck_withheld_names_ground_known"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_withheld_names_application_id_applications"
        ),
        sqlite_strict=True,
    )
