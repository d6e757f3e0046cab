"""`grant-panel region`, `load-history` and `guide`: books of several offices, and what ships."""

from cli.frame.output import Json, Options, answer, say, told
from cli.frame.record import acting, open_record
from exchange.guide import write_guide
from exchange.papers.region import add_files, read_book, write_region_report
from models.clock import utc_now
from models.operations.papers import AddPrintedTables
from models.papers.region import IssuedFigures, Region
from models.queries.papers.year_tables import missing_history
from models.reference.shipped_history import OFFICES, office_of
from scoring.money import pounds
from scoring.written.text import counted


def add_to_book(options: Options) -> None:
    """Add issued open data and year tables to a book, each verified against its seal."""
    added = add_files(options.book, options.files)
    answer(
        options,
        lambda: {"added": [_file_json(one) for one in added.new], "known": added.known},
        map(_added, added.new),
        (f"{name} is in the book already." for name in added.known),
    )


def _added(one: IssuedFigures) -> str:
    held = counted(len(one.awards), "award") if one.awards else counted(len(one.tables), "table")
    held = held if one.has_figures else "kept as it was printed, so nothing of it is compared"
    whose = "" if one.paper.startswith(one.office) else f" of {one.office}"
    return f"Added {one.paper}{whose}, version {one.version}: {held}. The seal holds."


def report(options: Options) -> None:
    """Write awards, rates and sums across the offices into one workbook."""
    region = read_book(options.book)
    written = write_region_report(region, utc_now(), options.out)
    awards = region.awards
    total = pounds(sum(one.award.awarded_pence for one in awards))
    offices = counted(len({paper.office for paper in region.current}), "office")
    said = f"Wrote {written}: {offices}, {counted(len(awards), 'award')}, {total}."
    answer(options, lambda: _as_json(region), said)


def _as_json(region: Region) -> Json:
    return {
        "offices": [
            {
                "office": line.names[0],
                **told(line, "awards asked_pence awarded_pence"),
            }
            for line in region.awarded("office")
        ],
        "rates": [
            told(line, "office fund year rate.applied rate.eligible rate.awarded") for line in region.rates
        ],
        "money": [
            told(line, "office fund year budget_pence committed_pence spent_pence") for line in region.money
        ],
        "files": [_file_json(one) for one in region.current],
    }


def _file_json(one: IssuedFigures) -> Json:
    return told(one, "office paper version sha256")


NOTHING_NEW = "The record has every shipped table of earlier years already. Nothing was added."


def guide(options: Options) -> None:
    say(f"Written: {write_guide(options.card, options.out, utc_now())}")


def load_history(options: Options) -> None:
    """Import the tables that the record does not have, as one change; say so where it has them all."""
    with open_record(options.record, options, to_change=True) as record:
        every = record.ask(missing_history)
        missing = tuple(table for table in every if options.of in (None, office_of(table)))
        if not missing:
            say(NOTHING_NEW)
            return
        operation = AddPrintedTables(missing)
        outcome = record.perform(operation, acting(record, operation, options))
    say(outcome.words)
    say("Write them with: grant-panel export RECORD tables --out tables.xlsx")


TYPES = {"--of": OFFICES}
