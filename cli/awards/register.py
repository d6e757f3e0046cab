"""`grant-panel register`: public registers loaded, what they say of recipients, and checks recorded."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cli.actions import add_acting, add_action, add_changing
from cli.arguments import acting, add_award
from cli.days import day, past_day, today
from cli.output import command_name, print_json, print_lines, progress, say, without_controls
from models.values.diligence.checks import CHECKS, PASSED, RESULTS
from scoring.counted import counted
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.queries.awards.checks.due_diligence import DueDiligence
    from models.record import Record

CHECKED = "A check is dated the day it was done"


def add(commands: "Commands") -> None:
    """Add the subcommand with its actions."""
    words = "load public registers, show what they say about recipients, and record checks"
    actions = add_acting(commands, "register", words)
    words = "load a register's extract, for what it says about organisations in the record"
    loading = add_changing(actions, "load", words, _load)
    loading.add_argument("file", metavar="FILE", type=Path, help="the register's file, as downloaded")
    words = "the day on which the register made it, where the file does not say"
    loading.add_argument("--on", metavar="DATE", type=day, help=words)
    showing = add_action(actions, "show", "show the registers that are loaded, and due diligence", _show)
    words = "only of this award, with what each check found; its reference, or its application's"
    showing.add_argument("award", metavar="AWARD", nargs="?", help=words)
    checking = add_changing(actions, "check", "record the result of a check of an award", _check)
    add_award(checking)
    checking.add_argument("code", metavar="CHECK", choices=tuple(CHECKS), help=", ".join(CHECKS))
    checking.add_argument("--result", metavar="WORD", choices=tuple(RESULTS), help=", ".join(RESULTS))
    checking.add_argument("--note", metavar="TEXT", default="", help="why; due unless it is passed")
    checking.add_argument("--on", metavar="DATE", type=day, help="when it was done; without it today")
    checking.add_argument("--take-back", action="store_true", help="remove what is recorded of it")


def _load(record: "Record", options: argparse.Namespace) -> int:
    from cli.awards.register_text import registers_json
    from exchange.registers.reading import read_register
    from models.operations.awards.checks import LoadRegister
    from models.queries.awards.checks.registers import loaded_registers, wanted

    held = record.ask(loaded_registers)
    empty = LoadRegister("charity", None, None)
    actor = acting(record, empty, options)  # before a reading that may take a minute
    found = read_register(options.file, record.ask(wanted), on=options.on, tick=progress())
    before = held.get(found.register)
    operation = LoadRegister(found.register, found.extract, None if before is None else before.extract)
    words = record.perform(operation, actor).words
    if options.json:
        print_json(registers_json(record.ask(loaded_registers)))
        return 0
    say(words)
    if found.extract.odd_rows:
        odd = counted(found.extract.odd_rows, "row is", "rows are")
        say(f"{odd} not of the register's layout and passed over.")
    return 0


def _show(record: "Record", options: argparse.Namespace) -> int:
    from cli.awards.register_text import check_lines, diligence_json, registers_json, registers_lines
    from models.queries.awards.checks.due_diligence import every_due_diligence
    from models.queries.awards.checks.registers import loaded_registers

    if options.award is not None:
        one = _diligence_of(record, options.award)[1]
        if options.json:
            print_json(diligence_json(one))
        else:
            print_lines(check_lines(one))
        return 0
    loaded, every = record.ask(loaded_registers), record.ask(partial(every_due_diligence, today=today()))
    if options.json:
        print_json({**registers_json(loaded), "awards": [diligence_json(one) for one in every]})
        return 0
    print_lines(registers_lines(loaded))
    for one in every:
        state = f"{one.settled} of {len(one.lines)} checks settled"
        barring = f"; the agreement waits: {one.barring}" if one.barring else ""
        say(f"{one.award}: {' '.join(one.organisation.split())}. {state}{barring}.")
    return 0


def _check(record: "Record", options: argparse.Namespace) -> int:
    from cli.awards.register_text import diligence_json
    from models.operations.awards.checks import SetCheck
    from models.values.diligence.checks import CheckResult

    round_id, one = _diligence_of(record, options.award)
    if options.take_back and (options.result or options.note or options.on):
        raise Refused("Remove a check, or record it, but not both in one command.")
    line = next((line for line in one.lines if line.code == options.code), None)
    if line is None:
        asked = ", ".join(line.code for line in one.lines)
        raise Refused(f"The fund of {one.award} does not ask for this check. It asks for: {asked}.")
    result = CheckResult(options.result or PASSED, past_day(options.on, CHECKED), options.note)
    before = None if line.done is None else line.done.result
    operation = SetCheck(
        round_id, one.application, options.code, None if options.take_back else result, before
    )
    words = record.perform(operation, acting(record, operation, options)).words
    now = _diligence_of(record, options.award)[1]
    if options.json:
        print_json(diligence_json(now))
    else:
        say(words)
    return 0


def _diligence_of(record: "Record", reference: str) -> "tuple[int, DueDiligence]":
    """Return the round and the checks of the award of a reference."""
    from models.queries.awards.checks.due_diligence import due_diligence
    from models.queries.awards.direct.direct_awards import find_award

    found = record.ask(partial(find_award, reference=reference.strip()))
    if found is not None:
        ask = partial(due_diligence, round_id=found[0], application=found[1], today=today())
        checked = record.ask(ask)
        if checked is not None:
            return found[0], checked
    raise Refused(
        f"There is no award {without_controls(reference)} in this record. "
        f"{command_name()} award RECORD list names them."
    )
