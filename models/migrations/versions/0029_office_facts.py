"""The office's facts, each with the day from which it holds; its name, so far a column, is the first."""

from alembic import op

revision = "0029"
down_revision = "0028"

FACTS = """CREATE TABLE office_fact (
    key TEXT NOT NULL,
    from_on TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_office_fact PRIMARY KEY (key, from_on)
) STRICT"""
LOGOS = """CREATE TABLE office_logo (
    sha256 TEXT NOT NULL,
    png BLOB NOT NULL,
    CONSTRAINT pk_office_logo PRIMARY KEY (sha256),
    CONSTRAINT ck_office_logo_png_is_there CHECK (length(png) > 0)
) STRICT"""
NAME = """INSERT INTO office_fact (key, from_on, value)
SELECT 'name', '0001-01-01', name FROM office WHERE name != ''"""


def upgrade() -> None:
    connection = op.get_bind()
    for statement in (FACTS, LOGOS, NAME, "ALTER TABLE office DROP COLUMN name"):
        connection.exec_driver_sql(statement)
