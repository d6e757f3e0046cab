"""Records on the tests' server: one a process, emptied before each test that asks for it."""

from functools import cache

from models.record import Opener, Record
from models.store.places import ServerAddress, server_address
from tests.server import cluster

_EMPTY = """
DO $$ DECLARE one record; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%I', one.tablename);
    END LOOP;
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'begun' LOOP
        EXECUTE format('INSERT INTO public.%1$I SELECT * FROM begun.%1$I', one.tablename);
    END LOOP;
END $$
"""
_KEEP = """
DO $$ DECLARE one record; held boolean; BEGIN
    CREATE SCHEMA begun;
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', one.tablename) INTO held;
        IF held THEN
            EXECUTE format('CREATE TABLE begun.%1$I AS TABLE public.%1$I', one.tablename);
        END IF;
    END LOOP;
END $$
"""


def server_record() -> ServerAddress:
    """Return the address of a new record on the server of this process: the same one each time."""
    database = _database()
    with cluster().connect(database) as connection:
        connection.execute(_EMPTY)
    return server_address(cluster().address(database))


@cache
def _database() -> str:
    """Make the record as the template in a file is made, and keep what it begins with."""
    from tests.models.conftest import TickingClock  # it asks for records of this file

    name = cluster().new_database()
    address = server_address(cluster().address(name))
    Record.create(address, Opener("Grace Okoro", "tests"), clock=TickingClock()).close()
    with cluster().connect(name) as connection:
        connection.execute(_KEEP)
    return name
