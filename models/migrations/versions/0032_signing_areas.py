"""For which areas whoever signs after the panel signs; a role without any is for all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "signing_areas",
        sa.Column("role_id", WHOLE, nullable=False),
        sa.Column("area_id", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("role_id", "area_id", name="pk_signing_areas"),
        sa.ForeignKeyConstraint(["role_id"], ["round_roles.id"], name="fk_signing_areas_role_id_round_roles"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_signing_areas_area_id_areas"),
        sqlite_strict=True,
    )
