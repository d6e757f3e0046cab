"""The lines of a fund's lists that applications have: what each is for, and how it came about."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

KINDS = (
    "purpose",
    "permitted_purpose",
    "service_area",
    "crime_type",
    "priority",
    "kind_of_organisation",
    "way_of_running",
)
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "application_choices",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_suggested", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("application_id", "kind", name="pk_application_choices"),
        sa.CheckConstraint(f"kind IN ({listed})", name=op.f("ck_application_choices_kind_known")),
        sa.CheckConstraint(
            "is_suggested IN (0, 1)", name=op.f("ck_application_choices_is_suggested_yes_or_no")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_application_choices_application_id_applications"
        ),
        sqlite_strict=True,
    )
