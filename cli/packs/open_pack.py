"""`grant-panel open-pack`: a pack opened into a member's own, encrypted record, or a newer one into it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_passphrase, file_path
from cli.output import print_lines, say, warn
from cli.packs.merge_reading import sealed_content
from cli.packs.pack_passphrase import add_pack_passphrase, pack_passphrase
from scoring.counted import counted

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.packs.member_making import OpenedPack


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    words = "open a pack that was sent to you as your own record, new or the one you have"
    parser = add_command(commands, "open-pack", run, words)
    parser.add_argument("pack", metavar="PACK", type=Path, help="the pack that was sent")
    parser.add_argument(
        "record",
        metavar="RECORD",
        type=file_path,
        help="the record to make, or the one to bring up to date from a newer pack",
    )
    add_passphrase(parser)
    add_pack_passphrase(parser)


def run(options: argparse.Namespace) -> int:
    """Make the member's record, or bring it up to date."""
    from datetime import date

    from exchange.packs.opening import open_pack

    opened = open_pack(sealed_content(options.pack), pack_passphrase(options, options.pack.name))
    if options.record.exists():
        _update(options, opened)
    else:
        _make(options, opened)
    pack = opened.pack
    if pack.expires_on < date.today():
        warn((f"The pack expired on {pack.expires_on}. Ask the office whether it still accepts your marks.",))
    return 0


def _make(options: argparse.Namespace, opened: "OpenedPack") -> None:
    from cli.record.passphrase import new_passphrase
    from models.packs.member_making import make_member_record
    from models.record import Opener

    key = new_passphrase(options)
    opener = Opener(opened.pack.member.name, "the command")
    make_member_record(options.record, opener, key, opened).close()
    pack = opened.pack
    due = counted(len(pack.applications), "application")
    say(f"Made {options.record} for {pack.member.name}: {due} to score.")
    say("It is encrypted: without the passphrase that you set nobody can read it.")


def _update(options: argparse.Namespace, opened: "OpenedPack") -> None:
    """Bring a record that is there up to date, a copy being kept first."""
    from functools import partial

    from cli.record.opening import open_record
    from models.operation import Actor
    from models.operations.packs.update_pack import UpdatePack
    from models.queries.packs.pack_news import pack_news

    with open_record(options.record, options, to_change=True) as record:
        news = record.ask(partial(pack_news, text=opened.text))
        record.copies.keep_before("newer pack")
        operation = UpdatePack(opened.text, opened.start)
        outcome = record.perform(operation, Actor(opened.pack.member.name, "member"))
    print_lines(news.lines)
    say(outcome.words)
