"""`grant-panel choose`: what applications are for, shown, and chosen from their fund's lists."""

import argparse
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_json, add_person, add_record, add_round
from cli.output import on_one_line, print_json, say
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.record import Record
    from models.reference.fund_defaults import FundDefaults, ListKind
    from models.values.choices import Choice


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "choose", run, "show or choose what applications are for")
    add_record(parser)
    add_round(parser, required=True)
    parser.add_argument(
        "--application",
        dest="applications",
        metavar="REF",
        action="append",
        default=[],
        help="an application, once for each; without any, all",
    )
    words = 'a line of the fund\'s lists, such as "crime_type=asb"; nothing after = removes it'
    parser.add_argument("--set", dest="lines", metavar="LIST=CODE", action="append", default=[], help=words)
    add_json(parser)
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Choose what is to be chosen, and show what stands."""
    from cli.record.opening import open_record
    from cli.set_up.rounds import chosen_round
    from models.queries.applications.choices import choices

    with open_record(options.record, options, to_change=bool(options.lines)) as record:
        of = chosen_round(record, options)
        known = [row.reference for row in of.rows.applications]
        unknown = [one for one in options.applications if one not in known]
        if unknown:
            raise Refused(f"There is no application {unknown[0]} in the round. Correct the reference.")
        references = tuple(options.applications or known)
        if options.lines:
            _choose(record, of.line.round_id, references, options)
        held = record.ask(partial(choices, round_id=of.line.round_id))
    _show(held, references, as_json=options.json)
    return 0


def _choose(
    record: "Record", round_id: int, references: tuple[str, ...], options: argparse.Namespace
) -> None:
    from models.operations.applications.choosing import SetChoices
    from models.queries.applications.choices import choices_of
    from models.queries.set_up.funds import round_rules
    from models.values.choices import ChoicesOf

    rules = record.ask(partial(round_rules, round_id=round_id))
    stood = record.ask(partial(choices_of, round_id=round_id, references=references))
    held = {one.application: one.choices for one in stood}
    lines = dict(_line(rules, text) for text in options.lines)
    items = tuple(ChoicesOf(of, _with(held.get(of, ()), lines)) for of in references)
    operation = SetChoices(round_id, items, stood)
    words = record.perform(operation, acting(record, operation, options)).words
    if not options.json:
        say(words)


def _line(rules: "FundDefaults", text: str) -> "tuple[ListKind, Choice | None]":
    """Return a list with the line of it that is named, None for none."""
    from models.reference.fund_defaults import ListKind
    from models.values.choices import Choice

    name, sign, code = (part.strip() for part in text.partition("="))
    if not sign or name not in list(ListKind):
        raise Refused(f"“{text[:60]}” is not LIST=CODE. The lists: {', '.join(ListKind)}.")
    kind = ListKind(name)
    if not code:
        return kind, None
    item = next((one for one in rules.items(kind) if one.code == code), None)
    return kind, Choice(kind, code, code if item is None else item.words)


def _with(held: "tuple[Choice, ...]", lines: "dict[ListKind, Choice | None]") -> "tuple[Choice, ...]":
    found = {one.kind: one for one in held} | lines
    return tuple(one for _, one in sorted(found.items(), key=_place) if one is not None)


def _place(found: "tuple[ListKind, Choice | None]") -> int:
    from models.reference.fund_defaults import ListKind

    return tuple(ListKind).index(found[0])


def _show(held: "Mapping[str, tuple[Choice, ...]]", references: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        print_json({"applications": [_json(of, held.get(of, ())) for of in references]})
        return
    for of in references:
        said = "; ".join(f"{one.kind.value} {one.words}" for one in held.get(of, ()))
        say(on_one_line(f"{of}: {said or 'nothing chosen'}"))


def _json(of: str, held: "tuple[Choice, ...]") -> dict[str, object]:
    lines = {
        one.kind.value: {"code": one.code, "words": one.words, "suggested": one.is_suggested} for one in held
    }
    return {"reference": of, "choices": lines}
