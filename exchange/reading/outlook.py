"""A message as Outlook saves it (.msg): a storage of properties, and one more for each file attached.

Numbers and kinds of properties are those of [MS-OXMSG] and [MS-OXPROPS].
"""

import struct
from collections.abc import Iterator
from datetime import datetime, timedelta

from exchange.reading.ole_file import STORAGE, Entry, OleFile
from exchange.reading.sheet_scan import trouble

_ATTACHED = "__attach_version1.0_#"
_PROPERTIES = "__properties_version1.0"
_TEXT, _BYTES_TEXT, _BINARY, _STORED = "001F", "001E", "0102", "000D"
_SUBJECT, _BODY, _HTML, _RICH = "0037", "1000", "1013", "1009"
_SENDER, _ADDRESS, _PLAIN_ADDRESS = "0C1A", "0C1F", "5D01"
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _DATA, _CONTENT_ID = "3707", "3704", "3001", "3701", "3712"
_SENT, _DELIVERED, _CODE_PAGE = 0x00390040, 0x0E060040, 0x3FFD0003
_PROPERTY_BYTES = 16
_HEADS = {True: 32, False: 24}
"""How many bytes stand before the properties of the message itself, and of one within it."""
_FIRST_DAY = datetime(1601, 1, 1)
_MOST_BYTES = 100_000_000


class OutlookMessage:
    """A message, or one within another; raises what `OleFile` raises for one that does not hang together."""

    def __init__(self, content: bytes | OleFile, storage: Entry | None = None) -> None:
        self._file = OleFile(content) if isinstance(content, bytes) else content
        self._store = _Store(self._file, storage or self._file.entries[0])
        properties = self._store.bytes_of(_PROPERTIES)
        if properties is None:
            raise trouble("is an Office file but no message", "choose a message saved from Outlook")
        self._values = dict(_values(properties[_HEADS[storage is None] :]))
        self._store.code_page = f"cp{struct.unpack('<I', self._values.get(_CODE_PAGE, bytes(8))[:4])[0]}"
        self._attached = [one for one in self._store.storages if one.name.startswith(_ATTACHED)]
        self.count = len(self._attached)

    @property
    def subject(self) -> str:
        return self._store.text(_SUBJECT)

    @property
    def sender(self) -> str:
        """Return who sent it: the name with the address, where both are there."""
        name, address = self._store.text(_SENDER), self._store.text(_PLAIN_ADDRESS, _ADDRESS)
        is_plain = "@" in address and address != name
        return f"{name} <{address}>".strip() if is_plain else name or address

    @property
    def words(self) -> str:
        return self._store.text(_BODY)

    @property
    def markup(self) -> str:
        return self._store.text(_HTML)

    @property
    def has_rich_words(self) -> bool:
        """Whether it has words in rich text (RTF), which is compressed and not read."""
        return self._store.has(f"__substg1.0_{_RICH}{_BINARY}")

    @property
    def at(self) -> datetime | None:
        """Return when it was sent, else delivered, by Greenwich; None where it says neither."""
        ticks = (
            struct.unpack("<Q", self._values[one])[0] for one in (_SENT, _DELIVERED) if one in self._values
        )
        found = next((one for one in ticks if one), None)
        try:
            return None if found is None else _FIRST_DAY + timedelta(microseconds=found // 10)
        except OverflowError:
            return None

    def attachments(self) -> Iterator["Attached"]:
        """Yield what is attached, in its order."""
        markup = self.markup
        for storage in sorted(self._attached, key=lambda one: one.name):
            yield Attached(self._file, storage, markup)


class Attached:
    """A file attached to a message, or the `message` that is."""

    def __init__(self, file: OleFile, storage: Entry, markup: str) -> None:
        self._store = _Store(file, storage)
        self.name = self._store.text(_LONG_NAME, _SHORT_NAME, _SHOWN_NAME)
        named = self._store.text(_CONTENT_ID)
        self.is_in_words = bool(named) and f"cid:{named}" in markup
        inner = self._store.inner(f"__substg1.0_{_DATA}{_STORED}")
        is_message = inner is not None and _Store(file, inner).bytes_of(_PROPERTIES) is not None
        self.message = OutlookMessage(file, inner) if is_message else None

    def content(self) -> bytes:
        """Return the file's bytes; none for what is only linked, or lives in another program."""
        return self._store.bytes_of(f"__substg1.0_{_DATA}{_BINARY}") or b""


class _Store:
    """A storage of properties: texts and bytes by their numbers."""

    _read_bytes = 0

    def __init__(self, file: OleFile, storage: Entry) -> None:
        self._file = file
        entries = list(file.within(storage))
        self._streams = {one.name.casefold(): one for one in entries if one.kind != STORAGE}
        self.storages = [one for one in entries if one.kind == STORAGE]
        self.code_page = ""

    def inner(self, name: str) -> Entry | None:
        return next((one for one in self.storages if one.name.casefold() == name.casefold()), None)

    def has(self, name: str) -> bool:
        return name.casefold() in self._streams

    def bytes_of(self, name: str) -> bytes | None:
        """Return a stream's bytes, None where there is none; refused where all are more than a file has."""
        entry = self._streams.get(name.casefold())
        if entry is None:
            return None
        _Store._read_bytes += entry.size
        if _Store._read_bytes > _MOST_BYTES:
            raise trouble("holds more than 100 MB of files", "save what is attached to it and import that")
        return self._file.read(entry)

    def text(self, *numbers: str) -> str:
        """Return the first of these properties that says something, "" for none."""
        return next(filter(None, map(self._text, numbers)), "")

    def _text(self, number: str) -> str:
        wide = self.bytes_of(f"__substg1.0_{number}{_TEXT}")
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        for kind in (_BYTES_TEXT, _BINARY):
            narrow = self.bytes_of(f"__substg1.0_{number}{kind}")
            if narrow is not None:
                return _decoded(narrow, self.code_page)
        return ""


def _decoded(content: bytes, code_page: str) -> str:
    for code in ("utf-8", code_page):
        try:
            return content.decode(code).rstrip("\0")
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace").rstrip("\0")


def _values(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the properties of a fixed length, each as its eight bytes."""
    for at in range(0, len(properties) - _PROPERTY_BYTES + 1, _PROPERTY_BYTES):
        yield struct.unpack_from("<I", properties, at)[0], properties[at + 8 : at + _PROPERTY_BYTES]
