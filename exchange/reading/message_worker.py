"""Read one e-mail in the reading process: .eml by the standard library, Outlook's .msg by its storages.

What comes out is plain: who, when, about what, the covering words, and the files that came with it. Numbers
and kinds of Outlook's properties are those of [MS-OXMSG] and [MS-OXPROPS].
"""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from html.parser import HTMLParser
from itertools import islice

import msgspec
from msgspec.structs import replace

from exchange.reading.guard import OLE_MAGIC
from exchange.reading.messages import CameWith, Said
from exchange.reading.ole_file import STORAGE, Entry, OleFile
from exchange.reading.sheet_scan import trouble
from scoring.written.zones import local_time, zone_of

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
_MUCH_MORE = 2
"""How many times the plain words of a message those of its page are, where the plain ones are no copy."""


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
                return _of_code_page(narrow, self.code_page)
        return ""


def _of_code_page(content: bytes, code_page: str) -> str:
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


MOST_PARTS, MOST_DEEP, MOST_OUT = 1_000, 20, 70_000_000
_LONGEST_LINE, _LONGEST_WORDS = 1_000, 200_000
_PART = re.compile(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
_KNOWN_HEAD = re.compile(rb"^(?:from|date|subject|received)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_ZONE = re.compile(r"\d[ \t]*\(?([A-Za-z]+)\)?\s*$")
_FORWARDED = "a forwarded message"
_SAVE_ANEW = "open it in your mail program, save what is attached to it and import that"
_NESTED = "has messages within messages too deep to follow"
_DAMAGE = (MessageError, LookupError, ValueError, TypeError, AttributeError, struct.error)
"""What the libraries raise for a message that does not hang together."""


class _AsWritten(Compat32):
    """Gives a head with the bytes of it that are no ASCII, each of which the library would show as "�"."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


def message_line(content: bytes) -> dict[str, object]:
    """Return what is told of a message; raises `Trouble` for what is none, or is too much to follow."""
    try:
        read = _outlook(content) if content.startswith(OLE_MAGIC) else _mail(content)
    except RecursionError as error:
        raise trouble(_NESTED, _SAVE_ANEW) from error
    except _DAMAGE as error:
        raise trouble("is damaged, or is no e-mail", _SAVE_ANEW) from error
    if sum(len(part.content) for part in read.parts) > MOST_OUT:
        raise trouble("holds more than 70 MB of files", _SAVE_ANEW)
    said = replace(
        read,
        sender=_one_line(read.sender),
        subject=_one_line(read.subject),
        received=read.received and read.received.replace(microsecond=0),
        words=read.words.strip("\r\n ")[:_LONGEST_WORDS],
    )
    found: dict[str, object] = msgspec.to_builtins(said)
    return found


def _one_line(text: str) -> str:
    return " ".join(text[:_LONGEST_LINE].split())


def _check_count(count: int, deep: int = 0) -> None:
    if count > MOST_PARTS:
        raise trouble(f"has more than {MOST_PARTS:,} parts", _SAVE_ANEW)
    if deep > MOST_DEEP:
        raise trouble(_NESTED, _SAVE_ANEW)


def _mail(content: bytes) -> Said:
    _check_count(sum(1 for _ in _PART.finditer(content)))
    is_headed = bool(_KNOWN_HEAD.search(content[:65536]))
    whole = message_from_bytes(content if is_headed else b"", policy=_AsWritten())
    if not (whole["From"] or whole["Date"] or whole["Received"]):
        raise trouble("is no e-mail", "choose a message saved from your mail program, .eml or .msg")
    leaves = list(islice(_leaves(whole, ()), MOST_PARTS + 1))
    _check_count(len(leaves))
    markup = "".join(_text(one) for one, within in leaves if not within and _is_words(one, "text/html"))
    plain = [_text(one) for one, within in leaves if not within and _is_words(one, "text/plain")]
    words = _fuller("\n".join(plain), plain_of(markup))
    files = [(one, within) for one, within in leaves if not _is_words(one)]
    own = [(one, within) for one, within in files if not _is_picture_of(one, markup)]
    parts = tuple(CameWith(_name(one), _bytes(one), within) for one, within in own)
    head = whole["From"] or whole["Sender"]
    return Said(_decoded(head), _decoded(whole["Subject"]), _sent(whole), words, parts, len(files) - len(own))


def _fuller(plain: str, page: str) -> str:
    """Return the plain words of a message, or those of its page where the plain ones only point at it."""
    return page if len(page.split()) > _MUCH_MORE * len(plain.split()) else plain


def _leaves(
    part: "Message[str, str]", within: tuple[str, ...], deep: int = 0
) -> Iterator[tuple["Message[str, str]", tuple[str, ...]]]:
    """Yield the parts that hold no others; a forwarded message is gone into, and its words are a file."""
    _check_count(0, max(len(within), deep))
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner = part.get_payload(0)
        assert isinstance(inner, Message), "a message holds one"
        yield from _leaves(inner, (*within, _decoded(inner["Subject"]) or _FORWARDED), deep + 1)
    elif part.is_multipart():
        for one in part.get_payload():
            assert isinstance(one, Message), "a part of several is one"
            yield from _leaves(one, within, deep + 1)
    elif not within or not _is_words(part):
        yield part, within


def _is_words(part: "Message[str, str]", kind: str = "") -> bool:
    """Say whether a part is the message's own words, of that kind where one is named."""
    is_text = part.get_content_type() in ((kind,) if kind else ("text/plain", "text/html"))
    return is_text and not part.get_filename() and part.get_content_disposition() != "attachment"


def _is_picture_of(part: "Message[str, str]", markup: str) -> bool:
    """Say whether a picture stands within the words, as that of a signature does."""
    named = str(part["Content-ID"] or "").strip("<> ")
    return bool(named) and part.get_content_maintype() == "image" and f"cid:{named}" in markup


def _bytes(part: "Message[str, str]") -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: "Message[str, str]") -> str:
    content = _bytes(part)
    try:
        return _whole(content.decode(part.get_content_charset() or "utf-8"))
    except (LookupError, ValueError):
        return _of_code_page(content, "cp1252")


def _name(part: "Message[str, str]") -> str:
    """Return what a file is called, in whichever way its name was put into words of seven bits."""
    found = part.get_param("filename", None, "content-disposition") or part.get_param("name")
    if found is None:
        return "calendar.ics" if part.get_content_type() == "text/calendar" else "attachment without a name"
    return _decoded(collapse_rfc2231_value(found))


def _whole(text: str) -> str:
    """Return a text with "?" for halves of letters, which some codings let through."""
    return text.encode("utf-8", "replace").decode()


def _decoded(head: object) -> str:
    """Return a head's text with its encoded words read; one that cannot be is as it stands.

    Bytes that are no ASCII stand there where a program encodes nothing (RFC 6532), or forgot to.
    """
    text = _of_code_page(str(head or "").encode("utf-8", "surrogateescape"), "cp1252")[:_LONGEST_LINE]
    try:
        # beside encoded words the rest is given in escapes
        return _whole(
            "".join(
                one if isinstance(one, str) else one.decode(code or "raw_unicode_escape", "replace")
                for one, code in decode_header(text)
            )
        )
    except (MessageError, LookupError, ValueError):
        return text


def _sent(whole: "Message[str, str]") -> datetime | None:
    """Return when a message was sent as clocks here show it, else when the last computer had it."""
    for text in (whole["Date"], str(whole["Received"] or "").rpartition(";")[2]):
        try:
            at = parsedate_to_datetime(str(text))
            return local_of(at) if at.tzinfo else local_time(at, _zone(str(text)))
        except (TypeError, ValueError, IndexError, OverflowError):
            continue
    return None


def _zone(text: str) -> int | None:
    """Return the minutes ahead of Greenwich of a zone that stands by its name, None for a clock's time here.

    `-0000` is by Greenwich; raises ValueError for a name that is no zone's.
    """
    found = _ZONE.search(text)
    return zone_of((found[1], None, None)) if found else 0 if text.rstrip().endswith("-0000") else None


def local_of(at: datetime) -> datetime:
    """Return a moment, one without a zone by Greenwich, as clocks here show it."""
    utc = at if at.tzinfo is None else at.astimezone(UTC).replace(tzinfo=None)
    return local_time(utc, 0)


def _outlook(content: bytes) -> Said:
    message = OutlookMessage(content)
    parts = list(_outlook_parts(message, ()))
    words = _fuller(message.words, plain_of(message.markup))
    shown = tuple(part for part in parts if part.name)
    at = None if message.at is None else local_of(message.at)
    is_rich = message.has_rich_words and not words.strip()
    return Said(message.sender, message.subject, at, words, shown, len(parts) - len(shown), is_rich)


def _outlook_parts(message: OutlookMessage, within: tuple[str, ...]) -> Iterator[CameWith]:
    """Yield the files of a message and of those forwarded in it; a picture within the words has no name."""
    _check_count(message.count, len(within))
    for one in message.attachments():
        if one.message is not None:
            yield from _outlook_parts(one.message, (*within, one.message.subject or _FORWARDED))
        elif one.is_in_words:
            yield CameWith("", b"", within)
        else:
            yield CameWith(one.name or "attachment without a name", one.content(), within)


_WITHIN = "\u2028"
"""What parts the lines of a cell."""


class _Words(HTMLParser):
    """The words of a page, a line for each paragraph and row, and ">" before what is quoted.

    A tab is before each cell. A table in a later cell of a row has its rows as lines of that.
    """

    _BREAKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table", "blockquote"})
    _CELLS = frozenset({"td", "th"})
    _SILENT = frozenset({"style", "script", "head", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0
        self._are_quoted = [False]
        self._cells = [0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self._SILENT
        if tag == "blockquote":
            is_quote = any("cite" in (value or "") or "quote" in (value or "") for _, value in attrs)
            self._are_quoted.append(is_quote or self._are_quoted[-1])
        if tag == "table":
            self._cells.append(0)
        if tag in self._BREAKS:
            self._break()
        elif tag in self._CELLS:
            self._cells[-1] += 1
            self.said.append("\t" if not self._is_within else "; " if self._cells[-1] > 1 else "")
        if tag == "tr":
            self._cells[-1] = 0

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self._SILENT and self._silent > 0
        if tag == "table" and len(self._cells) > 1:
            self._cells.pop()
        if tag in ("tr", "table") and not self._is_within:
            self._cells[-1] = 0
            self._break()
        if tag == "blockquote" and len(self._are_quoted) > 1:
            self._are_quoted.pop()
            self._break()

    @property
    def _is_within(self) -> bool:
        """Whether a table stands in a cell that is not the first of its row."""
        return any(cells > 1 for cells in self._cells[:-1])

    def _break(self) -> None:
        line = _WITHIN if any(self._cells) else "\n"
        self.said.append("\n> " if self._are_quoted[-1] else line)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(re.sub(r"\s+", " ", data))


def plain_of(markup: str) -> str:
    """Return the words of a message that is a page."""
    reader = _Words()
    with suppress(AssertionError):  # of a declaration that no program writes; what stands before it is read
        reader.feed(markup)
    lines = map(_row_or_line, "".join(reader.said).split("\n"))
    return "\n".join(line for line in lines if line.strip("> \t"))


def _row_or_line(line: str) -> str:
    """Return a line of a page: a row of several cells as it is, one cell alone as its lines."""
    cells = [_trimmed(cell) for cell in line.strip(" ").split("\t")]
    if len(cells) > 2 and not cells[0]:
        return "\t".join(cells)
    return "\n".join(filter(None, "\t".join(cells).strip().split(_WITHIN)))


def _trimmed(cell: str) -> str:
    return _WITHIN.join(filter(None, map(str.strip, cell.split(_WITHIN))))
