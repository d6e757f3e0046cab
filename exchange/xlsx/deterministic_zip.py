"""A finished zip written over with one time for all entries: the same values give the same bytes."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time that every entry bears: the oldest that a zip can say."""


def write_deterministic(finished: BytesIO, path: Path) -> None:
    """Write the entries of a zip in memory to a file, in their order and all of one time."""
    with ZipFile(finished) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(deterministic_entry(entry.filename), source.read(entry))


def deterministic_entry(name: str) -> ZipInfo:
    """Return an entry of this name that bears no time of its own."""
    entry = ZipInfo(name, ZIP_TIME)
    entry.compress_type = ZIP_DEFLATED
    return entry
