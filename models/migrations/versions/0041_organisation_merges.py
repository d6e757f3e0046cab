"""Which organisations of the record are one, by whose word and why."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "organisation_merges",
        sa.Column("merged_id", WHOLE, nullable=False),
        sa.Column("into_id", WHOLE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("merged_by", sa.Text(), nullable=False),
        sa.Column("merged_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("merged_id", name="pk_organisation_merges"),
        sa.CheckConstraint("merged_id <> into_id", name=op.f("ck_organisation_merges_of_two")),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_organisation_merges_reason_says_something")),
        sa.ForeignKeyConstraint(
            ["merged_id"], ["organisations.id"], name="fk_organisation_merges_merged_id_organisations"
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["organisations.id"], name="fk_organisation_merges_into_id_organisations"
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_organisation_merges_into_id", "organisation_merges", ["into_id"])
