"""`grant-panel export`: the award schedule or another paper, as a draft or an issued version."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import actor, add_area, add_command, add_person, add_record, add_round
from cli.output import print_lines, say
from exchange.papers.paper_kinds import KINDS
from models.trouble import Trouble
from scoring.counted import counted
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from cli.set_up.rounds import ChosenRound
    from scoring.schedule.values import AwardSchedule
    from scoring.sensitivity.list_sensitivity import ListSensitivity

ENDINGS = {"schedule-xlsx": ".xlsx", "schedule-pdf": ".pdf"}


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "export", run, "write the award schedule or another paper")
    add_record(parser)
    kinds = (*ENDINGS, *KINDS)
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
    add_round(parser, required=False)
    add_area(parser)
    parser.add_argument("--month", metavar="2026-11", type=month, help="the month of a publication list")
    parser.add_argument("--notice", metavar="NNN/YYYY", help="the notice meant, where there are several")
    parser.add_argument(
        "--prefix", metavar="360G-…", help="the office's prefix from 360Giving, kept once given"
    )
    parser.add_argument("--funder", metavar="GB-…", help="the office's identifier as a funder, kept likewise")
    parser.add_argument("--with-marks", action="store_true", help="fill in the marks of a panel book")
    parser.add_argument("--how-sure", action="store_true", help="say in a schedule how sure the list is")
    parser.add_argument("--issue", action="store_true", help="issue a version instead of a draft")
    parser.add_argument("--out", metavar="PATH", type=Path, required=True, help="the file to write")
    add_person(parser)
    parser.set_defaults(usage_error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Write the paper; issue it first where that is asked for and its values are new."""
    if options.how_sure and options.kind not in ENDINGS:
        options.usage_error(f"--how-sure is for a schedule, not for {options.kind}")
    if options.kind in KINDS:
        from cli.papers.paper_export import export_paper

        return export_paper(options)
    if options.month or options.notice or options.with_marks or options.prefix or options.funder:
        options.usage_error(
            f"--month, --notice, --with-marks, --prefix and --funder say nothing about {options.kind}"
        )
    if options.round is None:
        options.usage_error(f"{options.kind} is of a round: --round is missing")
    return _export_schedule(options)


def month(text: str) -> date:
    """Return the first day of a month like 2026-11; anything else is wrong usage."""
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month like 2026-11")
    return date(int(text[:4]), int(text[5:]), 1)


def _export_schedule(options: argparse.Namespace) -> int:
    from cli.deciding.rank import check_area
    from cli.papers.papers import draft, issued
    from cli.record.opening import open_record
    from cli.set_up.rounds import chosen_round
    from cli.set_up.source import refuse_record
    from exchange.atomic import kept_beside, require_place

    _refuse_ending(options.kind, options.out)
    refuse_record(options.out)
    if options.issue:
        require_place(options.out)
    with open_record(options.record, options, to_change=options.issue) as record:
        chosen = chosen_round(record, options)
        check_area(chosen.ranked(), options.area)
        if options.issue:
            schedule = issued(record, chosen, options.area, actor(options))
        else:
            schedule = draft(record, chosen, options.area)
        sure = _sure(chosen, options.area) if options.how_sure else None
    written = _write(options.kind, schedule, options.out, sure)
    say(f"Wrote {written}: {_words(schedule)}")
    print_lines(filter(None, [kept_beside(options.out, written)]))
    return 0


def _refuse_ending(kind: str, path: Path) -> None:
    if path.suffix.casefold() != ENDINGS[kind]:
        raise Refused(f"{kind} writes a file that ends in {ENDINGS[kind]}; {path.name} does not. Rename it.")


def _sure(chosen: "ChosenRound", area: str | None) -> "ListSensitivity":
    """Return how sure the list of the round, or of one area of it, is."""
    from models.values.rows import scored_round
    from scoring.sensitivity.list_sensitivity import sensitivity_of

    members = [member.code for member in chosen.rows.members]
    return sensitivity_of(scored_round(chosen.rows), chosen.ranked(), members, area)


def _write(kind: str, schedule: "AwardSchedule", path: Path, sure: "ListSensitivity | None") -> Path:
    """Write the paper; where that fails, say that a version which was issued stands all the same."""
    from exchange.papers.schedule.schedule_pdf import write_schedule_pdf
    from exchange.papers.schedule.schedule_xlsx import write_schedule_xlsx

    write = write_schedule_xlsx if kind == "schedule-xlsx" else write_schedule_pdf
    try:
        return write(schedule, path, sure=sure)
    except Trouble as no:
        if schedule.paper.is_draft:
            raise
        version = f"Version {schedule.paper.version} is issued in the record all the same"
        raise Trouble(f"{no} {version}: run the same command again to write it.") from no


def _words(schedule: "AwardSchedule") -> str:
    from exchange.papers.schedule.schedule_words import journal_words
    from scoring.money import pounds
    from scoring.schedule.canonical import sha256

    money = schedule.whole
    lines = counted(money.lines, "line")
    sums = f"{lines}, {pounds(money.recommended_pence)} {schedule.basis}"
    if schedule.paper.is_draft:
        return f"a draft, {sums}. The record is unchanged."
    return (
        f"version {schedule.paper.version}, {sums}.\n"
        f"SHA-256 {sha256(schedule)}\nJournal before it: {journal_words(schedule.paper)}"
    )
