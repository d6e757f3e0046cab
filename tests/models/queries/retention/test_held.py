"""All that is held on one person or organisation, and what was taken out of a round: told apart, erased."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.issuing import next_issue
from models.journal.erasing import erase, proved_erasure_of
from models.journal.verify import verify
from models.operations.applications.applications import RemoveApplications
from models.operations.applications.corrections import ChangeApplications, CorrectApplication, changes_between
from models.operations.applications.gates import SetGate
from models.operations.awards.checks import LoadRegister, SetCheck
from models.operations.awards.successions import SetSuccessor
from models.operations.erasure import EraseBodies, Tombstone
from models.operations.packs.packs import IssuePack
from models.operations.panel.members import DeclareToSign
from models.operations.retention import SetRetention
from models.operations.set_up.people import GiveRole
from models.papers.order import HeldOn, PaperOrder
from models.permissions.viewing import Viewer
from models.queries.applications.applications import applications
from models.queries.history import ERASED, PARTLY_ERASED
from models.queries.papers.papers import paper_value
from models.queries.retention.held_on_request import (
    ALSO,
    WITHOUT,
    held_on,
    held_on_person,
    held_viewer,
    organisation_of,
)
from models.queries.retention.held_rows import removed_applications
from models.queries.retention.people_named import PersonMeant, people_named, the_person
from models.queries.retention.retention import Keeping, Years
from models.record import Record
from models.role import Role
from models.schema.applications import application_table
from models.schema.tables import TABLES
from models.values.awards import Successor
from models.values.diligence import SANCTIONS_LIST, CheckResult, Extract, RegisterEntry, person_key
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow, InterestRow, MemberRow
from scoring.money import pounds
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.journal.test_erasing import SECRET, telling
from tests.models.operations.deciding_rounds import DAY
from tests.models.packed_rounds import fill, issue, laptop, make_return, take_in
from tests.models.packed_rounds import office as packed_office
from tests.models.queries.papers.letter_parts.test_letter_due import (
    SCENES,
    STATES,
    UNMARKED,
    reach,
    reference,
)
from tests.models.rounds import (
    FUND,
    OFFICER,
    application,
    import_operation,
    load,
    refused,
    set_up_office,
    undo,
    workbook_rows,
)

ROSE = {"contact_name": "Rose Example", "email": "rose@example.org", "phone": "0121 496 0000"}


def meant(record: Record, said: str) -> tuple[PersonMeant, ...]:
    return record.ask(partial(people_named, said=said))


def held(record: Record, said: str, **which: str) -> HeldOn:
    one = the_person(meant(record, said), said, **which)
    return record.ask(partial(held_on_person, one=one))


def told(found: HeldOn) -> str:
    return "\n".join(str(cell) for table in found.tables for row in table.rows for cell in row)


def taken_in(record: Record, *rows: ApplicationRow) -> Record:
    set_up_office(record).perform(import_operation(*rows), OFFICER)
    return record


def test_a_contact_is_told_apart_from_another_of_the_name_by_organisation_or_e_mail(record: Record) -> None:
    other = {**ROSE, "email": "rose@example.net"}
    taken_in(record, application(1, **ROSE), application(2, **other), application(3))

    found = meant(record, " rose  EXAMPLE ".strip())

    assert [one.words for one in found] == [
        "contact of Allotment Friends 1, rose@example.org",
        "contact of Allotment Friends 2, rose@example.net",
    ]
    with pytest.raises(Refused, match=r"is several people: contact of .* 1, rose@example\.org; contact of"):
        the_person(found, "Rose Example")
    refused("Nobody called “Nobody” is in this record", the_person, meant(record, "Nobody"), "Nobody")
    assert meant(record, " ") == ()
    assert meant(record, "ROSE@example.org") == found[:1]
    mine = held(record, "Rose Example", email="rose@example.org")
    assert mine == held(record, "Rose Example", organisation="friends 1")
    (contact,) = (table for table in mine.tables if table.name == "contact")
    assert contact.rows[0][1:6] == ("ACF-001", "Allotment Friends 1", *ROSE.values())
    said = told(mine)
    assert "0121 496 0000" in said
    assert "example.net" not in said
    assert "ACF-002" not in said
    assert "Answer 1" not in said, "the rest of the application is the organisation's"

    # What the sanctions list said of a contact is held though under a sum.
    hit = RegisterEntry(person_key("Rose Example"), 1, "GHO0001", "ROSE EXEMPLE", what="alias")
    extract = Extract(date(2026, 11, 1), "list.csv", 5, 0, (hit,))
    record.perform(LoadRegister(SANCTIONS_LIST, extract, None), OFFICER)
    assert "ROSE EXEMPLE" in told(held(record, "Rose Example", organisation="friends 1"))


def test_somebody_named_in_an_answer_is_told_with_the_words_around_the_name_alone(record: Record) -> None:
    far = "x" * 200
    answers = (("Who runs it?", f"{far} Our treasurer Una Treasurer keeps the books. {far}"),)
    mrs = {"contact_name": "Mrs Patricia O'Hanlon", "email": "po@example.org"}
    rev = {"contact_name": "Patricia O'Hanlon", "email": "rev@example.org"}
    taken_in(record, application(1, answers=answers, **mrs), application(2, **rev))

    (one,) = meant(record, "Una Treasurer")

    assert one.words == "named by Allotment Friends 1"
    said = told(held(record, "Una Treasurer"))
    assert "Our treasurer Una Treasurer keeps the books." in said
    assert far not in said
    assert not meant(record, "Una")
    assert not meant(record, "Una Treas")

    # A title before one of two names makes no difference.
    bare, titled = meant(record, "Patricia O'Hanlon"), meant(record, "Revd Patricia O'Hanlon")
    assert [one.email for one in bare] == ["po@example.org", "rev@example.org"]
    assert [one.email for one in titled if one.email] == ["rev@example.org"], "Mrs and Revd are two people"


def test_a_member_has_their_own_sheets_marks_and_declarations_and_nobody_elses(record: Record) -> None:
    rows = workbook_rows()
    interest = InterestRow("M2", "ACF-001", InterestKind.PECUNIARY, "a cousin of Una Treasurer")
    load(record, replace(rows, interests=(rows.interests[0], interest)))

    found = held(record, "Ravi Example")

    assert found.name == "Ravi Example, M2 on the panel of Autumn, Police"
    assert {"people", "members", "interests", "score sheets"} <= {table.name for table in found.tables}
    said = told(found)
    assert "a cousin" in said
    (words,) = (table for table in found.tables if table.name == "interest words")
    assert words.columns[0] == "application", "beside the words stands of what"
    assert "sent with an application" not in said
    assert "Ann Sample" not in said
    assert "good" not in said, "another member's reason"
    assert ALSO not in found.note
    reason = told(held(record, "Una Treasurer"))
    assert "cousin of Una Treasurer" in reason, "a name that stands in a reason alone is found"


def test_two_members_of_one_name_are_two_and_it_is_said(record: Record) -> None:
    rows = workbook_rows()
    both = (MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ann Sample", "chair", "Police"))
    load(record, replace(rows, members=both))

    found = meant(record, "Ann Sample")

    assert [one.words for one in found] == ["M1 on the panel of Autumn", "M2 on the panel of Autumn, Police"]
    assert ALSO in held(record, "Ann Sample", organisation="police").note


def test_a_contact_of_whom_one_application_is_erased_is_told_of_it_and_who_made_changes_still_has_them(
    record: Record,
) -> None:
    other = replace(application(2, **ROSE), organisation=application(1).organisation)
    taken_in(record, application(1, **ROSE), other)
    found = record.ask(lambda s: proved_erasure_of(s, ((1, "ACF-001"),), "asked for", "Ida Protect"))
    erase(record, found.operation, OFFICER)

    mine = held(record, "Rose Example")

    (contact,) = (table for table in mine.tables if table.name == "contact")
    assert [row[1] for row in contact.rows] == ["ACF-002"]
    erased = str(dict(mine.tables[0].rows)["What was erased"])
    assert erased.startswith("ACF-001 was erased on ")
    (journal,) = (table for table in held(record, OFFICER.name).tables if table.name == "journal")
    assert any(str(row[-1]).endswith(PARTLY_ERASED) for row in journal.rows)
    last = record.ask(lambda s: proved_erasure_of(s, ((1, "ACF-002"),), "asked for", "Ida Protect"))
    erase(record, last.operation, OFFICER)
    with pytest.raises(Refused, match="Whom an erased application named is found by its organisation alone"):
        held(record, "Rose Example")


def all_held(record: Record, reference: str = "ACF-001") -> HeldOn:
    number = record.ask(partial(organisation_of, round_id=1, reference=reference))
    assert number is not None
    return record.ask(partial(held_on, organisation_id=number))


def test_every_table_with_an_application_is_asked(record: Record) -> None:
    load(record)
    of_applications = {t.name for t in TABLES if "application_id" in t.c}

    assert WITHOUT in of_applications
    assert len(of_applications) > 15, "the list of tables is the schema's own, so none is forgotten"

    # Texts marks reasons and declarations are told and nothing of others.
    found = all_held(record)
    assert (found.name, found.applications) == ("Allotment Friends 1", ((1, "ACF-001"),))
    said = told(found)
    for word in ("Answer 1", "good", "weak", "M2 would give 5", "a cousin", "older group"):
        assert word in said
    assert "Answer 2" not in said
    assert "to ask" not in said

    # Terms and corrections are told in words and not as they are kept.
    rows = record.ask(partial(applications, round_id=1))
    before = next(row for row in rows if row.reference == "ACF-001")
    after = replace(before, need="An older text", requested_pence=before.requested_pence - 100)
    record.perform(CorrectApplication(1, "ACF-001", changes_between(before, after), "mistyped"), OFFICER)
    (corrections,) = (table for table in all_held(record).tables if table.name == "corrections")
    own, came = pounds(after.requested_pence), pounds(before.requested_pence)
    assert {(row[1], row[2]) for row in corrections.rows} == {("need", "An older text"), ("requested", own)}
    assert came in {row[3] for row in corrections.rows}

    # A change of which nothing is left is on the list of whom it was about.
    change = (Tombstone(record.head().seq, ""),)
    record.perform(EraseBodies(((1, "ACF-001"),), change, "asked for", "Ida Protect"), OFFICER)
    (own,) = (table for table in all_held(record).tables if table.name == "journal")
    (other,) = (table for table in all_held(record, "ACF-002").tables if table.name == "journal")
    assert ERASED in [row[-1] for row in own.rows]
    assert ERASED not in [row[-1] for row in other.rows]


def test_decisions_awards_and_the_journal_are_told(decided: Record) -> None:
    names = {table.name for table in all_held(decided).tables}

    assert {"applications", "decisions", "awards", "instalments", "recommendations", "journal"} <= names

    # Why it is held how long and for whom packs were written stands first.
    first = select(application_table.c.uid).where(application_table.c.reference == "ACF-001")
    uid = decided.ask(lambda session: session.scalars(first).one())
    decided.perform(
        IssuePack(1, "M1", "p", date(2026, 12, 1), 1, "ab", "00" * 32, 1, "00" * 32, (uid,)), OFFICER
    )
    own, other = (all_held(decided, of).tables[0] for of in ("ACF-001", "ACF-002"))
    said = dict(own.rows)
    assert own.name == "how it is used"
    assert "article 6(1)(e)" in str(said["Lawful basis"])
    assert str(said["How long it is kept"]).startswith(
        "Applications that were given money: 6 years after the grant ends (where its end is not known"
    )
    assert said["What this copy holds"] == all_held(decided).note
    assert said["Sealed packs written"] == "3 November 2026: for Ann Sample."
    assert "Sealed packs written" not in dict(other.rows)

    # Who signed and who changed something is of the office.
    decider, officer = held(decided, "dan decides"), held(decided, "Grace Okoro")

    assert decider.name == "Dan Decides, of the office"
    places = next(table for table in decider.tables if table.name == "named in")
    assert ("sign offs", "signed by", "", "2026-12-02", "") in places.rows
    journal = next(table for table in officer.tables if table.name == "journal")
    assert {row[2] for row in journal.rows} == {"made it"}
    assert "Dan Decides" not in told(officer)


def test_what_is_kept_as_a_value_tells_a_person_of_no_one_else(decided: Record) -> None:
    places = next(table for table in held(decided, "Ann Sample").tables if table.name == "named in")

    kept = [row for row in places.rows if row[0] == "kept panels"]
    assert kept
    assert {row[-1] for row in kept} == {"named in it"}
    assert not [row for row in places.rows if '"' in str(row[-1]) or "Ravi Example" in str(row[-1])]


def test_no_value_is_told_as_it_is_kept(decided: Record) -> None:
    decided.perform(
        SetCheck(1, "ACF-001", "public_money", CheckResult("passed", date(2026, 11, 2)), None), OFFICER
    )
    found = all_held(decided)

    raw = [str(cell) for table in found.tables for row in table.rows for cell in row]
    assert [cell for cell in raw if cell.startswith(("[", "{"))] == []
    steps = rows_of(found, "decided standings")
    assert "total: (80 × 100 + 20 × 100) / 100, rounded once, half up, 100, 100.00" in steps
    assert "public money" in rows_of(found, "award checks")


def rows_of(found: HeldOn, name: str) -> str:
    """Return what a table of it says, a line a row."""
    rows = (table.rows for table in found.tables if table.name == name)
    return "\n".join(" | ".join(map(str, row)) for row in next(rows))


def test_who_decided_what_was_checked_and_what_was_issued_is_told(decided: Record) -> None:
    order = PaperOrder("publication", datetime(2027, 1, 5, tzinfo=UTC), period="2026/27")
    value = decided.ask(partial(paper_value, order=order))
    following = decided.ask(partial(next_issue, order=order, value=value))
    assert following is not None
    decided.perform(following.operation, OFFICER)

    found, reserve = (all_held(decided, of) for of in ("ACF-001", "ACF-003"))

    act = "section 9 of the Police Reform and Social Responsibility Act 2011"
    signed = (
        f"Dan Decides, Chief Executive, 2 December 2026, under notice 031/2026 and {act}. Interests: none"
    )
    assert signed in rows_of(found, "decisions")
    assert "Cora Command, NPU commander, 2 December 2026. Interests: none" in rows_of(found, "decisions")
    history = rows_of(found, "journal")
    assert "Signed the recommendations of Coventry" in history
    assert "Issued the publication" in history
    assert "Issued the publication" not in rows_of(reserve, "journal"), "it was awarded nothing"


def test_each_check_is_told_by_its_question_and_the_return_that_brought_marks(
    record: Record, tmp_path: Path
) -> None:
    pack = issue(packed_office(record))
    record.perform(SetGate(1, "ACF-001", "constituted", "pass"), OFFICER)
    with laptop(tmp_path / "ann.panel", pack) as home:
        fill(home, "ACF-001")
        take_in(record, make_return(home))

    found, other = (all_held(record, of) for of in ("ACF-001", "ACF-003"))

    assert "Is the group constituted? | pass" in rows_of(found, "gate results")
    assert "Imported 1 return" in rows_of(found, "journal")
    assert "Imported 1 return" not in rows_of(other, "journal"), "it brought nothing of that"


NOT_SIGNED = ("intake", "scoring", "meeting", "recommending", "recommended")
EVERY = {*range(1, 7), 12, 17}
DECIDED = {"some": {1, 2}, "all": EVERY, "given up": EVERY}
"""Which applications each scene decides, of those that are recommended."""


@pytest.mark.parametrize("scene", SCENES)
def test_each_state_tells_its_check_who_signed_and_who_decided_and_under_what(
    record: Record, scene: str
) -> None:
    reach(record, scene, None)
    is_scored, is_signed = scene != "intake", scene not in NOT_SIGNED

    for number in STATES:
        found = all_held(record, reference(number))
        tables = {table.name for table in found.tables}
        is_decided, is_in_area = number in DECIDED.get(scene, ()), number not in (20, 21)
        wrong = (scene, number)

        assert ("score sheets" in tables) is (is_scored and number not in UNMARKED), wrong
        assert ("decisions" in tables) is is_decided, wrong
        history = rows_of(found, "journal")
        assert ("Signed the recommendations of Coventry" in history) is (is_signed and is_in_area), wrong
        if is_decided:
            said = rows_of(found, "decisions")
            assert "Cora Command, NPU commander, 2 December 2026. Interests: none" in said, wrong
            assert (
                "Dan Decides, Chief Executive, 2 December 2026, under notice 031/2026 and section 9" in said
            )
            assert said.count("Interests: none") == 2, wrong
            assert "Recorded decisions on" in history, wrong
        assert ("Is the group constituted? | fail" in told_rows(found)) is (number == 8), wrong
        assert ("Withdrew " in history) is (number == 15 or (scene == "given up" and number == 1)), wrong


def told_rows(found: HeldOn) -> str:
    return "\n".join(" | ".join(map(str, row)) for table in found.tables for row in table.rows)


AUDITOR = Viewer("Ada Auditor", Role.AUDITOR)


def test_an_auditor_has_all_that_is_held_whoever_the_recipient_is_now_and_others_are_refused(
    decided: Record,
) -> None:
    heirs = Successor("Heirs of the Allotment", "1122334", "", DAY, "It converted")
    decided.perform(SetSuccessor(1, "ACF-001", heirs, None), OFFICER)
    decided.perform(GiveRole(1, AUDITOR.name, Role.AUDITOR), OFFICER)
    number = decided.ask(partial(organisation_of, round_id=1, reference="ACF-001"))
    assert number is not None

    viewer = decided.ask(partial(held_viewer, name=AUDITOR.name))
    found = decided.ask(partial(held_on, organisation_id=number, viewer=viewer))

    assert viewer == AUDITOR
    assert found == all_held(decided)
    assert "Heirs of the Allotment" in told(found)
    for role in Role:
        ask = partial(held_on, organisation_id=number, viewer=Viewer("Pat Other", role))
        if role in (Role.OFFICER, Role.CHAIR, Role.AUDITOR):
            assert decided.ask(ask) == found
        else:
            refused("An officer, the chair or an auditor writes all that is held", decided.ask, ask)


def test_all_that_is_held_is_closed_to_an_auditor_with_an_interest_in_anything(decided: Record) -> None:
    declared = (InterestRow(AUDITOR.name, "ACF-003", InterestKind.PECUNIARY, "a trustee"),)
    decided.perform(GiveRole(1, AUDITOR.name, Role.AUDITOR), OFFICER)
    decided.perform(DeclareToSign(1, AUDITOR.name, declared), OFFICER)
    one = the_person(meant(decided, "Dan Decides"), "Dan Decides")

    for ask in (
        partial(held_on, organisation_id=1, viewer=AUDITOR),
        partial(held_on_person, one=one, viewer=AUDITOR),
    ):
        refused("You declared an interest in ACF-003", decided.ask, ask)


FIRST, SECOND = "ACF-001", "ACF-002"


@pytest.fixture
def taken_out(record: Record) -> Record:
    """A record into which two applications were taken, and one of them was taken out again."""
    set_up_office(record)
    record.perform(import_operation(telling(1), telling(2)), OFFICER)
    record.perform(RemoveApplications(1, (FIRST,)), OFFICER)
    return record


def removed(record: Record) -> tuple[Keeping, ...]:
    return record.ask(lambda session: removed_applications(session, 1))


def erasing(record: Record, *references: str) -> EraseBodies:
    chosen = tuple((1, of) for of in references)
    return record.ask(lambda s: proved_erasure_of(s, chosen, "imported by mistake", "Ida Protect")).operation


def test_it_is_listed_with_the_clock_of_what_is_declined_until_it_is_erased_from_every_byte(
    taken_out: Record,
) -> None:
    (line,) = removed(taken_out)

    assert (line.reference, line.organisation, line.is_removed) == (FIRST, telling(1).organisation, True)
    assert line.until == date(2028, 11, 3)  # taken out on 3 November 2026, and two years more
    assert line.why == "removed: 2 years after that"

    taken_out.perform(SetRetention(1, Years(6, 1), Years()), OFFICER)

    assert removed(taken_out)[0].until == date(2027, 11, 3)

    operation = erasing(taken_out, FIRST)
    assert (operation.applications, operation.removed) == ((), ((1, FIRST),))
    assert operation.label.startswith("Erase what was written in and of 1 application")

    erase(taken_out, operation, OFFICER)

    assert removed(taken_out) == ()
    assert {c.name: c.words for c in verify(taken_out).checks if not c.ok} == {}
    assert [row.reference for row in taken_out.ask(lambda s: applications(s, 1))] == [SECOND]
    path = taken_out.path
    taken_out.close()
    assert f"{SECRET}1".encode() not in path.read_bytes()
    assert f"{SECRET}2".encode() in path.read_bytes()


def test_what_is_in_the_round_or_never_was_is_not_listed(office: Record) -> None:
    assert removed(office) == ()

    outcome = office.perform(import_operation(telling(1)), OFFICER)
    assert removed(office) == ()

    undo(office, outcome)
    assert [line.reference for line in removed(office)] == [FIRST]

    office.perform(import_operation(replace(telling(1), organisation="Made-up Choir")), OFFICER)
    assert removed(office) == ()  # the same reference in the same round is there again

    office.perform(ChangeApplications("Merge two", (RemoveApplications(1, (FIRST,)),)), OFFICER)
    assert [line.reference for line in removed(office)] == [FIRST], "taken out among several changes"


def test_what_went_with_its_round_is_listed_under_every_other_and_erased(office: Record) -> None:
    outcome = office.perform(import_operation(telling(1)), OFFICER)
    undo(office, outcome)
    office.perform(
        replace(import_operation(telling(2)), round=RoundKey(FUND.name, "2027/28", "Spring")), OFFICER
    )
    (line,) = removed(office)
    assert (line.round_id, line.reference) == (0, FIRST)

    chosen = ((0, FIRST),)
    found = office.ask(lambda s: proved_erasure_of(s, chosen, "imported by mistake", "Ida Protect"))
    erase(office, found.operation, OFFICER)

    assert removed(office) == ()
    assert verify(office).sound
    path = office.path
    office.close()
    assert f"{SECRET}1".encode() not in path.read_bytes()
    assert f"{SECRET}2".encode() in path.read_bytes()


def test_one_that_came_back_meanwhile_is_refused(taken_out: Record) -> None:
    operation = erasing(taken_out, FIRST)
    taken_out.perform(import_operation(telling(1), areas=()), OFFICER)

    refused("In the round again: ACF-001", taken_out.perform, operation, OFFICER)
