"""The return of a member's own record: what would go back, and what was sent."""

from pathlib import Path

from gui.pages.packs.return_page import PAGE
from gui.pages.page import Identity
from models.record import Opener, Record
from tests.gui.listed.page_user import PageUser, Uses
from tests.models.packed_rounds import declare, fill, issue, laptop, make_return, office

MEMBER = Identity("Ann Sample", "member", "M1")


def own_record(folder: Path, *, is_returned: bool) -> Path:
    """Make the record of M1, with one sheet filled in, from a pack of the office."""
    path = folder / "office" / "office.panel"
    path.parent.mkdir()
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        pack = issue(office(record))
    with laptop(folder / "own.panel", pack) as own:
        declare(own)
        fill(own, "ACF-001")
        if is_returned:
            make_return(own)
    return folder / "own.panel"


def returned(at: Uses, folder: Path) -> PageUser:
    return at(PAGE, own_record(folder, is_returned=True), MEMBER)


def test_those_that_were_made_are_listed(at: Uses, tmp_path: Path) -> None:
    user = returned(at, tmp_path)

    assert "Return 1" in user.spoken()
    assert "Nothing changed since the last return." in user.spoken()
    asked: list[bool] = []
    user.tools.actions["make_return"].triggered.connect(lambda: asked.append(True))
    user.press("Make the return…")
    assert asked == [True]
