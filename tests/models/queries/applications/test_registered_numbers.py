"""Only a number of a register identifies anybody: a word in its place stays an answer, in every place."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from models.journal.verify import verify
from models.operations.applications.organisations import PartOrganisations
from models.operations.rows.write_applications import joined_by_words
from models.packs.part_rows import Value
from models.packs.part_rows import same_organisations as same_in_two_records
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.merges import import_target, organisation_aliases
from models.queries.applications.organisations import organisations
from models.queries.awards.registers import wanted
from models.queries.papers.open_data import recipient_id
from models.queries.papers.transparency.public_award import PublicAward
from models.queries.retention.held_on_request import held_on
from models.record import Record
from models.schema.applications import application_table, organisation_alias_table
from models.values.importing import duplicate_candidates
from models.values.rows import ApplicationRow
from scoring.allocating.organisations import alias_of, group, identified
from scoring.written.identities import charity_key, company, is_made_up
from tests.models.rounds import OFFICER, application, import_operation, set_up_office

WORDS = (
    *(
        "Pending",
        "PENDING",
        "Exempt",
        "exempt charity",
        "TBC",
        "tbc",
        "CIC",
        "N/A",
        "n/a",
        "none",
        "None",
        "-",
    ),
    *("Applied for", "0", "00000000", "No", "Yes", "?", "unincorporated", "see attached", "1.18E+11", "SC"),
    *("2026-03-01", "01/03/2026", "£500", "07700 900123", "x" * 100, "Ｐending", "１２３", "0000000", "NIC"),
    *(
        "Registered 2019",
        "Reg. 2019",
        "2019",
        "CIO 2024",
        "CIC 2",
        "No. 1",
        "1",
        "12",
        "1 (one)",
        "100",
        "#1",
    ),
    *("1164883 (our umbrella body)", "1164883 (parent charity)", "20 40 60", "20-40-60"),
    *("1111111", "99999999", "222222", "11111111"),
    *("Charity 2", "charity number 2026", "1.0", "20190401", "19991231"),
)
"""What people and programs write where a number belongs."""

NO_NUMBER = st.one_of(
    st.sampled_from(WORDS),
    st.text(st.characters(exclude_categories=("Cs", "Nd")), max_size=20),
    st.integers(10**8, 10**15).map(str),
    st.tuples(st.integers(1, 10**7), st.integers(1, 9)).map("{0[0]}.{0[1]}".format),
)


def as_numbers(word: str) -> dict[str, Value]:
    return {"charity_number": word, "company_number": word}


@given(NO_NUMBER)
def test_a_text_that_is_no_number_links_nobody_and_is_printed_nowhere(word: str) -> None:
    one, other = (
        ApplicationRow(reference, name, charity_number=word, company_number=word, project=name)
        for reference, name in (("A", "Larkfield Trust"), ("B", "Moss Club"))
    )

    assert group(tuple(identified("", of.organisation, word, word) for of in (one, other))).first == (0, 1)
    assert alias_of("Moss", word, word) == ("moss", "", "")
    assert (one.charity, one.company, one.numbers, one.numbers_told) == ("", "", "", ())
    assert recipient_id(one, "360G-example", 7) == "360G-example-ORG-0007"
    assert PublicAward(one, None).numbers == ""
    assert duplicate_candidates([one, other]) == ()
    here, there = (
        {"organisation_aliases": [{"name_key": of.organisation, "organisation_id": n, **as_numbers(word)}]}
        for n, of in enumerate((one, other))
    )
    assert same_in_two_records(here, there) == {}


NUMBERS = (
    *(("279417", "GB-CHC-279417"), ("0279417", "GB-CHC-279417"), ("Charity No. 1164883", "GB-CHC-1164883")),
    *(("1164883-2", "GB-CHC-1164883-2"), ("1164883.0", "GB-CHC-1164883"), ("112 2334", "GB-CHC-1122334")),
    *(("sc 042386", "GB-SC-SC042386"), ("NIC100048", "GB-NIC-100048"), ("100019", "GB-NIC-100019")),
)
"""Charity numbers in ways of writing, and what identifies each."""


@pytest.mark.parametrize(("written", "identifier"), NUMBERS)
def test_a_number_of_each_register_identifies_in_every_way_of_writing(written: str, identifier: str) -> None:
    row = ApplicationRow("A", "Larkfield Trust", charity_number=written)

    assert recipient_id(row, "360G-example", 7) == identifier
    assert row.numbers_told == (row.charity, written)


def given_out(least: int, most: int) -> st.SearchStrategy[int]:
    """Numbers that a register can give out and nobody makes up."""
    return st.integers(least, most).filter(lambda number: not is_made_up(str(number)))


@given(given_out(200_000, 9_999_999), st.sampled_from(["{}", " {} ", "{}.0", "{}-2", "No. {}"]))
def test_numbers_are_compared_in_one_form(number: int, form: str) -> None:
    assert charity_key(form.format(number)) == str(number)


@given(given_out(100_000, 19_000_000), st.sampled_from(["{}", "{}.0", "{:08}", "Company number {}"]))
def test_company_numbers_are_filled_up(number: int, form: str) -> None:
    found = company(form.format(number))

    assert found is not None
    assert found.number == f"{number:08}"


@pytest.fixture
def strangers(record: Record) -> Record:
    """A record in which two strangers each have one word in both places."""
    pairs = ((n, side, word) for n, word in enumerate(WORDS) for side in (0, 1))
    rows = [
        application(
            1, reference=f"W-{n}-{side}", organisation=f"Group {n} {side}", charity_number=w, company_number=w
        )
        for n, side, w in pairs
    ]
    set_up_office(record).perform(import_operation(*rows), OFFICER)
    return record


def test_strangers_with_one_word_stay_two_in_every_query(strangers: Record) -> None:
    lines = strangers.ask(organisations, date(2026, 11, 30), OFFICE_VIEWER)
    sought = strangers.ask(wanted)
    target = strangers.ask(import_target, 1)

    assert len(lines) == 2 * len(WORDS)
    assert {line.numbers for line in lines} == {()}
    assert all(len(line.references) == 1 for line in lines)
    assert all(one.key[1:] == ("", "") for one in strangers.ask(organisation_aliases))
    assert (sought.charities, sought.companies) == ((), ())
    for word in WORDS:
        (one,) = target.applicants(
            [ApplicationRow("N", "Newcomer", charity_number=word, company_number=word)]
        )
        assert one.known is None
    for line in lines[::7]:
        held = strangers.ask(held_on, line.number)
        assert [reference for _, reference in held.applications] == list(line.references)


def test_strangers_that_an_earlier_program_joined_are_named_and_can_be_separated(record: Record) -> None:
    rows = (application(n, charity_number="PENDING") for n in (1, 2))
    set_up_office(record).perform(import_operation(*rows), OFFICER)
    joined = {"organisation_id": 1}
    with record._store.writing() as session:  # as a program did that took any text for a number
        session.execute(update(application_table).values(joined))
        session.execute(update(organisation_alias_table).values(**joined, charity_number="PENDING"))

    assert record.ask(lambda session: [*joined_by_words(session)]) == [
        "Allotment Friends 1 and Allotment Friends 2 are recorded as one organisation, but no name or "
        "registered number links them: a text such as “Pending” was read as a number. Separate them: select "
        "the organisation on Organisations and choose Keep apart…, or use “organisations apart”."
    ]

    (line,) = record.ask(organisations, date(2026, 11, 30), OFFICE_VIEWER)
    record.perform(PartOrganisations(line.uid, line.name, line.others, "two groups"), OFFICER)

    assert record.ask(lambda session: [*joined_by_words(session)]) == []
    assert len(record.ask(organisations, date(2026, 11, 30), OFFICE_VIEWER)) == 2


def shared_numbers(record: Record) -> tuple[bool, bool, str]:
    """Return what the check of shared numbers says: whether it holds, and notes something."""
    (found,) = (one for one in verify(record).checks if one.name == "shared numbers")
    return found.ok, found.is_note, found.words


def test_verify_names_strangers_with_one_number_and_how_to_separate_them(record: Record) -> None:
    names = ("Zed Choir", "Quite Another Theatre", "Zed Choirs", "Bay Cyclists", "Elm Rowers")
    numbers = ("1164883", "1164883", "1164883", "", "")
    companies = ("", "", "", "05000000", "05000000")
    rows = (
        application(n, organisation=name, charity_number=charity, company_number=of)
        for n, (name, charity, of) in enumerate(zip(names, numbers, companies, strict=True), 1)
    )
    set_up_office(record).perform(import_operation(*rows), OFFICER)

    assert shared_numbers(record) == (
        True,
        True,
        "Zed Choir and Quite Another Theatre count as one organisation by their charity number 1164883 "
        "alone. If they are two, correct the number, or choose Keep apart… on Organisations. Bay Cyclists "
        "and Elm Rowers count as one organisation by their company number 05000000 alone. If they are two, "
        "correct the number, or choose Keep apart… on Organisations.",
    )

    for line in record.ask(organisations, date(2026, 11, 30), OFFICE_VIEWER):
        record.perform(PartOrganisations(line.uid, line.name, line.others, "two groups"), OFFICER)

    assert shared_numbers(record) == (
        True,
        False,
        "No two names are one organisation by a registered number alone.",
    )
