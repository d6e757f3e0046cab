"""Encrypt a record in a file with another passphrase, or no longer."""

from datetime import datetime

from models.journal import chain as journal
from models.journal.chain import JournalHead
from models.operation import Actor
from models.store.sqlite import engine
from models.store.sqlite.store import SqliteStore
from models.store.upkeep import NoteNewKey
from scoring.refused import Refused


def change_key(
    file: SqliteStore, key: str | None, actor: Actor, after: JournalHead, at: datetime
) -> JournalHead:
    """Put a verified copy under another passphrase (None: under none) in a file's place, and journal it.

    The engine's own change of key in place is never used: a kill in its midst can leave either key in
    force. That it was changed is recorded in the copy, so that it is there as soon as the key is in
    force. Copies that were made before keep the passphrase they had. Raises Trouble when the disk does
    not take the copy; the record is as it was then.
    """
    file.refuse_if_copy()
    new = None if key is None else engine.clean_key(key)
    _refuse_same(file, key)
    note = NoteNewKey(file.is_encrypted, new is not None)
    with file.written_anew(new) as session:
        return journal.carry_out(session, after, note, actor, at)[1]


def _refuse_same(file: SqliteStore, key: str | None) -> None:
    """Refuse a new passphrase that is the one in force, by which nothing would be gained."""
    if engine.is_same_key(file.key, key):
        raise Refused(
            "That is the passphrase the record has already. Nothing was changed; choose another one."
            if key is not None
            else "The record is not encrypted. Nothing was changed."
        )
