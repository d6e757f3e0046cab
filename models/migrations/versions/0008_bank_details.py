"""The account that an award is paid into, and what is known of it openly."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "bank_endings",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("last_four", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.Text(), nullable=True),
        sa.Column("changed_after", sa.Text(), nullable=False),
        sa.CheckConstraint("length(last_four) = 4", name="ck_bank_endings_last_four_length"),
        sa.CheckConstraint(
            "(checked_at IS NULL) = (checked_by = '')", name="ck_bank_endings_checked_by_someone"
        ),
        sa.CheckConstraint(
            "changed_after IN ('', 'checked', 'paid')", name="ck_bank_endings_changed_after_known"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["awards.application_id"], name="fk_bank_endings_application_id_awards"
        ),
        sa.PrimaryKeyConstraint("application_id", name="pk_bank_endings"),
        sqlite_strict=True,
    )
    op.create_table(
        "bank_details",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("sort_code", sa.Text(), nullable=False),
        sa.Column("account_number", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "sort_code GLOB '[0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_bank_details_sort_code_form"
        ),
        sa.CheckConstraint(
            "length(account_number) = 8 AND account_number NOT GLOB '*[^0-9]*'",
            name="ck_bank_details_account_number_form",
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["bank_endings.application_id"],
            name="fk_bank_details_application_id_bank_endings",
        ),
        sa.PrimaryKeyConstraint("application_id", name="pk_bank_details"),
        sqlite_strict=True,
    )
