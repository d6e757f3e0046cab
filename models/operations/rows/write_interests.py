"""Putting in what members declared, and taking it out: the words lie in a table of their own."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from models.operations.rows.writing import Row, put, remove
from models.schema.panel.panel import interest_table, interest_word_table
from models.session import Session

WORDS = "detail"
"""Under which name the words stand beside the rest of an interest, in the journal too."""


def put_interests(session: Session, rows: Sequence[Row]) -> None:
    """Put interests in, each with its words; "" is kept by no row."""
    put(session, interest_table, [{name: row[name] for name in row if name != WORDS} for row in rows])
    put_words(session, rows)


def put_words(session: Session, rows: Sequence[Row]) -> None:
    """Put in the words of interests that have any."""
    words = [{"interest_id": row["id"], WORDS: row[WORDS]} for row in rows if row.get(WORDS)]
    put(session, interest_word_table, words)


def remove_interests(session: Session, where: ColumnElement[bool]) -> None:
    """Take interests out: first their words, which go by them."""
    chosen = select(interest_table.c.id).where(where)
    remove(session, interest_word_table, interest_word_table.c.interest_id.in_(chosen))
    remove(session, interest_table, where)
