"""On an office server one works under the name that one signed on with, and hands over to nobody."""

import pytest

from gui.access.identity import READER, signed_on_as
from gui.access.identity_controller import SIGNED_ON
from gui.record.runner import InlineRunner
from models.queries.set_up.office import Part
from models.record import Record
from models.role import Role
from models.store.locks.signing_on import SignedOn
from tests.gui.conftest import Opens
from tests.models.server_records import server_record

pytestmark = pytest.mark.usefixtures("unlocked")
PARTS = (Part("Grace Okoro", Role.CHAIR, "OKORO"), Part("Tomasz Bielecki", Role.MEMBER, "BIEL"))


@pytest.mark.parametrize(
    ("roles", "before", "role"),
    [
        ((Role.CHAIR,), "", Role.CHAIR),
        ((Role.MEMBER,), Role.OFFICER, READER),
        ((Role.FINANCE, Role.OFFICER), Role.OFFICER, Role.OFFICER),
        ((Role.FINANCE,), Role.DECIDER, Role.FINANCE),
    ],
)
def test_one_acts_in_a_role_that_the_server_gives(roles: tuple[Role, ...], before: str, role: str) -> None:
    found = signed_on_as(SignedOn("Grace Okoro", roles), before, PARTS)

    assert (found.name, found.role) == ("Grace Okoro", role)


def test_the_window_goes_by_who_signed_on_until_the_record_is_closed(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Record, "signed_on", SignedOn("Grace Okoro", (Role.FINANCE,)))
    window = opens(InlineRunner())
    said: list[str] = []
    monkeypatch.setattr(window.main.tools, "hint", said.append)
    window.workspace.open(server_record())
    assert window.main.tools.identity.words == "Grace Okoro, finance"

    window.controller.identity.ask()
    window.main.tools.person_named.emit(PARTS[1])
    assert said == [SIGNED_ON.format("Grace Okoro")] * 2
    assert window.workspace.person == "Grace Okoro"

    window.workspace.close()
    assert window.workspace.person == "Priya Nair"
