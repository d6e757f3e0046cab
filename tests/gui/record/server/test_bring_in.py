"""An area's work comes back from a laptop through the Record menu: shown first, then made, as one change."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QFileDialog

from gui.access.passphrase import Passphrase
from gui.access.passphrase_dialog import PassphraseDialog
from gui.dialogs.listing import ListingDialog
from gui.pages.page import Identity
from gui.record.copies.bring_in import NOTHING
from gui.record.runner import InlineRunner
from models.copies.office_server import take_with
from models.operation import Actor
from models.operations.packs.consolidated import TakeAreaOut
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.load import LoadRound
from models.queries.panel.panel import sheets
from models.record import Opener, Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.conftest import Opens
from tests.models.rounds import OFFICER
from tests.models.server_records import server_record

pytestmark = pytest.mark.usefixtures("unlocked")
NAIR = Actor("Priya Nair", "chair")
KEY = "correct horse battery staple nine"


def test_an_areas_work_is_looked_at_and_then_brought_in(
    opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, laptop = server_record(), tmp_path / "laptop.panel"
    declared = tuple(InterestRow(code, None, InterestKind.NONE) for code in ("NAIR", "HALE"))
    mark = partial(SetMark, 1, "NAIR")
    with Record.open(office, Opener(OFFICER.name, "tests")) as record:
        rows = replace(wolverhampton_round(), interests=declared, sheets=(), agreed=())
        record.perform(LoadRound(rows), OFFICER)
        record.perform(MoveArea(1, WOLVERHAMPTON, "scoring"), NAIR)
        out = TakeAreaOut(1, WOLVERHAMPTON, "Priya Nair", "laptop")
        take_with(out, OFFICER, record, laptop, KEY)
        record.perform(mark("W-002", "A7", 5, None, from_paper=True), OFFICER)
    with Record.open(laptop, Opener("Priya Nair", "tests"), key=KEY) as away:
        away.perform(mark("W-005", "A7", 4, None), NAIR)
        away.perform(mark("W-002", "A7", 2, None), NAIR)
    window = opens(InlineRunner())
    window.workspace.open(office)
    window.main.tools.use_as(Identity(OFFICER.name, "officer"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *rest: (str(laptop), ""))

    def look() -> ListingDialog:
        window.main.actions_by_name["bring_in"].trigger()
        asked = window.controller.dialog
        assert isinstance(asked, PassphraseDialog)
        asked.given.emit(Passphrase(KEY))
        shown = window.controller.dialog
        assert isinstance(shown, ListingDialog)
        return shown

    box = look()
    lines = box.list.toPlainText().splitlines()
    assert lines[0] == "Priya Nair: Mark A7 of W-005"
    assert lines[1].startswith("Not made, for you to decide: row 6 there, by Priya Nair: Marked A7 of W-002.")
    assert lines[2].startswith("  here: row")
    box.do.click()
    found: list[list[int | None]] = []
    window.workspace.ask(lambda session: [s.marks[0] for s in sheets(session, 1, ("A7",))], found.append)
    assert sorted(found[0]) == [4, 5]
    again = look()
    assert again.sentences == (NOTHING,)
    again.cancel.click()
