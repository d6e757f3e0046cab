"""Which issued papers are closed to whom on a server: every kind, of every round and area."""

import pytest
from psycopg import errors

from models.papers.kinds import KINDS
from tests.models.store.locks.an_office import FOR_DEE, PEOPLE, changed_copy, signed_on, template

OPEN = {
    *("to-sign", "call", "form", "publication", "spending", "contracts", "subsidies", "360giving", "tables"),
    "ministry",
}
"""What is made for the public, or of sums, by hand: all others tell of single applications."""
OF_ROUND = "INSERT INTO paper_issues SELECT {n}, {round}, '{paper}', '', '{subject}', 1, '{{}}', "
OF_ROUND += "repeat('a', 64), '', 1, repeat('a', 64), 'Olive Officer', '2026-11-03T14:05:00.000000Z'"
SUBJECTS = ("", "Coventry", "Dudley", "Coventry · with marks", "every round")
"""Of all areas, of one, and of no round."""
COVENTRY = {"", "Coventry", "Coventry · with marks", "every round"}
AFTER_DECLARING = {
    # Mo and Ivy have an interest in Coventry, and Mo a sheet of Dudley to hand in. Zed sits on no panel
    # of the round; the others have no interest, and no sheet.
    "mo": {*SUBJECTS},
    "ivy": COVENTRY,
    "cara": {*SUBJECTS},
    "zed": {*SUBJECTS},
    **{login: set[str]() for login in ("olive", "fin", "rex", "ada", "cole", "dee")},
}
"""By login, which papers that tell of single applications are closed."""
WITHOUT_MARKS = {"mo": {*SUBJECTS} - {"Dudley"}, "cara": {"Coventry · with marks"}}
"""The same of a panel book, which waits for one's own sheets only with marks."""


def issues(paper: str) -> list[str]:
    return [
        OF_ROUND.format(
            n=100 + number,
            round="NULL" if subject == "every round" else 1,
            paper=paper,
            subject=subject,
        )
        for number, subject in enumerate(SUBJECTS)
    ]


@pytest.fixture(scope="module")
def declared() -> str:
    """An office in which every kind of paper was issued."""
    return changed_copy(template(), *every_issue())


@pytest.fixture(scope="module")
def undeclared() -> str:
    """The same, before anybody has declared."""
    return changed_copy(template(), "DELETE FROM interests", "DELETE FROM signer_interests", *every_issue())


def every_issue() -> list[str]:
    found = []
    for place, paper in enumerate(KINDS):
        found += [one.replace("SELECT 10", f"SELECT {place + 1}0") for one in issues(paper)]
    return found


def read_by(login: str, database: str) -> dict[str, set[str]]:
    """Return by kind of which subjects a person reads papers."""
    found: dict[str, set[str]] = {}
    with signed_on(login, database) as connection:
        for paper, subject in connection.execute("SELECT paper, subject FROM paper_issues").fetchall():
            found.setdefault(paper, set()).add(subject)
    return found


@pytest.mark.parametrize("login", AFTER_DECLARING)
def test_a_paper_is_closed_to_whoever_something_that_it_covers_is_closed_to(
    declared: str, login: str
) -> None:
    found = read_by(login, declared)
    for paper in KINDS:
        closed = set() if paper in OPEN else AFTER_DECLARING[login]
        if paper == "panel-book":
            closed = WITHOUT_MARKS.get(login, closed)
        assert found.get(paper, set()) == {*SUBJECTS} - closed, paper


@pytest.mark.parametrize("login", PEOPLE)
def test_before_declaring_no_paper_that_tells_of_applications_is_read(undeclared: str, login: str) -> None:
    found = read_by(login, undeclared)
    declares_nothing = login in (
        "olive",
        "fin",
        "rex",
        "ada",
        "nia",
        "ivy",
    )  # Ivy as an officer; her sheet is due
    assert {paper for paper in OPEN if found.get(paper) == {*SUBJECTS}} == OPEN
    assert {*found} - OPEN == ({*KINDS} - OPEN if declares_nothing else set())
    assert ("Coventry" in found.get("minutes", ())) is (declares_nothing and login != "ivy")


def test_nobody_with_an_interest_issues_a_paper_that_tells_of_it(declared: str) -> None:
    for login, paper, subject in (
        *(("ivy", paper, "Coventry") for paper in KINDS),
        *(("ivy", paper, "") for paper in KINDS),
        *(("ivy", paper, "Dudley") for paper in KINDS),
        *(("olive", paper, "") for paper in KINDS),
    ):
        put = OF_ROUND.format(n=9999, round=1, paper=paper, subject=subject).replace(", 1, '{", ", 2, '{")
        is_closed = login == "ivy" and subject != "Dudley" and paper not in OPEN
        with signed_on(login, declared) as connection:
            if is_closed:
                with pytest.raises(errors.InsufficientPrivilege):
                    connection.execute(put)
            else:
                connection.execute(put)


def closed_to_ivy(*changes: str) -> dict[str, set[str]]:
    """Return by kind of which subjects papers are closed to Ivy, with an interest in ACF-002 of Coventry."""
    found = read_by("ivy", changed_copy(template(), *every_issue(), *changes))
    return {paper: {*SUBJECTS} - found.get(paper, set()) for paper in KINDS}


PRINTED = 'UPDATE paper_issues SET content = \'{{"lines":[{{"reference":"{}"}}]}}\' WHERE subject = \'{}\''
MOVED = "UPDATE applications SET area_id = (SELECT id FROM areas WHERE name = 'Dudley') WHERE id = 2"


def test_what_a_paper_printed_closes_it_wherever_that_is_moved() -> None:
    for reference, closed in (("ACF-002", {"Coventry"}), ("ACF-0021", set[str]())):
        found = closed_to_ivy(PRINTED.format(reference, "Coventry"), MOVED)
        for paper in KINDS:
            expected = set() if paper in OPEN else {"", "Dudley", "every round"} | closed
            assert found[paper] == expected, paper


AS_ONE = (
    "UPDATE applications SET organisation_id = (SELECT organisation_id FROM applications WHERE id = 2) "
    "WHERE id = 4"
)
BY_NUMBER = "UPDATE organisation_aliases SET charity_number = '1164883' WHERE organisation_id IN ({})"
TWINS = "SELECT organisation_id FROM applications WHERE id IN (2, 4)"
CAPPED = "UPDATE schemes SET cap_per_organisation_pence = 100000"
DECIDED = (
    "INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, amount_pence, reason, "
    "change_reason, conditions, is_exception) "
    "VALUES (1, 1, 2, 'agree', 'fund', 100000, 'why', 'why', '[]', false)"
)
OUT = "UPDATE applications SET {} WHERE id = 4"


@pytest.mark.parametrize(
    ("changes", "is_closed"),
    [
        ((AS_ONE, CAPPED), True),
        ((BY_NUMBER.format(TWINS), CAPPED), True),
        (("UPDATE areas SET shared_pot = 'Both'",), True),
        ((CAPPED,), False),
        ((AS_ONE,), False),
        ((AS_ONE, CAPPED, OUT.format("withdrawn = true")), False),
        ((AS_ONE, CAPPED, OUT.format("all_gates = 'no'")), False),
        ((AS_ONE, CAPPED, FOR_DEE, DECIDED), False),
    ],
)
def test_a_paper_with_money_is_closed_by_what_its_list_tells_of(
    changes: tuple[str, ...], is_closed: bool
) -> None:
    found = closed_to_ivy(*changes)
    for paper in KINDS:
        expected = set() if paper in OPEN else COVENTRY
        is_told = is_closed and paper not in OPEN and paper != "panel-book"
        assert found[paper] == expected | ({"Dudley"} if is_told else set()), paper
