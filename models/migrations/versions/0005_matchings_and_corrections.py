"""Matchings of forms, spellings of areas, corrections beside what was submitted, look-alikes kept."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "matchings",
        *_texts("headings_key", "fields"),
        sa.PrimaryKeyConstraint("headings_key", name="pk_matchings"),
        sqlite_strict=True,
    )
    op.create_table(
        "area_spellings",
        sa.Column("fund_id", sa.Integer(), nullable=False),
        *_texts("spelling", "area"),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_area_spellings_fund_id_funds"),
        sa.PrimaryKeyConstraint("fund_id", "spelling", name="pk_area_spellings"),
        sqlite_strict=True,
    )
    op.create_table(
        "corrections",
        sa.Column("application_id", sa.Integer(), nullable=False),
        *_texts("field", "value", "submitted", "reason", "corrected_by", "corrected_at"),
        _of_application("corrections", "application_id"),
        sa.PrimaryKeyConstraint("application_id", "field", name="pk_corrections"),
        sqlite_strict=True,
    )
    op.create_table(
        "kept_apart",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        *_texts("reason", "kept_by", "kept_at"),
        sa.CheckConstraint("first_id < second_id", name="ck_kept_apart_in_order"),
        _of_application("kept_apart", "first_id"),
        _of_application("kept_apart", "second_id"),
        sa.PrimaryKeyConstraint("first_id", "second_id", name="pk_kept_apart"),
        sqlite_strict=True,
    )
    op.create_index("ix_kept_apart_second_id", "kept_apart", ["second_id"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _of_application(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_applications"
    return sa.ForeignKeyConstraint([column], ["applications.id"], name=name)
