"""Due diligence: extracts of public registers, what they say, and the checks of each award."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "register_extracts",
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("extract_on", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("rows", WHOLE, nullable=False),
        sa.Column("odd_rows", WHOLE, nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("register", name="pk_register_extracts"),
        sa.CheckConstraint(
            "register IN ('charity', 'company', 'sanctions')",
            name=op.f("ck_register_extracts_register_known"),
        ),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_register_extracts_rows_at_least_0")),
        sa.CheckConstraint("odd_rows >= 0", name=op.f("ck_register_extracts_odd_rows_at_least_0")),
        sqlite_strict=True,
    )
    op.create_table(
        "register_entries",
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("place", WHOLE, nullable=False),
        sa.Column("listed", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.Column("insolvency", sa.Text(), nullable=False),
        sa.Column("accounts", sa.Text(), nullable=False),
        sa.Column("accounts_due_on", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("register", "key", "place", name="pk_register_entries"),
        sa.CheckConstraint("place >= 0", name=op.f("ck_register_entries_place_at_least_0")),
        sa.ForeignKeyConstraint(
            ["register"],
            ["register_extracts.register"],
            name="fk_register_entries_register_register_extracts",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "award_checks",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "code", name="pk_award_checks"),
        sa.CheckConstraint(
            "result IN ('passed', 'failed', 'not needed')", name=op.f("ck_award_checks_result_known")
        ),
        sa.CheckConstraint(
            "result = 'passed' OR trim(note) <> ''", name=op.f("ck_award_checks_has_a_note_where_not_passed")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_award_checks_application_id_applications"
        ),
        sqlite_strict=True,
    )
