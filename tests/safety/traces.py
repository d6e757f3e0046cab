"""Where words can be read on a disk: in the bytes of files, and of what is packed in them."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def holding(folder: Path, words: str) -> list[str]:
    """The files in which some words can be read, in either of the encodings that programs write."""
    wanted = (words.encode(), words.encode("utf-16-le"))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(one in part for part in contents(path) for one in wanted)]


def contents(path: Path) -> Iterator[bytes]:
    """A file's bytes, and those of the parts that are packed in it."""
    raw = path.read_bytes()
    yield raw
    if is_zipfile(path):
        try:
            with ZipFile(path) as book:
                yield from [book.read(name) for name in book.namelist()]
        except (BadZipFile, zlib.error):
            pass
    for packed in STREAM.findall(raw) if raw.startswith(b"%PDF") else ():
        try:
            yield zlib.decompress(packed.strip())
        except zlib.error:
            continue
