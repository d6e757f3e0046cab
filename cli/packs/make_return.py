"""`grant-panel make-return`: what a member entered, signed and sealed, to go back to the office."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_record
from cli.output import say, warn
from cli.packs.pack_passphrase import add_pack_passphrase, pack_passphrase
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.queries.packs.member_record import ReturnState


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    words = "write what you recorded in your own record as a sealed return"
    parser = add_command(commands, "make-return", run, words)
    add_record(parser)
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the return to write")
    add_pack_passphrase(parser)


def run(options: argparse.Namespace) -> int:
    """Make the return."""
    from datetime import date
    from functools import partial

    from cli.record.opening import open_record
    from cli.set_up.source import refuse_record
    from exchange.atomic import require_place
    from exchange.packs.sealed_files import write_sealed
    from exchange.packs.sealing import is_passphrase_of, seal_text
    from models.operation import Actor
    from models.packs.return_making import is_expired, ready_return
    from models.queries.packs.member_record import opened_pack, pack_start, return_state

    refuse_record(options.out)
    require_place(options.out)
    with open_record(options.record, options, to_change=True) as record:
        pack = record.ask(opened_pack)
        ready = record.ask(ready_return)
        warn(_nothing_in(record.ask(return_state)))
        passphrase = pack_passphrase(options, "the pack")
        if not is_passphrase_of(record.ask(pack_start), passphrase):
            raise Refused("That is not the passphrase of the pack, so the office could not open the return.")
        sealed = seal_text("return", pack.pack, ready.text, passphrase)
        member, recording = Actor(pack.member.name, "member"), None
        if ready.operation is not None:
            recording = partial(record.perform, ready.operation, member)
        written = write_sealed(sealed, options.out, recording)
    say(f"Wrote {written}: return {ready.given.number} of {pack.member.name}. Send it to the office.")
    say(f"Your receipt: code {ready.given.code}. Keep it; the office may ask for it.")
    if is_expired(pack, date.today().isoformat()):
        warn((f"The pack expired on {pack.expires_on}. Ask the office whether it still accepts your marks.",))
    return 0


def _nothing_in(state: "ReturnState") -> tuple[str, ...]:
    """Say before the return is made that nothing of it would count."""
    if state.handed_in:
        return ()
    return (
        f"No sheet is handed in: {state.words} At the office marks count only once their sheet is handed in.",
    )
