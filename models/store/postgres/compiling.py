"""How PostgreSQL is spoken to where it differs from SQLite, so that the same statements answer the same.

Sums are whole numbers, and what is absent comes first in an order.
"""

from typing import Any

from sqlalchemy import Column, Connection, Join, Select
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg


class Compiler(PGCompiler_psycopg):
    """Writes statements for PostgreSQL that order and add as SQLite does."""

    def order_by_clause(self, select: Any, **kw: Any) -> str:
        """Return the order of a statement, in which NULL comes before any value, as in SQLite."""
        may_lack = not isinstance(select, Select) or self._joins_what_may_lack()
        terms = [
            self._with_nulls_said(term, self.process(term, **kw), may_lack=may_lack)
            for term in select._order_by_clauses
        ]
        return f" ORDER BY {', '.join(terms)}" if terms else ""

    def visit_sum_func(self, function: Any, **kw: Any) -> str:
        """Return a sum as the whole number that it is: of whole numbers the engine makes a decimal."""
        (added,) = function.clauses
        return f"CAST(sum({self.process(added, **kw)}) AS BIGINT)"

    def _joins_what_may_lack(self) -> bool:
        """Whether the statement that is being written joins rows which may be missing."""
        return any(map(_is_outer, self.stack[-1]["compile_state"].froms))  # type: ignore[attr-defined]

    @staticmethod
    def _with_nulls_said(term: Any, said: str, *, may_lack: bool) -> str:
        if said.endswith(("NULLS FIRST", "NULLS LAST")) or (not may_lack and _is_always_there(term)):
            return said
        return f"{said} NULLS LAST" if said.endswith(" DESC") else f"{said} NULLS FIRST"


class Dialect(PGDialect_psycopg):
    """PostgreSQL as the record speaks to it; of what every connection is told, nothing is asked."""

    statement_compiler = Compiler
    supports_statement_cache = True
    supports_server_side_cursors = False  # one that is not read to its end would be left open
    _backslash_escapes = False

    def _get_server_version_info(self, connection: Connection) -> tuple[int, int]:
        driver = connection.connection.driver_connection
        assert driver is not None, "it was just connected"
        number: int = driver.info.server_version
        return divmod(number, 10_000)

    def _get_default_schema_name(self, connection: Connection) -> str:
        return "public"

    def get_default_isolation_level(self, dbapi_conn: object) -> Any:
        """Return what PostgreSQL begins with; each session says its own."""
        return "READ COMMITTED"

    def _set_backslash_escapes(self, connection: Connection) -> None:
        """Leave them out, as the standard does and every server since version 9."""


def _is_always_there(term: Any) -> bool:
    """Whether a term of an order is a column that is never NULL, so that an index serves the order."""
    while not isinstance(term, Column) and hasattr(term, "element"):
        term = term.element
    return isinstance(term, Column) and not term.nullable


def _is_outer(found: Any) -> bool:
    return isinstance(found, Join) and (found.isouter or _is_outer(found.left) or _is_outer(found.right))
