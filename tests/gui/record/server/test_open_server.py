"""A record on an office server is opened by its host, database and login, and offered again afterwards."""

import pytest

from gui.app import Window
from gui.record.recent import recent
from gui.record.runner import InlineRunner
from gui.record.server.open_server import WHICH_HOST, OpenServerDialog
from models.store.places import ServerAddress
from tests.gui.conftest import Opens
from tests.models.server_records import server_record

pytestmark = pytest.mark.usefixtures("unlocked")


def asked(window: Window) -> OpenServerDialog:
    """Return the dialog on show."""
    found = window.controller.dialog
    assert isinstance(found, OpenServerDialog)
    return found


def test_a_server_is_asked_for_once_more_where_it_lets_nobody_in_and_offered_when_it_did(
    opens: Opens,
) -> None:
    address = server_record()
    window = opens(InlineRunner())
    window.main.actions_by_name["open_server"].trigger()
    dialog = asked(window)
    dialog.do.click()
    assert dialog.faults.first.text() == WHICH_HOST
    dialog.host.setText(address.host)
    dialog.database.setText(address.database)
    dialog.login.setText("nobody.known")
    dialog.password.line.setText("not it")
    dialog.do.click()

    again = asked(window)
    assert again is not dialog
    assert "did not let you sign on as nobody.known" in again.faults.first.text()
    assert (again.host.text(), again.login.text(), again.password.is_empty) == (
        address.host,
        "nobody.known",
        True,
    )
    again.login.setText(address.login)
    again.do.click()
    facts = window.workspace.facts
    assert facts is not None
    assert facts.name == f"{address.database} on this computer"
    assert [one.address for one in recent(window.settings)] == [address]

    window.workspace.close()
    (button,) = window.main.welcome.recent
    button.click()
    assert window.workspace.facts == facts


def test_a_whole_address_may_be_typed_as_the_server(opens: Opens) -> None:
    window = opens(InlineRunner())
    window.main.actions_by_name["open_server"].trigger()
    dialog = asked(window)
    heard: list[ServerAddress] = []
    dialog.agreed.disconnect()
    dialog.agreed.connect(heard.append)

    dialog.host.setText("postgresql://priya@db.example:5433/grants")
    dialog.do.click()

    assert heard == [ServerAddress("db.example", "grants", "priya", 5433)]
