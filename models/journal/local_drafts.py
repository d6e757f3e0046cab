"""What is typed while a server does not answer: kept on this computer, and read by nobody without it.

The key lies among the person's own drafts on the server, where they alone read it: whoever takes the file
has nothing of it without signing on.
"""

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from cryptography.fernet import Fernet, InvalidToken

from models.queries.panel.score_sheets import drafts
from models.store.private_files import make_folder, write_file
from models.store.record_file import in_part
from models.trouble import Trouble

if TYPE_CHECKING:
    from models.record import Record


KEY = "drafts kept on a computer/key"
"""The field under which the key is kept among the person's drafts."""


class LocalDrafts:
    """One person's drafts for one record, in one encrypted file; one that cannot be read counts for none."""

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, Fernet(key)

    @classmethod
    def of(cls, record: "Record", folder: Path | None = None) -> "LocalDrafts | None":
        """Return where drafts for a record are kept, once those that wait there are on the server.

        None where nobody is signed on: there is no key without a server.
        """
        if record.signed_on is None:
            return None
        person = record.signed_on.person
        found = record.ask(drafts, person, KEY).get(KEY, "")
        if not found:
            found = Fernet.generate_key().decode()
            record.keep_draft(person, KEY, found)
        kept = cls(_path(record, person, folder), found)
        for field, text in kept.read().items():
            record.keep_draft(person, field, text)
        kept.forget()
        return kept

    def keep(self, field: str, text: str) -> None:
        """Keep what is typed into a field, "" for nothing; Trouble where the disk says no."""
        held = {**self.read(), field: text}
        content = self._key.encrypt(json.dumps({of: said for of, said in held.items() if said}).encode())
        try:
            with in_part(self._path) as part:
                write_file(part, content)
                part.replace(self._path)
        except OSError as error:
            raise Trouble(f"What you type could not be kept on this computer ({error.strerror}).") from error

    def read(self) -> dict[str, str]:
        """Return what is kept, by field."""
        with suppress(OSError, InvalidToken, ValueError):
            found: dict[str, str] = json.loads(self._key.decrypt(self._path.read_bytes()))
            return found
        return {}

    def forget(self) -> None:
        """Keep nothing any more: the server has it."""
        with suppress(OSError):
            self._path.unlink()


def _path(record: "Record", person: str, folder: Path | None) -> Path:
    kept = folder or Path(platformdirs.user_data_dir("Grant Panel", appauthor=False))
    kept.mkdir(parents=True, exist_ok=True)
    make_folder(kept / "drafts")
    name = hashlib.sha256(f"{record.address}\0{person}".encode()).hexdigest()[:32]
    return kept / "drafts" / f"{name}.draft"
