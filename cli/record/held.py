"""What a record holds on one organisation or person, and what applicants wrote, erased."""

import argparse
from functools import partial
from pathlib import Path

from cli.frame.output import Json, answer, told
from cli.frame.record import acting, changes, open_record, person
from cli.frame.typed import today
from exchange.papers.record_papers import write_held_book
from models.clock import utc_now
from models.journal.erasing import UNTOLD, erase, kept_words, proved_erasure_of, undecided_words
from models.papers.held import HeldOn
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.organisations import organisations, the_organisation
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.retention.held_on_request import held_on, held_on_person
from models.queries.retention.how_used import chosen_applications
from models.queries.retention.people_named import people_named, the_person
from models.queries.set_up.rounds import find_round
from models.record import Record
from models.store.sqlite.backup import Copy
from scoring.refused import Refused

NOTHING_ASKED = "Say where to write it, with --out FILE, or print it with --json."
COPIES_HOLD = "Copies made before hold it still: {}. Delete them, or let newer ones take their place."


def held(options: argparse.Namespace) -> None:
    """Write or print it; refused where it is not said who is meant."""
    if options.out is None and not options.json:
        raise Refused(NOTHING_ASKED)
    with open_record(options.record, options, to_change=False) as record:
        held = (
            _of_person(record, options) if options.person is not None else _of_organisation(record, options)
        )
    if options.out is not None:
        _write(held, options.out)
    answer(
        options,
        lambda: _json(held),
        f"All that is held on {held.name} was written to {options.out}. It is sensitive: keep it safe.",
    )


def _of_organisation(record: Record, options: argparse.Namespace) -> HeldOn:
    lines = record.ask(organisations, today=today(), viewer=OFFICE_VIEWER)
    line = the_organisation(lines, options.organisation)
    return record.ask(held_on, organisation_id=line.number)


def _of_person(record: Record, options: argparse.Namespace) -> HeldOn:
    found = record.ask(people_named, said=options.person)
    one = the_person(found, options.person, email=options.email, organisation=options.of)
    return record.ask(held_on_person, one=one)


def _write(held: HeldOn, path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise Refused(f"{path.name} is not named as a workbook. Give a name that ends in .xlsx.")
    write_held_book(held, utc_now(), path)


def _json(held: HeldOn) -> Json:
    return {
        "held_on": held.name,
        "tables": [
            {
                **told(one, "name columns"),
                "rows": [list(row) for row in one.rows],
            }
            for one in held.tables
        ],
    }


@changes
def erase_applications(record: Record, options: argparse.Namespace) -> None:
    """Erase, and say what is kept and which copies still hold it."""
    record.ask(refuse_in_members_own, action="this")
    within = None
    if options.round is not None:
        named = partial(find_round, name=options.round, fund=options.fund, year=options.year)
        within = record.ask(named)
    chosen = record.ask(chosen_applications, references=options.references, round_id=within)
    by = options.authorised_by or person(options)
    found = record.ask(proved_erasure_of, applications=chosen, ground=options.ground, person=by)
    if not (found.is_whole or options.all_the_same):
        raise Refused(f"{UNTOLD} Give --all-the-same to erase it even so.")
    outcome, copies = erase(record, found.operation, acting(record, found.operation, options))
    answer(
        options,
        lambda: {
            "erased": [reference for _, reference in chosen],
            "whole": found.is_whole,
            "copies": [str(one.path) for one in copies],
        },
        outcome.words,
        undecided_words(found.undecided),
        kept_words(found),
        _of_copies(copies),
    )


def _of_copies(copies: tuple[Copy, ...]) -> tuple[str, ...]:
    named = ", ".join(one.path.name for one in copies)
    return (COPIES_HOLD.format(named),) if copies else ()
