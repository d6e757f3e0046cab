"""What is known of the open record without asking it."""

from pathlib import Path

from msgspec import Struct

from gui.folders import documents
from models.store.locks.signing_on import SignedOn
from models.store.places import Address, ServerAddress, file_of


class OpenRecord(Struct, frozen=True):
    """Where a record lies, and how it is open.

    `is_shut` where nothing can be written there; `has_password` where one was typed to sign on to its server,
    and `signed_on` who did, None where whoever uses the window says so.
    """

    address: Address
    is_copy: bool
    is_encrypted: bool
    is_shut: bool = False
    has_password: bool = False
    signed_on: SignedOn | None = None
    has_weak_passphrase: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether it lies on an office server, where others change it at the same time."""
        return isinstance(self.address, ServerAddress)

    @property
    def is_sealed(self) -> bool:
        """Whether one comes back to it, once it is locked, with a passphrase or a password alone."""
        return self.is_encrypted or self.has_password

    @property
    def name(self) -> str:
        """Return its name: the file's, or its database and server."""
        return self.address.name

    @property
    def stem(self) -> str:
        """Return what files that are written of it are named after."""
        return self.address.database if isinstance(self.address, ServerAddress) else self.address.stem

    @property
    def path(self) -> Path:
        """Return its file; one on a server has none."""
        return file_of(self.address)

    @property
    def folder(self) -> Path:
        """Return where what is written of it is offered to lie: beside its file, else among the documents."""
        return documents() if isinstance(self.address, ServerAddress) else self.address.parent
