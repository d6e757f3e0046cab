"""Program and database agree on who is the same person."""

from sys import maxunicode
from unicodedata import ucd_3_2_0

from models.store.locks.same_person import nearly_same
from scoring.written.names import text_key
from tests.models.store.locks.an_office import signed_on, template
from tests.server import cluster

NAMES = (
    "Émilie  ØST",
    "GROẞ Straße",
    "Siân\u2003Ŵyn ",
    "ΟΔΥΣΣΕΥΣ",
    "İpek Iğdır",
    "ﬁnn O’Brien",
    "Jo\u00a0\x1fSmith",
)
LETTERS = [chr(n) for n in range(1, maxunicode + 1) if ucd_3_2_0.category(chr(n)) not in ("Cn", "Cs")]


def test_the_key_of_a_name_is_the_same_to_program_and_database() -> None:
    with cluster().connect(template()) as connection:
        names = [
            *NAMES,
            *(f"a{letter}b" for letter in LETTERS if letter.casefold() != letter or letter.isspace()),
        ]
        query = "SELECT name, locks.text_key(name) FROM unnest(%s::text[]) AS name"
        found = dict(connection.execute(query, [names]).fetchall())

    assert {name: key for name, key in found.items() if key != text_key(name)} == {}
    assert len(found) > 900


def test_a_login_is_the_member_whose_name_is_written_with_other_capitals() -> None:
    database = cluster().new_database(template())
    with cluster().connect(database) as administrator:
        administrator.execute("UPDATE people SET name = 'ÉMILIE ØST' WHERE name = 'Mo Member'")
        administrator.execute("UPDATE locks.logins SET person = 'Émilie Øst' WHERE login = 'mo'")
    with signed_on("mo", database) as connection:
        found = connection.execute("SELECT reference FROM applications ORDER BY 1").fetchall()

    assert [reference for (reference,) in found] == ["ACF-001", "ACF-002", "ACF-004"]
    cluster().drop(database)


def test_names_that_nearly_agree_are_listed() -> None:
    people = ("Zoë O’Brien", "Zoe O'Brien", "zoe o'brien", "Dr Jo Example", "Jo Example", "Joe Example")

    assert list(nearly_same(people)) == [
        ("Dr Jo Example", "Jo Example"),
        ("Zoe O'Brien", "Zoë O’Brien"),
        ("Zoë O’Brien", "zoe o'brien"),
    ]
