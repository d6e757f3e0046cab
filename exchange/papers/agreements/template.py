"""The template of agreements: the one that ships or the office's own, checked before it is taken."""

import base64
from pathlib import Path

from docx.document import Document as WordDocument

import resources
from exchange.atomic import write_beside
from exchange.papers.agreements.placeholders import GROUPS, KNOWN, NEEDED
from exchange.papers.letters.filling import Group, check_groups, check_placeholders, open_word
from exchange.reading.word_templates import read_template_file, require_sound
from exchange.xlsx.xlsx_book import check_book
from models.trouble import Trouble
from scoring.refused import Refused

SHIPPED, LETTER = "letters/agreement.docx", "letters/agreement-letter.docx"
_ITS_NAME = "The agreement’s template"
MOST = 400_000
"""Bytes of a template: each issued agreement holds the one that it was made from."""


def template_of(content: str, *, is_letter: bool) -> WordDocument:
    """Return a template from its base64, or the one that ships where it is ""."""
    name = LETTER if is_letter else SHIPPED
    data = base64.b64decode(content) if content else resources.path(name).read_bytes()
    if content:
        require_sound(_ITS_NAME, data)
    return open_word(_ITS_NAME, data)


def template_bytes(content: str) -> bytes:
    """Return a template as a file's bytes, the one that ships for ""."""
    return base64.b64decode(content) if content else resources.path(SHIPPED).read_bytes()


def write_template(content: str, path: Path) -> Path:
    """Write a template to a file, to be edited in Word; return the path it really has."""
    data = template_bytes(content)

    def write(part: Path) -> None:
        part.write_bytes(data)

    return write_beside(path, write, check_book)


def read_template(path: Path) -> str:
    """Return the base64 of a template that an office edited; raises Trouble or Refused with what is wrong."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Trouble(f"{path.name} cannot be read ({error.strerror}). Choose the file again.") from error
    if size > MOST:
        raise Refused(
            f"{path.name} has {size // 1000:,} kB; a template has up to {MOST // 1000}. Remove its pictures: "
            "the office’s logo is put in by the program."
        )
    data = read_template_file(path)
    word = open_word(path.name, data)
    found = check_placeholders(path.name, word, KNOWN)
    for names in NEEDED:
        if not set(names) & set(found):
            raise Refused(
                f"{path.name} has no {{{names[-1]}}}, without which an agreement says too little. Add it."
            )
    check_groups(path.name, word, [Group(names, ()) for names in GROUPS.values()])
    return base64.b64encode(data).decode("ascii")
