"""The banks' tables for checking account numbers, as they are downloaded: which is which, and their rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from exchange.reading.file_kind import trouble
from models.values.diligence.modulus import DIGITS
from models.values.diligence.registers import REGISTERS, SUBSTITUTES, WEIGHTS, RegisterEntry

MOST_ROWS = 20_000
_ROW = re.compile(
    rf"(\d{{6}}) (\d{{6}}) (MOD10|MOD11|DBLAL)((?: +-?\d{{1,3}}){{{DIGITS}}})(?: +(\d{{1,2}}))? *"
)
_PAIR = re.compile(r"(\d{6}) (\d{6}) *")


def bank_table_of(line: str) -> str | None:
    """Return which table a line is of, None where it is of neither."""
    if _ROW.fullmatch(line):
        return WEIGHTS
    return SUBSTITUTES if _PAIR.fullmatch(line) else None


def bank_entries(table: str, rows: Iterable[Sequence[str]]) -> tuple[RegisterEntry, ...]:
    """Return a table's rows in their order; raises `Trouble` at one that is none of its own."""
    found = tuple(islice(_entries(table, rows), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise trouble(f"has more rows than the {REGISTERS[table]}", "download it again")
    return found


def _entries(table: str, rows: Iterable[Sequence[str]]) -> Iterator[RegisterEntry]:
    pattern = _ROW if table == WEIGHTS else _PAIR
    for number, row in enumerate((row for row in rows if any(row)), 1):
        found = pattern.fullmatch(",".join(row))
        if found is None:
            raise trouble(
                f"has a row {number:,} that does not fit the {REGISTERS[table]}", "download it again"
            )
        if table == SUBSTITUTES:
            yield RegisterEntry(found[1], number, what=found[2])
            continue
        first, last, method, weights, exception = found.groups()
        key = f"{first}-{last}"
        yield RegisterEntry(key, number, exception or "", status=method, what=" ".join(weights.split()))
