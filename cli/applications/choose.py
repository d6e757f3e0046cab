"""`grant-panel choose`: what applications are for, shown, and chosen from their fund's lists."""

import argparse
from collections.abc import Mapping

from cli.frame.output import Json, near, on_one_line, print_json, say, told
from cli.frame.record import open_record, perform
from cli.frame.rounds import chosen_round
from models.operations.applications.gates import SetChoices
from models.queries.applications.choices import choices, choices_of
from models.queries.set_up.funds import round_rules
from models.record import Record
from models.reference.defaults import FundDefaults, ListKind
from models.values.applications import Choice, ChoicesOf
from scoring.refused import Refused


def run(options: argparse.Namespace) -> None:
    """Choose what is to be chosen, and show what stands."""
    with open_record(options.record, options, to_change=bool(options.lines)) as record:
        of = chosen_round(record, options)
        known = [row.reference for row in of.rows.applications]
        unknown = [one for one in options.applications if one not in known]
        if unknown:
            meant = near(unknown[0], known) or " Correct the reference."
            raise Refused(f"There is no application {unknown[0]} in the round.{meant}")
        references = tuple(options.applications or known)
        if options.lines:
            _choose(record, of.line.round_id, references, options)
        held = record.ask(choices, round_id=of.line.round_id)
    _show(held, references, as_json=options.json)


def _choose(record: Record, round_id: int, references: tuple[str, ...], options: argparse.Namespace) -> None:
    rules = record.ask(round_rules, round_id=round_id)
    stood = record.ask(choices_of, round_id=round_id, references=references)
    held = {one.application: one.choices for one in stood}
    lines = dict(_line(rules, text) for text in options.lines)
    items = tuple(ChoicesOf(of, _with(held.get(of, ()), lines)) for of in references)
    operation = SetChoices(round_id, items, stood)
    words = perform(record, operation, options)
    if not options.json:
        say(words)


def _line(rules: FundDefaults, text: str) -> tuple[ListKind, Choice | None]:
    """Return a list with the line of it that is named, None for none."""
    name, sign, code = (part.strip() for part in text.partition("="))
    if not sign or name not in list(ListKind):
        raise Refused(f"“{text[:60]}” is not LIST=CODE. The lists: {', '.join(ListKind)}.")
    kind = ListKind(name)
    if not code:
        return kind, None
    item = next((one for one in rules.items(kind) if one.code == code), None)
    return kind, Choice(kind, code, code if item is None else item.words)


def _with(held: tuple[Choice, ...], lines: dict[ListKind, Choice | None]) -> tuple[Choice, ...]:
    found = {one.kind: one for one in held} | lines
    return tuple(one for _, one in sorted(found.items(), key=_place) if one is not None)


def _place(found: tuple[ListKind, Choice | None]) -> int:
    return tuple(ListKind).index(found[0])


def _show(held: Mapping[str, tuple[Choice, ...]], references: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        print_json({"applications": [_json(of, held.get(of, ())) for of in references]})
        return
    for of in references:
        said = "; ".join(f"{one.kind.value} {one.words}" for one in held.get(of, ()))
        say(on_one_line(f"{of}: {said or 'nothing chosen'}"))


def _json(of: str, held: tuple[Choice, ...]) -> Json:
    lines = {one.kind.value: told(one, "code words suggested=is_suggested") for one in held}
    return {"reference": of, "choices": lines}
