"""`grant-panel budget`: a fund's year as allocated, committed, decided, paid and left, and changes to it."""

import argparse
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cli.arguments import (
    acting,
    add_command,
    add_json,
    add_person,
    add_record,
    financial_year,
    person,
)
from cli.awards.amounts import NO_AMOUNT, pence_by_area, pence_of
from cli.awards.budget_text import budget_json, budget_lines
from cli.awards.spending_plan import add_plan, asked_plan, is_of_plan
from cli.days import day, past_day, today
from cli.output import print_json, print_lines, say, warn
from scoring.refused import Refused
from scoring.written.names import is_same_text

if TYPE_CHECKING:
    from datetime import date

    from cli.arguments import Commands
    from models.operations.awards.budget import Part
    from models.operations.awards.budget_rules import Given
    from models.record import Record
    from models.session import Session

Pounds = dict[str, int]
"""Pence by area."""


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "budget", run, "print the money of a fund's year by area, or change it")
    add_record(parser)
    parser.add_argument(
        "--fund", metavar="NAME", help="the fund; without it the only one with money or rounds"
    )
    words = "the financial year; without it the newest with rounds or allocations"
    parser.add_argument("--year", metavar="2026/27", type=financial_year, help=words)
    for option, words in _AMOUNTS.items():
        parser.add_argument(f"--{option}", metavar="AREA=POUNDS", action="append", default=[], help=words)
    moved = "move project money from one area to another, with --reason and --by"
    parser.add_argument(
        "--move", nargs=3, metavar=("FROM", "TO", "POUNDS"), action="append", default=[], help=moved
    )
    add_plan(parser)
    parser.add_argument("--reason", metavar="TEXT", default="", help="why; every paper prints it")
    parser.add_argument("--by", metavar="NAME, POST", default="", help="who decided, allows or moves it")
    on = "the day on which money was allocated, carried or allowed; without it today"
    parser.add_argument("--on", metavar="DAY", type=day, help=on)
    parser.add_argument("--close", metavar="ROUND", help="close a round: the rest of its pots goes back")
    parser.add_argument("--reopen", metavar="ROUND", help="open a closed round again")
    add_person(parser)
    add_json(parser)


_AMOUNTS = {
    "allocate": "allocate money for projects to an area or service line; 0 also counts as an allocation",
    "start-up": "allocate start-up money, which is held apart from project money",
    "carry": "carry money forward into the year, once for each area, with --reason and --by",
    "contribute": "record what the office itself gives to an area, with --reason",
    "allow": "let an area commit this much above its project money, with --reason and --by",
}


def run(options: argparse.Namespace) -> int:
    """Make the changes that are asked for, all or none, and print how the year stands."""
    from cli.record.opening import open_record
    from models.queries.awards.budget import budget_page, chosen_budget
    from models.queries.awards.year_end import fund_number
    from models.queries.set_up.scheme import area_word

    with open_record(options.record, options, to_change=_changes(options)) as record:
        chosen = partial(chosen_budget, fund=options.fund, year=options.year)
        fund, year = record.ask(chosen)
        words = tuple(_change(record, options, fund, year))
        key = record.ask(partial(fund_number, fund=fund)), year
        page = record.ask(partial(budget_page, key=key))
        label = record.ask(partial(area_word, day=today()))
        held = record.ask(partial(_held_words, options=options, fund=fund, year=year))
    warn(held)
    if options.json:
        print_json(budget_json(page))
        return 0
    say(*words)
    print_lines(budget_lines(page, label))
    return 0


def _changes(options: argparse.Namespace) -> bool:
    asked = (*_AMOUNTS, "move", "close", "reopen")
    return is_of_plan(options) or any(getattr(options, option.replace("-", "_")) for option in asked)


def _change(record: "Record", options: argparse.Namespace, fund: str, year: str) -> Iterator[str]:
    from models.operations.awards.budget import ChangeBudget
    from models.operations.set_up.closing import CloseRound, ReopenRound
    from models.queries.set_up.rounds import find_round
    from models.values.as_done import as_done

    parts = record.ask(lambda session: tuple(_parts(session, options, fund, year)))
    rounds = ((CloseRound, options.close), (ReopenRound, options.reopen))
    if sum(map(bool, (parts, options.close, options.reopen, is_of_plan(options)))) > 1:
        raise Refused(
            "Close or reopen a round, or record a spending plan, with a separate command. "
            "Nothing was changed."
        )
    if is_of_plan(options):
        plan = record.ask(partial(asked_plan, options=options, fund=fund, year=year))
        yield record.perform(plan, acting(record, plan, options)).words
    if parts:
        operation = ChangeBudget(f"Change the money of {fund} for {year}", parts)
        told = record.perform(operation, acting(record, operation, options)).words
        yield f"The money of {fund} for {year} was changed."
        if lowered := told.removeprefix(f"{as_done(operation.label)}.").strip():
            yield lowered
    for kind, name in rounds:
        if name:
            number = record.ask(partial(find_round, name=name, fund=fund, year=year))
            change = kind(number)
            yield record.perform(change, acting(record, change, options)).words


def _held_words(session: "Session", options: argparse.Namespace, fund: str, year: str) -> tuple[str, ...]:
    """Return what open rounds of the year before hold of the money that was carried forward from it."""
    if not options.carry:
        return ()
    from models.papers.year.year_facts import year_after
    from models.queries.awards.year_end import year_end

    lines = year_end(session, fund, year_after(year, -1)).lines
    named = [
        line for line in lines if any(is_same_text(line.name, of) for of in pence_by_area(options.carry))
    ]
    return tuple(line.held_words for line in named if line.held_words)


def _parts(session: "Session", options: argparse.Namespace, fund: str, year: str) -> "Iterator[Part]":
    from models.operations.awards.budget import Contribute, MoveMoney
    from models.operations.awards.budget_rules import (
        allocating,
        carry_forward_change,
        over_commitment_change,
    )
    from models.papers.year.year_end import YearDecision

    by = options.by.strip()
    decision = YearDecision(0, 0, options.reason.strip(), by or person(options), _decided_on(options))
    given = _given(pence_by_area(options.allocate), pence_by_area(options.start_up))
    if given:
        yield allocating(session, fund, year, given, decision)
    if options.carry:
        if not by:
            raise Refused("Say who decided the carry forward, with --by NAME, POST.")
        brought = {area: (pence, 0) for area, pence in pence_by_area(options.carry).items()}
        yield carry_forward_change(session, fund, year, brought, decision)
    for area, pence in pence_by_area(options.contribute).items():
        yield Contribute(fund, year, area, pence, options.reason)
    for area, pence in pence_by_area(options.allow).items():
        yield over_commitment_change(session, fund, year, area, replace(decision, pence=pence, decided_by=by))
    for source, target, amount in options.move:
        yield MoveMoney(
            fund, year, source, target, _pence(amount, f"{source} to {target}: "), options.reason, by
        )


def _decided_on(options: argparse.Namespace) -> "date":
    """Return the day that the changes bear; refused where nothing that is changed bears one."""
    if options.on is not None and not any((options.allocate, options.start_up, options.carry, options.allow)):
        raise Refused(
            "--on is the day on which money was allocated, carried or allowed: name which, or leave it out."
        )
    return past_day(options.on, "Money bears the day on which that was decided")


def _given(projects: Pounds, start_up: Pounds) -> "dict[str, Given | None]":
    areas = dict.fromkeys((*projects, *start_up))
    return {area: (projects.get(area), start_up.get(area)) for area in areas}


def _pence(written: str, before: str = "") -> int:
    return pence_of(written, f"{before}{NO_AMOUNT}", before)
