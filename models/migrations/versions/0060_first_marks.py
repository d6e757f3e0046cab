"""The marks that a sheet was first handed in with, kept once the chair opens it again."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "first_marks",
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("mark", WHOLE, nullable=False),
        sa.CheckConstraint("mark >= 0", name=op.f("ck_first_marks_mark_at_least_0")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_first_marks_application_id_applications")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_first_marks_member_id_members")),
        sa.PrimaryKeyConstraint("member_id", "application_id", "criterion", name=op.f("pk_first_marks")),
        sqlite_strict=True,
    )
