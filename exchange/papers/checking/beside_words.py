"""What stands in a file of a paper beside its words, where a reader would see it or be misled by it.

A picture over a figure, white letters, a hidden sheet or a comment leave every word as it was. What a paper
holds beside its words is told in words (`added`); how each part of it looks is told as one sum (`looks`).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

from models.trouble import Trouble

_BROKEN = (BadZipFile, KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError)
"""What comes of a file whose parts are not where its form has them."""


class Beside(NamedTuple):
    """What stands in one part of a file, a page or a sheet, beside its words: in words, or as a sum."""

    where: str
    words: str
    is_look: bool = False


def beside_words(path: Path, ending: str) -> tuple[Beside, ...]:
    """Return what stands in a file beside its words, in the order of its parts; plain data has nothing."""
    reader = _READERS.get(ending)
    try:
        return () if reader is None else tuple(dict.fromkeys(reader(path)))
    except _BROKEN as error:
        raise Trouble(f"{path.name} is not built like a paper; choose the file that was issued.") from error


def look(where: str, seen: object) -> Beside:
    """Return how a part looks, as the sum of what was seen of it."""
    return Beside(where, hashlib.sha256(repr(seen).encode()).hexdigest()[:16], is_look=True)


def _of_pdf(path: Path) -> Iterator[Beside]:
    from exchange.papers.checking.beside_pdf import beside_pdf

    return beside_pdf(path)


def _of_word(path: Path) -> Iterator[Beside]:
    from exchange.papers.checking.beside_office import beside_word

    return beside_word(path)


def _of_book(path: Path) -> Iterator[Beside]:
    from exchange.papers.checking.beside_office import beside_book

    return beside_book(path)


_READERS: Mapping[str, Callable[[Path], Iterator[Beside]]] = {
    ".pdf": _of_pdf,
    ".docx": _of_word,
    ".xlsx": _of_book,
}
