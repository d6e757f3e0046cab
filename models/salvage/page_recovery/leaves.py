"""Rows out of table pages, as sqlite.org/fileformat2.html lays them out; bounded whatever the bytes say."""

import struct
from collections.abc import Iterator

from msgspec import Struct, field

from models.salvage.page_recovery.pages import Pages

Value = None | int | float | str | bytes
Row = tuple[int, tuple[Value, ...]]
"""A row's number and its values as stored: the column that is its number stands as None."""

LEAF, INNER = 0x0D, 0x05
_FIRST_PAGE_HEADER = 100
_MOST_COLUMNS = 2000
_MOST_BYTES = 1_000_000_000
_WHOLE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Tree(Struct):
    """What was read of one table: its rows, the pages on the way, and how much could not be read."""

    rows: list[Row] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    lost_pages: int = 0
    lost_rows: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every page and row was read."""
        return not self.lost_pages and not self.lost_rows


def tree(pages: Pages, root: int) -> Tree:
    """Read a table from its first page down, past what is spoilt."""
    found = Tree()
    waiting = [root]
    while waiting:
        number = waiting.pop()
        page = pages.page(number)
        if page is None or number in found.pages or _kind(page, number) not in (LEAF, INNER):
            found.lost_pages += 1
        elif _kind(page, number) == LEAF:
            found.pages.add(number)
            read_leaf(pages, number, found)
        else:
            found.pages.add(number)
            waiting += reversed(list(_children(page, number)))
    return found


def leaves_beside(pages: Pages, reached: set[int]) -> Iterator[int]:
    """Yield the leaves that no table leads to."""
    for number, page in enumerate(pages.of, start=1):
        if number not in reached and page is not None and _kind(page, number) == LEAF:
            yield number


def read_leaf(pages: Pages, number: int, into: Tree) -> None:
    """Add a leaf's rows to a tree, and count those that cannot be read."""
    page = pages.page(number)
    assert page is not None
    for at in _cells(page, number):
        try:
            into.rows.append(_row(pages, page, at))
        except (ValueError, IndexError, struct.error):
            into.lost_rows += 1


def _kind(page: bytes, number: int) -> int:
    return page[_start(number)]


def _start(number: int) -> int:
    return _FIRST_PAGE_HEADER if number == 1 else 0


def _cells(page: bytes, number: int) -> list[int]:
    start = _start(number)
    length = 12 if page[start] == INNER else 8
    many = int.from_bytes(page[start + 3 : start + 5], "big")
    begin = start + length
    many = min(many, (len(page) - begin) // 2)
    return [int.from_bytes(page[at : at + 2], "big") for at in range(begin, begin + 2 * many, 2)]


def _children(page: bytes, number: int) -> Iterator[int]:
    for at in _cells(page, number):
        yield int.from_bytes(page[at : at + 4], "big")
    start = _start(number)
    yield int.from_bytes(page[start + 8 : start + 12], "big")


def _row(pages: Pages, page: bytes, at: int) -> Row:
    length, at = _varint(page, at)
    number, at = _varint(page, at)
    if length > _MOST_BYTES:
        raise ValueError("longer than any row")
    return _signed(number), _values(_payload(pages, page, at, length))


def _payload(pages: Pages, page: bytes, at: int, length: int) -> bytes:
    """Return a row's bytes, those on overflow pages included."""
    here = _kept_here(pages.usable, length)
    if at + here > pages.usable:
        raise ValueError("beyond its page")
    found = page[at : at + here]
    if here == length:
        return found
    parts, got, seen = [found], here, set()
    following = int.from_bytes(page[at + here : at + here + 4], "big")
    while got < length:
        over = pages.page(following)
        if over is None or following in seen:
            raise ValueError("what follows is spoilt")
        seen.add(following)
        part = over[4 : min(pages.usable, 4 + length - got)]
        parts.append(part)
        got += len(part)
        following = int.from_bytes(over[:4], "big")
    return b"".join(parts)


def _kept_here(usable: int, length: int) -> int:
    """Return how many of a row's bytes its leaf holds."""
    most = usable - 35
    if length <= most:
        return length
    least = (usable - 12) * 32 // 255 - 23
    wanted = least + (length - least) % (usable - 4)
    return wanted if wanted <= most else least


def _values(payload: bytes) -> tuple[Value, ...]:
    """Return the values of a row."""
    end, at = _varint(payload, 0)
    if end > len(payload):
        raise ValueError("its head is longer than the row")
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if at != end or len(kinds) > _MOST_COLUMNS:
        raise ValueError("its head does not end where it says")
    found = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        found.append(value)
    if at != len(payload):
        raise ValueError("it does not end where it says")
    return tuple(found)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind == 7:
        return float(struct.unpack(">d", payload[at : at + 8])[0]), at + 8
    if kind in _WHOLE:
        end = at + _WHOLE[kind]
        return int.from_bytes(_taken(payload, at, end), "big", signed=True), end
    if kind < 12:
        raise ValueError("no kind of value")
    end = at + (kind - 12) // 2
    part = _taken(payload, at, end)
    return (part.decode() if kind % 2 else part), end  # what is no UTF-8 raises ValueError too


def _taken(payload: bytes, at: int, end: int) -> bytes:
    if end > len(payload):
        raise ValueError("a value goes beyond the row")
    return payload[at:end]


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(8):
        byte = content[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value << 8 | content[at + 8], at + 9


def _signed(number: int) -> int:
    return number - (1 << 64) if number >= 1 << 63 else number
