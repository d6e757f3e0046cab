"""On a server a kept file is as closed as its paper, and nobody takes its bytes away."""

import psycopg
import pytest

from tests.models.store.locks.an_office import signed_on, template
from tests.server import cluster

ISSUES = """
INSERT INTO paper_issues
SELECT n, 1, paper, '1', '', 1, '{}', paper, '', 1, '00', 'Olive Officer', '2026-11-03T14:05:00.000000Z'
FROM (VALUES (1, 'minutes'), (2, 'notice')) AS v (n, paper);
INSERT INTO paper_files
SELECT id, '.pdf', 'sum of ' || paper, 1, '', true, NULL FROM paper_issues;
INSERT INTO file_pieces SELECT sha256, 1, '\\x00'::bytea FROM paper_files;
"""
CLOSED, OPEN = "sum of minutes", "sum of notice"


@pytest.fixture(scope="module")
def database() -> str:
    """An office with minutes, which tell of applications, and a notice, which everybody may read."""
    name = cluster().new_database(template())
    with cluster().connect(name) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(ISSUES)
    return name


@pytest.mark.parametrize(
    ("login", "reads"),
    [("olive", {CLOSED, OPEN}), ("fin", {CLOSED, OPEN}), ("mo", {OPEN}), ("zed", {OPEN}), ("ivy", {OPEN})],
)
def test_the_bytes_of_a_closed_paper_are_closed(database: str, login: str, reads: set[str]) -> None:
    with signed_on(login, database) as connection:
        for table in ("paper_files", "file_pieces"):
            found = connection.execute(f"SELECT sha256 FROM {table}").fetchall()
            assert {row[0] for row in found} == reads


@pytest.mark.parametrize("login", ["olive", "mo"])
def test_nobody_takes_the_bytes_of_a_kept_file_away(database: str, login: str) -> None:
    with signed_on(login, database) as connection, pytest.raises(psycopg.Error):
        connection.execute("DELETE FROM file_pieces")
