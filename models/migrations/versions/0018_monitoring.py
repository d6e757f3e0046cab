"""What recipients of awards report, and when: agreed outputs, returns, people supported, and visits."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "return_bands",
        sa.Column("round_id", _WHOLE, nullable=False),
        sa.Column("number", _WHOLE, nullable=False),
        sa.Column("up_to_pence", _WHOLE, nullable=True),
        sa.Column("points", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "up_to_pence IS NULL OR (typeof(up_to_pence) = 'integer' AND up_to_pence >= 1)",
            name="ck_return_bands_up_to_pence_whole",
        ),
        sa.CheckConstraint("points IN ('end', 'halves', 'quarterly')", name="ck_return_bands_points_known"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_return_bands_round_id_rounds"),
        sa.PrimaryKeyConstraint("round_id", "number", name="pk_return_bands"),
        sqlite_strict=True,
    )
    op.create_table(
        "agreed_outputs",
        sa.Column("application_id", _WHOLE, nullable=False),
        sa.Column("number", _WHOLE, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("target", _WHOLE, nullable=True),
        sa.Column("is_outcome", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "target IS NULL OR (typeof(target) = 'integer' AND target >= 0)",
            name="ck_agreed_outputs_target_whole",
        ),
        sa.CheckConstraint("trim(words) <> ''", name="ck_agreed_outputs_has_words"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_agreed_outputs_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("application_id", "number", name="pk_agreed_outputs"),
        sqlite_strict=True,
    )
    op.create_table(
        "monitoring_returns",
        sa.Column("application_id", _WHOLE, nullable=False),
        sa.Column("number", _WHOLE, nullable=False),
        sa.Column("due_on", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("spent_pence", _WHOLE, nullable=True),
        sa.CheckConstraint(
            "spent_pence IS NULL OR (typeof(spent_pence) = 'integer' AND spent_pence >= 0)",
            name="ck_monitoring_returns_spent_pence_whole",
        ),
        sa.CheckConstraint(
            "received_on IS NOT NULL OR (said = '' AND spent_pence IS NULL)",
            name="ck_monitoring_returns_silent_until_received",
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_monitoring_returns_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("application_id", "number", name="pk_monitoring_returns"),
        sqlite_strict=True,
    )
    op.create_table(
        "output_progress",
        sa.Column("application_id", _WHOLE, nullable=False),
        sa.Column("return_number", _WHOLE, nullable=False),
        sa.Column("output_number", _WHOLE, nullable=False),
        sa.Column("achieved", _WHOLE, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "achieved IS NULL OR (typeof(achieved) = 'integer' AND achieved >= 0)",
            name="ck_output_progress_achieved_whole",
        ),
        sa.ForeignKeyConstraint(
            ["application_id", "return_number"],
            ["monitoring_returns.application_id", "monitoring_returns.number"],
            name="fk_output_progress_application_id_return_number_monitoring_returns",
        ),
        sa.ForeignKeyConstraint(
            ["application_id", "output_number"],
            ["agreed_outputs.application_id", "agreed_outputs.number"],
            name="fk_output_progress_application_id_output_number_agreed_outputs",
        ),
        sa.PrimaryKeyConstraint(
            "application_id", "return_number", "output_number", name="pk_output_progress"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "supported_numbers",
        sa.Column("application_id", _WHOLE, nullable=False),
        sa.Column("return_number", _WHOLE, nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("supported", _WHOLE, nullable=False),
        sa.CheckConstraint(
            "supported IS NULL OR (typeof(supported) = 'integer' AND supported >= 0)",
            name="ck_supported_numbers_supported_whole",
        ),
        sa.ForeignKeyConstraint(
            ["application_id", "return_number"],
            ["monitoring_returns.application_id", "monitoring_returns.number"],
            name="fk_supported_numbers_application_id_return_number_monitoring_returns",
        ),
        sa.PrimaryKeyConstraint(
            "application_id", "return_number", "group", "line", name="pk_supported_numbers"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "monitoring_visits",
        sa.Column("application_id", _WHOLE, nullable=False),
        sa.Column("number", _WHOLE, nullable=False),
        sa.Column("visited_on", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "trim(who) <> '' AND trim(seen) <> ''", name="ck_monitoring_visits_says_who_and_what"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_monitoring_visits_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("application_id", "number", name="pk_monitoring_visits"),
        sqlite_strict=True,
    )
