"""Putting rows in, many at a time, with the identities they get, and the bytes of files.

Numbers are in order, and names travel. The journal holds the sums of the files' bytes.
"""

import uuid
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, func, select, text, update

from models.papers.issued import file_sum
from models.schema.papers import file_piece_table, paper_file_table
from models.schema.set_up import round_table
from models.session import LET_IN, OF_ROUND, Session, into

Row = Mapping[str, Any]
_HIGHEST_ON_SERVER = text("SELECT locks.highest(:of_table, :of_column, :of_round)")
_ROUND = select(round_table.c.uid).where(round_table.c.id == OF_ROUND)
PIECE = 256 * 1024
"""The most bytes of a piece."""
_FILES, _PIECES = paper_file_table.c, file_piece_table.c


def put(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Put rows in, all in one statement; each has the same columns."""
    if rows:
        session.execute(into(table), rows)


def remove(session: Session, table: Table, where: ColumnElement[bool]) -> None:
    """Take rows out."""
    session.execute(delete(table).where(where))


def next_id(session: Session, column: Column[int]) -> int:
    """Return the number after the highest in use."""
    return (_highest(session, column) or 0) + 1


def next_position(session: Session, table: Table, round_id: int) -> int:
    """Return the position after the last in use in a round; from 0."""
    found = _highest(session, table.c.position, round_id)
    return 0 if found is None else found + 1


def _highest(session: Session, column: Column[int], round_id: int | None = None) -> int | None:
    """Return the highest in use, None for none; on a server that of closed rows too."""
    if LET_IN in session.get_execution_options():
        named = {"of_table": column.table.name, "of_column": column.name, "of_round": round_id}
        found: int | None = session.scalar(_HIGHEST_ON_SERVER, named)
        return found
    highest = select(func.max(column))
    return session.scalar(highest if round_id is None else highest.where(column.table.c.round_id == round_id))


def round_uid(session: Session, round_id: int) -> uuid.UUID:
    """Return a round's identity, from which what belongs to it derives one."""
    return uuid.UUID(session.scalars(_ROUND, {"of_round": round_id}).one())


def uid(within: uuid.UUID, *names: str | int) -> str:
    """Return the identity of what bears these names in the record: the same names, the same identity.

    It is the version 5 UUID of the names, one a line, in the space `within`.
    """
    return str(uuid.uuid5(within, "\n".join(map(str, names))))


def put_files(session: Session, contents: Iterable[bytes]) -> None:
    """Put in the bytes of files, compressed and in pieces; those of a sum that is there already stay."""
    for content in contents:
        sha256, packed = file_sum(content), zlib.compress(content, 9)
        if session.scalar(select(_PIECES.number).where(_PIECES.sha256 == sha256).limit(1)) is None:
            cut = (packed[at : at + PIECE] for at in range(0, len(packed), PIECE))
            pieces = [{"sha256": sha256, "number": n, "piece": piece} for n, piece in enumerate(cut, 1)]
            put(session, file_piece_table, pieces)


def erase_files(session: Session, which: ColumnElement[bool], at: datetime) -> None:
    """Take the bytes of some files out; their sums stay, with when the bytes went."""
    is_kept = _FILES.is_kept & _FILES.erased_at.is_(None)
    session.execute(update(paper_file_table).where(which, is_kept).values(erased_at=at))
    wanted = select(_FILES.sha256).where(is_kept)
    remove(session, file_piece_table, _PIECES.sha256.not_in(wanted))
