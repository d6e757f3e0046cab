"""A recommendation may wait for its reason, and a note of the allocation rule is none."""

import sqlalchemy as sa
from alembic import op

from scoring.allocating.rule_notes import is_rule_note

revision = "0026"
down_revision = "0025"

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OUTCOMES = "'fund', 'part_fund', 'reserve', 'decline', 'defer', 'refer'"
_COLUMNS = (
    "application_id, outcome, amount_pence, reason, code, conditions, is_exception, quality_1e2, cost_1e2, "
    "total_1e2, place, tied, recorded_by, recorded_at"
)
_TABLES = {"recommendations": "application_id", "decisions": "id"}


def upgrade() -> None:
    _rebuild_recommendations()
    connection = op.get_bind()
    for table, key in _TABLES.items():
        rows = connection.execute(sa.text(f"SELECT {key}, reason FROM {table}")).all()
        blank = sa.text(f"UPDATE {table} SET reason = '' WHERE {key} = :key")
        for number, reason in rows:
            if is_rule_note(reason):
                connection.execute(blank, {"key": number})


def _rebuild_recommendations() -> None:
    """Make the table again without the rule that a reason is there."""
    op.rename_table("recommendations", "recommendations_before")
    op.create_table(
        "recommendations",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("amount_pence", _WHOLE, nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reason", "code", "conditions")),
        sa.Column("is_exception", sa.Integer(), nullable=False),
        *(sa.Column(name, _WHOLE, nullable=True) for name in ("quality_1e2", "cost_1e2", "total_1e2")),
        sa.Column("place", _WHOLE, nullable=True),
        sa.Column("tied", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("recorded_by", "recorded_at")),
        sa.CheckConstraint(f"outcome IN ({_OUTCOMES})", name="ck_recommendations_outcome_known"),
        *(_whole(name, least) for name, least in _LEAST.items()),
        sa.CheckConstraint(
            "(amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))",
            name="ck_recommendations_money_only_when_funded",
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name="fk_recommendations_application_id_applications",
        ),
        sa.PrimaryKeyConstraint("application_id", name="pk_recommendations"),
        sqlite_strict=True,
    )
    op.execute(f"INSERT INTO recommendations ({_COLUMNS}) SELECT {_COLUMNS} FROM recommendations_before")
    op.drop_table("recommendations_before")


_LEAST = {"amount_pence": 1, "quality_1e2": None, "cost_1e2": None, "total_1e2": None}


def _whole(column: str, least: int | None) -> sa.CheckConstraint:
    at_least = "" if least is None else f" AND {column} >= {least}"
    rule = f"{column} IS NULL OR (typeof({column}) = 'integer'{at_least})"
    return sa.CheckConstraint(rule, name=f"ck_recommendations_{column}_whole")
