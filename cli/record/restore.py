"""`grant-panel restore`: a backup back as a record, never over one that is there."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_passphrase, add_person, file_path, opener
from cli.output import say, warn

if TYPE_CHECKING:
    from cli.arguments import Commands


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "restore", run, "put a backup back as a record")
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup")
    parser.add_argument(
        "record", metavar="RECORD", type=file_path, help="the record to make; it must not exist yet"
    )
    add_passphrase(parser)
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Restore, and say as of when."""
    from cli.record.passphrase import passphrase_of
    from models.copies.restore import restore

    key = passphrase_of(options.file, options)
    restored = restore(options.file, options.record, opener(options), key=key)
    say(restored.words)
    warn(restored.warnings)
    return 0
