"""Names of files as people type them: with their ending, and never over a file nobody was asked about."""

from pathlib import Path


def with_ending(chosen: str | Path, ending: str) -> Path:
    """Return a path with its ending; "Autumn.v2" becomes "Autumn.v2.gpack".

    The system's own box asks before a file is replaced, but knows the name only as it was typed: where the
    ending had to be added and such a file is there, it stays, and the next free name is taken.
    """
    from exchange.atomic import free_name  # the window starts without what writes files

    path = Path(chosen)
    if path.suffix.casefold() == ending:
        return path
    named = path.with_name(path.name.rstrip(". ") + ending)
    return free_name(named) if named.exists() else named
