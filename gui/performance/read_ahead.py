"""Read the files of libraries that pages load late, so that nobody waits for the disk as they are loaded.

Python does nothing else while the system loads a library, the window neither: of a disk that had not read it
lately numpy took 35 ms at once, and takes 5 of what was read.
"""

from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

LATE = ("numpy", "highspy", "PIL", "lxml", "uharfbuzz", "pypdfium2_raw")
"""What sums and papers are made with; the first page needs none of it."""
ENDINGS = frozenset({".so", ".pyd", ".dll", ".dylib"})
BESIDE = ("numpy.libs", "pillow.libs")
"""Where the libraries lie that others stand on, beside their packages."""
AT_ONCE = 1 << 20


def read_ahead() -> None:
    """Read them, so that the system holds them in memory that it can spare; what cannot be read is left."""
    held = bytearray(AT_ONCE)
    for path in library_files():
        with suppress(OSError), path.open("rb", buffering=0) as stream:
            while stream.readinto(held):
                pass


def library_files() -> Iterator[Path]:
    """Yield the files of the libraries, and of those that they stand on."""
    folders = [folder for name in LATE for folder in _folders(name)]
    beside = {folder.parent / name for folder in folders for name in BESIDE}
    for folder in (*folders, *sorted(beside)):
        yield from (path for path in folder.rglob("*") if not ENDINGS.isdisjoint(path.suffixes))


def _folders(package: str) -> Iterator[Path]:
    """Yield where a package lies, without loading it."""
    spec = find_spec(package)
    for place in () if spec is None else spec.submodule_search_locations or ():
        yield Path(place)
