"""What stands in a file of a paper beside its words, where a reader would see it or be misled by it.

A picture over a figure, white letters, a hidden sheet or a comment leave every word as it was. What a paper
holds beside its words, or hides of them, is named in words; how it looks otherwise is not.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile

from exchange.papers.checking.non_text_part import NonText
from models.trouble import Trouble

_BROKEN = (BadZipFile, KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError)
"""What comes of a file whose parts are not where its form has them."""


def non_text(path: Path, ending: str) -> tuple[NonText, ...]:
    """Return what stands in a file beside its words, in the order of its parts; plain data has nothing."""
    reader = _READERS.get(ending)
    try:
        return () if reader is None else tuple(dict.fromkeys(reader(path)))
    except _BROKEN as error:
        raise Trouble(
            f"{path.name} does not have the structure of a paper; choose the file that was issued."
        ) from error


def _of_pdf(path: Path) -> Iterator[NonText]:
    from exchange.papers.checking.non_text_pdf import non_text_of_pdf

    return non_text_of_pdf(path)


def _of_word(path: Path) -> Iterator[NonText]:
    from exchange.papers.checking.non_text_office import non_text_of_word

    return non_text_of_word(path)


def _of_book(path: Path) -> Iterator[NonText]:
    from exchange.papers.checking.non_text_office import non_text_of_book

    return non_text_of_book(path)


_READERS: Mapping[str, Callable[[Path], Iterator[NonText]]] = {
    ".pdf": _of_pdf,
    ".docx": _of_word,
    ".xlsx": _of_book,
}
