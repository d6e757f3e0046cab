"""The server that tests are run on is one on which a record may lie."""

import psycopg


def test_a_test_has_an_empty_database_ordered_by_code_point(database: str) -> None:
    asked = (
        "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
    )

    with psycopg.connect(database) as connection:
        found = connection.execute(asked).fetchone()
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()

    assert found == ("C", "UTF8")
    assert tables == (0,)
