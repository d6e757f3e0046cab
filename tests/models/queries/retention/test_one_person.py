"""All that is held on one person: who goes by a name is told apart, and nothing of others is handed out."""

from datetime import date
from functools import partial

import pytest
from msgspec.structs import replace

from models.journal.erasing import erase, proved_erasure_of
from models.operations.awards.agreements import RecordAgreement
from models.operations.awards.checks import LoadRegister
from models.papers.held import HeldOn
from models.queries.awards.awards import awards
from models.queries.history import PARTLY_ERASED
from models.queries.retention.held_on_request import ALSO, held_on_person
from models.queries.retention.people_named import PersonMeant, people_named, the_person
from models.record import Record
from models.values.diligence import SANCTIONS_LIST, Extract, RegisterEntry, person_key
from models.values.rows import ApplicationRow, InterestRow, MemberRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import decided
from tests.models.rounds import OFFICER, application, import_operation, load, set_up_office, workbook_rows

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
    with pytest.raises(Refused, match="Nobody called “Nobody” is in this record"):
        the_person(meant(record, "Nobody"), "Nobody")
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


def test_somebody_named_in_an_answer_is_told_with_the_words_around_the_name_alone(record: Record) -> None:
    far = "x" * 200
    answers = (("Who runs it?", f"{far} Our treasurer Una Treasurer keeps the books. {far}"),)
    taken_in(record, application(1, answers=answers), application(2))

    (one,) = meant(record, "Una Treasurer")

    assert one.words == "named by Allotment Friends 1"
    said = told(held(record, "Una Treasurer"))
    assert "Our treasurer Una Treasurer keeps the books." in said
    assert far not in said
    assert not meant(record, "Una")
    assert not meant(record, "Una Treas")


def test_a_name_is_found_with_its_accents_or_without(record: Record) -> None:
    answers = (("Who runs it?", "Our treasurer Zoe\u0308 Łucka keeps the books."),)
    krol = {"contact_name": "Tadeusz Król", "email": "tk@example.org"}
    taken_in(record, application(1, **krol, answers=answers))

    (contact,), (named,) = meant(record, "tadeusz  krol"), meant(record, "ZOE LUCKA")

    assert (contact.name, named.words) == ("Tadeusz Król", "named by Allotment Friends 1")
    assert told(held(record, "tadeusz krol")) == told(held(record, "Tadeusz Król"))
    assert "treasurer Zoë Łucka keeps" in told(held(record, "zoe łucka"))


def test_a_title_before_one_of_two_names_makes_no_difference(record: Record) -> None:
    answers = (("Who runs it?", "Our treasurer Una Example keeps the books."),)
    mrs = {"contact_name": "Mrs Patricia O'Hanlon", "email": "po@example.org", "phone": "0121 496 0001"}
    rev = {"contact_name": "Patricia O'Hanlon", "email": "rev@example.org"}
    taken_in(record, application(1, **mrs, answers=answers), application(2, **rev))

    bare, titled = meant(record, "Patricia O'Hanlon"), meant(record, "Revd Patricia O'Hanlon")

    assert [one.email for one in bare] == ["po@example.org", "rev@example.org"]
    assert [one.email for one in titled if one.email] == ["rev@example.org"], "Mrs and Revd are two people"
    said = told(held(record, "Patricia O'Hanlon", email="po@example.org"))
    assert "0121 496 0001" in said
    assert said == told(held(record, "Mrs Patricia O'Hanlon", email="po@example.org"))
    assert [one.words for one in meant(record, "Dr Una Example")] == ["named by Allotment Friends 1"]


def test_a_member_has_their_own_sheets_marks_and_declarations_and_nobody_elses(record: Record) -> None:
    load(record)

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


def test_two_members_of_one_name_are_two_and_it_is_said(record: Record) -> None:
    rows = workbook_rows()
    both = (MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ann Sample", "chair", "Police"))
    load(record, replace(rows, members=both))

    found = meant(record, "Ann Sample")

    assert [one.words for one in found] == ["M1 on the panel of Autumn", "M2 on the panel of Autumn, Police"]
    assert ALSO in held(record, "Ann Sample", organisation="police").note


def test_who_signed_and_who_changed_something_is_of_the_office(record: Record) -> None:
    decided(record)

    decider, officer = held(record, "dan decides"), held(record, "Grace Okoro")

    assert decider.name == "Dan Decides, of the office"
    places = next(table for table in decider.tables if table.name == "named in")
    assert ("sign offs", "signed by", "", "2026-12-02", "") in places.rows
    journal = next(table for table in officer.tables if table.name == "journal")
    assert {row[2] for row in journal.rows} == {"made it"}
    assert "Dan Decides" not in told(officer)


def test_who_signs_for_a_recipient_belongs_to_it_and_not_to_the_office(record: Record) -> None:
    decided(record)
    award = record.ask(lambda s: awards(s, 1))[0]
    details = replace(award.agreement, recipient_signer="Rose Example", sent_on=date(2026, 11, 2))
    record.perform(RecordAgreement(1, "ACF-001", details, award.agreement), OFFICER)

    (one,) = meant(record, "Rose Example")

    assert one.words == "named by Allotment Friends 1"
    found = held(record, "Rose Example")
    assert ("grant agreements", "recipient signer", "ACF-001", "2026-11-02", "") in found.tables[1].rows
    assert "named in it" in told(found)


def test_what_the_sanctions_list_said_of_a_contact_is_held_though_under_a_sum(record: Record) -> None:
    taken_in(record, application(1, **ROSE))
    hit = RegisterEntry(person_key("Rose Example"), 1, "GHO0001", "ROSE EXEMPLE", what="alias")
    extract = Extract(date(2026, 11, 1), "list.csv", 5, 0, (hit,))
    record.perform(LoadRegister(SANCTIONS_LIST, extract, None), OFFICER)

    found = held(record, "Rose Example")

    assert "ROSE EXEMPLE" in told(found)


def test_a_name_that_stands_in_a_reason_alone_is_found(record: Record) -> None:
    rows = workbook_rows()
    interest = InterestRow("M2", "ACF-001", InterestKind.PECUNIARY, "cousin of Una Treasurer")
    load(record, replace(rows, interests=(rows.interests[0], interest)))

    assert "cousin of Una Treasurer" in told(held(record, "Una Treasurer"))


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
