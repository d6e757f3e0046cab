"""What a server gives of attached files, and to whom: as closed as their application, bytes and all."""

import hashlib

import psycopg
import pytest
from psycopg import errors

from models.papers.issued import pieces_key
from tests.models.store.locks.an_office import changed_copy, signed_on, template
from tests.models.store.locks.test_closed_rows import undeclared
from tests.server import NEWEST, cluster

OF_APPLICATIONS = """
CREATE FUNCTION pg_temp.key_of(words text) RETURNS text LANGUAGE sql
AS $$ SELECT encode(sha256(words::bytea), 'hex') $$;
INSERT INTO attachments
SELECT 10 * a.id + n, 'application', a.uid, v.name, kind, 1, pg_temp.key_of('sum'),
    pg_temp.key_of(v.name), NULL, 'Olive Officer',
    '2026-11-03T14:05:00.000000Z', CASE WHEN n = 3 THEN '' ELSE 'Olive Officer' END,
    CASE WHEN n = 3 THEN NULL ELSE '2026-11-03T14:05:00.000000Z' END, NULL, NULL
FROM applications a, LATERAL (VALUES
    (1, 'quote', a.reference || ' quote'), (2, 'form', a.reference || ' form'),
    (3, 'quote', a.reference || ' quote unread')
) AS v (n, kind, name);
INSERT INTO attachments
SELECT 1000 + o.id, 'organisation', o.uid, 'organisation ' || a.reference, 'rules', 1, pg_temp.key_of('sum'),
    pg_temp.key_of('organisation ' || a.reference), NULL, 'Olive Officer', '2026-11-03T14:05:00.000000Z',
    'Olive Officer', '2026-11-03T14:05:00.000000Z', NULL, NULL
FROM organisations o JOIN applications a ON a.organisation_id = o.id;
INSERT INTO attachments
SELECT 2000 + r.id, 'round', r.uid, 'round', 'notice', 1, pg_temp.key_of('sum'), pg_temp.key_of('round'),
    NULL, 'Olive Officer',
    '2026-11-03T14:05:00.000000Z', 'Olive Officer', '2026-11-03T14:05:00.000000Z', NULL, NULL
FROM rounds r ORDER BY r.id LIMIT 1;
INSERT INTO file_pieces SELECT pieces, 1, 1, '\\x00'::bytea FROM attachments;
"""
REFERENCES = [f"ACF-00{n}" for n in range(1, 5)]


@pytest.fixture(scope="module")
def database() -> str:
    return changed_copy(template(), OF_APPLICATIONS)


def read(login: str, database: str) -> set[str]:
    """Return what a login reads of the files, and that it reads the pieces of these and of no other."""
    with signed_on(login, database) as connection:
        files = dict(connection.execute("SELECT pieces, name FROM attachments").fetchall())
        pieces = {row[0] for row in connection.execute("SELECT sha256 FROM file_pieces")}
        assert {*files} - {"xyzzy"} == pieces - {"xyzzy"}, "but for what is of no application"
    return set(files.values())


def key_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def every(*without: str) -> set[str]:
    return {"round"} | {
        f"{start}{end}"
        for of in REFERENCES
        if of not in without
        for start, end in (("organisation ", of), (of, " quote"), (of, " form"), (of, " quote unread"))
    }


def test_the_office_reads_every_file_and_an_officer_none_of_what_they_declared(database: str) -> None:
    for login in ("olive", "fin", "cara"):
        assert read(login, database) == every()
    assert read("ivy", database) == every("ACF-002")

    # A member reads what may leave of what is open to them.
    assert read("mo", database) == {f"{of} quote" for of in REFERENCES if of != "ACF-003"}
    assert read("zed", database) <= {f"{of} quote" for of in REFERENCES}
    for login in ("nia", "cole", "dee"):
        assert read(login, database) == {f"{of} quote" for of in REFERENCES}


@pytest.mark.parametrize("login", ["mo", "cole", "dee", "cara"])
def test_nothing_of_a_file_opens_to_who_declares_first_and_has_not(login: str) -> None:
    database = changed_copy(undeclared(NEWEST), OF_APPLICATIONS)
    assert read(login, database) - {"xyzzy"} == set(), "but for what is attached to nothing that is there"
    cluster().drop(database)


@pytest.mark.parametrize("login", ["mo", "ivy", "olive", "nia"])
def test_bytes_are_not_told_by_guessing_their_key(database: str, login: str) -> None:
    """Of a key that is there and of one that is not, whoever does not read the file is told the same."""
    said = set()
    with signed_on(login, database) as connection:
        for key in ("ACF-002 form" if login == "ivy" else "ACF-003 form", "nothing"):
            if login == "olive" and key != "nothing":
                continue
            with pytest.raises(psycopg.Error) as refused, connection.transaction(force_rollback=True):
                connection.execute("INSERT INTO file_pieces VALUES (%s, 1, 1, 'x')", [key_of(key)])
            said.add(str(refused.value))
    assert len(said) == 1
    assert "row-level security" in said.pop()


@pytest.mark.parametrize("login", ["cara", "fin", "olive"])
@pytest.mark.parametrize("number", [0, -1, 2, 3])
@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_no_piece_is_added_later_to_a_file_that_is_attached(
    database: str, login: str, number: int, pieces: int
) -> None:
    insert = "INSERT INTO file_pieces VALUES (%s, %s, %s, 'x')"
    with signed_on(login, database) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(insert, [key_of("ACF-001 form"), number, pieces])


@pytest.mark.parametrize("login", ["mo", "ivy"])
def test_nobody_attaches_to_or_changes_what_is_closed_to_them(database: str, login: str) -> None:
    with cluster().connect(database) as administrator:
        of = administrator.execute("SELECT uid FROM applications WHERE reference = 'ACF-002'").fetchone()
    row = (
        "INSERT INTO attachments VALUES (99, 'application', %s, 'a', 'quote', 1, "
        f"'{key_of('s')}', '{key_of('p')}', NULL, "
        "'Ivy Insider', '2026-11-03T14:05:00.000000Z', '', NULL, NULL, NULL)"
    )
    with signed_on(login, database) as connection:
        with pytest.raises(errors.InsufficientPrivilege), connection.transaction(force_rollback=True):
            connection.execute(row, of)
        with connection.transaction(force_rollback=True):
            changed = "UPDATE attachments SET name = 'b' WHERE name = 'ACF-002 form'"
            assert connection.execute(changed).rowcount == 0


def test_the_key_of_bytes_is_another_for_each_subject() -> None:
    assert len({pieces_key(about, of, "ab") for about in ("application", "award") for of in ("1", "2")}) == 4
