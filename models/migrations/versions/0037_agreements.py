"""Agreements on awards: sent, signed by whom, where held, their template; and what subsidy control asks."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("agreed_outputs", sa.Column("measure", sa.Text(), nullable=True))
    op.create_table(
        "award_agreements",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("sent_on", sa.Text(), nullable=True),
        sa.Column("held_at", sa.Text(), nullable=False),
        sa.Column("office_signer", sa.Text(), nullable=False),
        sa.Column("office_post", sa.Text(), nullable=False),
        sa.Column("recipient_signer", sa.Text(), nullable=False),
        sa.Column("recipient_post", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", name="pk_award_agreements"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_award_agreements_application_id_applications"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "agreement_templates",
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fund_id", name="pk_agreement_templates"),
        sa.CheckConstraint("length(content) > 0", name=op.f("ck_agreement_templates_content_is_there")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_agreement_templates_fund_id_funds"),
        sqlite_strict=True,
    )
    op.create_table(
        "award_subsidies",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_pence", WHOLE, nullable=True),
        sa.Column("declared_on", sa.Text(), nullable=True),
        sa.Column("notified_on", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Text(), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", name="pk_award_subsidies"),
        sa.CheckConstraint(
            "kind IN ('none', 'minimal', 'subsidy')", name=op.f("ck_award_subsidies_kind_known")
        ),
        sa.CheckConstraint("declared_pence >= 0", name=op.f("ck_award_subsidies_declared_pence_at_least_0")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_award_subsidies_application_id_applications"
        ),
        sqlite_strict=True,
    )
