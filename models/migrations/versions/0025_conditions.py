"""One list of conditions with all money, the fund's standard ones where none were put down, and no other."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_TABLES = {"recommendations": "application_id", "decisions": "id"}


def upgrade() -> None:
    connection = op.get_bind()
    for table, key in _TABLES.items():
        rows = connection.execute(
            sa.text(
                f"SELECT held.{key}, funds.defaults FROM {table} AS held "
                "JOIN applications ON applications.id = held.application_id "
                "JOIN rounds ON rounds.id = applications.round_id JOIN funds ON funds.id = rounds.fund_id "
                "WHERE held.conditions = '[]' AND held.outcome IN ('fund', 'part_fund')"
            )
        ).all()
        fill = sa.text(f"UPDATE {table} SET conditions = :conditions WHERE {key} = :key")
        for number, defaults in rows:
            connection.execute(fill, {"conditions": _standard(json.loads(defaults)), "key": number})
        op.execute(f"UPDATE {table} SET conditions = '[]' WHERE outcome NOT IN ('fund', 'part_fund')")


def _standard(fund: dict[str, Any]) -> str:
    words = [each["words"] for each in fund.get("conditions", ()) if each.get("is_standard")]
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))
