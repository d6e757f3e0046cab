"""`grant-panel restore` and `salvage`: a backup back as a record, and what can be read of a damaged one."""

import argparse

from cli.frame.output import print_lines, say, warn
from cli.frame.passphrase import passphrase_of
from cli.frame.record import opener, refuse_lost
from models.copies.restore import restore
from models.salvage.rebuild import salvage
from models.store.record_file import check_there


def put_back(options: argparse.Namespace) -> None:
    """Restore, and say as of when."""
    key = passphrase_of(options.file, options)
    restored = restore(options.file, options.record, opener(options), key=key)
    say(restored.words)
    warn(restored.warnings)


def rescue(options: argparse.Namespace) -> None:
    """Salvage, and say what was read and what was not."""
    refuse_lost(options.damaged)
    check_there(options.damaged)
    key = passphrase_of(options.damaged, options)
    found = salvage(options.damaged, options.record, opener(options), key=key)
    print_lines(found.lines)
    say(f"Made {found.path}. {options.damaged.name} was not changed.")
