"""Writing any paper in any of its forms: one line a form.

It loads every writer, so whoever has a window to open first imports it where the writing starts.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from scoring.refused import Refused

Tick = Callable[[int, int], None] | None
"""Called with (done, total); may raise to cancel."""

_WRITERS: Mapping[tuple[str, str], Callable[[Any, PaperStatus, Path, Tick], Path]] = {}
"""By kind and ending; a writer takes its own kind of value, and returns the path it really wrote."""


def write_paper(kind: str, value: PaperValue, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write a paper in the form that the path's ending asks for and return the path it really has."""
    writer = _WRITERS.get((kind, path.suffix.casefold())) or _WRITERS.get((kind, ""))
    if writer is None:
        endings = " or ".join(ending for code, ending in _WRITERS if code == kind)
        raise Refused(f"{kind} writes a file that ends in {endings}; {path.name} does not. Rename it.")
    return writer(value, status, path, tick)
