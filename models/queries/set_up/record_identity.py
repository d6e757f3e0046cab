"""Which record this is, however its file is called."""

from models.operations.rows.writing import record_uid
from models.session import Session


def record_identity(session: Session) -> str:
    """Return the identity that the record got when it was made; a copy has the same."""
    return str(record_uid(session))
