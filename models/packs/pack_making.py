"""Making the packs that go to members and come back: what each holds, sealed."""

import hashlib
import uuid
from collections.abc import Callable, Container, Iterator
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from sqlalchemy.exc import IntegrityError

from models.operation import Actor
from models.operations.applications.attachments import put_attached
from models.operations.packs.packs import IssuePack, MakeReturn, OpenPack, put_private_key
from models.queries.applications.attachments import Attachment
from models.queries.packs.member_record import MEMBER_KEY, history_to_return, newest_return, opened_pack
from models.queries.packs.pack_files import sorted_files
from models.queries.packs.packs import (
    OFFICE_KEY,
    PackOrder,
    pack_body,
    packs_issued,
    private_key,
    record_setting,
)
from models.record import Opener, Record, new_whole
from models.session import Session
from models.store import chain as journal
from models.trouble import Trouble
from models.values import canonical, signing
from models.values.attachments import LEAVING
from models.values.canonical import Guarded
from models.values.packs import (
    DAMAGED,
    FORMAT,
    Pack,
    Return,
    read_return,
    too_much,
    with_signature,
)
from scoring.written.text import Refused

DAYS = 28
"""How long a pack is good for unless another day is named."""


class ReadyPack(Guarded, frozen=True):
    """A signed pack with the change that records it; hand `keep` to `Record.perform_beside`.

    `number` says which of the member's packs it is, 1 first; `files` are its attachments, whose bytes
    `content_to_pack` gives.
    """

    unshown = frozenset({"pack", "text", "operation", "keep", "number", "files"})
    pack: Pack
    text: str
    operation: IssuePack
    keep: Callable[[Session], None]
    number: int
    files: tuple[Attachment, ...]


def ready_pack(
    session: Session,
    round_id: int,
    member: str,
    today: date,
    expires_on: date | None = None,
    *,
    kinds: Container[str] = LEAVING,
) -> ReadyPack:
    """Return a member's pack, ready to be sealed; a query, which changes nothing.

    Attachments of these kinds go with it, of those that may leave the office.
    """
    public, private = _office_key(session)
    ends = expires_on or today + timedelta(days=DAYS)
    found = sorted_files(session, round_id, kinds)
    order = PackOrder(round_id, member, str(uuid.uuid4()), today, ends, public, found)
    pack = with_signature(pack_body(session, order), private)
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
    files = tuple(file for item in pack.applications if item.files for file in found[item.reference].going)
    return ReadyPack(pack, text, operation, keep, number, files)


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


class OpenedPack(Guarded, frozen=True):
    """A pack with its text as it was signed, and the start of its sealed file in hex.

    `contents` yields the bytes of its attachments, one after another, each time from the file.
    """

    unshown = frozenset({"pack", "text", "contents"})
    pack: Pack
    text: str
    start: str
    contents: Callable[[], Iterator[bytes]]


def make_member_record(path: Path, opener: Opener, key: str, opened: OpenedPack) -> Record:
    """Return the member's own record, open; a record that could not be finished is not left behind."""
    private = signing.new_key()
    public = signing.public_half(private).hex()

    def keep(session: Session) -> None:
        put_private_key(session, public, private)
        put_attached(session, opened.contents())

    try:
        with new_whole(path, opener, key) as record:
            operation = OpenPack(opened.text, public, opened.start)
            record.perform_beside(operation, keep, Actor(opened.pack.member.name, "member"))
    except (LookupError, ValueError, TypeError, IntegrityError) as error:
        raise Trouble(DAMAGED.format(what="pack")) from error
    return Record.open(path, opener, key=key)


class ReadyReturn(Struct, frozen=True):
    """A signed return, ready to be sealed, and the change that records it: None if it was made before."""

    given: Return
    text: str
    operation: MakeReturn | None


def ready_return(session: Session) -> ReadyReturn:
    """Return the member's return; a query, which changes nothing. The same again where nothing changed."""
    pack = opened_pack(session)
    known = history_to_return(session, pack)
    revisions = tuple(r for key in sorted(known) for r in known[key].written)
    made, newest = newest_return(session)
    before = None if newest is None else read_return(newest)
    if before is not None and (before.pack, before.revisions) == (pack.pack, revisions):
        return ReadyReturn(before, str(newest), None)
    if {revision.hash for revision in revisions} == {revision.hash for revision in pack.revisions}:
        raise Refused("Nothing was recorded since the pack came. Declare and score first.")
    words = too_much(revisions)
    if words:
        raise Refused(f"The return {words}, so it was not made. Shorten what is too long, or ask the office.")
    head = journal.head(session)
    public, private = _member_key(session)
    given = Return(
        format=FORMAT,
        kind="return",
        pack=pack.pack,
        round=pack.round.uid,
        member=pack.member.uid,
        fingerprint=pack.round.fingerprint,
        number=made + 1,
        revisions=revisions,
        member_key=public,
        office_row=pack.journal_row,
        office_head=pack.journal_head,
        journal_row=head.seq,
        journal_head=head.hash_hex,
    )
    signed = with_signature(given, private)
    text = canonical.to_text(signed)
    return ReadyReturn(signed, text, MakeReturn(text))


def _member_key(session: Session) -> tuple[str, bytes]:
    public = record_setting(session, MEMBER_KEY)
    private = None if public is None else private_key(session, public)
    if public is None or private is None:
        raise Trouble("The key of this record is missing. Restore its newest backup.")
    return public, private
