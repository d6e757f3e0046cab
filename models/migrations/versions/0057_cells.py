"""What an applicant's file had in the cells that the fields of an application were read from."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"


def upgrade() -> None:
    op.add_column("applications", sa.Column("cells", sa.Text(), nullable=False, server_default="[]"))
    op.execute("DROP TRIGGER applications_texts")
    op.execute(
        "CREATE TRIGGER applications_texts BEFORE UPDATE OF contact_name, email, phone, address, postcode, "
        "summary, need, outcomes, answers, cells ON applications "
        "WHEN NEW.contact_name <> '' OR NEW.email <> '' OR NEW.phone <> '' OR NEW.address <> '' "
        "OR NEW.postcode <> '' OR NEW.summary <> '' OR NEW.need <> '' OR NEW.outcomes <> '' "
        "OR NEW.answers <> '[]' OR NEW.cells <> '[]' "
        "OR NOT EXISTS (SELECT 1 FROM erasure WHERE by_seq > (SELECT max(seq) FROM journal)) BEGIN "
        "SELECT RAISE(ABORT, 'what was submitted is never edited, only erased'); END"
    )
