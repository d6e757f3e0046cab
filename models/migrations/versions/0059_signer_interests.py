"""What those who sign after the panel declared, before a round opened to them."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = "'pecuniary', 'non-pecuniary', 'prejudicial', 'none'"


def upgrade() -> None:
    op.create_table(
        "signer_interests",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("round_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("application_id", WHOLE, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_signer_interests_round_id_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_signer_interests_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_signer_interests_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signer_interests")),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_signer_interests_kind_known")),
        sqlite_strict=True,
    )
    op.create_index("ix_signer_interests_application_id", "signer_interests", ["application_id"])
