"""Names of files as people type them: with their ending, and never over a file nobody was asked about."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path


def with_ending(chosen: str, ending: str) -> Path:
    """Return a path with its ending; "Autumn.v2" becomes "Autumn.v2.gpack".

    The system's own box asks before a file is replaced, but knows the name only as it was typed: where the
    ending had to be added and such a file is there, it stays, and the next free name is taken.
    """
    path = Path(chosen)
    if path.suffix.casefold() == ending:
        return path
    named = path.with_name(path.name.rstrip(". ") + ending)
    return next(one for one in _names(named) if not one.exists())


def _names(path: Path) -> Iterator[Path]:
    """Yield a name, then the same with (2), (3) and so on."""
    yield path
    yield from (path.with_stem(f"{path.stem} ({number})") for number in count(2))
