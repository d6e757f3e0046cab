"""What is handed to `grant-panel merge`: returns, and a diverged copy."""

import argparse
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cli.packs.pack_passphrase import pack_passphrases
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.packs.reports import Incoming
    from models.record import Record


def read_incoming(record: "Record", options: argparse.Namespace) -> "Incoming":
    """Return what came, opened and read; refused where nothing did."""
    from models.journal.diverged_copy import read_diverged
    from models.packs.reports import Incoming
    from models.queries.packs.return_checks import warnings_about

    if not options.returns and options.copy is None:
        raise Refused("Name a return to import, or a copy with --copy FILE.")
    files = _files(options)
    query = partial(warnings_about, texts=tuple(files), today=date.today().isoformat())
    warnings = record.ask(query)
    if options.copy is None:
        return Incoming(files, warnings)
    found = read_diverged(record, options.copy)
    came = {**dict.fromkeys(found.texts, options.copy.name), **files}
    told = (*warnings, *found.passed_over)
    return Incoming(came, told, options.copy.name, found.named, found.copied, found.left_words)


def _files(options: argparse.Namespace) -> dict[str, str]:
    """Return the names of the returns' files by their texts; of one that is named twice, the first."""
    found: dict[str, str] = {}
    for path, text in zip(options.returns, _texts(options), strict=True):
        found.setdefault(text, path.name)
    return found


def _texts(options: argparse.Namespace) -> Iterator[str]:
    """Yield the texts of the returns, each opened with the first passphrase that fits."""
    from exchange.packs.opening import open_return
    from exchange.packs.sealing import WrongPassphrase

    for path in options.returns:
        content = sealed_content(path)
        *others, last = pack_passphrases(options, path.name)
        for passphrase in others:
            try:
                yield open_return(content, passphrase)[1]
                break
            except WrongPassphrase:
                continue
        else:
            yield _named(path, content, last)


def sealed_content(path: Path) -> bytes:
    """Return the bytes of a sealed file; any other is refused before a passphrase is asked for."""
    from exchange.packs.sealing import read_header, read_sealed
    from models.trouble import Trouble

    content = read_sealed(path)
    try:
        read_header(content)
    except Trouble as no:
        raise type(no)(f"{path.name}: {no}") from no
    return content


def _named(path: Path, content: bytes, passphrase: str) -> str:
    from exchange.packs.opening import open_return
    from models.trouble import Trouble

    try:
        return open_return(content, passphrase)[1]
    except Trouble as no:
        raise type(no)(f"{path.name}: {no}") from no
