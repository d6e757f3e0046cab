"""What an office server's errors mean, in words for the person at the desk."""

from msgspec.structs import replace

from models.store.places import ServerAddress
from models.store.postgres.guards import OVERWRITES
from models.trouble import Trouble
from scoring.written.text import with_capital

NOT_SAVED = "The last change was not saved; nothing was lost."
_GONE, _LACKS = ("08", "57P"), "53"
_FULL, _BUSY, _NO_RIGHT, _READ_ONLY = "53100", "55P03", "42501", "25006"
_STOPPED = ("57014", "25P03")
_UNTOLD = "too many notifications"

_AT_SIGN_ON = (
    (
        ("password authentication failed", "no password supplied", "peer authentication", "pg_hba", "role "),
        "{server} did not let you sign on{login}. Check the login and its password, or ask the person who "
        "runs the server to give you one.",
    ),
    (
        ("does not exist",),
        "There is no database {database} on {server}. Check the address, or ask the person who runs the "
        "server.",
    ),
    (
        ("permission denied for database",),
        "Your login{login} is not let into {record}. Ask the person who runs the server to let you in.",
    ),
    (
        ("certificate", "ssl", "tls"),
        "The connection to {server} is not protected as it must be: {first}. Ask the person who runs the "
        "server for its certificate; Grant Panel connects to another computer in no other way.",
    ),
    (
        ("too many", "remaining connection slots", "out of shared memory", "starting up", "shutting down"),
        "{server} accepts no more connections at the moment. Try again in a minute.",
    ),
)
"""What is said where the server's refusal, in small letters, holds one of some words; the first that does."""

HOLDS_NUL = (
    "A text that was entered holds a character that cannot be stored (number 0, which no keyboard types). "
    "Remove it and try again. Nothing was changed."
)


class ConnectionLost(Trouble):
    """The server, or the network between, does not answer; what was saved is there when it is back."""


class SignOnRefused(Trouble):
    """The server does not know the login, or its password; `address` holds no password."""

    def __init__(self, words: str, address: ServerAddress) -> None:
        super().__init__(words)
        self.address = replace(address, password="")


def at_sign_on(error: BaseException, address: ServerAddress) -> Trouble:
    """Return why a server could not be connected to; no password is in it."""
    said = str(error).strip()
    known = next((words for signs, words in _AT_SIGN_ON if any(sign in said.lower() for sign in signs)), None)
    if known is None:
        return ConnectionLost(
            f"{with_capital(_server(address))} was not reached. Nothing was changed. Check the address, and "
            "that the office's network or its VPN is on, or ask the person who runs the server, who may want "
            f"to know: {_first_line(said)}."
        )
    login = f" as {address.login}" if address.login else ""
    words = known.format(
        server=_server(address),
        login=login,
        database=f"“{address.database}”",
        record=address.name,
        first=_first_line(said),
    )
    said = f"{with_capital(words)} Nothing was changed."
    return SignOnRefused(said, address) if known == _AT_SIGN_ON[0][1] else Trouble(said)


def is_trouble(error: BaseException) -> bool:
    """Whether an error comes from the server or the network, not from a mistake of our own."""
    known = (_BUSY, _NO_RIGHT, _READ_ONLY, *_STOPPED)
    is_known = _state(error) in known or _state(error).startswith(_LACKS)
    return is_lost(error) or is_known or _UNTOLD in str(error)


def is_lost(error: BaseException) -> bool:
    """Whether the server has gone, or the network to it."""
    state = _state(error)
    is_without = not state and type(error).__name__ in ("OperationalError", "InterfaceError")
    return is_without or state.startswith(_GONE)


def holds_nul(error: BaseException) -> bool:
    """Whether a text was not written because it holds the one character that PostgreSQL takes in none."""
    return type(error).__name__ == "DataError" and "NUL (0x00)" in str(error)


def overwritten(error: BaseException) -> int:
    """Return the journal's row whose unseen change would be written over; 0 for any other error."""
    return int(error.diag.message_detail) if _state(error) == OVERWRITES else 0  # type: ignore[attr-defined]


def trouble_of(error: BaseException, address: ServerAddress, *, is_saving: bool = True) -> Trouble:
    """Return what an error of a server that was connected to means, to a change or to a question."""
    state, server = _state(error), _server(address)
    not_saved = f"{NOT_SAVED} " if is_saving else ""
    if is_lost(error):
        return ConnectionLost(
            f"The connection to {server} was lost. {not_saved}Try again when the server answers."
        )
    if state == _FULL:
        return Trouble(f"The disk of {server} is full. {not_saved}Tell the person who runs the server.")
    why = _first_line(str(error))
    if state.startswith(_LACKS):
        return Trouble(
            f"{with_capital(server)} has no room for more ({why}). {not_saved}Tell the person who runs the "
            "server: somebody’s connection may hold all of it."
        )
    if _UNTOLD in str(error):
        return Trouble(
            f"Somebody’s connection to {server} keeps it from telling anybody of changes, so that none is "
            f"made. {not_saved}Tell the person who runs the server, who ends that connection."
        )
    if state in (_BUSY, *_STOPPED):
        return Trouble(f"Somebody else is saving to {server} just now. {not_saved}Try again in a moment.")
    if state == _NO_RIGHT:
        return Trouble(
            f"{with_capital(server)} does not let your login see or change this. "
            f"{not_saved}Ask an officer if it should be."
        )
    if state == _READ_ONLY:
        return Trouble(
            f"{with_capital(server)} can only be read at the moment. {not_saved}Ask the person who runs "
            "the server when it can be written to."
        )
    return Trouble(f"{with_capital(server)} could not do what was asked ({why}). {not_saved}".strip())


def in_doubt(address: ServerAddress) -> ConnectionLost:
    """Return what is said when a server went while it was saving: nobody here can tell what it did."""
    return ConnectionLost(
        f"The connection to {_server(address)} was lost while the last change was being saved. It was "
        "either saved completely or not at all: History says which when the server answers, and what is "
        "tried again "
        "from this window is never saved twice."
    )


def _server(address: ServerAddress) -> str:
    return "the server on this computer" if address.is_here else f"the server {address.host}"


def _state(error: BaseException) -> str:
    return getattr(error, "sqlstate", None) or ""


def _first_line(said: str) -> str:
    return said.split("\n", 1)[0].strip().rstrip(".")
