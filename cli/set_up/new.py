"""`grant-panel new`: an empty record with the funds that ship and their default schemes, or with none."""

import argparse
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_person, add_record, for_the_office, opener
from cli.output import say, warn
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands

ENCRYPTED = "It is encrypted: without its passphrase nobody can read it, and nobody can recover it."
ENCRYPTED_HERE = (
    "Your organisation has every record encrypted on this computer, so none was made. Give it a passphrase, "
    "with --encrypt or --passphrase-file."
)
NAMELESS = "The office has no name yet: give it one with the command office before a paper is issued."


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "new", run, "make an empty record with the shipped funds' default schemes")
    add_record(parser)
    parser.add_argument(
        "--encrypt",
        action="store_true",
        help="with a passphrase, asked for twice; --passphrase-file does it too",
    )
    parser.add_argument("--office", metavar="NAME", default="", help="the office's legal name")
    funds = parser.add_mutually_exclusive_group()
    words = "which of the funds that ship, by code; without it all: ACF,VF,CSF,EXC,EYI,VRU"
    funds.add_argument("--funds", metavar="CODE,CODE", help=words)
    funds.add_argument(
        "--no-funds", action="store_true", help="without the funds that ship: add your own with fund add"
    )
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Make the record."""
    from cli.record.passphrase import new_passphrase
    from models.operations.set_up.office import SetUpOffice
    from models.record import Record
    from models.reference.organisation_defaults import organisation_defaults
    from models.reference.schemes import shipped_funds
    from models.store.address import ServerAddress
    from models.store.places import warnings_about
    from models.values.office_keys import read_fact

    organisation = organisation_defaults()
    codes = None if options.funds is None else options.funds.split(",")
    is_sealed = options.encrypt or options.passphrase_file is not None
    is_on_server = isinstance(options.record, ServerAddress)
    if is_sealed and is_on_server:
        raise Refused("A record on an office server has no passphrase: leave it out.")
    funds = () if options.no_funds else organisation.marked(shipped_funds(codes))
    name = read_fact("name", options.office)
    if not (is_sealed or is_on_server or organisation.lets_me_leave_plain()):
        raise Refused(" ".join((*organisation.to_correct, ENCRYPTED_HERE)))
    key = new_passphrase(options) if is_sealed else None
    with Record.create(options.record, opener(options), key=key) as record:
        outcome = record.perform(SetUpOffice(name, funds), for_the_office(options))
    say(f"Made {options.record}. {outcome.words}{'' if key is None else f' {ENCRYPTED}'}")
    if not name:
        say(NAMELESS)
    if not isinstance(options.record, ServerAddress):
        warn(warnings_about(options.record))
    return 0
