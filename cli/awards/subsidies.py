"""`grant-panel award RECORD subsidies`: the list for the transparency database."""

import argparse
from typing import TYPE_CHECKING

from cli.output import on_one_line, print_json, say

if TYPE_CHECKING:
    from models.record import Record


def subsidies(record: "Record", options: argparse.Namespace) -> int:
    """List the awards that go into the database of subsidies."""
    from models.queries.awards.subsidy.published import published_subsidies
    from models.values.subsidy import KINDS
    from scoring.money import plain_pounds, pounds
    from scoring.written.days import short_day

    found = record.ask(published_subsidies)
    if options.json:
        rows = [
            {
                "award": row.award,
                "organisation": row.organisation,
                "fund": row.fund,
                "project": row.project,
                "kind": row.kind,
                "amount": plain_pounds(row.amount_pence),
                "decided_on": row.decided_on.isoformat(),
                "confirmed_on": None if row.confirmed_on is None else row.confirmed_on.isoformat(),
            }
            for row in found
        ]
        print_json({"subsidies": rows})
        return 0
    for row in found:
        what = f"{KINDS[row.kind]}, {pounds(row.amount_pence)}, decided {short_day(row.decided_on)}"
        say(on_one_line(f"{row.award}: {row.organisation} ({row.fund}). {what}."))
    if not found:
        say("No award is a subsidy above the threshold of the transparency database.")
    return 0
