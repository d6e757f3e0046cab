"""Which round of the record a value of the journal means, by number, by key or by its rows."""

from typing import Any

from sqlalchemy import select

from models.operations.rows.write_funds import find_fund
from models.operations.rows.write_round import find_round_id
from models.operations.set_up.round_key import RoundKey
from models.schema.set_up.round import round_table
from models.session import Session
from models.values.rows import RoundRows

GONE = 0
"""The number of every round that is not in the record any more."""


class Rounds:
    """The rounds of a record, as values name them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._there = set(session.scalars(select(round_table.c.id)))
        self._by_key: dict[tuple[str, str, str], int] = {}

    def number_of(self, value: Any) -> int | None:
        """Return the number of the round that a value names, 0 for one that is gone; None for no round."""
        if hasattr(value, "round_id"):
            return int(value.round_id) if value.round_id in self._there else GONE
        key = value if isinstance(value, RoundRows) else getattr(value, "round", None)
        return self._of_key(key) if isinstance(key, RoundRows | RoundKey) else None

    def _of_key(self, key: RoundRows | RoundKey) -> int:
        named = (key.fund, key.year, key.name)
        if named not in self._by_key:
            fund = find_fund(self._session, key.fund)
            found = None if fund is None else find_round_id(self._session, fund, key.year, key.name)
            self._by_key[named] = found or GONE
        return self._by_key[named]
