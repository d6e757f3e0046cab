"""What an erasure takes besides texts of applications; the record stays sound where replay lacks it."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.journal.erasing import erase, proved_erasure_of, setting_aside
from models.journal.verify import verify
from models.operations.applications.applications import ImportApplications
from models.operations.applications.gates import SetChoices
from models.operations.awards.variations import VaryAward, WithdrawVariation
from models.operations.set_up.office import SetFund, SetPaperTexts
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.choices import choices
from models.queries.applications.merges import remembered
from models.queries.awards.variations import variations
from models.queries.history import ERASED, history
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.funds import fund_value
from models.record import Record
from models.reference.defaults import FundList, ListItem, ListKind
from models.store.chain import Entry, append
from models.store.upkeep import TableRows
from models.values.applications import Choice, ChoicesOf
from models.values.awards import Terms
from models.values.importing import Matching
from models.values.rows import AsSubmitted, Replaced, SubmittedCell
from scoring.written.text import Refused
from tests.models.conftest import OPENER, tamper
from tests.models.journal.test_erasing import SECRET, assert_gone, erased
from tests.models.operations.deciding_rounds import DAY
from tests.models.rounds import OFFICER, application, assert_replays, import_operation, set_up_office, undo

FIRST = "ACF-001"
BOTH = (FIRST, "ACF-002")
THEFT, ASB = ListItem("theft", "Burglary and theft"), ListItem("asb", "Anti-social behaviour")
CRIMES = FundList(ListKind.CRIME, (THEFT, ASB))
READ = Choice(ListKind.CRIME, "theft", "Burglary and theft", is_suggested=True)
SAID = (("Which crime type does it address?", f"Burglary and theft, {SECRET}"),)


@pytest.fixture
def choosing(record: Record) -> Record:
    """A record of two applications, of which the first said a crime type; the fund has a list of them."""
    set_up_office(record)
    _set_crimes(record, CRIMES)
    record.perform(import_operation(application(1, answers=SAID), application(2)), OFFICER)
    assert record.ask(lambda s: choices(s, 1)) == {FIRST: (READ,)}
    return record


def _set_crimes(record: Record, crimes: FundList) -> None:
    rules = record.ask(lambda session: fund_value(session, 1)).rules
    record.perform(SetFund("ACF", replace(rules, lists=(crimes,)), rules), OFFICER)


def test_a_line_read_off_an_erased_answer_goes_and_one_that_was_chosen_stays(choosing: Record) -> None:
    chosen = Choice(ListKind.CRIME, "asb", "Anti-social behaviour")
    setting = SetChoices(1, (ChoicesOf("ACF-002", (chosen,)),), ())
    choosing.perform(setting, OFFICER)

    assert erased(choosing, FIRST, "ACF-002").is_whole

    assert choosing.ask(lambda s: choices(s, 1)) == {"ACF-002": (chosen,)}
    assert_gone(choosing)


def test_a_change_that_rests_on_what_goes_is_passed_over_and_what_it_made_is_stated(choosing: Record) -> None:
    _set_crimes(choosing, replace(CRIMES, items=(replace(THEFT, is_retired=True), ASB)))
    confirmed = ChoicesOf(FIRST, (replace(READ, is_suggested=False),))
    choosing.perform(SetChoices(1, (confirmed,), (ChoicesOf(FIRST, (READ,)),)), OFFICER)
    row = choosing.head().seq

    assert not erased(choosing).is_whole

    words = next(check.words for check in verify(choosing).checks if check.name == "replay")
    assert words.endswith(
        f"by Grace Okoro; of {FIRST} replay is not told of application_choices (1); not repeated: row {row}."
    )
    assert choosing.ask(lambda s: choices(s, 1)) == {FIRST: confirmed.choices}
    choosing.perform(SetChoices(1, (ChoicesOf(FIRST, ()),), (confirmed,)), OFFICER)
    assert_replays(choosing)
    assert erased(choosing).is_whole  # once more, and its own row is redacted in its turn
    assert_gone(choosing)


def test_what_a_change_that_is_passed_over_did_to_another_is_done_again(choosing: Record) -> None:
    _set_crimes(choosing, replace(CRIMES, items=(replace(THEFT, is_retired=True), ASB)))
    chosen = Choice(ListKind.CRIME, "asb", "Anti-social behaviour")
    confirmed = (ChoicesOf(FIRST, (replace(READ, is_suggested=False),)), ChoicesOf("ACF-002", (chosen,)))
    stood = (ChoicesOf(FIRST, (READ,)), ChoicesOf("ACF-002", ()))
    choosing.perform(SetChoices(1, confirmed, stood), OFFICER)

    assert not erased(choosing).is_whole

    assert choosing.ask(lambda s: choices(s, 1)) == {one.application: one.choices for one in confirmed}


def test_an_erasure_states_only_what_the_record_holds(choosing: Record) -> None:
    found = choosing.ask(lambda s: proved_erasure_of(s, ((1, FIRST),), "asked for", "Ida Protect"))
    line = ("application_id", "kind", "code", "words", "is_suggested")

    for stated, named in (
        (TableRows("applications", ("id", "withdrawn"), ((2, 1),)), "applications, id 2"),
        (TableRows("applications", ("id", "withdrawn"), ((1, 1),)), "applications, id 1"),
        (TableRows("applications", ("id",), (), ((2,),)), "applications, id 2"),
        (TableRows("areas", ("id", "pot_pence"), ((1, 99),)), "areas, id 1"),
        (
            TableRows("application_choices", line, ((2, "crime_type", "asb", "Anti-social behaviour", 0),)),
            "application_choices, application_id 2, kind crime_type",
        ),
    ):
        with pytest.raises(Refused, match=f"{named}: an erasure states only what the record holds"):
            choosing.perform(replace(found.operation, stated=(stated,)), OFFICER)


def test_a_record_that_was_at_fault_before_is_erased_and_nothing_is_stated(choosing: Record) -> None:
    path = choosing.path
    choosing.close()
    tamper(path, "UPDATE applications SET withdrawn = 1")
    with Record.open(path, OPENER) as again:
        found = again.ask(lambda s: proved_erasure_of(s, ((1, FIRST),), "asked for", "Ida Protect"))
        erase(again, found.operation, OFFICER)

        assert found.is_whole
        assert [check.name for check in verify(again).checks if not check.ok] == ["replay"]


def test_what_the_office_wrote_of_it_for_papers_goes_and_that_of_another_stays(office: Record) -> None:
    office.perform(import_operation(application(1), application(2)), OFFICER)
    papers = (("letters", "unmet"), ("publication", "purpose"))
    for paper, field in papers:
        for reference, text in ((FIRST, f"{SECRET} to your group"), ("ACF-002", "Is it for one person?")):
            office.perform(SetPaperTexts(1, paper, reference, ((field, text),)), OFFICER)

    assert erased(office).is_whole

    for paper, field in papers:
        kept = [office.ask(partial(paper_texts, round_id=1, paper=paper, subject=of)).texts for of in BOTH]
        assert kept == [(), ((field, "Is it for one person?"),)]
    assert_gone(office)


def test_why_an_award_was_varied_goes_and_that_it_was_stays(decided: Record) -> None:
    decided.perform(VaryAward(1, FIRST, 1, Terms(amount_pence=90_000), f"{SECRET} fell ill", DAY), OFFICER)
    more = VaryAward(1, FIRST, 2, Terms(amount_pence=100_000), f"{SECRET} is well", DAY)
    decided.perform(more, OFFICER)
    (*_, newest) = decided.ask(lambda s: variations(s, 1))
    if newest.state == "proposed":
        decided.perform(WithdrawVariation(1, FIRST, 2, f"{SECRET} moved"), OFFICER)

    assert erased(decided).is_whole

    assert {row.reason for row in decided.ask(lambda s: variations(s, 1))} == {"(erased)"}
    assert_gone(decided)


def test_what_was_typed_over_a_form_s_cells_is_forgotten(office: Record) -> None:
    importing = import_operation(application(1))
    assert isinstance(importing, ImportApplications)
    typed = Matching(("Phone",), (("Phone", "phone"),), (), (("0" * 64, "Phone", f"{SECRET} 0121"),))
    office.perform(replace(importing, matching=typed), OFFICER)
    other = replace(import_operation(application(2)), added_areas=(), source="other.xlsx", sha256="1" * 64)
    office.perform(replace(other, matching=replace(typed, corrections=())), OFFICER)

    assert erased(office).is_whole

    assert office.ask(lambda s: remembered(s, "ACF")).fields(("Phone",)) == {"Phone": "phone"}
    assert_gone(office)


def test_what_was_typed_at_an_import_goes_also_where_the_import_was_undone(office: Record) -> None:
    importing = import_operation(application(1, phone="0121 496 0000"), application(2))
    assert isinstance(importing, ImportApplications)
    told = AsSubmitted(
        FIRST, (SubmittedCell("phone", "Phone"),), (Replaced("phone", f'"{SECRET}"', "a slip"),)
    )
    outcome = office.perform(replace(importing, submitted=(told, AsSubmitted("ACF-002"))), OFFICER)
    undo(office, undo(office, outcome))

    assert erased(office).is_whole

    assert_gone(office)


def test_a_row_that_cannot_be_read_is_set_aside_and_told_of_and_one_that_can_is_not(choosing: Record) -> None:
    path, head = choosing.path, choosing.head()
    assert head.at is not None
    unread = Entry(head.seq + 1, head.at, OFFICER, "set gate", '{"gate":[],"round_id":"x"}')
    with choosing._store.writing() as session:
        append(session, head, unread)
    choosing.close()
    with Record.open(path, OPENER) as record:
        assert [check.row for check in verify(record).checks if not check.ok] == [unread.seq]
        with pytest.raises(Refused, match="No row 2 of the journal needs it"):
            record.ask(lambda session: setting_aside(session, 2, "a slip", "Ida Protect"))
        found = record.ask(lambda session: setting_aside(session, unread.seq, "made up.", "Ida Protect"))
        done = record.perform(found, OFFICER)

        told = next(check.words for check in verify(record).checks if check.name == "replay")
        assert verify(record).sound
        assert done.words == f"Row {unread.seq} of the journal set aside."
        assert f"Row {unread.seq} set aside on " in told
        assert f"by {OFFICER.name}, because: made up. The journal no longer checks what that could" in told
        assert (found.passed, found.stated) == ((), ())
        words = [line.words for line in record.ask(lambda session: history(session, OFFICE_VIEWER))][:2]
        assert words == [f"Passed over row {unread.seq} of the journal, because: made up", ERASED]
