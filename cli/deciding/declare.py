"""`grant-panel declare`: the list of applicants and projects by name alone, and what is declared on it."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_json, add_record, add_round, is_named, person
from cli.output import print_json, print_lines, say, table
from scoring.refused import Refused
from scoring.round import InterestKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cli.arguments import Commands
    from models.operations.panel.declarations import Declare, DeclareToSign
    from models.permissions.declarations import OwnList
    from models.permissions.viewing import Viewer
    from models.values.rows import InterestRow

KINDS = {kind.value: kind for kind in InterestKind if kind.is_conflict}


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    words = "declare interests on the list of applicants, before a round opens"
    parser = add_command(commands, "declare", run, words)
    add_record(parser)
    add_round(parser, required=True)
    parser.add_argument("--as", dest="person", metavar="NAME", help="who declares")
    parser.add_argument(
        "--interest",
        nargs=3,
        action="append",
        default=[],
        metavar=("REFERENCE", "KIND", "WORDS"),
        help=f"an interest in an application; KIND is {', '.join(KINDS)}",
    )
    parser.add_argument(
        "--none", nargs="+", action="extend", default=[], metavar="REFERENCE", help="no interest in these"
    )
    parser.add_argument(
        "--none-for-all-the-rest", dest="rest", action="store_true", help="no interest in any other"
    )
    words = "no interest in this any more, and why"
    parser.add_argument(
        "--withdraw", nargs=2, action="append", default=[], metavar=("REFERENCE", "WHY"), help=words
    )
    parser.add_argument("--statement", metavar="TEXT", help="a sentence on all of it; a signature repeats it")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Put the declaration down where one is made, and print the list."""
    from cli.record.opening import open_record
    from models.permissions.declarations import own_list
    from models.permissions.reading import only_viewer_of
    from models.queries.set_up.rounds import find_round

    is_change = bool(options.interest or options.none or options.rest or options.withdraw)
    with open_record(options.record, options, to_change=is_change) as record:
        if not is_named(options):
            raise Refused("Say with --as who declares.")
        round_id = record.ask(partial(find_round, name=options.round, fund=options.fund, year=options.year))
        viewer = record.ask(partial(only_viewer_of, name=person(options), round_id=round_id))
        query = partial(own_list, round_id=round_id, name=viewer.name, member=_seat(viewer))
        held = record.ask(query)
        if is_change:
            operation = _declaration(round_id, held, options)
            say(record.perform(operation, acting(record, operation, options)).words)
            held = record.ask(query)
    _print(held, options)
    return 0


def _seat(viewer: "Viewer") -> str | None:
    """Return the code of a member, None of one who signs; refused to others, who declare nothing."""
    from models.permissions.role import PANEL, SIGNING, the_role

    if viewer.role in SIGNING:
        return None
    if viewer.role not in PANEL:
        raise Refused(
            f"{viewer.name} is {the_role(viewer.role)} here. Members of the panel, commanders and those who "
            "decide declare; officers and finance declare nothing."
        )
    return viewer.member


def _declaration(round_id: int, held: "OwnList", options: argparse.Namespace) -> "Declare | DeclareToSign":
    """Return the declaration; refused while an application has no answer."""
    from cli.days import today
    from models.operations.panel.declarations import Declare, DeclareToSign
    from models.operations.panel.withdrawn_interests import dated
    from models.values.rows import InterestRow

    said = {row.application: row for row in _said(held, options)}
    there = {one.reference for one in held.applicants}
    if unknown := [of for of in (*said, *options.none) if of not in there]:
        raise Refused(f"There is no application {unknown[0]} on the list. Correct the reference.")
    _refuse_gaps(held, (*said, *options.none), options)
    kept = [row for row in held.declared if row.application is not None and row.application not in said]
    stood = next((row.detail for row in held.declared if row.application is None), held.statement)
    statement = " ".join((stood if options.statement is None else options.statement).split())
    none = InterestRow(held.key, None, InterestKind.NONE, statement)
    rows = (none, *dated(held.declared, said.values(), today()), *kept)
    if held.member is None:
        return DeclareToSign(round_id, held.key, rows)
    return Declare(round_id, held.key, rows)


def _said(held: "OwnList", options: argparse.Namespace) -> "Iterator[InterestRow]":
    from models.values.rows import InterestRow

    for reference, kind, words in options.interest:
        if kind not in KINDS:
            raise Refused(f"“{kind}” is not one of {', '.join(KINDS)}.")
        if not words.strip():
            raise Refused(f"Say what the interest in {reference} is.")
        yield InterestRow(held.key, reference, KINDS[kind], words.strip())
    for reference, why in options.withdraw:
        yield InterestRow(held.key, reference, InterestKind.NONE, why.strip())


def _refuse_gaps(held: "OwnList", said: "Collection[str | None]", options: argparse.Namespace) -> None:
    """Refuse a first declaration that leaves an application out."""
    gaps = [one.reference for one in held.applicants if one.reference not in said]
    if gaps and not (options.rest or held.declared):
        from scoring.counted import first_of

        raise Refused(
            f"There is no answer on {first_of(gaps)}. Name each with --interest or --none, or give "
            "--none-for-all-the-rest."
        )


def _print(held: "OwnList", options: argparse.Namespace) -> None:
    declared = {row.application: row for row in held.declared}
    otherwise = "none" if held.declared else ""
    rows = [
        (one.reference, one.organisation, one.project, _word(declared.get(one.reference), otherwise))
        for one in held.applicants
    ]
    if options.json:
        keys = ("reference", "applicant", "project", "declared")
        print_json({"applications": [dict(zip(keys, row, strict=True)) for row in rows]})
        return
    print_lines(table(("Reference", "Applicant", "Project", "Declared"), rows))


def _word(row: "InterestRow | None", otherwise: str) -> str:
    return otherwise if row is None else row.kind.value
