"""The clock of retention, holds, disposals; and what was submitted may be blanked by a recorded erasure."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_FACTS = """
    reference, organisation, project, requested_pence, minimum_pence, total_cost_pence,
    match_funding_pence, beneficiaries, received_at, received_has_time, previously_funded,
    organisation_type, charity_number, company_number, start_on, end_on, bank_account_held,
    constitution_held, safeguarding_policy
"""
_TEXTS = ("contact_name", "email", "phone", "address", "postcode", "summary", "need", "outcomes")
_KEPT = " OR ".join([*(f"NEW.{name} <> ''" for name in _TEXTS), "NEW.answers <> '[]'"])

TRIGGERS = (
    "DROP TRIGGER applications_as_submitted",
    f"""
    CREATE TRIGGER applications_as_submitted BEFORE UPDATE OF {_FACTS} ON applications BEGIN
        SELECT RAISE(ABORT, 'what was submitted is never edited');
    END
    """,
    f"""
    CREATE TRIGGER applications_texts BEFORE UPDATE OF {", ".join(_TEXTS)}, answers ON applications
    WHEN {_KEPT} OR NOT EXISTS (SELECT 1 FROM erasure WHERE by_seq > (SELECT max(seq) FROM journal)) BEGIN
        SELECT RAISE(ABORT, 'what was submitted is never edited, only erased');
    END
    """,
)


def _whole(column: str) -> sa.CheckConstraint:
    rule = f"{column} IS NULL OR (typeof({column}) = 'integer' AND {column} >= 1)"
    return sa.CheckConstraint(rule, name=f"ck_retention_{column}_whole")


def upgrade() -> None:
    op.create_table(
        "retention",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("awarded_years", _WHOLE, nullable=False),
        sa.Column("declined_years", _WHOLE, nullable=False),
        _whole("awarded_years"),
        _whole("declined_years"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_retention_round_id_rounds"),
        sa.PrimaryKeyConstraint("round_id", name="pk_retention"),
        sqlite_strict=True,
    )
    op.create_table(
        "holds",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("held_by", sa.Text(), nullable=False),
        sa.Column("held_at", sa.Text(), nullable=False),
        sa.CheckConstraint("trim(reason) <> ''", name="ck_holds_has_a_reason"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_holds_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("application_id", name="pk_holds"),
        sqlite_strict=True,
    )
    op.create_table(
        "disposals",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("erased_by", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_disposals_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("application_id", name="pk_disposals"),
        sqlite_strict=True,
    )
    for trigger in TRIGGERS:
        op.execute(trigger)
