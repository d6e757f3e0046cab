"""`grant-panel organisations`: who applied, under which names, what each was given; and which are one."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.actions import add_acting, add_changing, add_personal
from cli.arguments import acting, is_named, person
from cli.days import today
from cli.output import print_json, print_lines, say

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.operation import Operation
    from models.permissions.viewing import Viewer
    from models.queries.applications.organisations.detail import Organisation
    from models.queries.applications.organisations.lines import OrganisationLine
    from models.record import Record

NAMED = "any name that it had, or its charity or company number"


def add(commands: "Commands") -> None:
    """Add the subcommand with its actions."""
    words = "list, show, merge and separate organisations, and keep branches apart"
    actions = add_acting(commands, "organisations", words)
    add_personal(actions, "list", "list the organisations that applied", _list)
    add_personal(actions, "show", "show all that is known of one organisation", _show).add_argument(
        "name", metavar="NAME", help=NAMED
    )
    merging = add_changing(actions, "merge", "merge an organisation into another one", _merge)
    merging.add_argument("name", metavar="NAME", help=f"the one that is merged: {NAMED}")
    merging.add_argument("into", metavar="INTO", help="the one that is kept, likewise")
    merging.add_argument("--reason", metavar="TEXT", default="", help="why the two are one")
    parting = add_changing(actions, "separate", "make a merged one a separate organisation again", _separate)
    parting.add_argument("name", metavar="NAME", help="the name of the one that was merged")
    words = "keep a branch apart that is one with an organisation by its number or name"
    branching = add_changing(actions, "apart", words, _apart)
    branching.add_argument("names", metavar="NAME", nargs="+", help="a name that the branch goes by")
    branching.add_argument("--reason", metavar="TEXT", default="", help="why the two are not one")
    words = "let a branch that is kept apart count with the organisation again"
    joining = add_changing(actions, "together", words, _separate)
    joining.add_argument("name", metavar="NAME", help="a name of the branch")


def _list(record: "Record", options: argparse.Namespace) -> int:
    from cli.applications.organisations_text import line_json, lines_table

    found = _lines(record, _viewer(record, options))
    if options.json:
        print_json({"organisations": [line_json(line) for line in found]})
        return 0
    if not found:
        say("No organisation has applied yet.")
    print_lines(lines_table(found))
    return 0


def _show(record: "Record", options: argparse.Namespace) -> int:
    from models.queries.applications.organisations.lines import the_organisation

    viewer = _viewer(record, options)
    found = the_organisation(_lines(record, viewer), options.name)
    return _print(_whole(record, found, viewer), options)


def _merge(record: "Record", options: argparse.Namespace) -> int:
    from models.operations.applications.organisations import MergeOrganisations
    from models.queries.applications.organisations.lines import the_organisation

    lines = _lines(record, _viewer(record, options))
    merged, kept = the_organisation(lines, options.name), the_organisation(lines, options.into)
    operation = MergeOrganisations(kept.uid, merged.uid, kept.name, merged.name, options.reason)
    return _perform(record, operation, kept.uid, options)


def _apart(record: "Record", options: argparse.Namespace) -> int:
    from models.operations.applications.organisations import PartOrganisations
    from models.queries.applications.organisations.lines import the_organisation

    whole = the_organisation(_lines(record, _viewer(record, options)), options.names[0])
    operation = PartOrganisations(whole.uid, whole.name, tuple(options.names), options.reason)
    return _perform(record, operation, whole.uid, options)


def _separate(record: "Record", options: argparse.Namespace) -> int:
    from models.operations.applications.organisations import SeparateOrganisations
    from models.queries.applications.organisations.lines import the_merge
    from models.queries.applications.organisations.merges import all_merges

    found = the_merge(record.ask(all_merges), options.name, apart=options.action == "together")
    pair = (found.into_uid, found.uid, found.into_name, found.name)
    operation = SeparateOrganisations(*pair, was_apart=found.is_apart)
    return _perform(record, operation, found.uid, options)


def _perform(record: "Record", operation: "Operation", uid: str, options: argparse.Namespace) -> int:
    """Make the change and print what it says, or with --json one of the two as it stands now."""
    words = record.perform(operation, acting(record, operation, options)).words
    if not options.json:
        say(words)
        return 0
    viewer = _viewer(record, options)
    line = next((one for one in _lines(record, viewer) if one.uid == uid), None)
    return 0 if line is None else _print(_whole(record, line, viewer), options)


def _print(found: "Organisation", options: argparse.Namespace) -> int:
    from cli.applications.organisations_text import organisation_json, organisation_words

    if options.json:
        print_json(organisation_json(found))
    else:
        say(*organisation_words(found))
    return 0


def _viewer(record: "Record", options: argparse.Namespace) -> "Viewer":
    """Return who reads: the office, or the person named."""
    from models.permissions.viewing import OFFICE_VIEWER
    from models.queries.applications.organisations.lines import register_viewer

    if not is_named(options):
        return OFFICE_VIEWER
    return record.ask(partial(register_viewer, name=person(options)))


def _lines(record: "Record", viewer: "Viewer") -> "tuple[OrganisationLine, ...]":
    from models.queries.applications.organisations.lines import organisations

    return record.ask(partial(organisations, today=today(), viewer=viewer))


def _whole(record: "Record", line: "OrganisationLine", viewer: "Viewer") -> "Organisation":
    from models.queries.applications.organisations.detail import organisation

    found = record.ask(partial(organisation, number=line.number, today=today(), viewer=viewer))
    assert found is not None, "the line was of this person's list"
    return found
