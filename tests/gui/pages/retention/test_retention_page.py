"""Kept until: the clock on show, holds, erasure with its ground, and all that is held on one organisation."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.reason import ReasonDialog
from gui.pages.page import Identity
from gui.pages.retention.dialogs import MISSING, EraseApplicationsDialog, YearsDialog
from gui.pages.retention.page import RetentionPage
from gui.pages.retention.rows import Clock, distance_words, last_day_kept, state_words
from gui.widgets.label import Label
from models.journal.erasing import Erasing, kept_words
from models.operations.applications.applications import RemoveApplications
from models.operations.awards.agreements import SignAgreement
from models.operations.awards.bank_details import CheckBankDetails, SetBankDetails, put_bank_details
from models.operations.awards.paying import PayInstalment
from models.operations.erasure import EraseBodies
from models.queries.awards.awards import awards
from models.queries.retention.retention import Keeping, Years
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.payments import BankDetails, masked
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.ranking import Standing
from tests.models.conftest import OFFICER, OPENER, TickingClock
from tests.models.journal.test_erasing import telling
from tests.models.made_once import file_made_once
from tests.models.operations.deciding_rounds import FINANCE, decided
from tests.models.rounds import import_operation, set_up_office

FIRST = "W-003"
AWARDED = "ACF-001"
PAID = date(2027, 3, 1)


@pytest.fixture
def decided_page(window: Window, tmp_path: Path) -> RetentionPage:
    """The page of a round in which all is decided, and one award is paid into an account."""
    window.controller.open(make_paid(tmp_path / "decided.panel"))
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.main.tools.go("retention")
    page = window.main.pages.page("retention")
    assert isinstance(page, RetentionPage)
    return page


@file_made_once
def make_paid(path: Path) -> Path:
    """Make a record in which all is decided, and one award is paid into an account."""
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        decided(record)
        record.perform(SignAgreement(1, AWARDED, PAID, None), OFFICER)
        account = BankDetails("Made-up Club", "20-00-00", "55779911")
        setting = SetBankDetails.of(1, AWARDED, account, None)
        record.perform_beside(setting, lambda s: put_bank_details(s, 1, AWARDED, account), OFFICER)
        record.perform(CheckBankDetails(1, AWARDED, "9911"), FINANCE)
        for number, _ in enumerate(record.ask(lambda s: awards(s, 1))[0].instalments, start=1):
            record.perform(PayInstalment(1, AWARDED, number, PAID, None), FINANCE)
    return path


def test_a_round_of_which_nothing_is_decided_says_so_before_its_list(opened: Window) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.main.tools.go("retention")
    page = opened.main.pages.page("retention")
    assert isinstance(page, RetentionPage)
    assert page.quiet.text().startswith("No retention period has started in this round yet.")
    assert not page.table.isVisible()
    assert not page.erase.isVisible()

    page.show_all.click()

    assert page.table.isVisible()
    assert not page.quiet.isVisible()
    assert len(page.table.rows) == len(page.lines) > 0


def the_most_pressing_stands_first_and_pills_say_how_many_stand_how(decided_page: RetentionPage) -> None:
    pills = [pill.text() for pill in decided_page.pills.pills if pill.isVisible()]

    assert pills == ["All 3", "Bank details due 1", "Clock running 3"]
    assert [one.reference for one in decided_page.table.rows] == [AWARDED, "ACF-003", "ACF-002"]
    # ACF-003 was declined on 2 December 2026 and goes two years after it, before the awarded ones
    assert decided_page.summary.text().startswith("Next: ACF-003, after 2 Dec 2028.")

    decided_page.pills.choose(Clock.ACCOUNT)

    assert [one.reference for one in decided_page.table.rows] == [AWARDED]

    decided_page.show_reference("ACF-002")

    assert decided_page.table.current == "ACF-002"


def accounts_that_are_paid_and_proved_are_deleted_together(
    window: Window, decided_page: RetentionPage
) -> None:
    assert decided_page.accounts.text() == "Delete 1 account paid and evidenced…"
    decided_page.accounts.click()
    box = window.controller.dialog
    assert isinstance(box, ConfirmDialog)
    assert box.words[0] == f"Everything is paid and evidenced: {AWARDED} ({masked('9911')})."

    box.do.click()

    assert not decided_page.accounts.isVisible()
    assert not any(one.has_account for one in decided_page.lines)


def test_the_box_names_each_kind_of_thing_that_is_kept_and_why() -> None:
    erased = EraseBodies((), (), "asked for", "Ida Protect")

    assert kept_words(Erasing(erased, 0, 0, 0, 0)) == ()
    told = kept_words(Erasing(erased, returns=2, decisions=3, papers=1, accounts=1))
    assert [words.split(":")[0] for words in told] == [
        "Kept with their reasons, for good",
        "Kept whole",
        "Kept",
        "Retained until everything is paid and evidenced",
    ]
    assert "(3 changes)" in told[0]
    assert "2 returns of members, as signed" in told[1]
    assert "1 issued paper" in told[2]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        *((0, "today"), (1, "in 1 day"), (-3, "3 days ago"), (59, "in 59 days")),
        *((60, "in 2 months"), (90, "in 3 months"), (547, "in 18 months"), (548, "in 2 years")),
        *((724, "in 2 years"), (-730, "2 years ago"), (912, "in 2 years"), (913, "in 3 years")),
    ],
)
def test_how_far_off_the_last_day_is_is_said_roundly(days: int, words: str) -> None:
    day = date.today() + timedelta(days=days)

    assert distance_words(Keeping(1, AWARDED, "Made-up Club", "", day)) == words


def test_what_is_erased_or_has_no_day_is_no_way_off() -> None:
    assert distance_words(Keeping(1, AWARDED, "Made-up Club", "", None)) == ""
    assert distance_words(Keeping(1, AWARDED, "Made-up Club", "", date.today(), erased="1 Nov 2026")) == ""


@pytest.fixture
def page(opened: Window) -> RetentionPage:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.main.tools.go("retention")
    page = opened.main.pages.page("retention")
    assert isinstance(page, RetentionPage)
    page.show_reference(FIRST)
    return page


def line(page: RetentionPage) -> Keeping:
    return next(one for one in page.table.rows if one.reference == FIRST)


def what_is_not_decided_has_no_day_and_nothing_is_due(page: RetentionPage) -> None:
    assert (last_day_kept(line(page)), line(page).why, state_words(line(page))) == (
        "–",
        "not decided",
        "Kept",
    )
    assert not page.due.isEnabled()
    assert page.summary.text() == f"{len(page.lines)} applications, none decided yet."


def a_hold_is_recorded_with_its_reason_and_taken_off(opened: Window, page: RetentionPage) -> None:
    page.hold.click()
    box = opened.controller.dialog
    assert isinstance(box, ReasonDialog)
    box.reason.setPlainText("an audit")
    box.do.click()
    held = state_words(line(page))

    assert held == "On hold: an audit"
    assert not page.erase.isEnabled()
    assert page.hold.text() == "Remove the hold"

    page.hold.click()

    assert state_words(line(page)) == "Kept"


def nothing_is_erased_without_ground_and_person(opened: Window, page: RetentionPage) -> None:
    page.erase.click()
    box = opened.controller.dialog
    assert isinstance(box, EraseApplicationsDialog)
    box.do.click()

    assert box.problem.text() == MISSING
    assert not line(page).erased


def test_an_erasure_is_made_and_said(opened: Window, page: RetentionPage) -> None:
    page.erase.click()
    box = opened.controller.dialog
    assert isinstance(box, EraseApplicationsDialog)
    box.ground.setText("asked for")
    box.person.setText("Ida Protect, data protection officer")
    box.do.click()
    told = box.problem.text()
    box.typed.setText("w-003")
    box.do.click()

    assert told == "Type W-003 exactly as shown. Nothing was erased."
    assert line(page).erased.endswith("asked for")
    assert not page.erase.isEnabled()


def the_years_of_a_round_are_set(opened: Window, page: RetentionPage) -> None:
    page.years.click()
    box = opened.controller.dialog
    assert isinstance(box, YearsDialog)
    box.awarded.setValue(7)
    box.do.click()

    assert page._kept is not None
    assert page._kept.years == Years(7, 2)


def all_that_is_held_is_written(page: RetentionPage, tmp_path: Path) -> None:
    page.controller.export(line(page), tmp_path / "held.xlsx")

    book = CalamineWorkbook.from_path(str(tmp_path / "held.xlsx"))
    assert {"Applications", "Journal"} <= set(book.sheet_names)


def who_is_no_officer_has_no_such_page(opened: Window, page: RetentionPage, role: str) -> None:
    opened.main.tools.use_as(Identity("Una Test", role))

    assert "retention" not in opened.main.tools.pages


def test_what_is_not_decided_is_held_written_and_not_erased_without_ground(
    page: RetentionPage, tmp_path: Path, opened: Window
) -> None:
    what_is_not_decided_has_no_day_and_nothing_is_due(page)
    all_that_is_held_is_written(page, tmp_path)
    nothing_is_erased_without_ground_and_person(opened, page)
    opened.main.tools.dialogs.dialog.reject()
    a_hold_is_recorded_with_its_reason_and_taken_off(opened, page)
    the_years_of_a_round_are_set(opened, page)
    for role in ("finance", "chair", "member"):
        who_is_no_officer_has_no_such_page(opened, page, role)


def test_what_was_taken_out_again_is_listed_and_can_be_erased_but_not_held(
    window: Window, tmp_path: Path
) -> None:
    path = tmp_path / "intake.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        set_up_office(record)
        record.perform(import_operation(telling(1), telling(2)), OFFICER)
        record.perform(RemoveApplications(1, (AWARDED,)), OFFICER)
    window.controller.open(path)
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.main.tools.go("retention")
    page = window.main.pages.page("retention")
    assert isinstance(page, RetentionPage)
    page.show_reference(AWARDED)
    assert [one.is_removed for one in page.lines] == [True, False]
    assert (page.erase.isEnabled(), page.hold.isEnabled(), page.export.isEnabled()) == (True, False, False)

    page.erase.click()
    box = window.controller.dialog
    assert isinstance(box, EraseApplicationsDialog)
    box.ground.setText("imported by mistake")
    box.person.setText("Ida Protect")
    box.typed.setText(AWARDED)
    box.do.click()

    assert [one.reference for one in page.lines] == ["ACF-002"]


def test_the_box_says_first_that_an_application_is_not_decided_and_is_tied(
    window: Window, page: RetentionPage
) -> None:
    """Once erased, nobody who has still to decide can read what the tie is to be settled by."""
    tied = next(one for one in asked_standings(window) if one.tied)
    page.show_reference(tied.reference)
    page.erase.click()
    box = window.controller.dialog
    assert isinstance(box, EraseApplicationsDialog)

    said = " ".join(label.text() for label in box.findChildren(Label))
    assert f"{tied.reference} is not decided yet: the person who decides" in said
    assert f"{tied.reference} shares its place with " in said
    assert "let the chair settle that first" in said


def what_is_decided_is_erased_without_a_word_of_that(window: Window, decided_page: RetentionPage) -> None:
    decided_page.show_reference(AWARDED)
    decided_page.erase.click()
    box = window.controller.dialog
    assert isinstance(box, EraseApplicationsDialog)

    assert "not decided" not in " ".join(label.text() for label in box.findChildren(Label))


def test_what_is_decided_stands_by_its_day_and_its_account_is_deleted(
    decided_page: RetentionPage, window: Window
) -> None:
    the_most_pressing_stands_first_and_pills_say_how_many_stand_how(decided_page)
    what_is_decided_is_erased_without_a_word_of_that(window, decided_page)
    window.main.tools.dialogs.dialog.reject()
    accounts_that_are_paid_and_proved_are_deleted_together(window, decided_page)


def asked_standings(window: Window) -> tuple[Standing, ...]:
    found: list[tuple[Standing, ...]] = []
    window.workspace.ask(lambda session: rank(scored_round(round_rows(session, 1))).standings, found.append)
    return found[0]
