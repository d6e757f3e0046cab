"""`grant-panel backup`: a consistent, verified copy of a record."""

import argparse

from cli.frame.output import say
from cli.frame.record import open_record


def back_up(options: argparse.Namespace) -> None:
    """Write the copy."""
    with open_record(options.record, options, to_change=False) as record:
        written = record.backup(options.file)
        head = record.head()
    say(f"Backed up to {written}, at row {head.seq}, code {head.code}.")
