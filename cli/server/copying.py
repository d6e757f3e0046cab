"""`grant-panel server load` and `copy`: a record from a file to a server and back, with the same journal."""

import argparse
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from cli.arguments import add_passphrase
from cli.output import say
from cli.server.places import add_places

if TYPE_CHECKING:
    from models.store.address import ServerAddress


def add_to(loading: argparse.ArgumentParser, copying: argparse.ArgumentParser) -> None:
    """Add the file that is loaded, or written; its passphrase is asked for where it is encrypted."""
    add_places(loading, "the record, which is not changed", is_from_file=True)
    add_places(copying, "the record to write, which must not exist yet", is_from_file=False)
    words = "with a passphrase, asked for twice; --passphrase-file does it too"
    copying.add_argument("--encrypt", action="store_true", help=words)
    words = "copy a record that is not sound as well, marked so; verify tells what is wrong with it"
    copying.add_argument("--as-it-is", action="store_true", help=words)
    for parser in (loading, copying):
        add_passphrase(parser)


def load_file(address: "ServerAddress", options: argparse.Namespace) -> int:
    """Load a record in a file into an empty database, and say where its journal ends."""
    from cli.record.opening import open_record
    from models.copies.office_server import load

    path: Path = options.file
    with open_record(path, options, to_change=True) as record:
        head = load(record, address)
    say(
        f"Loaded {path.name} into {address.name}, at row {head.seq}, code {head.code}. "
        "The file was not changed.",
        f"Now set the locks: grant-panel server prepare {quote(str(address))}",
    )
    return 0


def copy_file(address: "ServerAddress", options: argparse.Namespace) -> int:
    """Copy a record on a server into a new file, and say where its journal ends."""
    from cli.record.passphrase import new_passphrase
    from models.copies.office_server import copy_to_file

    is_sealed = options.encrypt or options.passphrase_file is not None
    key = new_passphrase(options) if is_sealed else None
    head, fault = copy_to_file(address, options.file, key, as_it_is=options.as_it_is)
    say(f"Copied {address.name} to {options.file}, at row {head.seq}, code {head.code}.")
    if fault:
        say(f"The copy is marked unsound: {fault} Nothing printed from it is to be relied on.")
    return 1 if fault else 0
