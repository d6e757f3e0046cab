"""The areas that a member serves, and whether a round requires reasons."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "reason_rules",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint("rule IN ('asked', 'required', 'not asked')", name="ck_reason_rules_rule_known"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_reason_rules_round_id_rounds"),
        sa.PrimaryKeyConstraint("round_id", name="pk_reason_rules"),
        sqlite_strict=True,
    )
    op.create_table(
        "member_areas",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_member_areas_member_id_members"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_member_areas_area_id_areas"),
        sa.PrimaryKeyConstraint("member_id", "area_id", name="pk_member_areas"),
        sqlite_strict=True,
    )
