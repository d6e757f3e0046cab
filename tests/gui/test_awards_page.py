"""The Awards page through the real window: parts that add up, the agreement, and who pays."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from gui.app import Window
from gui.page_access import is_hidden
from gui.page_list import PAGES
from gui.pages.awards.page import AwardsPage
from gui.pages.awards.parts_dialog import PartsDialog
from gui.pages.page import Identity
from models.queries.awards import AwardRow
from tests.gui.deciding import make_decided

FINANCE = Identity("Finn Pays", "finance")
OFFICER = Identity("Grace Okoro", "officer")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which everything is decided, closed; never opened by a test."""
    return make_decided(tmp_path_factory.mktemp("decided") / "office.panel")


@pytest.fixture
def shown(window: Window, template: Path, tmp_path: Path) -> Window:
    """A window on that record, at its Awards page, used by finance."""
    window.desk.open(Path(shutil.copy(template, tmp_path / "office.panel")))
    window.main.tools.use_as(FINANCE)
    window.main.actions_by_name["awards"].trigger()
    return window


@pytest.fixture
def page(shown: Window) -> AwardsPage:
    found = shown.main.pages.current
    assert isinstance(found, AwardsPage)
    return found


def first(page: AwardsPage) -> AwardRow:
    return page.rows[0]


def agree(page: AwardsPage, day: str = "05/12/2026") -> None:
    page.detail.day.setText(day)
    page.detail.put_agreement()


def texts(page: AwardsPage) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if not label.isHidden())


def test_awards_are_listed_with_sums_that_add_up(page: AwardsPage) -> None:
    # nine awards come to £29,480 of a pot of £30,000; nothing is paid yet
    assert page.summary.text() == ("9 awards £29,480 of pot £30,000 · instalments £29,480 = awards · paid £0")
    assert page.state.text() == "Adds up"
    assert [row.reference for row in page.rows] == [f"A-031-0{n}" for n in range(1, 10)]


def test_the_instalments_follow_another_profile_and_undo(page: AwardsPage, shown: Window) -> None:
    assert len(first(page).instalments) == 1

    page.detail.profiles["halves"].click()
    halves = [part.amount_pence for part in first(page).instalments]
    shown.workspace.undo_stack.undo()

    assert halves == [first(page).amount_pence // 2] * 2
    assert len(first(page).instalments) == 1


def test_lines_of_its_own_must_add_up(page: AwardsPage, shown: Window) -> None:
    amount = first(page).amount_pence // 100
    assert page.detail.custom is not None
    page.detail.custom.click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, PartsDialog)
    asked.lines[0][0].setText("1000")
    assert "left of the award" in asked.left.text()
    asked.do.click()
    assert asked.isVisible()
    asked.lines[1][0].setText(f"{amount - 1000}")
    asked.do.click()
    assert asked.left.text() == "Say what the instalment waits for."
    asked.lines[1][1].setText("the end")
    asked.lines[2][0].setText("much")
    asked.do.click()
    assert asked.left.text().startswith("Type an amount in pounds")
    asked.lines[2][0].setText("")

    asked.do.click()

    assert [part.amount_pence for part in first(page).instalments] == [100_000, (amount - 1000) * 100]


def test_cancel_leaves_the_instalments(page: AwardsPage, shown: Window) -> None:
    assert page.detail.custom is not None
    page.detail.custom.click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, PartsDialog)

    asked.cancel.click()

    assert len(first(page).instalments) == 1


def test_nothing_is_paid_before_the_agreement(page: AwardsPage) -> None:
    assert page.detail.pay == {}
    assert "Nothing is paid before the agreement is signed." in texts(page)
    agree(page, "soon")
    assert page.detail.problem.text() == "Type the date like 02/12/2026."

    agree(page)
    page.detail.pay[1].click()

    assert first(page).paid_pence == first(page).amount_pence
    assert "paid £0" not in page.summary.text()


def test_the_agreement_is_taken_back(page: AwardsPage) -> None:
    agree(page)
    assert page.detail.agree is not None

    page.detail.agree.click()

    assert first(page).agreed_on is None


def test_an_officer_keeps_awards_and_pays_nothing(page: AwardsPage, shown: Window) -> None:
    shown.main.tools.use_as(OFFICER)
    agree(page)

    assert page.detail.pay == {}
    assert "Finance authorises payments." in texts(page)


def test_who_decided_pays_nothing(page: AwardsPage, shown: Window) -> None:
    agree(page)
    shown.main.tools.use_as(Identity("Dan Decides", "finance"))

    assert page.detail.pay == {}
    assert "nobody who decides authorises payment" in texts(page)


@pytest.mark.parametrize("role", ["member", "adviser", "chair", "note-taker"])
def test_the_panel_never_sees_the_page(role: str) -> None:
    entry = next(entry for entry in PAGES if entry.key == "awards")

    assert is_hidden(entry, Identity("Tom Hale", role))


def test_the_table_keeps_every_rule_of_a_model(page: AwardsPage) -> None:
    QAbstractItemModelTester(page.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)

    page.refresh()

    assert len(page.table.rows) == 9


@pytest.mark.parametrize(("width", "height"), [(1366, 688), (1093, 535), (880, 600)])
def test_the_page_fits_every_room(page: AwardsPage, shown: Window, width: int, height: int) -> None:
    shown.main.resize(width, height)

    assert page.table.columnWidth(1) >= 100


def test_a_round_without_decisions_says_when_awards_come(opened: Window) -> None:
    opened.main.tools.use_as(OFFICER)
    opened.main.actions_by_name["awards"].trigger()
    found = opened.main.pages.current

    assert isinstance(found, AwardsPage)
    assert found.empty.words.startswith("No awards yet.")
