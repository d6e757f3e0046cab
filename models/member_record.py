"""A member's own record, which a pack opens into: what may be done in it, and what it is refused.

It can score, declare and give reasons, and make a return; all else belongs to the office's record.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.schema.journal import Setting
from scoring.refused import Refused

OPENED_PACK = "opened pack"
"""The setting that makes a record a member's own: the text of the pack it was made from."""

ALLOWED = frozenset(
    {
        "open pack",
        "update pack",
        "put pack back",
        "make return",
        "declare",
        "add interest",
        "set mark",
        "set reason",
        "hand in",
        "hand in sheets",
        "make record",
        "upgrade record",
        "restore record",
        "take over record",
        "change passphrase",
        "keep record plain",
        "salvage record",
        "take as found",
    }
)
"""The kinds of change that a member's own record takes."""


def is_members_own(session: Session) -> bool:
    """Whether the record was made from a pack."""
    return session.scalar(select(Setting.name).where(Setting.name == OPENED_PACK)) is not None


def refuse_elsewhere(session: Session, kind: str) -> None:
    """Refuse a change that belongs to the office's record in a member's own."""
    if kind not in ALLOWED and is_members_own(session):
        raise Refused(
            "This is a panel member's own record: it can score, declare and give reasons. "
            "Anything else is done in the office's record."
        )


def refuse_in_members_own(session: Session, deed: str) -> None:
    """Refuse to show what only the office's record can say; `deed` is what was asked for."""
    if is_members_own(session):
        raise Refused(
            f"This is a panel member's own record, with one member's marks; {deed} belongs to the office's "
            "record."
        )
