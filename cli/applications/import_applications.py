"""`grant-panel import`: applications out of a spreadsheet into a round of a record."""

import argparse
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_json, add_person, add_record, add_round
from cli.output import complain, print_json, print_lines, say
from scoring.counted import counted, listed

if TYPE_CHECKING:
    from cli.applications.import_target import Target
    from cli.arguments import Commands
    from exchange.applications.preview.preview import Preview
    from exchange.applications.reading import Reading
    from models.record import Record
    from models.values.importing.import_target import ImportTarget


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "import", run, "import applications from a spreadsheet")
    add_record(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help="an .xlsx, .xlsm, .xls, .ods or .csv file")
    add_round(parser, required=True)
    parser.add_argument("--sheet", metavar="S", help="the sheet, where the right one is not found by itself")
    parser.add_argument("--mapping", metavar="FILE", type=Path, help="a TOML file of headings and fields")
    parser.add_argument(
        "--with-possible-duplicates",
        action="store_true",
        help="take in the rows that may be here already under another reference, too",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be imported; change nothing")
    add_json(parser)
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Read the file, import what is new, and say what was not taken."""
    from cli.applications.import_target import find_target
    from cli.applications.import_text import preview_lines, reading_lines
    from cli.record.opening import open_record, warn_of_plain
    from cli.set_up.source import refuse_record
    from exchange.applications.document import document
    from exchange.applications.preview.document import rows_of

    refuse_record(options.file)
    with open_record(options.record, options, to_change=not options.dry_run) as record:
        target = find_target(record, options)
        held = target.held_against(record)
        reading = _read(target, options, held)
        found = _preview(held, reading)
        left_out = () if options.with_possible_duplicates else found.may_be_here
        if left_out:
            found = found.without_possible_duplicates()
            reading = found.reading
        words = _take_in(record, target, reading, options)
        if not options.dry_run:
            warn_of_plain(record, target.fund.name)
    if options.json:
        print_json(document(reading) | rows_of(found))
        complain(words)
    else:
        print_lines([*reading_lines(reading, len(left_out)), *preview_lines(found)])
        say(words)
    if left_out:
        rows = counted(len(left_out), "row that may be here already", "rows that may be here already")
        complain(f"Left out: {rows}. Look at each; --with-possible-duplicates takes them in.")
    return 0


def _read(target: "Target", options: argparse.Namespace, held: "ImportTarget") -> "Reading":
    from exchange.applications.importer import read_applications
    from exchange.applications.mapping_file import read_mapping

    return read_applications(
        options.file,
        fund_code=target.fund.code,
        usual_areas=target.usual_areas,
        mapping=None if options.mapping is None else read_mapping(options.mapping),
        sheet=options.sheet,
        existing=target.existing,
        round_areas=target.areas,
        since=held.since or date.today(),
        sums_total_cost=held.sums_total_cost,
    )


def _preview(held: "ImportTarget", reading: "Reading") -> "Preview":
    from exchange.applications.preview.preview import preview

    return preview(reading, reading.table, held)


def _take_in(record: "Record", target: "Target", reading: "Reading", options: argparse.Namespace) -> str:
    from models.operations.applications.applications import ImportApplications

    if not reading.applications:
        return "Nothing new to import; the record is unchanged."
    key = target.key(reading.applications)
    if options.dry_run:
        words = f"{len(reading.applications)} would be imported to {key.words}."
        return f"{words}{_pots_words(target, reading, 'would be')} A dry run: the record is unchanged."
    operation = ImportApplications(
        round=key,
        rows=reading.applications,
        added_areas=tuple(area for area in reading.areas if area not in target.areas),
        source=os.fsencode(options.file.name).decode(errors="replace"),
        judges_time=True,
        sha256=reading.sha256,
        submitted=reading.submitted,
    )
    words = record.perform(operation, acting(record, operation, options)).words
    return f"{words}{_pots_words(target, reading, 'was')}"


def _pots_words(target: "Target", reading: "Reading", was: str) -> str:
    """Say which areas get a pot that is to be filled."""
    added = [area for area in reading.areas if area not in target.areas]
    if not added:
        return ""
    return f" A £0.00 pot {was} set up for each of: {listed(added)}."
