"""`grant-panel fund RECORD template`: the Word template of agreements, written out and taken back."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import acting
from cli.output import say
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.record import Record


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what is done with the template."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--write", metavar="FILE", type=Path, help="write the template in use, to edit in Word"
    )
    which.add_argument("--use", metavar="FILE", type=Path, help="use an edited one for every new agreement")
    which.add_argument("--shipped", action="store_true", help="go back to the template that ships")


def run(record: "Record", options: argparse.Namespace) -> int:
    """Write the template, take another, or go back to the one that ships."""
    from cli.set_up.fund_changes import the_fund
    from exchange.papers.agreements.template import read_template, write_template
    from models.operations.awards.agreements import SetAgreementTemplate
    from models.queries.awards.agreements.issued import agreement_template

    fund = the_fund(record, options.fund)
    stands = record.ask(partial(agreement_template, fund_id=fund.fund_id))
    if options.write is not None:
        if options.write.suffix.casefold() != ".docx":
            raise Refused(
                f"A template is a Word file; {options.write.name} does not end in .docx. Rename it."
            )
        say(f"Wrote the template of {fund.name} to {write_template(stands, options.write)}.")
        return 0
    content = "" if options.shipped else read_template(options.use)
    if content == stands:
        say(f"{fund.name} has that template already. The record is unchanged.")
        return 0
    operation = SetAgreementTemplate(fund.code, content, stands)
    say(record.perform(operation, acting(record, operation, options)).words)
    return 0
