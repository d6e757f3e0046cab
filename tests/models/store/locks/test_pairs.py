"""Nothing that a login reads past the program differs by what is hidden from its person.

Two records of the same round differ in that alone: see `tests.models.hidden_rounds`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from models.copies.office_server import load
from models.permissions.table import PERMISSIONS
from models.record import Record
from models.role import RANKING, Role
from models.store.locks import logins, preparing
from models.store.locks.policies import TABLES
from models.store.locks.tables import DECLARED
from models.store.places import server_address
from tests.models.conftest import OPENER
from tests.models.hidden_rounds import SCENES, hidden_record
from tests.models.store.locks.an_office import changed_copy, prepare, signed_on, template
from tests.models.store.locks.test_closed_papers import every_issue
from tests.server import cluster

OWN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}|b'(\\.|[^'\\])*'|b\"[^\"]*\"")
"""The identities, sums and hashes of a record, which are its own whatever is in it."""
OFTEN = (
    "a commander with an interest",
    "the chair once one of two has signed",
    "a member with an interest, and too little money",
)
ROLES = (Role.OFFICER, Role.FINANCE, Role.READER, Role.AUDITOR)
"""In which roles a person is let in besides: what an interest closes is closed in these too.

Where there is too little money, whoever has a task in the list reads what is recommended for the others.
"""


def on_server(path: Path) -> str:
    """Return the database of a record that was loaded, locked."""
    server = cluster()
    database = server.new_database()
    with Record.open(path, OPENER) as record:
        load(record, server_address(server.address(database)))
    with server.connect(database) as administrator:
        preparing.make_groups(administrator)
        preparing.set_locks(administrator)
        preparing.close_database(administrator)
    return database


def told(connection: "psycopg.Connection[Any]", table: str) -> list[str]:
    rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # type: ignore[arg-type]
    return sorted(OWN.sub("…", str(row)) for row in rows)


@pytest.mark.parametrize(
    "name", [name if name in OFTEN else pytest.param(name, marks=pytest.mark.soak) for name in SCENES]
)
def test_no_table_differs_by_what_is_hidden(name: str, tmp_path: Path) -> None:
    scene, found = SCENES[name], []
    viewer, besides = scene.viewer, () if scene.is_new or scene.is_of_other_panel else ROLES
    roles = [Role(viewer.role), *(role for role in besides if not (scene.is_tight and role in RANKING))]
    for which in (0, 1):
        database = on_server(hidden_record(tmp_path / f"{which}.panel", name, which))
        rows: dict[tuple[str, str], list[str]] = {}
        try:
            with cluster().connect(database) as administrator:
                logins.add(administrator, "sam", viewer.name, (Role(viewer.role),))
                for role in dict.fromkeys(roles):
                    logins.set_roles(administrator, viewer.name, (role,))
                    with signed_on("sam", database) as connection:
                        rows |= {(role, table): told(connection, table) for table in TABLES}
        finally:
            cluster().drop(database)
        found.append(rows)

    assert sum(map(len, found[0].values())) > 50
    assert [key for key, rows in found[0].items() if rows != found[1][key]] == []


INTEREST = """
    DELETE FROM signer_interests;
    INSERT INTO signer_interests
        SELECT id, 1, id, 1, 'pecuniary', '' FROM people
        WHERE name IN ('Cole Commander', 'Dee Decider', 'Fin Ance')
"""
"""Those who decide and finance have an interest in the first application, of Coventry."""
SHARED = "UPDATE areas SET shared_pot = 'Joint', stage = 'deciding'"
WORDS = {
    "its line": '{"items":[{"application":"ACF-004","place":2}],"round_id":1}',
    "its area": '{"area":"Dudley","round_id":1}',
    "every area": '{"area":"","round_id":1}',
    "another line": '{"items":[{"application":"ACF-0041","place":2}],"round_id":1}',
    "another round": '{"area":"Dudley","items":["ACF-004"],"round_id":2}',
}
TELLING = ("its line", "its area", "every area")
"""What is of a list that shares its budget with the closed one's."""
BY_LIST = {"record recommendations", "sign recommendations", "record decisions", "erase bodies"} | {
    kind for kind in DECLARED.lists["of_rounds"] if kind in PERMISSIONS
}
"""What writes places, or what was kept of a list, or empties it."""
ROW = """
    INSERT INTO journal SELECT seq + 1, at, 'Olive Officer', 'officer', '{kind}', sha256('x'), sha256('y'),
        sha256((seq + 1)::text::bytea) FROM journal ORDER BY seq DESC LIMIT 1
"""
BODY = "INSERT INTO journal_body SELECT max(seq), decode(repeat('00', 16), 'hex'), '{words}' FROM journal"
ISSUED = """
    INSERT INTO journal SELECT 1000000 + p.id, j.at, 'Olive Officer', 'officer', 'issue paper', sha256('x'),
        sha256('y'), sha256(('p' || p.id)::bytea) FROM paper_issues p, (SELECT max(at) AS at FROM journal) j;
    INSERT INTO journal_body SELECT 1000000 + id, decode(repeat('00', 16), 'hex'), json_build_object(
        'paper', paper, 'round_id', round_id, 'subject', subject, 'sha256', sha256, 'content', 'place 2'
    )::text FROM paper_issues
"""


def written() -> Iterator[str]:
    """Yield what writes a row of every kind with each of these words."""
    for kind in sorted(PERMISSIONS):
        for words in WORDS.values():
            yield ROW.format(kind=kind)
            yield BODY.format(words=words)


@pytest.fixture(scope="module")
def journals() -> Iterator[dict[bool, str]]:
    """Two databases with such a journal and every paper: areas share their budget, or do not."""
    shared = changed_copy(template(), INTEREST, SHARED, *every_issue(), *written(), ISSUED)
    apart = changed_copy(shared, "UPDATE areas SET shared_pot = ''")
    for database in (shared, apart):
        prepare(database)
    yield {True: shared, False: apart}
    for database in (shared, apart):
        cluster().drop(database)


@pytest.mark.parametrize("is_shared", [True, False])
@pytest.mark.parametrize("login", ["cole", "dee", "fin"])
def test_words_of_every_kind_are_as_closed_as_what_they_wrote(
    journals: dict[bool, str], login: str, is_shared: bool
) -> None:
    telling = TELLING if is_shared else ("every area",)
    waits = set() if login == "fin" else {*DECLARED.lists["tell_interests"]}
    asked = "SELECT kind, body FROM journal_body JOIN journal USING (seq) WHERE actor = 'Olive Officer'"
    with signed_on(login, journals[is_shared]) as connection:
        found = {*connection.execute(asked).fetchall()}

    for kind in PERMISSIONS.keys() - {"issue paper"} - waits:
        read = {of for of, words in WORDS.items() if (kind, words) in found}
        assert read == {*WORDS} - (set(telling) if kind in BY_LIST else set()), kind


@pytest.mark.parametrize("is_shared", [True, False])
@pytest.mark.parametrize("login", ["cole", "dee", "fin", "ivy", "cara", "rex", "olive"])
def test_words_that_issued_a_paper_are_read_by_whoever_reads_the_paper(
    journals: dict[bool, str], login: str, is_shared: bool
) -> None:
    issued = "SELECT seq - 1000000 FROM journal_body WHERE seq > 1000000 ORDER BY 1"
    with signed_on(login, journals[is_shared]) as connection:
        papers = connection.execute("SELECT id FROM paper_issues ORDER BY id").fetchall()
        words = connection.execute(issued).fetchall()

    assert words == ([] if login == "cara" else papers)
    assert papers
