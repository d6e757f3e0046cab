"""Making a member's own record of a pack: encrypted always, with a key of its own to sign returns."""

from functools import partial
from pathlib import Path

from msgspec import Struct
from sqlalchemy.exc import IntegrityError

from models.clock import Clock, utc_now
from models.operation import Actor
from models.operations.packs.packs import OpenPack, put_private_key
from models.record import Opener, Record
from models.trouble import Trouble
from models.values import signing
from models.values.packs import DAMAGED, Pack


class OpenedPack(Struct, frozen=True):
    """A pack with its text as it was signed, and the start of its sealed file in hex."""

    pack: Pack
    text: str
    start: str


def make_member_record(
    path: Path, opener: Opener, key: str, opened: OpenedPack, *, clock: Clock = utc_now
) -> Record:
    """Return the member's own record, open; a record that could not be finished is not left behind."""
    record = Record.create(path, opener, key=key, clock=clock)
    private = signing.new_key()
    public = signing.public_half(private).hex()
    keep = partial(put_private_key, public_key=public, private_key=private)
    try:
        operation = OpenPack(opened.text, public, opened.start)
        record.perform_beside(operation, keep, Actor(opened.pack.member.name, "member"))
    except BaseException as error:
        record.close()
        path.unlink(missing_ok=True)
        if isinstance(error, (LookupError, ValueError, TypeError, IntegrityError)):
            raise Trouble(DAMAGED.format(what="pack")) from error
        raise
    return record
