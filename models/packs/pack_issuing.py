"""A pack that is about to be issued: the text to seal, the change to journal, the key to keep beside."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar

from models.operations.packs.packs import IssuePack, put_private_key
from models.queries.packs.pack_state import packs_issued
from models.queries.packs.packs import OFFICE_KEY, PackOrder, pack_body, private_key, record_setting
from models.session import Session
from models.trouble import Trouble
from models.values import canonical, signing
from models.values.canonical import Guarded
from models.values.packs import Pack, signed_pack

DAYS = 28
"""How long a pack is good for unless another day is named."""


class ReadyPack(Guarded, frozen=True):
    """A signed pack with the change that records it; hand `keep` to `Record.perform_beside`.

    `number` says which of the member's packs it is, 1 first.
    """

    unshown: ClassVar = frozenset({"pack", "text", "operation", "keep", "number"})
    pack: Pack
    text: str
    operation: IssuePack
    keep: Callable[[Session], None]
    number: int = 1


def ready_pack(
    session: Session, round_id: int, member: str, today: date, expires_on: date | None = None
) -> ReadyPack:
    """Return a member's pack, ready to be sealed; a query, which changes nothing."""
    public, private = _office_key(session)
    ends = expires_on or today + timedelta(days=DAYS)
    order = PackOrder(round_id, member, str(uuid.uuid4()), today, ends, public)
    pack = signed_pack(pack_body(session, order), private)
    text = canonical.to_text(pack)

    def keep(session: Session) -> None:
        put_private_key(session, public, private)

    operation = IssuePack(
        round_id=round_id,
        member=member,
        pack=pack.pack,
        expires_on=ends,
        items=len(pack.applications),
        office_key=public,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        after_row=pack.journal_row,
        after_head=pack.journal_head,
        applications=tuple(sorted(item.uid for item in pack.applications)),
    )
    number = 1 + packs_issued(session, pack.round.uid, pack.member.uid)
    return ReadyPack(pack, text, operation, keep, number)


def _office_key(session: Session) -> tuple[str, bytes]:
    """Return the office's key, a new one where none was ever needed."""
    public = record_setting(session, OFFICE_KEY)
    if public is None:
        fresh = signing.new_key()
        return signing.public_half(fresh).hex(), fresh
    private = private_key(session, public)
    if private is None:
        raise Trouble("The office's key is missing from this record. Restore its newest backup.")
    return public, private
