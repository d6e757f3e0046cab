"""The tables as they are declared, with the guards of a file."""

from alembic import op

from models.schema.base import METADATA
from models.schema.tables import TABLES
from models.store.guards import of_a_file

revision = "0001"
down_revision = None

assert TABLES, "the declared schema is whole"


def upgrade() -> None:
    METADATA.create_all(op.get_bind(), checkfirst=False)
    for statement in of_a_file():
        op.get_bind().exec_driver_sql(statement)
