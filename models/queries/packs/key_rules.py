"""Whether the private keys, which no journal holds, are those whose public halves the journal names."""

from collections.abc import Iterator

from sqlalchemy import select

from models.journal.rules import Rule
from models.packs import signing
from models.queries.packs.member_record import MEMBER_KEY
from models.queries.packs.packs import OFFICE_KEY, record_setting
from models.schema.pack import private_key_table
from models.session import Session


def _keys_astray(session: Session) -> str:
    return next(_astray(session), "")


def _astray(session: Session) -> Iterator[str]:
    """Yield keys that do not make the public half under which they lie, or that the journal does not name."""
    named = {record_setting(session, OFFICE_KEY), record_setting(session, MEMBER_KEY)}
    table = private_key_table
    for public, private in session.execute(select(table.c.public_key, table.c.private_key)):
        if public not in named or _public_half(private) != public:
            yield "A key that signs packs or returns is not the one that the journal names."


def _public_half(private: bytes) -> str:
    try:
        return signing.public_half(private).hex()
    except ValueError:
        return ""


KEY_RULE = Rule("keys", "Every key that signs is the one that the journal names.", _keys_astray)
"""What is asked of the private keys when a record is checked."""
