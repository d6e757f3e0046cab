"""`grant-panel award RECORD purpose`: what an award is for, as lists for the public say it."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import add_award

if TYPE_CHECKING:
    from models.record import Record


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what is written; without it what stands is printed."""
    add_award(parser)
    words = "what it is for, in a sentence or two; “” for the first sentences of the summary"
    parser.add_argument("--text", metavar="TEXT", type=str.strip, help=words)


def purpose(record: "Record", options: argparse.Namespace) -> int:
    """Record what was written, or print what stands where nothing is."""
    from cli.awards.chosen_award import chosen_award, decided_row, perform, print_award
    from models.operations.papers.paper_texts import SetPaperTexts
    from models.papers.texts import PUBLICATION, PUBLISHED_PURPOSE
    from models.queries.papers.paper_texts import published_purposes
    from models.queries.papers.transparency.public_award import purpose_of

    line = chosen_award(record, options)
    decided_row(line, ". Lists for the public have the awards that are.")
    number, row = line.round.round_id, line.application
    written = record.ask(partial(published_purposes, round_id=number))
    if options.text is None or options.text == written.get(row.reference, ""):
        return print_award(record, f"Purpose of {line.reference}: {purpose_of(row, written)}", options)
    texts = ((PUBLISHED_PURPOSE.code, options.text),)
    operation = SetPaperTexts(number, PUBLICATION, row.reference, texts)
    return print_award(record, perform(record, operation, options), options)
