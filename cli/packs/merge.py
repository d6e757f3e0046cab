"""`grant-panel merge`: returns into the office's record, itemised, all or none."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_json, add_person, add_record, is_named
from cli.output import on_one_line, print_json, print_lines, warn
from cli.packs.pack_passphrase import add_pack_passphrase

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.packs.plans import Plan

RETURN, COPY = "return", "copy"


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "merge", run, "import returns of panel members")
    add_record(parser)
    parser.add_argument("returns", metavar="RETURN", type=Path, nargs="*", help="a return that came back")
    words = "a copy of the record that was changed separately: import what members recorded there"
    parser.add_argument("--copy", metavar="FILE", type=Path, help=words)
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be imported, and change nothing"
    )
    words = "the code on a member's receipt, where a return is signed with a different key from before"
    parser.add_argument("--code", metavar="CODE", action="append", default=[], help=words)
    words = "also write the result as a paper, .pdf or .docx"
    parser.add_argument("--report", metavar="FILE", type=Path, help=words)
    add_pack_passphrase(parser, several=True)
    add_person(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Take the returns in, or say what would be."""
    from functools import partial

    from cli.packs.merge_json import merge_json
    from cli.packs.merge_reading import read_incoming
    from cli.packs.merge_reporting import check_report, kept_report, write_report
    from cli.record.opening import open_record
    from models.operations.packs.take_in_returns import TakeInReturns
    from models.packs.member_record import refuse_in_members_own
    from models.queries.packs.closed_values import without_closed
    from models.queries.packs.merge_reports import merge_report
    from models.queries.packs.returns import plan_of_files

    check_report(options.report)
    with open_record(options.record, options, to_change=not options.dry_run) as record:
        record.ask(partial(refuse_in_members_own, action="importing returns"))
        who = acting(record, TakeInReturns(()), options)
        came = read_incoming(record, options)
        planned = record.ask(partial(plan_of_files, files=came.files, copied=came.copied))
        reader = who.name if is_named(options) else ""
        report = record.ask(partial(merge_report, record=options.record.name, incoming=came, reader=reader))
        shown = record.ask(partial(without_closed, planned=planned, person=reader))
        is_done = planned.is_new and not options.dry_run
        if is_done:
            trusted = _trusted(planned, options.code)
            operation = TakeInReturns(tuple(came.files), (), trusted, came.copied, came.copy)
            record.copies.keep_before("merge")
            record.perform(operation, who)
            report = kept_report(report, record, who)
    written = write_report(report, options.report, is_done=is_done)
    if options.json:
        print_json(merge_json(shown, came, is_done=is_done, report=written))
    else:
        print_lines(map(on_one_line, _lines(shown, COPY if came.copy else RETURN, is_dry=options.dry_run)))
        print_lines([on_one_line(f"To decide: {line}.") for line in came.left])
        print_lines([f"Wrote {written}."] if written else [])
    warn(came.warnings)
    return 0


def _trusted(planned: "Plan", codes: list[str]) -> tuple[str, ...]:
    """Return the keys whose codes a person read from members' receipts."""
    from models.packs.signing import short_code

    typed = {code.replace(" ", "").lower() for code in codes}
    keys = [key for member in planned.members for key in member.new_keys]
    return tuple(key for key in keys if short_code(bytes.fromhex(key)).replace(" ", "") in typed)


def _lines(planned: "Plan", theirs: str, *, is_dry: bool) -> Iterator[str]:
    from models.operations.packs.take_in_returns import result_words
    from models.packs.plans import value_words
    from models.packs.signing import short_code

    for member in planned.members:
        yield f"{member.name} ({member.code})"
        for key in member.new_keys:
            again = "another key than before" if member.is_key_changed else "a key seen for the first time"
            yield f"  signed with {again}, code {short_code(bytes.fromhex(key))}"
        for item in member.taken:
            before, after = value_words(item.slot, item.before), value_words(item.slot, item.after)
            yield f"  {item.what}: {after} (was {before})"
        for found in member.differences:
            others = (value_words(found.key.slot, side.value) for side in found.sides if not side.is_here)
            here = value_words(found.key.slot, found.here)
            yield f"  {found.what}: here {here}, {theirs} {', '.join(others)}; decide it on Packs"
        for item in member.refused:
            yield f"  {item.what}: not taken, {item.words}"
    if not planned.is_new:
        yield "There is nothing new in it. Nothing was changed."
    else:
        yield f"{result_words(planned)}{' Nothing was changed.' if is_dry else ''}"
