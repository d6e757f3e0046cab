"""Whether the pages of a record hold together: in a sentence, at once or slice by slice."""

import re
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING

from models.store.sqlite.engine import DRIVERS_OWN, RawConnection

if TYPE_CHECKING:
    from models.store.sqlite.store import SqliteStore

_NUMBER = re.compile(r"\bpage (\d+)", re.IGNORECASE)
_SHOWN = 5
_A_STEP_S = 0.02
DISAGREE = "its tables and indexes do not keep their own rules"
"""What is said where every page can be read, but not all that they hold can be."""

_CODES = "PRAGMA cipher_integrity_check"
"""Looks at the code of every page of an encrypted file; it is clean where it answers nothing.

It comes first: once the engine itself has met a page that does not decipher, it reads no other.
"""
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


class PageCheck:
    """A look at all pages of an open record, in slices between which changes are made."""

    def __init__(self, file: "SqliteStore") -> None:
        self._file = file
        self._slices: Iterator[str] | None = None

    def step(self) -> bool:
        """Look at the next slice; say whether there is more. Raise `RecordDamaged` at the first fault."""
        with self._file.turn:
            if self._slices is None:
                self._slices = _slices(self._file.raw, is_encrypted=self._file.key is not None)
            until = monotonic() + _A_STEP_S
            while monotonic() < until:
                try:
                    fault = next(self._slices, None)
                except DRIVERS_OWN as error:
                    raise self._file.trouble_of(error) from error
                if fault:
                    raise self._file.found_damaged(fault)
                if fault is None:
                    self._file.is_checked = True
                    return False
            return True


def words_of(problems: Iterable[str], pages: int) -> str:
    """Say what the engine found, whatever the number of its lines; "" where it found nothing."""
    lines = [line for problem in problems for line in str(problem).splitlines() if line != "ok"]
    bad = sorted({int(number) for line in lines for number in _NUMBER.findall(line)})
    if not bad:
        return DISAGREE if lines else ""
    shown = ", ".join(map(str, bad[:_SHOWN])) + (" and others" if len(bad) > _SHOWN else "")
    many = f"{len(bad):,} of its {pages:,} pages are" if len(bad) > 1 else f"1 of its {pages:,} pages is"
    return f"{many} spoilt (number {shown})"


def _slices(raw: RawConnection, *, is_encrypted: bool) -> Iterator[str]:
    """Yield what is wrong with each slice, "" where it is whole."""
    if is_encrypted:
        yield _asked(raw, _CODES)
        return
    for (name,) in raw.execute(_TABLES).fetchall():
        quoted = str(name).replace("'", "''")
        yield _asked(raw, f"PRAGMA integrity_check('{quoted}')")


def _asked(raw: RawConnection, pragma: str) -> str:
    pages = int(raw.execute("PRAGMA page_count").fetchone()[0])
    found: list[str] = []
    try:
        found.extend(str(row[0]) for row in raw.execute(pragma))
    except DRIVERS_OWN:
        if not found:
            raise
    return words_of(found, pages)


def check_pages(file: "SqliteStore") -> None:
    """Look at all pages, unless that was done since the record was opened.

    Raises `RecordDamaged` where not all of them hold together.
    """
    file.refuse_if_damaged()
    check = PageCheck(file)
    while not file.is_checked:
        check.step()
