"""A record on an office server: opened, signed on to, with others in it, and work brought in."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.access.identity import READER, signed_on_as
from gui.access.identity_controller import SIGNED_ON
from gui.access.passphrase import Passphrase
from gui.app import Window
from gui.dialogs.confirm import ListingDialog
from gui.listed.form import DataForm, FinalDataForm
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.ranking.sensitivity import WITHHELD
from gui.pages.page import Identity
from gui.pages.sided_page import ClosedPage
from gui.record.copies import NOTHING
from gui.record.recent import recent
from gui.record.runner import InlineRunner
from gui.record.server.shared_record import WHICH_HOST
from gui.shell.badge_counts import ask_counts
from models.clock import utc_now
from models.copies.office_server import take_with
from models.operation import Actor
from models.operations.packs.consolidated import TakeAreaOut
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.permissions.viewing import NOT_DECLARED, Viewer
from models.queries.panel.sheets import sheets
from models.queries.set_up.office import Part
from models.record import Opener, Record
from models.role import Role
from models.store.locks import preparing
from models.store.locks.presence import Present, ServerNotice
from models.store.locks.signing_on import SignedOn
from models.store.places import ServerAddress, server_address
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.conftest import Opens
from tests.gui.pressing import answer_to, box_of, page_of
from tests.gui.walking import settle
from tests.models.rounds import OFFICER
from tests.models.server_records import server_record
from tests.models.store.locks.an_office import template
from tests.models.store.locks.test_figures import marked
from tests.server import cluster

pytestmark = pytest.mark.usefixtures("unlocked")


def test_a_server_is_asked_for_once_more_where_it_lets_nobody_in_and_offered_when_it_did(
    opens: Opens,
) -> None:
    address = server_record()
    window = opens(InlineRunner())
    window.main.actions_by_name["open_server"].trigger()
    dialog = box_of(window, DataForm)
    dialog.do.click()
    assert dialog.faults.first.text() == WHICH_HOST
    dialog["host"].setText(address.host)
    dialog["database"].setText(address.database)
    dialog["login"].setText("nobody.known")
    dialog["password"].line.setText("not it")
    dialog.do.click()

    again = box_of(window, DataForm)
    assert again is not dialog
    assert "did not let you sign on as nobody.known" in again.faults.first.text()
    assert (again["host"].text(), again["login"].text(), again["password"].is_empty) == (
        address.host,
        "nobody.known",
        True,
    )
    again["login"].setText(address.login)
    again.do.click()
    facts = window.workspace.facts
    assert facts.name == f"{address.database} on this computer"
    assert [one.address for one in recent(window.settings)] == [address]

    window.workspace.close()
    (button,) = window.main.welcome.recent
    button.click()
    assert window.workspace.facts == facts


def test_a_whole_address_may_be_typed_as_the_server(opens: Opens) -> None:
    window = opens(InlineRunner())
    window.main.actions_by_name["open_server"].trigger()
    dialog = box_of(window, DataForm)
    heard: list[ServerAddress] = []
    dialog.given.disconnect()
    dialog.given.connect(heard.append)

    dialog["host"].setText("postgresql://priya@db.example:5433/grants")
    dialog.do.click()

    assert heard == [ServerAddress("db.example", "grants", "priya", 5433)]


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


TWO_O_CLOCK = datetime(2026, 11, 3, 14, 2, tzinfo=UTC)


def test_who_else_is_there_is_counted_below_and_named_on_asking(opened: Window) -> None:
    hearing, strip = opened.controller.hearing, opened.main.status

    hearing.here.emit(
        (Present("Priya Nair", "scoring", TWO_O_CLOCK), Present("Tomasz Bielecki", "", TWO_O_CLOCK))
    )

    at = TWO_O_CLOCK.astimezone().strftime("%H:%M")
    said = opened.controller.record.say_here()
    assert strip.encryption.text() == "On the office server, 2 others here"
    assert said == f"Also at work in it: Priya Nair, on Scoring since {at}; Tomasz Bielecki, since {at}."
    hearing.here.emit(())
    assert opened.controller.record.say_here() == "Nobody else has it open now."


def test_a_closing_is_told_before_and_the_record_closed_at_its_time(opened: Window, qtbot: QtBot) -> None:
    hearing, notices = opened.controller.hearing, opened.main.notices

    hearing.told.emit(ServerNotice(utc_now() + timedelta(minutes=10), "Back at 15:00."))
    told = notices.current
    hearing.told.emit(ServerNotice(smallest_version="999.0.0"))
    newer = notices.current
    with qtbot.waitSignal(opened.workspace.closed):
        hearing.told.emit(ServerNotice(utc_now()))

    assert "in 10 minutes. Back at 15:00. What you change until then is saved." in told.words
    assert "asks for Grant Panel 999.0.0 or later" in newer.words
    assert "closed for maintenance since" in notices.current.words


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
        record.perform(MoveAreas(1, (WOLVERHAMPTON,), "scoring"), NAIR)
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
        asked = box_of(window, DataForm)
        asked.given.emit(Passphrase(KEY))
        return box_of(window, ListingDialog)

    box = look()
    lines = box.list.toPlainText().splitlines()
    assert lines[0] == "Priya Nair: Mark A7 of W-005"
    assert lines[1].startswith("Not made, for you to decide: row 6 there, by Priya Nair: Marked A7 of W-002.")
    assert lines[2].startswith("  here: row")
    box.do.click()
    held = answer_to(window, lambda session: sheets(session, 1, ("A7",)))
    assert sorted(sheet.marks[0] for sheet in held) == [4, 5]
    again = look()
    assert again.sentences == (NOTHING,)
    again.cancel.click()


WHY = "Something of this round is closed to you."


@pytest.fixture
def closed_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.shell.rounds.why_closed", lambda *_: WHY)
    monkeypatch.setattr("gui.shell.rounds.is_counted", lambda *_: False)


@pytest.mark.usefixtures("closed_in_part")
def test_a_round_read_in_part_closes_what_is_worked_out_of_it(opens: Opens, record_path: Path) -> None:
    main = opens(InlineRunner(), record_path).main

    main.tools.go("ranking")
    shown = main.pages.current
    assert isinstance(shown, ClosedPage)
    assert shown.accessibleDescription() == WHY
    assert not shown.empty.button.isVisible()
    assert main.tools.pages >= {"applications", "history"}
    main.tools.go("history")
    assert main.pages.key == "history"


def test_an_officer_with_an_interest_has_the_list_but_not_how_sure_it_is(opens: Opens, qtbot: QtBot) -> None:
    main = (window := opens(InlineRunner())).main
    window.workspace.open(server_address(cluster().address(marked(), "ivy")))

    main.tools.go("ranking")
    page = page_of(window, RankingPage)
    qtbot.waitUntil(lambda: page.sure.state.text() == WITHHELD)
    assert [row.name for row in page.table.rows if row.place] == ["ACF-003", "ACF-001", "ACF-002", "ACF-004"]
    assert "meeting" not in main.tools.pages
    assert main.tools.pages >= {"overview", "ranking"}
    main.tools.stage_asked.emit("")
    assert isinstance(window.controller.dialog, FinalDataForm)


@pytest.mark.parametrize(
    ("login", "viewer"),
    [
        ("mo", Viewer("Mo Member", "member", "M1")),
        ("cara", Viewer("Cara Chair", "chair", "C1")),
        ("cole", Viewer("Cole Commander", "commander")),
    ],
)
def test_who_has_yet_to_declare_is_asked_to_and_nothing_is_worked_out_before(
    login: str, viewer: Viewer, opens: Opens
) -> None:
    database = cluster().new_database(template())
    with cluster().connect(database) as administrator:
        administrator.execute(
            "DELETE FROM interest_words; DELETE FROM interests; DELETE FROM signer_interests"
        )
        preparing.close_database(administrator)
    main = (window := opens(InlineRunner())).main
    window.workspace.open(server_address(cluster().address(database, login)))

    for page in ("overview", "ranking", "meeting", "decisions"):
        main.tools.go(page)
        shown = main.pages.current
        assert isinstance(shown, ClosedPage), page
        assert shown.empty.words == NOT_DECLARED
        assert shown.empty.button.isVisible()
    for page in main.tools.pages:
        main.tools.go(page)
        settle()
        assert not main.toast.isVisible(), page
    with window.workspace.session.record as record, pytest.raises(Refused, match="not declared"):
        record.ask(ask_counts, round_id=1, viewer=viewer)
