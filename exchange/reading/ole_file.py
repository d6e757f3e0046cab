"""The small file system of an OLE file, as old Excel workbooks and Outlook's messages are."""

import struct
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

STORAGE, STREAM = 1, 2
_LAST_SECTOR = 0xFFFFFFF8
_ENTRY_BYTES = 128


class Entry(Struct, frozen=True):
    """A stream, or a storage of others; `before`, `after` and `child` are numbers of entries."""

    name: str
    kind: int
    before: int
    after: int
    child: int
    start: int
    size: int


class OleFile:
    """Sectors in chains, small streams within one stream of their own.

    What does not hang together raises `struct.error`, `IndexError` or `UnicodeDecodeError`.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        self._small_size = 1 << struct.unpack_from("<H", content, 32)[0]
        table = b"".join(map(self._sector, self._table_sectors()))
        self._next = struct.unpack(f"<{len(table) // 4}I", table)
        entries = self._chain(self._number(48))
        self.entries = [
            _entry(entries[at : at + _ENTRY_BYTES]) for at in range(0, len(entries), _ENTRY_BYTES)
        ]

    def read(self, entry: Entry) -> bytes:
        """Give the bytes of a stream; IndexError where not all of them are in the file."""
        whole = self._small(entry.start) if entry.size < self._number(56) else self._chain(entry.start)
        if len(whole) < entry.size:
            raise IndexError("a stream is cut off")
        return whole[: entry.size]

    def within(self, storage: Entry) -> Iterator[Entry]:
        """Yield what lies in a storage; each entry once, wherever the file leads."""
        open_, seen = [storage.child], set[int]()
        while open_:
            at = open_.pop()
            if at < len(self.entries) and at not in seen:
                seen.add(at)
                entry = self.entries[at]
                yield entry
                open_ += (entry.before, entry.after)

    def _number(self, at: int) -> int:
        return int(struct.unpack_from("<I", self._content, at)[0])

    def _table_sectors(self) -> list[int]:
        """List the sectors of the table of chains: 109 in the head of the file, the others in a chain."""
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        more, extra = self._number(68), self._number(72)
        for _ in range(min(extra, len(self._content) // self._size)):
            *listed, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            sectors += listed
        return [sector for sector in sectors if sector < _LAST_SECTOR]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        sector = self._content[at : at + self._size]
        if not sector:
            raise IndexError("a sector is not in the file")
        return sector if len(sector) == self._size else sector.ljust(self._size, b"\0")

    def _chain(self, sector: int) -> bytes:
        return b"".join(map(self._sector, _followed(sector, self._next)))

    def _small(self, sector: int) -> bytes:
        """Give a small stream, which lies in the stream of the first entry in small sectors."""
        size, whole = self._small_size, self._small_sectors
        return b"".join(whole[at * size : (at + 1) * size] for at in _followed(sector, self._small_next))

    @cached_property
    def _small_next(self) -> Sequence[int]:
        table = self._chain(self._number(60))
        return struct.unpack(f"<{len(table) // 4}I", table)

    @cached_property
    def _small_sectors(self) -> bytes:
        return self._chain(self.entries[0].start)


def _entry(told: bytes) -> Entry:
    length = struct.unpack_from("<H", told, 64)[0]
    name = told[: max(0, min(length, 64) - 2)].decode("utf-16-le")
    kind, before, after, child = struct.unpack_from("<BxIII", told, 66)
    return Entry(name, kind, before, after, child, *struct.unpack_from("<II", told, 116))


def _followed(sector: int, following: Sequence[int]) -> Iterator[int]:
    for _ in range(len(following)):
        if sector >= _LAST_SECTOR:
            return
        yield sector
        sector = following[sector]
    if sector < _LAST_SECTOR:
        raise IndexError("a chain of sectors has no end")
