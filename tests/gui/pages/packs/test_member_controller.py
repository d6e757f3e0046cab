"""A member away from the office: the pack opens into a record of their own, and the return is made."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from exchange.pack_files import open_return, seal_text
from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import NOT_AGAIN
from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.packs.member_controller import NOTHING_IN, WRONG
from gui.pages.packs.passphrases import EMPTY
from gui.pages.packs.return_page import PAGE
from gui.pages.page import Identity
from gui.pages.panel.page import PanelPage
from gui.shell.page_list import PAGES
from gui.widgets.label import Label
from models.operation import Actor
from models.operations.applications.corrections import SetWithdrawn
from models.operations.panel.members import Declare
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.operations.set_up.rounds import SetMarking
from models.queries.panel.score_sheets import score_sheets
from models.record import Opener, Record
from models.store.record_file import is_encrypted
from models.store.sqlite import backup
from models.values.packs import read_pack
from models.values.rounds import AreaDates
from models.values.rows import InterestRow
from models.values.signing import public_half, short_code
from scoring.round import InterestKind
from tests.gui.listed.page_user import PageUser, Uses
from tests.gui.pressing import answer_to, box_of, page_of, told, words_in
from tests.models.packed_rounds import KEYS, declare, fill, issue, laptop, make_return, office
from tests.models.rounds import OFFICER, reader

SENT, OWN = "six words for the pack only", "six very plain words of her own"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack that was sent to M1."""
    with Record.create(tmp_path / "office.panel", Opener("Grace Okoro", "tests")) as record:
        office(record).perform(SetMarking(1, "OFFICIAL-SENSITIVE", "OFFICIAL"), OFFICER)
        dates = AreaDates(meets_on=date(2026, 11, 26), marks_close_on=date(2026, 11, 24))
        record.perform(SetAreaDates(1, "Coventry", dates, AreaDates()), OFFICER)
        text = issue(record)
    path = tmp_path / "ann.gpack"
    path.write_bytes(seal_text("pack", read_pack(text).pack, text, SENT))
    return path


offered: list[str] = []
"""The names that were offered for the last file."""


def opened_pack(window: Window, pack: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Open a pack in the window and return where the member's record is."""
    own = pack.with_name("ann.panel")

    def choose(parent: object, title: str, name: str, *rest: str) -> tuple[str, str]:
        offered[:] = [Path(name).name]
        return str(own.with_suffix("")), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *rest: (str(pack), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    window.main.actions_by_name["open_pack"].trigger()
    box = box_of(window, DataForm)
    box["key"].line.setText(SENT)
    box["own"].box.line.setText(OWN)
    box.do.click()
    assert box.problem.text() == NOT_AGAIN
    box["own"].again.line.setText(OWN)
    box.do.click()
    return own


def give_mark(window: Window) -> None:
    """Give one mark as the member."""
    workspace = window.main.tools.workspace
    workspace.perform(Declare(1, "M1", (InterestRow("M1", None, InterestKind.NONE),)))
    workspace.perform(SetMark(1, "M1", "ACF-001", "A1", 4, None))


def test_a_pack_opens_into_an_encrypted_record_as_its_member_who_may_not_do_what_the_office_does(
    window: Window, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = opened_pack(window, pack, monkeypatch)

    assert is_encrypted(own)
    assert offered == ["Autumn M1.panel"]
    assert window.main.tools.identity.words == "Ann Sample, member"
    facts = window.main.tools.workspace.facts
    assert facts.path == own
    assert window.main.actions_by_name["make_return"].isEnabled()
    said: list[Exception] = []
    window.workspace.perform(MoveAreas(1, ("Coventry",), "meeting"), failed=said.append)
    assert [str(error) for error in said] == [
        "This is a panel member's own record: it can score, declare and give reasons. "
        "Anything else is done in the office's record."
    ]


def test_both_passphrases_are_asked_for_and_a_wrong_one_is_told(
    window: Window, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.controller.open(pack)  # as a double click on it does
    box = box_of(window, DataForm)
    box.do.click()
    assert box.problem.text() == EMPTY
    box["key"].line.setText("not the words at all")
    box.do.click()
    assert "empty" in box.problem.text()
    box.helps[0].click()
    assert len(box["own"].box.passphrase.reveal().split()) == 6
    assert not box["own"].again.isVisible()
    box.do.click()

    assert "does not open this file" in box.problem.text()
    assert not pack.with_name("ann.panel").exists()


def test_a_return_is_made_signed_and_sealed(
    window: Window, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_pack(window, pack, monkeypatch)
    give_mark(window)
    out = pack.with_name("ann.greturn")

    def choose(parent: object, title: str, name: str, *rest: str) -> tuple[str, str]:
        offered[:] = [Path(name).name]
        return str(out.with_suffix("")), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    window.main.actions_by_name["make_return"].trigger()
    warned = box_of(window, ConfirmDialog)
    assert (warned.windowTitle(), warned.sentences[0]) == (
        NOTHING_IN,
        "0 of 3 sheets handed in, 3 still to score.",
    )
    warned.do.click()
    box = box_of(window, DataForm)
    box["key"].line.setText("not the words at all")
    box.do.click()
    assert box.problem.text() == WRONG
    box["key"].line.setText(SENT)
    box.do.click()

    assert offered == ["Autumn M1 return 1.greturn"]
    given, _ = open_return(out.read_bytes(), SENT)
    assert [(one.slot, one.value) for one in given.revisions if one.application][-1] == ("mark:A1", "4")
    assert given.code in told(window)


def newer_pack(pack: Path, *, of: str = "M1") -> Path:
    """Issue another pack once ACF-002 is withdrawn."""
    with Record.open(pack.with_name("office.panel"), Opener("Grace Okoro", "tests")) as record:
        gone = SetWithdrawn(1, "ACF-002", is_withdrawn=True, reason="asked to")
        record.perform(gone, Actor("Grace Okoro"))
        text = issue(record, of)
    path = pack.with_name(f"newer {of}.gpack")
    path.write_bytes(seal_text("pack", read_pack(text).pack, text, SENT))
    return path


def choose_newer(window: Window, path: Path) -> None:
    """Open another pack while the member's own record is open, a wrong passphrase first."""
    window.controller.away.open(path)
    box = box_of(window, DataForm)
    box["key"].line.setText("not the words at all")
    box.do.click()
    assert "does not open this file" in box.problem.text()
    box["key"].line.setText(SENT)
    box.do.click()


def references(window: Window) -> list[str]:
    sheets = answer_to(window, lambda session: score_sheets(session, 1, reader("M1")))
    return sorted(line.reference for line in sheets.lines)


def test_a_newer_pack_opens_into_the_members_record_and_is_undone_as_one(
    window: Window, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = opened_pack(window, pack, monkeypatch)
    give_mark(window)
    choose_newer(window, newer_pack(pack))
    dialog = box_of(window, ConfirmDialog)
    assert dialog.sentences[0].startswith("No longer to be scored: ACF-002.")
    assert references(window) == ["ACF-001", "ACF-002", "ACF-003"]
    dialog.do.click()

    assert references(window) == ["ACF-001", "ACF-003"]
    assert backup.newest(own) is not None
    window.workspace.undo_stack.undo()
    assert references(window) == ["ACF-001", "ACF-002", "ACF-003"]


def test_somebody_elses_pack_opens_as_that_person_and_the_one_before_is_back_after_it(
    window: Window, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = opened_pack(window, pack, monkeypatch)
    choose_newer(window, newer_pack(pack, of="M2"))
    box = box_of(window, DataForm)
    assert box["key"].passphrase.reveal() == SENT
    assert "Ravi Example (M2)" in " ".join(words.text() for words in box.findChildren(Label))
    box["own"].offer_words()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *rest: (str(own.with_name("ravi")), ""))
    box.do.click()

    tools = window.main.tools
    assert (tools.identity.words, tools.identity.role) == ("Ravi Example, chair", "member")
    window.main.actions_by_name["person"].trigger()
    assert window.controller.dialog is None
    window.workspace.close()
    assert window.workspace.person == "Priya Nair"
    window.controller.record.open(own, Passphrase(OWN))
    assert (tools.identity.words, window.workspace.person) == ("Ann Sample, member", "Ann Sample")
    window.controller.record.open(pack.with_name("office.panel"))
    assert tools.identity.name == "Priya Nair"
    assert not window.main.actions_by_name["make_return"].isVisible(), "it is made in the member's own alone"


@pytest.mark.overview
def test_a_members_record_shows_what_the_office_has_and_the_members_pages_alone(
    window: Window, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.record.clock.utc_now", lambda: datetime(2026, 11, 3, 12, tzinfo=UTC))
    opened_pack(window, pack, monkeypatch)
    tools = window.main.tools
    place = window.controller.rounds.place
    assert place.line.marking == "OFFICIAL-SENSITIVE"
    assert tools.pages == {page.key for page in PAGES if page.is_of_member}
    assert not window.main.actions_by_name["start_round"].isEnabled()
    assert not window.main.header.stages.isVisible()
    page = window.main.pages.page("overview")
    assert not page.figures.budget.isVisible()
    assert "Thu 26 Nov\nPanel meeting\nCoventry" in words_in(page.figures)
    tools.go("panel")
    panel = page_of(window, PanelPage)
    assert panel.summary.text() == (
        "The panel at the office: 1 chair, 1 member, quorum 1. You have declared."
    )
    assert [part.isVisible() for part in (panel.table, panel.quorum, panel.add)] == [True, False, False]

    window.workspace.perform(SetMark(1, "M1", "ACF-001", "A1", 4, None))
    for criterion in ("A2", "A6"):
        window.workspace.perform(SetMark(1, "M1", "ACF-001", criterion, 4, None))
    window.workspace.perform(HandIn(1, "M1", "ACF-001"))
    tools.go("overview")
    asked = [row for row in page.figures.tasks if row.button.text() == "Make the return…"]
    asked[0].button.click()
    assert "1 of 3 sheets handed in, 2 still to score." in box_of(window, DataForm).accessibleDescription()


def test_a_pack_past_its_last_day_is_told_whenever_the_record_is_opened(
    window: Window, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(pack.with_name("office.panel"), Opener("Grace Okoro", "tests")) as record:
        text = issue(record, expires_on=date(2026, 11, 2))
    pack.write_bytes(seal_text("pack", read_pack(text).pack, text, SENT))
    own = opened_pack(window, pack, monkeypatch)
    assert told(window).startswith("The pack expired on 2 November 2026.")

    window.workspace.close()
    assert window.main.notices.current is None
    window.controller.record.open(own, Passphrase(OWN))

    assert told(window).startswith("The pack expired on 2 November 2026.")


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

    assert (
        "1 of 3 sheets handed in, 2 still to score. Nothing changed since the last return." in user.spoken()
    )
    code = short_code(public_half(KEYS["M1"]))
    assert f"Receipt {code}, By Ann Sample" in user.spoken()
    user.press("Copy the receipt")
    assert QGuiApplication.clipboard().text() == code
    assert user.told[-1] == f"Code {code} is copied to the clipboard."
    asked: list[bool] = []
    user.tools.actions["make_return"].triggered.connect(lambda: asked.append(True))
    user.press("Make the return…")
    assert asked == [True]
