"""What the reading process says of one filled-in form, whatever its kind."""

import hashlib
from typing import Any

import msgspec
from msgspec.structs import replace

from exchange.application_forms.blocks import Content, bounded, texts_of
from exchange.application_forms.own import is_pdf, own_form
from models.trouble import Trouble

_OLDER = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files of Word 97 to 2003 begin, and those of later ones that have a passphrase."""


def form_line(content: bytes) -> dict[str, object]:
    """Return a form's text as blocks, with its sum; raises `Trouble` for what is not read."""
    own = own_form(content)
    found = Content(()) if own is not None and is_pdf(content) else bounded(_read(content))
    if own is None and not found.why and not any(text.strip() for text in texts_of(found.blocks)):
        found = Content((), found.notes, "It has no text to read: a scan or a picture of a form.")
    said: dict[str, Any] = msgspec.to_builtins(replace(found, own=own))
    return said | {"sha256": hashlib.sha256(content).hexdigest()}


def _read(content: bytes) -> Content:
    """Read a file by what it is, not by what it is called; each kind's libraries are loaded for it alone."""
    if is_pdf(content):
        from exchange.application_forms.pdf import read_pdf

        return read_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        from exchange.application_forms.open_document import is_open_document, read_open_document
        from exchange.application_forms.word import read_word

        return read_open_document(content) if is_open_document(content) else read_word(content)
    if content.lstrip()[:5] == b"{\\rtf":
        raise Trouble(
            "is rich text (.rtf), which is not read; open it in Word, save it as .docx and try again"
        )
    if content.startswith(_OLDER):
        raise Trouble(
            "is an older Word file (.doc) or has a passphrase; open it in Word, save it as .docx without a"
            " passphrase and try again"
        )
    raise Trouble("is no .docx, .odt or PDF; open it, save it as one of these and try again")
