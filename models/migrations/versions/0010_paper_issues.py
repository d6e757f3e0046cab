"""Issued versions of papers other than award schedules."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "paper_issues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("control", sa.Text(), nullable=False),
        sa.Column("after_row", sa.Integer(), nullable=False),
        sa.Column("after_head", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 1", name="ck_paper_issues_version_counts"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_paper_issues_round_id_rounds"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_issues"),
        sa.UniqueConstraint(
            "paper", "scope", "subject", "version", name="uq_paper_issues_paper_scope_subject_version"
        ),
        sqlite_strict=True,
    )
