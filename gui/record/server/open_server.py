"""Open a record on an office server: its host, its database, and how the person signs on."""

from urllib.parse import quote

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.access.passphrase import revealed
from gui.access.passphrase_box import PassphraseBox
from gui.dialogs.form import Form
from gui.dialogs.host import DialogHost
from gui.record.record_actions import RecordActions
from gui.theme.look import Look
from models.store.places import SCHEMES, ServerAddress, is_of_server, server_address
from models.store.postgres.troubles import SignOnRefused
from models.trouble import Trouble

TITLE = "Open an office server"
WORDS = "The person who runs your office's server tells you where the record is, and gives you a login."
OWN_ACCOUNT = "Leave this empty to sign on with your account on this computer."
NOT_KEPT = "It is not stored: you are asked again next time."
WHICH_HOST = "Say which computer the server is, such as db.example."


class OpenServerDialog(Form):
    """Four lines; what was typed before stands there again, but never a password."""

    def __init__(self, look: Look, known: ServerAddress | None, parent: QWidget | None) -> None:
        super().__init__(look, TITLE, (WORDS,), "Open", parent)
        self.host = self.line("Server", _place(known), "db.example")
        self.database = self.line("Database", known.database if known else "", "grants")
        self.login = self.line("Login", known.login if known else "", "priya")
        self.hint(self.login, OWN_ACCOUNT)
        self.password = PassphraseBox(look, "Password")
        self.add("Password", self.password)
        self.hint(self.password, NOT_KEPT)
        self.finished.connect(self.password.forget)
        self.finish(self.host if known is None else self.password.line)

    def try_action(self) -> None:
        """Tell the address; say at the line what no address can be made of."""
        if not self.host.text().strip():
            self.refuse(WHICH_HOST, self.host)
            return
        try:
            found = self._address()
        except Trouble as trouble:
            self.refuse(str(trouble), self.host)
            return
        password = "" if self.password.is_empty else revealed(self.password.passphrase) or ""
        login = self.login.text().strip() or found.login
        self.accept()
        self.agreed.emit(replace(found, login=login, password=password or found.password))

    def _address(self) -> ServerAddress:
        """Return where the record is; a whole address may stand in the first line."""
        host = self.host.text().strip()
        if is_of_server(host):
            return server_address(host)
        if host.startswith("/"):
            return ServerAddress(host, self.database.text().strip())
        return server_address(f"{SCHEMES[0]}{host}/{quote(self.database.text().strip(), safe='')}")


class OpenServer(QObject):
    """Ask for a server and open its record; ask again where it did not let somebody sign on."""

    def __init__(self, look: Look, record: RecordActions, dialogs: DialogHost) -> None:
        super().__init__(dialogs)
        self._look = look
        self._record = record
        self._dialogs = dialogs

    @Slot()
    def ask(self) -> None:
        """Ask where the record is."""
        self._dialogs.show(self._dialog(None))

    def ask_again(self, error: SignOnRefused) -> None:
        """Ask for the login once more, with why it was refused."""
        dialog = self._dialog(error.address)
        self._dialogs.show(dialog)
        dialog.refuse(str(error), dialog.password.line)

    def _dialog(self, known: ServerAddress | None) -> OpenServerDialog:
        dialog = OpenServerDialog(self._look, known, self._dialogs.window)
        dialog.agreed.connect(self._record.open)
        return dialog


def _place(known: ServerAddress | None) -> str:
    """Return a server's name, with its port where it has one of its own."""
    if known is None:
        return ""
    return f"{known.host}:{known.port}" if known.port else known.host
