"""A return that is about to be made in a member's own record."""

from msgspec import Struct

from models.operations.packs.packs import MakeReturn
from models.queries.packs.member_record import MEMBER_KEY, history_to_return, newest_return, opened_pack
from models.queries.packs.packs import private_key, record_setting
from models.session import Session
from models.store import chain as journal
from models.trouble import Trouble
from models.values import canonical
from models.values.packs import FORMAT, Pack, Return, read_return, signed_return, too_much
from scoring.refused import Refused


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
    signed = signed_return(given, private)
    text = canonical.to_text(signed)
    return ReadyReturn(signed, text, MakeReturn(text))


def is_expired(pack: Pack, today: str) -> bool:
    """Whether a pack is past its last day; `today` is an ISO date."""
    return pack.expires_on.isoformat() < today


def _member_key(session: Session) -> tuple[str, bytes]:
    public = record_setting(session, MEMBER_KEY)
    private = None if public is None else private_key(session, public)
    if public is None or private is None:
        raise Trouble("The key of this record is missing. Restore its newest backup.")
    return public, private
