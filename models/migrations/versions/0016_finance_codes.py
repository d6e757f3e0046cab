"""What finance books awards under, and the numbers it knows payees by."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "finance_codes",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("cost_centre", sa.Text(), nullable=False),
        sa.Column("nominal_code", sa.Text(), nullable=False),
        sa.Column("project_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "cost_centre || nominal_code || project_code <> ''", name="ck_finance_codes_has_a_code"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_finance_codes_round_id_rounds"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_finance_codes_area_id_areas"),
        sa.PrimaryKeyConstraint("round_id", "position", name="pk_finance_codes"),
        sqlite_strict=True,
    )
    op.create_table(
        "supplier_numbers",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.CheckConstraint("trim(number) <> ''", name="ck_supplier_numbers_number_says_something"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name="fk_supplier_numbers_organisation_id_organisations",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_supplier_numbers"),
        sqlite_strict=True,
    )
