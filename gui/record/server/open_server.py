"""Open a record on an office server: its host, its database, and how the person signs on."""

from functools import partial
from urllib.parse import quote

from msgspec.structs import replace

from gui.access.passphrase import Passphrase, revealed
from gui.access.passphrase_box import PassphraseBox
from gui.dialogs.host import DialogHost
from gui.listed.form import AtField, DataForm, Form, Line, Own
from gui.record.record_actions import RecordActions
from models.store.places import SCHEMES, ServerAddress, is_of_server, server_address
from models.store.postgres.troubles import SignOnRefused
from models.trouble import Trouble

TITLE = "Open an office server"
WORDS = "The person who runs your office's server tells you where the record is, and gives you a login."
OWN_ACCOUNT = "Leave this empty to sign on with your account on this computer."
NOT_KEPT = "It is not stored: you are asked again next time."
WHICH_HOST = "Say which computer the server is, such as db.example."


def server_form(known: ServerAddress | None) -> Form:
    """Return what asks where a record is; what was typed before stands there again, but never a password."""

    def given(host: str, database: str, login: str, password: Passphrase | None) -> ServerAddress:
        if not host:
            raise AtField(WHICH_HOST, "host")
        try:
            found = _address(host, database)
        except Trouble as trouble:
            raise AtField(str(trouble), "host") from trouble
        return replace(found, login=login or found.login, password=revealed(password) or found.password)

    return Form(
        title=TITLE,
        sentences=(WORDS,),
        action="Open",
        does=given,
        focus="host" if known is None else "password",
        fields=(
            Line("host", "Server", value=_place(known), hint="db.example"),
            Line("database", "Database", value=known.database if known else "", hint="grants"),
            Line("login", "Login", value=known.login if known else "", hint="priya", more=OWN_ACCOUNT),
            Own("password", "Password", make=partial(PassphraseBox, name="Password"), more=NOT_KEPT),
        ),
    )


def _address(host: str, database: str) -> ServerAddress:
    """Return where the record is; a whole address may stand in the first line."""
    if is_of_server(host):
        return server_address(host)
    if host.startswith("/"):
        return ServerAddress(host, database)
    return server_address(f"{SCHEMES[0]}{host}/{quote(database, safe='')}")


def ask_server(record: RecordActions, dialogs: DialogHost) -> None:
    """Ask for a server, and open its record."""
    _show(record, dialogs, None)


def ask_again(record: RecordActions, dialogs: DialogHost, error: SignOnRefused) -> None:
    """Ask for the login once more, with why it was refused."""
    dialog = _show(record, dialogs, error.address)
    dialog.refuse(str(error), dialog["password"].line)


def _show(record: RecordActions, dialogs: DialogHost, known: ServerAddress | None) -> DataForm:
    dialog = DataForm(server_form(known), dialogs.window)
    dialog.given.connect(record.open)
    dialogs.show(dialog)
    return dialog


def _place(known: ServerAddress | None) -> str:
    """Return a server's name, with its port where it has one of its own."""
    if known is None:
        return ""
    return f"{known.host}:{known.port}" if known.port else known.host
