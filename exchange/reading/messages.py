"""Read an e-mail safely: who sent it when, its covering words, and the files that came with it."""

from datetime import datetime

import msgspec
from msgspec import Struct

from exchange.reading.sheets import MESSAGE, said_of_bytes
from exchange.written_text import clean, one_line
from models.trouble import Trouble
from models.values.attachments import safe_name

ENDINGS = (".eml", ".msg")
MOST_BYTES = 50_000_000
_UNSAFE = "could not be read safely; save what is attached to it and import that"
_WRAPPED = ("winmail.dat", "smime.p7m")
_RICH = "Its words are in rich text (RTF), which is not read: open it in Outlook for them."


class CameWith(Struct, frozen=True):
    """A file that came with a message; `within` are the forwarded messages that it lies in, by subject."""

    name: str
    content: bytes
    within: tuple[str, ...] = ()


class Said(Struct, frozen=True):
    """What the reading process says of a message; `received` is local time, None where it names none.

    `is_rich` says that its words are in a kind of text that is not read.
    """

    sender: str
    subject: str
    received: datetime | None
    words: str
    parts: tuple[CameWith, ...]
    pictures: int = 0
    is_rich: bool = False


class Message(Struct, frozen=True):
    """An e-mail; `received` is local time, None where it names none. `notes` are sentences on it."""

    sender: str
    subject: str
    received: datetime | None
    words: str
    files: tuple[CameWith, ...]
    notes: tuple[str, ...] = ()


def is_message(name: str) -> bool:
    """Say whether a file is called as e-mails are."""
    return name.casefold().endswith(ENDINGS)


def read_message(content: bytes, name: str) -> Message:
    """Return what an e-mail says; raises `Trouble` with one sentence for what cannot be read as one."""
    if len(content) > MOST_BYTES:
        raise Trouble(f"{name} is larger than 50 MB; save what is attached to it and import that.")
    said = msgspec.convert(said_of_bytes(content, name, MESSAGE, _UNSAFE), Said)
    files = tuple(
        CameWith(safe_name(one.name), one.content, tuple(map(one_line, one.within))) for one in said.parts
    )
    return Message(
        sender=one_line(said.sender),
        subject=one_line(said.subject),
        received=said.received,
        words=clean(said.words),
        files=files,
        notes=(*_notes(files, said.pictures), *([_RICH] if said.is_rich else ())),
    )


def _notes(files: tuple[CameWith, ...], pictures: int) -> tuple[str, ...]:
    wrapped = [one.name for one in files if one.name.casefold() in _WRAPPED]
    closed = [
        f"{name} is a wrapping that only the sender's mail program opens: ask for the files one by one."
        for name in wrapped
    ]
    empty = [f"{one.name} is only a link, or empty: nothing of it came." for one in files if not one.content]
    within = "A picture in its words stays" if pictures == 1 else f"{pictures} pictures in its words stay"
    return (*closed, *empty, *([f"{within} with the message."] if pictures else ()))
