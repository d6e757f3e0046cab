"""What a member's own record holds: the pack it was made from, and what would go back."""

from datetime import date

from sqlalchemy import func, select

from models.member_record import OPENED_PACK
from models.packs.revisions import History, Key
from models.packs.values import Pack, read_pack
from models.queries.packs import setting, settled_histories
from models.schema.pack import returned_table
from models.schema.round import round_table
from models.session import Session
from scoring.refused import Refused

MEMBER_KEY = "member key"
"""The setting that holds the public key with which the member signs."""
PACK_START = "pack start"
"""The setting that holds the start of the sealed pack in hex: its passphrase is that of the returns."""


def opened_pack(session: Session) -> Pack:
    """Return the pack that the record was made from; refused in any other record."""
    text = setting(session, OPENED_PACK)
    if text is None:
        raise Refused("This record was not made from a pack. A return is made in the member's own record.")
    return read_pack(text)


def last_day(session: Session) -> date:
    """Return the last day of the pack that is open here."""
    return opened_pack(session).expires_on


def pack_start(session: Session) -> bytes:
    """Return the start of the sealed pack, by which its passphrase is known again."""
    return bytes.fromhex(setting(session, PACK_START) or "")


def history_to_return(session: Session, pack: Pack) -> dict[Key, History]:
    """Return all that the member put down, also of what the newest pack holds no more, as it stands now."""
    round_id = session.scalars(select(round_table.c.id).where(round_table.c.uid == pack.round.uid)).one()
    return settled_histories(session, round_id, pack.member.code)


def newest_return(session: Session) -> tuple[int, str | None]:
    """Return how many returns were made, and the body of the last."""
    table = returned_table
    count = session.scalar(select(func.count()).select_from(table)) or 0
    newest = select(table.c.body).order_by(table.c.number.desc()).limit(1)
    return count, session.scalar(newest)
