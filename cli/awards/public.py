"""What the public is told of an award: its purpose, its recipient, and what it is under subsidy control."""

import argparse

from msgspec.structs import replace

from cli.awards.award import (
    decided_row,
    of_award,
    print_award,
    subsidy_words,
    withheld_json,
    withheld_words,
)
from cli.frame.output import answer, on_one_line, print_json, say, told
from cli.frame.record import changes, perform, reads
from cli.frame.typed import MISSING, past_day, pence_of
from models.operation import Operation
from models.operations.awards.checks import SetSubsidy, SetWithheldName
from models.operations.set_up.office import SetPaperTexts
from models.papers.texts import PUBLICATION, PUBLISHED_PURPOSE
from models.queries.awards.awards import awards
from models.queries.awards.awards_page import AwardLine
from models.queries.awards.direct_awards import find_award
from models.queries.awards.withheld import withheld_in
from models.queries.papers.paper_texts import published_purposes
from models.queries.papers.transparency.lists import published_subsidies
from models.queries.papers.transparency.public_award import purpose_of
from models.record import Record
from models.values.awards import KINDS, Subsidy, WithheldName
from scoring.money import pounds
from scoring.refused import Refused
from scoring.written.days import short_day

DONE = "A step of subsidy control is dated the day it happened"
_NEEDED = ("ground", "reason", "by", "post")


@reads
def subsidies(record: Record, options: argparse.Namespace) -> None:
    """List the awards that go into the database of subsidies."""
    found = record.ask(published_subsidies)
    if options.json:
        rows = [
            told(row, "award organisation fund project kind amount_pence decided_on confirmed_on")
            for row in found
        ]
        print_json({"subsidies": rows})
        return
    for row in found:
        what = f"{KINDS[row.kind]}, {pounds(row.amount_pence)}, decided {short_day(row.decided_on)}"
        say(on_one_line(f"{row.award}: {row.organisation} ({row.fund}). {what}."))
    if not found:
        say("No award is a subsidy above the threshold of the transparency database.")


@of_award
def record_subsidy(record: Record, line: AwardLine, options: argparse.Namespace) -> Operation | str:
    """Record what was said of the award, or print what stands where nothing is said."""
    stands = decided_row(line, ". Subsidy control is of awards that are.").subsidy
    now = None if options.remove else _subsidy(stands, options)
    if now == stands:
        return f"Subsidy control of {line.reference}: {subsidy_words(stands)}."
    return SetSubsidy(line.round.round_id, line.application.reference, now, stands)


def _subsidy(stands: Subsidy | None, options: argparse.Namespace) -> Subsidy | None:
    """Return what is recorded with what was said; without a kind there is nothing to say it of."""
    said = {name: getattr(options, name) for name in ("kind", "reason", "confirmed_by")}
    for name in ("declared_on", "notified_on", "confirmed_on"):
        on = getattr(options, name)
        said[name] = None if on is None else past_day(on, DONE)
    if options.declared is not None:
        said["declared_pence"] = pence_of(options.declared, MISSING, "--declared: ")
        said["declared_on"] = past_day(options.declared_on, DONE)
    given = {name: value for name, value in said.items() if value is not None}
    if not given:
        return stands
    if stands is None and options.kind is None:
        raise Refused("First say what the award is: --kind none, minimal or subsidy.")
    return replace(stands or Subsidy(options.kind), **given)


@changes
def withhold(record: Record, options: argparse.Namespace) -> None:
    """Record what was said, or print what stands where nothing is said; also before the decision."""
    round_id, of, name = _whose(record, options)
    stands = record.ask(withheld_in, round_id=round_id).get(of)
    now = None if options.remove else _withheld(stands, options)
    words = f"Recipient of {name}: {withheld_words(stands)}."
    if now != stands:
        words = perform(record, SetWithheldName(round_id, of, now, stands), options)
    if options.json and name != of:
        print_award(record, words, options)
        return
    answer(options, lambda: {"award": name, "application": of, "withheld": withheld_json(now)}, words)


def _whose(record: Record, options: argparse.Namespace) -> tuple[int, str, str]:
    """Return round, application, and the award's reference, the application's while none is decided."""
    reference = str(options.award).strip()
    found = record.ask(find_award, reference=reference)
    if found is None:
        raise Refused(f"There is no award and no application {reference} in this record.")
    round_id, of = found
    held = {row.application: row.reference for row in record.ask(awards, round_id=round_id)}
    return round_id, of, held.get(of, of)


def _withheld(stands: WithheldName | None, options: argparse.Namespace) -> WithheldName | None:
    given = [getattr(options, name) for name in _NEEDED]
    if not any(given) and not options.word:
        return stands
    if not all(given):
        raise Refused("A name is withheld with all of --ground, --reason, --by and --post.")
    ground, reason, by, post = given
    return WithheldName(ground, reason, by, post, "\n".join(options.word))


@of_award
def purpose(record: Record, line: AwardLine, options: argparse.Namespace) -> Operation | str:
    """Record what was written, or print what stands where nothing is."""
    decided_row(line, ". Lists for the public have the awards that are.")
    number, row = line.round.round_id, line.application
    written = record.ask(published_purposes, round_id=number)
    if options.text is None or options.text == written.get(row.reference, ""):
        return f"Purpose of {line.reference}: {purpose_of(row, written)}"
    texts = ((PUBLISHED_PURPOSE.code, options.text),)
    return SetPaperTexts(number, PUBLICATION, row.reference, texts)
