"""What a member's own record holds: the pack it was made from, and what would go back."""

from datetime import date

from msgspec import Struct
from sqlalchemy import func, select

from models.packs.member_record import OPENED_PACK, is_members_own
from models.packs.revisions import HANDED_IN, MARK, History, Key
from models.packs.values import Pack, read_pack, read_return
from models.queries.packs.packs import record_setting, settled_histories
from models.schema.packs import returned_table
from models.schema.set_up import round_table
from models.session import Session
from scoring.counted import counted
from scoring.refused import Refused

MEMBER_KEY = "member key"
"""The setting that holds the public key with which the member signs."""
PACK_START = "pack start"
"""The setting that holds the start of the sealed pack in hex: its passphrase is that of the returns."""


def opened_pack(session: Session) -> Pack:
    """Return the pack that the record was made from; refused in any other record."""
    text = record_setting(session, OPENED_PACK)
    if text is None:
        raise Refused("This record was not made from a pack. A return is made in the member's own record.")
    return read_pack(text)


def last_day(session: Session) -> date:
    """Return the last day of the pack that is open here."""
    return opened_pack(session).expires_on


def pack_start(session: Session) -> bytes:
    """Return the start of the sealed pack, by which its passphrase is known again."""
    return bytes.fromhex(record_setting(session, PACK_START) or "")


def history_to_return(session: Session, pack: Pack) -> dict[Key, History]:
    """Return all that the member entered, also of what the newest pack holds no more, as it stands now."""
    round_id = session.scalars(select(round_table.c.id).where(round_table.c.uid == pack.round.uid)).one()
    return settled_histories(session, round_id, pack.member.code)


class ReturnState(Struct, frozen=True):
    """What a return made now would carry: sheets with a mark, those handed in, and whether it is news."""

    begun: int
    handed_in: int
    has_news: bool

    @property
    def words(self) -> str:
        """Say how much of it counts."""
        if not self.begun:
            return "There is no mark on any sheet yet."
        sheets = counted(self.begun, "sheet")
        return f"{self.handed_in} of {sheets} with marks handed in."


def return_state(session: Session) -> ReturnState:
    """Return what a return would carry; nothing is news where all of it went back, or came with the pack."""
    pack = opened_pack(session)
    known = history_to_return(session, pack)
    values = {key: history.value for key, history in known.items()}
    handed_in = {
        key.application for key, value in values.items() if key.slot == HANDED_IN and value == "true"
    }
    begun = {
        key.application
        for key, value in values.items()
        if key.slot.startswith(MARK) and value != key.at_first
    }
    _, body = newest_return(session)
    sent = pack.revisions if body is None else read_return(body).revisions
    stands = {revision.hash for history in known.values() for revision in history.written}
    return ReturnState(len(begun | handed_in), len(handed_in), stands != {one.hash for one in sent})


def office_panel(session: Session) -> str:
    """Return what the pack says of the office's panel, "" in any other record."""
    roles = opened_pack(session).round.roles if is_members_own(session) else ()
    named = [counted(one.count, one.role) for one in roles]
    return ", ".join(named)


def newest_return(session: Session) -> tuple[int, str | None]:
    """Return how many returns were made, and the body of the last."""
    table = returned_table
    count = session.scalar(select(func.count()).select_from(table)) or 0
    newest = select(table.c.body).order_by(table.c.number.desc()).limit(1)
    return count, session.scalar(newest)
