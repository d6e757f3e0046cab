"""`grant-panel pack`: a member's applications as a sealed file, to be scored elsewhere."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_json, add_person, add_record, add_round
from cli.days import day
from cli.output import print_json, say, warn
from cli.packs.pack_passphrase import add_pack_passphrase, new_pack_passphrase
from scoring.counted import counted
from scoring.written.days import full_day

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.packs.values import Pack


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "pack", run, "write a member's applications as a sealed pack")
    add_record(parser)
    add_round(parser, required=True)
    parser.add_argument("--member", metavar="CODE", required=True, help="the member's code")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the pack to write")
    parser.add_argument(
        "--expires", metavar="DATE", type=day, help="the pack's last day (default: in 28 days)"
    )
    add_pack_passphrase(parser)
    add_person(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Issue the pack and write it."""
    from datetime import date
    from functools import partial

    from cli.record.opening import open_record
    from cli.set_up.rounds import scored_round_of
    from cli.set_up.source import refuse_record
    from exchange.atomic import require_place
    from exchange.packs.sealed_files import write_sealed
    from exchange.packs.sealing import seal_text
    from models.packs.pack_issuing import ready_pack

    refuse_record(options.out)
    require_place(options.out)
    with open_record(options.record, options, to_change=True) as record:
        round_id = scored_round_of(record, options).line.round_id
        order = {"round_id": round_id, "member": options.member, "expires_on": options.expires}
        ready = record.ask(partial(ready_pack, today=date.today(), **order))
        sealed = seal_text("pack", ready.pack.pack, ready.text, new_pack_passphrase(options))
        who = acting(record, ready.operation, options)
        recording = partial(record.perform_beside, ready.operation, ready.keep, who)
        written = write_sealed(sealed, options.out, recording)
    _tell(written, ready.pack, as_json=options.json)
    return 0


def _tell(written: Path, pack: "Pack", *, as_json: bool) -> None:
    """Say what was written, and until when it is good."""
    if as_json:
        print_json(
            {
                "path": str(written),
                "pack": pack.pack,
                "member": pack.member.code,
                "items": len(pack.applications),
                "expires": pack.expires_on.isoformat(),
                "fingerprint": pack.round.fingerprint,
            }
        )
        return
    held = counted(len(pack.applications), "application")
    say(f"Wrote {written} for {pack.member.name}: {held}.")
    say(f"It is good until {full_day(pack.expires_on)}. Give the passphrase separately, never with the file.")
    if pack.expires_on < pack.issued_on:
        warn(("The pack's last day is past already.",))
