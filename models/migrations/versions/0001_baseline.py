"""The tables as they are declared, with the guards of a file."""

from alembic import op

from models.schema.tables import make_tables
from models.store.definition import of_a_file

revision = "0001"
down_revision = None


def upgrade() -> None:
    make_tables(op.get_bind())
    for statement in of_a_file():
        op.get_bind().exec_driver_sql(statement)
