"""What a change would ask a server, asked ahead: what it reads is read, what it writes only planned.

The first change of a connection takes several times as long as the next one: the server looks up the tables,
plans each statement with its policies and compiles their functions, and the driver's statements are written
for the first time. Who does that while holding the head of the journal lets all others wait for it.
"""

from typing import Any

from sqlalchemy import Engine, event

from models.store.store import Planned

PLANS = "plans"
"""The option of a session that only plans what is written, with the `Planning` that goes through it."""


class Planning:
    """Goes with one attempt at a change: nothing of it is written, and nothing is read after it would be."""

    def __init__(self) -> None:
        self._has_planned = False

    def plan(self, cursor: Any, statement: str, parameters: Any) -> bool:
        """Plan a statement that writes, and say that this was done; of one that reads, say no.

        Rows are put in as if it were done; what changes or removes rows is counted, so that is the end.
        """
        is_read = statement.startswith(("SELECT", "WITH"))
        if is_read and not self._has_planned:
            return False
        if is_read or not statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise Planned
        self._has_planned = True
        cursor.connection.execute(f"EXPLAIN {statement}", parameters)
        if not statement.startswith("INSERT") or " RETURNING " in statement:
            raise Planned
        return True


def listen(engine: Engine) -> None:
    """Let sessions that carry a planning only plan what they write."""
    event.listen(engine, "do_execute", _plan)
    event.listen(engine, "do_executemany", _plan_first)


def _plan(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    planning = context.execution_options.get(PLANS)
    return planning is not None and planning.plan(cursor, statement, parameters)


def _plan_first(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    return _plan(cursor, statement, parameters[0], context)
