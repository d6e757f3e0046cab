"""Attendance, closed items and confirmed records of meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('present', 'absent')", name="ck_attendance_state_known"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_attendance_area_id_areas"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_attendance_member_id_members"),
        sa.PrimaryKeyConstraint("area_id", "member_id", name="pk_attendance"),
        sqlite_strict=True,
    )
    op.create_table(
        "closed_items",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_closed_items_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("application_id", name="pk_closed_items"),
        sqlite_strict=True,
    )
    op.create_table(
        "confirmed_records",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_confirmed_records_area_id_areas"),
        sa.PrimaryKeyConstraint("area_id", name="pk_confirmed_records"),
        sqlite_strict=True,
    )
