"""The regional book: a folder with a file of figures for each issued file that was added, by its sum."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from exchange.atomic import write_beside
from exchange.papers.region.reading import read_issued_figures
from models.journal import canonical
from models.papers.region.issued_figures import IssuedFigures, unsound_words
from models.papers.region.side_by_side import Region
from models.trouble import Trouble
from scoring.refused import Refused

ENDING = ".figures.json"
_NAME = re.compile(r"[0-9a-f]{64}")


class Added(Struct, frozen=True):
    """What adding came to: the files that are new in the book, and the names of those it had already."""

    new: tuple[IssuedFigures, ...]
    known: tuple[str, ...]


def add_files(book: Path, files: Iterable[Path]) -> Added:
    """Add issued files to a book, which is made where it is not there; one that is refused refuses all."""
    if book.exists() and not book.is_dir():
        raise Refused(f"{book.name} is a file. A regional book is a folder: name one, or a new one.")
    read = [(path, read_issued_figures(path)) for path in files]
    new: dict[str, IssuedFigures] = {}
    known = []
    for path, figures in read:
        if figures.sha256 in new or _place(book, figures).exists():
            known.append(path.name)
        else:
            new[figures.sha256] = figures
    book.mkdir(parents=True, exist_ok=True)
    for figures in new.values():
        _write(book, figures)
    return Added(tuple(new.values()), tuple(known))


def read_book(book: Path) -> Region:
    """Return the figures of a book; Refused where there is none, Trouble where a file of it was damaged."""
    found = sorted(book.glob(f"*{ENDING}")) if book.is_dir() else []
    if not found:
        raise Refused(f"{book} is not a regional book yet. Add issued files first: region add {book} FILE…")
    return Region(tuple(_read(path) for path in found))


def _write(book: Path, figures: IssuedFigures) -> None:
    figured = canonical.to_text(figures)
    text = f"{figured}\n{_sum(figured)}\n"

    def write(part: Path) -> None:
        part.write_text(text, encoding="utf-8", newline="\n")

    write_beside(_place(book, figures), write, _check)


def _check(part: Path) -> None:
    canonical.from_text(IssuedFigures, _parts(part)[0])


def _parts(path: Path) -> tuple[str, str]:
    """Return the figures of a file of the book, and their sum, which stands on the line below."""
    text, _, own = path.read_text("utf-8").rstrip("\n").rpartition("\n")
    return text or own, own


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> IssuedFigures:
    """Return the figures of a file of the book, which nobody changed and whose lines come to their sums."""
    try:
        text, own = _parts(path)
        figures = canonical.from_text(IssuedFigures, text)
    except (OSError, ValueError, Refused) as error:
        raise _damaged(path, "cannot be read") from error
    whose = f"the figures of {figures.office}, {figures.paper},"
    if own != _sum(text) or path != _place(path.parent, figures):
        raise _damaged(path, f"was changed after it was added: {whose} do not match their sum")
    if words := unsound_words(figures):
        raise _damaged(path, f"has {whose} which do not come to their own sums ({words})")
    return figures


def _damaged(path: Path, how: str) -> Trouble:
    return Trouble(
        f"{path.name} in {path.parent} {how}. Remove it from the folder, and add the file that the office "
        "issued again."
    )


def _place(book: Path, figures: IssuedFigures) -> Path:
    if not _NAME.fullmatch(figures.sha256):
        raise Refused(f"{figures.paper} of {figures.office} has no sum of its data. Nothing was added.")
    return book / f"{figures.sha256}{ENDING}"
