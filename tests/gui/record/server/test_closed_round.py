"""A round that is not given as a whole to one says so in the place of what is worked out of it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.dialogs.next_stage import NextStageDialog
from gui.pages.closed import ClosedPage
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.ranking.sensitivity import WITHHELD
from gui.record.runner import InlineRunner
from gui.shell.badge_counts import ask_counts
from models.permissions.viewing import NOT_DECLARED, Viewer
from models.store.locks import preparing
from models.store.places import server_address
from scoring.written.text import Refused
from tests.gui.conftest import Opens
from tests.gui.walking import settle
from tests.models.store.locks.an_office import template
from tests.models.store.locks.test_figures import marked
from tests.server import cluster

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
    page = main.pages.current
    assert isinstance(page, RankingPage)
    qtbot.waitUntil(lambda: page.sure.panel.state.text() == WITHHELD)
    assert [row.name for row in page.table.rows if row.place] == ["ACF-003", "ACF-002", "ACF-001", "ACF-004"]
    assert "meeting" not in main.tools.pages
    assert main.tools.pages >= {"overview", "ranking"}
    main.tools.stage_asked.emit("")
    assert isinstance(window.controller.dialog, NextStageDialog)


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
