"""The bytes of files, which the journal holds the sums of: put in beside a change, and taken out again."""

import zlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from models.operations.rows.writing import put, remove
from models.papers.issued import file_sum
from models.schema.papers.paper_issue import file_piece_table, paper_file_table
from models.session import Session

PIECE = 256 * 1024
"""The most bytes of a piece."""
_FILES, _PIECES = paper_file_table.c, file_piece_table.c


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
