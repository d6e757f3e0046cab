"""`grant-panel award`: awards listed, shown, proposed without a competition, signed and paid."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.actions import add_acting, add_action, add_changing
from cli.arguments import add_award, financial_year
from cli.awards import (
    agree,
    award_add,
    award_change,
    award_sign,
    award_terms,
    ledger,
    purpose,
    recover,
    subsidies,
    subsidy,
    withhold,
)
from cli.days import today
from cli.output import print_json, print_lines, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.arguments import Commands
    from models.queries.awards.direct.award_lines import AwardLine
    from models.queries.papers.to_check.otherwise import Otherwise
    from models.record import Record


def add(commands: "Commands") -> None:
    """Add the subcommand with its actions."""
    actions = add_acting(commands, "award", "list, show, propose, sign and pay awards")
    listing = add_action(actions, "list", "list the awards, and those proposed without a competition", _list)
    listing.add_argument("--fund", metavar="NAME", help="only of this fund")
    listing.add_argument("--year", metavar="2026/27", type=financial_year, help="only of this year")
    listing.add_argument("--direct", action="store_true", help="only those without a competition")
    listing.add_argument("--late", action="store_true", help="only those with a late payment")
    add_award(add_action(actions, "show", "show all that is known of an award", _show))
    add_action(actions, "subsidies", "list what goes into the subsidy database", subsidies.subsidies)
    words = "record what an award is under subsidy control"
    subsidy.add_to(add_changing(actions, "subsidy", words, subsidy.record_subsidy))
    words = "keep a recipient's name off lists for the public"
    withhold.add_to(add_changing(actions, "withhold", words, withhold.withhold))
    words = "write what an award is for on lists for the public"
    purpose.add_to(add_changing(actions, "purpose", words, purpose.purpose))
    award_add.add_to(add_changing(actions, "add", "propose an award without a competition", award_add.act))
    award_change.add_to(add_changing(actions, "set", "change a proposed award", award_change.change))
    words = "record what is agreed with its recipient, or print it"
    agree.add_to(add_changing(actions, "agree", words, agree.agree))
    words = "withdraw an award that is not taken up"
    award_change.add_withdraw_to(add_changing(actions, "withdraw", words, award_change.withdraw))
    award_sign.add_to(
        add_changing(actions, "sign", "sign a proposed award, or its agreement", award_sign.sign)
    )
    award_sign.add_pay_to(add_changing(actions, "pay", "authorise a payment of an award", award_sign.pay))
    words = "pay an award in the parts of another payment profile, until its agreement is signed"
    award_terms.add_profile_to(add_changing(actions, "profile", words, award_terms.pay_in_parts))
    words = "set when an instalment is due"
    award_terms.add_due_to(add_changing(actions, "due", words, award_terms.due))
    words = "record that what an instalment waits for came in"
    award_terms.add_proof_to(add_changing(actions, "proof", words, award_terms.proof))
    words = "hold the payments of an award, or lift the hold"
    award_terms.add_hold_to(add_changing(actions, "hold", words, award_terms.hold))
    recover.add_to(add_changing(actions, "recover", "ask for money from an award back", recover.recover))
    words = "record the days on which finance paid, from its ledger"
    ledger.add_to(add_changing(actions, "ledger", words, ledger.read_back))


def _list(record: "Record", options: argparse.Namespace) -> int:
    from cli.awards.award_text import award_json, award_table
    from models.queries.awards.direct.award_lines import award_lines
    from models.queries.papers.to_check.otherwise import otherwise_words

    found = [line for line in record.ask(award_lines) if _is_meant(line, options)]
    found.sort(key=lambda line: line.reference)  # to tick off beside a paper
    told = _otherwise(record, found)
    if options.json:
        papers = [{"award": one.award, "paper": one.paper, "version": one.version} for one in told]
        print_json({"awards": [award_json(line) for line in found], "issued_otherwise": papers})
        return 0
    if not found:
        say("No payment is late." if options.late else "There is no such award.")
    print_lines(award_table(found))
    print_lines(filter(None, [otherwise_words(told)]))
    return 0


def _otherwise(record: "Record", lines: "Sequence[AwardLine]") -> "list[Otherwise]":
    """Return which issued papers say otherwise of some awards."""
    from models.queries.papers.to_check.otherwise import says_otherwise

    rounds = sorted({line.round.round_id for line in lines})
    every = (one for of in rounds for one in record.ask(partial(says_otherwise, round_id=of)))
    return [one for one in every if one.award in {line.reference for line in lines}]


def _is_meant(line: "AwardLine", options: argparse.Namespace) -> bool:
    from scoring.written.names import text_key

    fund = {text_key(line.round.fund), text_key(line.round.fund_code)}
    return (
        (options.fund is None or text_key(options.fund) in fund)
        and options.year in (None, line.round.year)
        and (line.direct is not None or not options.direct)
        and (not options.late or (line.row is not None and bool(line.row.late(today()))))
    )


def _show(record: "Record", options: argparse.Namespace) -> int:
    from cli.awards.award_text import award_json, award_words
    from cli.awards.chosen_award import chosen_award
    from models.queries.papers.to_check.otherwise import otherwise_words

    line = chosen_award(record, options)
    if options.json:
        print_json(award_json(line))
    else:
        say(*award_words(line), *filter(None, [otherwise_words(_otherwise(record, [line]))]))
    return 0
