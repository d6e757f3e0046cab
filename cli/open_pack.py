"""`grant-panel open-pack`: a pack opened into a member's own, encrypted record."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_passphrase
from cli.output import warn
from cli.pack_passphrase import add_pack_passphrase, pack_passphrase

if TYPE_CHECKING:
    from cli.arguments import Commands


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    words = "open a pack that was sent to you into a record of your own"
    parser = add_command(commands, "open-pack", run, words)
    parser.add_argument("pack", metavar="PACK", type=Path, help="the pack that was sent")
    parser.add_argument("record", metavar="RECORD", type=Path, help="the record to make")
    add_passphrase(parser)
    add_pack_passphrase(parser)


def run(options: argparse.Namespace) -> int:
    """Make the member's record."""
    from datetime import date

    from cli.passphrase import new_passphrase
    from exchange.packs.opening import open_pack
    from exchange.packs.sealing import read_sealed
    from models.member_making import make_member_record
    from models.record import Opener

    opened = open_pack(read_sealed(options.pack), pack_passphrase(options, options.pack.name))
    key = new_passphrase(options)
    opener = Opener(opened.pack.member.name, "the command")
    make_member_record(options.record, opener, key, opened).close()
    pack = opened.pack
    print(f"Made {options.record} for {pack.member.name}: {len(pack.applications)} applications to score.")
    print("It is encrypted: without the passphrase that you set nobody can read it.")
    if pack.expires_on < date.today():
        warn((f"The pack expired on {pack.expires_on}. Ask the office whether it still takes your marks.",))
    return 0
