"""Kept until: the clock on show, holds, erasure with its ground, and all that is held on one organisation."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from gui.app import Window
from gui.dialogs.files import FileDialogs
from gui.listed.form import FinalDataForm
from gui.pages.applications.organisations import PAGE as ORGANISATIONS
from gui.pages.held import _choose
from gui.pages.page import Identity
from gui.pages.retention import MISSING, PAGE, Clock, last_day_kept, state_words
from gui.widgets.label import Label
from models.journal.erasing import Erasing, kept_words
from models.operations.applications.applications import RemoveApplications
from models.operations.awards.bank_details import CheckBankDetails, SetBankDetails, put_bank_details
from models.operations.awards.paying import PayInstalment
from models.operations.erasure import EraseBodies
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.awards.awards import awards
from models.queries.retention.people_named import PersonMeant
from models.queries.retention.retention import Years
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.store.sqlite.backup import automatic_path, copies, keep_in_second_place
from models.store.sqlite.engine import connect_to_read
from models.values import canonical
from models.values.payments import BankDetails, masked
from models.values.rows import scored_round
from scoring.rank import rank
from tests.gui.listed.page_user import PageUser, Uses
from tests.gui.pages.panel.attached import FILES, attach_files
from tests.gui.pressing import answer_to
from tests.models.both_signed import both_sign
from tests.models.conftest import OFFICER, OPENER, TickingClock
from tests.models.journal.test_erasing import telling
from tests.models.made_once import file_made_once
from tests.models.operations.deciding_rounds import FINANCE, decided
from tests.models.operations.test_papers import file_of, issue_file
from tests.models.ready_to_pay import CALL
from tests.models.rounds import import_operation, set_up_office

FIRST = "W-003"
AWARDED = "ACF-001"
PAID = date(2027, 3, 1)


@file_made_once
def make_paid(path: Path) -> Path:
    """Make a record in which all is decided, and one award is paid into an account."""
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        decided(record)
        record.perform(both_sign(AWARDED, PAID), OFFICER)
        account = BankDetails("Made-up Club", "20-00-00", "55779911")
        setting = SetBankDetails.of(1, AWARDED, account, None)
        record.perform_beside(setting, lambda s: put_bank_details(s, 1, AWARDED, account), OFFICER)
        record.perform(CheckBankDetails(1, AWARDED, "9911", call=CALL), FINANCE)
        for number, _ in enumerate(record.ask(lambda s: awards(s, 1))[0].instalments, start=1):
            record.perform(PayInstalment(1, AWARDED, number, PAID, None), FINANCE)
    return path


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the workbook goes."""
    path = tmp_path / "held.xlsx"
    monkeypatch.setattr(FileDialogs, "save", lambda *_: path)
    return path


AUDITOR = Identity("Ada Auditor", "auditor")


def sheets(path: Path) -> set[str]:
    return set(CalamineWorkbook.from_path(str(path)).sheet_names)


def state(user: PageUser) -> str:
    return state_words(next(one for one in user.view.table.rows if one.reference == FIRST))


def test_what_is_decided_stands_by_its_day_and_its_account_is_deleted(at: Uses, tmp_path: Path) -> None:
    user = at(PAGE, make_paid(tmp_path / "decided.panel"))
    table, pills = user.view.table, user.view.narrowing
    shown = [pill.text() for pill in pills.pills if pill.isVisibleTo(user.view)]
    assert shown == ["All 3", "Bank details due 1", "Clock running 3"]
    assert [one.reference for one in table.rows] == [AWARDED, "ACF-003", "ACF-002"]
    # ACF-003 was declined on 2 December 2026 and goes two years after it, before the awarded ones
    assert user.view.summary.text().startswith("Next: ACF-003, after 2 Dec 2028.")
    pills.choose(Clock.ACCOUNT)
    assert [one.reference for one in table.rows] == [AWARDED]
    assert user.open("ACF-002").row.reference == "ACF-002"
    user.open(AWARDED).press("Erase…")
    assert "not decided" not in said(user)
    user.tools.dialogs.drop()
    user.press("Delete 1 account paid and evidenced…")
    assert f"Everything is paid and evidenced: {AWARDED} ({masked('9911')})." in said(user)
    user.press("Delete 1 account")
    assert not user.view.answer.accounts
    assert "Delete 1 account paid and evidenced…" not in user.offered


UNWRITTEN = f"The decision letter for {AWARDED} is not issued yet. Issue it first: this cannot be done once"


@pytest.mark.parametrize("is_issued", [False, True])
def test_the_box_says_that_the_letter_on_the_decision_is_not_issued(
    at: Uses, tmp_path: Path, *, is_issued: bool
) -> None:
    path = make_paid(tmp_path / "decided.panel")
    if is_issued:
        letter = b"Dear Pat Payee"
        facts = canonical.dumps({"letters": [{"reference": AWARDED, "address": ""}]})
        with Record.open(path, OPENER) as record:
            issue_file(record, "letters", [(file_of(letter, "offer.docx", AWARDED), letter)], content=facts)
    user = at(PAGE, path)

    user.open(AWARDED).press("Erase…")

    assert (UNWRITTEN in said(user)) is not is_issued
    user.fill(ground="asked for", person="Ida Protect", typed=AWARDED).agree()
    assert user.row.erased.endswith("asked for")


def test_the_box_names_the_files_that_go(at: Uses, record_path: Path) -> None:
    attach_files(record_path, "W-003")
    user = at(PAGE, record_path)
    user.open("W-003").press("Erase…")

    assert f"Files that go with it: {', '.join(FILES)}." in said(user)


def said(user: PageUser) -> str:
    """Return what the dialog at hand says."""
    dialog: Any = user.tools.dialogs.dialog
    return " ".join(label.text() for label in dialog.findChildren(Label))


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


def test_what_is_not_decided_has_no_day_and_is_held_tied_written_and_erased(
    at: Uses, made_record: Path, written: Path
) -> None:
    user = at(PAGE, made_record)
    user.press("Years…")
    user.form["awarded"].setValue(7)
    assert user.agree().view.answer.years == Years(7, 2)
    assert user.undo().view.answer.years == Years(6, 2)

    user.open(FIRST)
    assert (last_day_kept(user.row), user.row.why, state(user)) == ("–", "not decided", "Kept")
    assert "(Erase what is due…)" in user.offered
    assert user.view.summary.text().startswith(
        "No period runs yet: it starts with an application's decision."
    )
    user.press("Export all held on it…")
    assert {"Applications", "Journal"} <= sheets(written)
    user.press("Hold…").fill(reason="an audit").agree()
    assert state(user) == "On hold: an audit"
    assert "(Erase…)" in user.offered
    assert state(user.press("Remove the hold")) == "Kept"
    # once erased, nobody who has still to decide can read what a tie is to be settled by
    standings = answer_to(user, lambda session: rank(scored_round(round_rows(session, 1))).standings)
    tied = next(one for one in standings if one.tied)
    user.open(tied.reference).press("Erase…")
    assert f"{tied.reference} is not decided yet: the person who decides" in said(user)
    assert f"{tied.reference} shares its place with " in said(user)
    assert "let the chair settle that first" in said(user)
    user.tools.dialogs.drop()

    user.open(FIRST).press("Erase…").agree()
    assert user.faults == MISSING
    assert not user.row.erased
    user.fill(ground="asked for", person="Ida Protect, data protection officer").agree()
    assert user.faults == "Type W-003 exactly as shown. Nothing was erased."
    facts = user.tools.workspace.facts
    assert facts is not None
    older = automatic_path(facts.path, datetime(2026, 9, 1, tzinfo=UTC), "a test")
    older.parent.mkdir(exist_ok=True)
    older.write_bytes(facts.path.read_bytes())
    user.workspace.second_place = older.parent.with_name("stick")
    elsewhere = keep_in_second_place(older, facts.path, user.workspace.second_place)
    older.chmod(0o400)
    user.fill(typed="w-003").agree()
    assert user.row.erased.endswith("asked for")
    assert "(Erase…)" in user.offered
    notice = user.tools.notices.current
    assert notice is not None, "it tells of the copies that hold it still"
    assert "2 automatic copies hold it still" in notice.words
    with closing(connect_to_read(elsewhere, None)) as reading:
        notice.remedies[0].do()
        assert reading is not None, "somebody looks at a copy meanwhile"
    assert len(copies(facts.path)) == 1
    assert [one.name for one in elsewhere.parent.iterdir()] == [copies(facts.path)[0].path.name]
    assert not older.exists()
    assert user.tools.notices.current.words == "A new copy was made and checked, and 2 older copies deleted."


def test_who_is_no_officer_has_no_such_page(opened: Window) -> None:
    for role in ("finance", "chair", "member"):
        opened.main.tools.use_as(Identity("Una Test", role))
        assert "retention" not in opened.main.tools.pages


def test_what_was_taken_out_again_is_listed_and_can_be_erased_but_not_held(at: Uses, tmp_path: Path) -> None:
    path = tmp_path / "intake.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        set_up_office(record)
        record.perform(import_operation(telling(1), telling(2)), OFFICER)
        record.perform(RemoveApplications(1, (AWARDED,)), OFFICER)
    user = at(PAGE, path).open(AWARDED)
    assert [one.is_removed for one in user.view.answer.lines] == [True, False]
    assert {"(Hold…)", "Erase…", "(Export all held on it…)"} <= set(user.offered)
    assert isinstance(user.press("Erase…").form, FinalDataForm), "Enter in a field erases nothing"
    user.fill(ground="imported by mistake", person="Ida Protect", typed=AWARDED).agree()
    assert [one.reference for one in user.view.answer.lines] == ["ACF-002"]


def test_a_person_is_looked_up_and_written_and_of_several_one_is_chosen(
    at: Uses, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = at(PAGE).press("All held on a person…").agree()
    assert user.faults, "a name is asked for"
    user.fill(who="Nobody Atall").agree()
    assert "Nobody called “Nobody Atall” is in this record" in user.form.problem.text()
    asked: list[Any] = []
    with monkeypatch.context() as slow:
        slow.setattr(user.workspace, "ask", lambda *question: asked.append(question))
        user.fill(who="Dan Decides").agree().agree()
    user.workspace.ask(*asked.pop())
    assert not user.has_form
    assert {"People", "Named in", "Journal"} <= sheets(written)
    written.unlink()
    user.workspace.ask(*asked.pop())
    assert not written.exists(), "it was pressed twice while the record was read"

    contact = PersonMeant("contact:1:", "Dan Decides", "contact of a club", organisation=1)
    user.view.doing.do(
        _choose(
            OFFICE_VIEWER, "Dan Decides", (contact, PersonMeant("office", "Dan Decides", "of the office"))
        )
    )
    user.form["which"].setCurrentIndex(1)
    user.agree()
    assert written.exists()


def test_an_auditor_writes_all_that_is_held_and_nobody_of_finance_does(at: Uses, written: Path) -> None:
    user = at(ORGANISATIONS, as_=AUDITOR).press("Export all held…")
    assert {"Applications", "Journal"} <= sheets(written)
    user.be(Identity("Finn Pays", "finance"))
    assert "Export all held…" not in user.offered


def test_an_auditor_erases_nothing_and_writes_what_is_held_on_one_application(
    at: Uses, written: Path
) -> None:
    user = at(PAGE, as_=AUDITOR).open("W-014")
    assert set(user.offered) <= {"Export all held on it…", "All held on a person…", "Open"}
    user.press("Export all held on it…")
    assert written.exists()


def test_all_that_is_held_on_an_organisation_is_written_where_it_is_listed(at: Uses, written: Path) -> None:
    at(ORGANISATIONS).press("Export all held…")
    assert {"Organisations", "Applications"} <= sheets(written)
