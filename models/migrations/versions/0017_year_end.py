"""The end of a fund's year: lines without a round, expenditure, and what was decided about what is left."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ITEM = ("fund_id", "year", "line", "award")


def upgrade() -> None:
    _lines()
    _spent()
    _decisions()


def _lines() -> None:
    op.create_table(
        "year_lines",
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("pot_pence", WHOLE, nullable=False),
        sa.Column("start_up_pence", WHOLE, nullable=False),
        sa.Column("committed_pence", WHOLE, nullable=False),
        *(_whole("year_lines", name, 0) for name in ("pot_pence", "start_up_pence", "committed_pence")),
        sa.CheckConstraint("trim(name) <> ''", name="ck_year_lines_is_named"),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_year_lines_fund_id_funds"),
        sa.PrimaryKeyConstraint("fund_id", "year", "name", name="pk_year_lines"),
        sqlite_strict=True,
    )


def _spent() -> None:
    op.create_table(
        "year_spent",
        sa.Column("fund_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ITEM[1:]),
        sa.Column("amount_pence", WHOLE, nullable=False),
        sa.Column("start_up_pence", WHOLE, nullable=False),
        sa.Column("as_at", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        *(_whole("year_spent", name, 0) for name in ("amount_pence", "start_up_pence")),
        _of_one("year_spent"),
        sa.CheckConstraint("trim(source) <> ''", name="ck_year_spent_has_a_source"),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_year_spent_fund_id_funds"),
        sa.PrimaryKeyConstraint(*ITEM, name="pk_year_spent"),
        sqlite_strict=True,
    )


def _decisions() -> None:
    op.create_table(
        "year_decisions",
        sa.Column("fund_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*ITEM[1:], "deed")),
        sa.Column("amount_pence", WHOLE, nullable=False),
        sa.Column("start_up_pence", WHOLE, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reason", "decided_by", "decided_on")),
        sa.Column("left_pence", WHOLE, nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "deed IN ('carry forward', 'allocation', 'over-commitment')", name="ck_year_decisions_deed_known"
        ),
        *(_whole("year_decisions", name) for name in ("amount_pence", "start_up_pence", "left_pence")),
        _of_one("year_decisions"),
        sa.CheckConstraint("trim(decided_by) <> ''", name="ck_year_decisions_has_a_decider"),
        sa.CheckConstraint(
            "deed = 'allocation' OR trim(reason) <> ''", name="ck_year_decisions_has_a_reason"
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_year_decisions_fund_id_funds"),
        sa.PrimaryKeyConstraint(*ITEM, "deed", name="pk_year_decisions"),
        sqlite_strict=True,
    )


def _whole(table: str, column: str, least: int | None = None) -> sa.CheckConstraint:
    rule = f"typeof({column}) = 'integer'" + ("" if least is None else f" AND {column} >= {least}")
    return sa.CheckConstraint(f"{column} IS NULL OR ({rule})", name=f"ck_{table}_{column}_whole")


def _of_one(table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint("(line = '') <> (award = '')", name=f"ck_{table}_of_a_line_or_an_award")
