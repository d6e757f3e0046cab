"""Commands that have actions on a record of their own: how each action is added, and carried out."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_json, add_person, add_record

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.record import Record

Act = Callable[["Record", argparse.Namespace], int]
"""Carries an action out on an open record and returns the status."""


def add_acting(commands: "Commands", name: str, words: str) -> "Commands":
    """Add a subcommand on a record and return where its actions are added."""
    parser = add_command(commands, name, carry_out, words)
    add_record(parser)
    return parser.add_subparsers(metavar="ACTION", required=True, dest="action", title="actions")


def add_action(
    actions: "Commands", name: str, words: str, act: Act, *, changes: bool = False
) -> argparse.ArgumentParser:
    """Add an action that `act` carries out; `words` say what it does."""
    parser = actions.add_parser(
        name, help=words, description=f"{words[0].upper()}{words[1:]}.", allow_abbrev=False
    )
    parser.set_defaults(act=act, changes=changes)
    add_json(parser)
    return parser


def add_personal(actions: "Commands", name: str, words: str, act: Act) -> argparse.ArgumentParser:
    """Add an action that reads what one person may read."""
    parser = add_action(actions, name, words, act)
    add_person(parser)
    return parser


def add_changing(actions: "Commands", name: str, words: str, act: Act) -> argparse.ArgumentParser:
    """Add an action that changes the record, by a person."""
    parser = add_action(actions, name, words, act, changes=True)
    add_person(parser)
    return parser


def carry_out(options: argparse.Namespace) -> int:
    """Carry one action out on the record that is named."""
    from cli.record.opening import open_record

    with open_record(options.record, options, to_change=options.changes) as record:
        return int(options.act(record, options))
