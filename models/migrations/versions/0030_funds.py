"""Names of a fund with their days, its years' money with its sources, and its rules as a round took them."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

FIRST_DAY = "0001-01-01"
KINDS = ("proceeds-of-crime", "police-property", "ministry-of-justice", "precept", "other")
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _make_tables()
    op.add_column("funds", sa.Column("closed_on", sa.Text(), nullable=True))
    op.add_column("rounds", sa.Column("fund_rules", sa.Text(), nullable=True))
    _fill(op.get_bind())


def _make_tables() -> None:
    op.create_table(
        "fund_names",
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("held_from", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fund_id", "held_from", name="pk_fund_names"),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_fund_names_is_named")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_fund_names_fund_id_funds"),
        sqlite_strict=True,
    )
    op.create_table(
        "fund_years",
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("amount_pence", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("fund_id", "year", name="pk_fund_years"),
        sa.CheckConstraint("amount_pence >= 0", name=op.f("ck_fund_years_amount_pence_at_least_0")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_fund_years_fund_id_funds"),
        sqlite_strict=True,
    )
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "fund_sources",
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("amount_pence", WHOLE, nullable=False),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("fund_id", "year", "position", name="pk_fund_sources"),
        sa.CheckConstraint(f"kind IN ({listed})", name=op.f("ck_fund_sources_kind_known")),
        sa.CheckConstraint("amount_pence >= 0", name=op.f("ck_fund_sources_amount_pence_at_least_0")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_fund_sources_fund_id_funds"),
        sqlite_strict=True,
    )


def _fill(connection: sa.Connection) -> None:
    """Give each fund its name and its years, and each open round the rules that its fund has had so far."""
    funds = connection.execute(sa.text("SELECT id, name, defaults FROM funds ORDER BY id")).all()
    for number, name, defaults in funds:
        named = {"of": number, "day": FIRST_DAY, "name": name}
        connection.execute(sa.text("INSERT INTO fund_names VALUES (:of, :day, :name)"), named)
        rules = json.loads(defaults)
        for year, pence in rules.pop("amounts", ()):
            held = {"of": number, "year": year, "pence": pence}
            connection.execute(sa.text("INSERT INTO fund_years VALUES (:of, :year, :pence)"), held)
        text = json.dumps(rules, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        kept = {"of": number, "rules": text}
        connection.execute(sa.text("UPDATE funds SET defaults = :rules WHERE id = :of"), kept)
        connection.execute(
            sa.text("UPDATE rounds SET fund_rules = :rules WHERE fund_id = :of AND stage <> 'set up'"), kept
        )
