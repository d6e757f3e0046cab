"""Where a record lies: in a file, or in a database on an office server."""

from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qsl, unquote, urlsplit

from msgspec.structs import replace

from models.trouble import Trouble
from models.values.canonical import Guarded

SCHEMES = ("postgresql://", "postgres://")
_BEGINS = ("postgresql:", "postgres:")
_HERE = ("", "localhost", "127.0.0.1", "::1")
_FORM = "An office server's address reads postgresql://PERSON@HOST/DATABASE. Check it and try again."


class ServerAddress(Guarded, frozen=True):
    """A database on a server, and the login to sign on with; a password in it is never shown.

    `options` are the driver's own ("service", "sslrootcert", …), as the address gives them.
    """

    unshown: ClassVar = frozenset({"password"})
    uncompared: ClassVar = frozenset({"password"})
    host: str
    database: str
    login: str = ""
    port: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    password: str = ""

    def __str__(self) -> str:
        login = f"{self.login}@" if self.login else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        if self.host.startswith("/"):
            port = f"&port={self.port}" if self.port else ""
            place = f"/{self.database}?host={host}{port}"
        else:
            port = f":{self.port}" if self.port else ""
            place = f"{host}{port}/{self.database}"
        return f"{SCHEMES[0]}{login}{place}"

    @property
    def name(self) -> str:
        """Return the record as it is named to a person: "grants on db.example"."""
        service = dict(self.options).get("service")
        if not self.database and service:
            return f"the service {service}"
        return f"{self.database} on {'this computer' if self.is_here else self.host}"

    @property
    def is_here(self) -> bool:
        """Whether the server is this computer, so that nothing crosses a network."""
        return self.host in _HERE or self.host.startswith("/")


FileAddress = Path
"""A record in a file of its own."""

Address = FileAddress | ServerAddress


def address_of(text: str) -> Address:
    """Return the address that somebody typed; one of a server is told by how it begins.

    Raises Trouble where it is a server's, but cannot be understood.
    """
    return server_address(text) if is_of_server(text) else Path(text)


def is_of_server(text: str) -> bool:
    """Whether a text begins as a server's address does, also one that is written with a slip."""
    return text.lower().startswith(_BEGINS)


def server_address(text: str) -> ServerAddress:
    """Return the address of a record on a server; Trouble where it cannot be understood."""
    if not text.lower().startswith(SCHEMES):
        raise Trouble(f"That address cannot be read. {_FORM}")
    try:
        found = urlsplit(text)
        options = dict(parse_qsl(found.query, keep_blank_values=True, strict_parsing=bool(found.query)))
        port = int(options.pop("port")) if options.get("port", "").isdecimal() else found.port
    except ValueError as error:
        raise Trouble(f"That address cannot be read. {_FORM}") from error
    host = options.pop("host", "") or found.hostname or ""
    database = unquote(found.path.removeprefix("/"))
    if "/" in database or found.fragment or not (database or "service" in options):
        raise Trouble(f"That address names no database. {_FORM}")
    return ServerAddress(
        host,
        database,
        unquote(found.username or ""),
        port,
        tuple(sorted(options.items())),
        unquote(found.password or ""),
    )


def without_password(address: Address) -> Address:
    """Return an address that may be remembered: the password that was typed is no part of it."""
    return replace(address, password="") if isinstance(address, ServerAddress) else address


def name_of(address: Address) -> str:
    """Return a record as it is named in a sentence: its file's name, or its database and server."""
    return address.name


def file_of(address: Address) -> Path:
    """Return the file of a record that has one; whoever asks knows that it is not on a server."""
    assert isinstance(address, Path), "what is asked of a file is not asked of a record on a server"
    return address
