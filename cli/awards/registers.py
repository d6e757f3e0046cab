"""`grant-panel register`: public registers loaded, what they say of recipients, and checks recorded."""

from collections.abc import Iterator, Mapping
from functools import partial

from cli.awards.award import no_award
from cli.frame.output import Json, Options, answer, on_one_line, progress, told
from cli.frame.record import acting, changes, perform, reads
from cli.frame.typed import past_day, today
from exchange.reading.registers import read_register
from models.operations.awards.checks import LoadRegister, SetCheck
from models.queries.awards.award_checks import CheckLine, DueDiligence, due_diligence, every_due_diligence
from models.queries.awards.direct_awards import find_award
from models.queries.awards.registers import LoadedRegister, loaded_registers, wanted
from models.record import Record
from models.reference.defaults import CHECKS
from models.values.diligence import PASSED, REGISTERS, RESULTS, CheckResult
from scoring.written.days import short_day
from scoring.written.text import Refused, counted

CHECKED = "A check is dated the day it was done"
TYPES = {"code": tuple(CHECKS), "--result": tuple(RESULTS)}


@changes
def load_register(record: Record, options: Options) -> None:
    """Load a register's extract, for what it says about organisations in the record."""
    held = record.ask(loaded_registers)
    empty = LoadRegister("charity", None, None)
    actor = acting(record, empty, options)  # before a reading that may take a minute
    found = read_register(options.file, record.ask(wanted), on=options.on, tick=progress())
    before = held.get(found.register)
    operation = LoadRegister(found.register, found.extract, None if before is None else before.extract)
    words = record.perform(operation, actor).words
    odd = counted(found.extract.odd_rows, "row is", "rows are")
    said = f"{odd} not of the register's layout and passed over." if found.extract.odd_rows else ()
    answer(options, lambda: registers_json(record.ask(loaded_registers)), words, said)


@reads
def show_registers(record: Record, options: Options) -> None:
    """Show the registers that are loaded, and due diligence."""
    if options.award is not None:
        one = _diligence_of(record, options.award)[1]
        answer(options, lambda: diligence_json(one), check_lines(one))
        return
    loaded, every = record.ask(loaded_registers), record.ask(every_due_diligence, today=today())
    answer(
        options,
        lambda: {**registers_json(loaded), "awards": [diligence_json(one) for one in every]},
        registers_lines(loaded),
        (
            f"{one.award}: {' '.join(one.organisation.split())}. {one.settled} of {len(one.lines)} checks "
            f"settled{f'; the agreement waits: {one.barring}' if one.barring else ''}."
            for one in every
        ),
    )


@changes
def record_check(record: Record, options: Options) -> None:
    """Record the result of a check of an award."""
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
    words = perform(record, operation, options)
    now = _diligence_of(record, options.award)[1]
    answer(options, lambda: diligence_json(now), words)


def _diligence_of(record: Record, reference: str) -> tuple[int, DueDiligence]:
    found = record.ask(find_award, reference=reference.strip())
    if found is not None:
        ask = partial(due_diligence, round_id=found[0], application=found[1], today=today())
        checked = record.ask(ask)
        if checked is not None:
            return found[0], checked
    raise no_award(record, reference)


def registers_json(loaded: Mapping[str, LoadedRegister]) -> Json:
    """Return every register as JSON, those that are not loaded with null."""
    return {"registers": [_register_json(code, loaded.get(code)) for code in REGISTERS]}


def _register_json(code: str, one: LoadedRegister | None) -> Json:
    about: Json = {"register": code, "name": REGISTERS[code], "extract_on": None}
    if one is None:
        return about
    keys = {entry.key for entry in one.extract.entries}
    return about | {
        **told(one, "extract.extract_on extract.file extract.rows extract.odd_rows"),
        "looked_for": len(keys),
        "found": len({entry.key for entry in one.extract.entries if entry.is_found}),
        **told(one, "loaded_by loaded_at"),
    }


def registers_lines(loaded: Mapping[str, LoadedRegister]) -> Iterator[str]:
    """Yield a line for each register."""
    for code, name in REGISTERS.items():
        one = loaded.get(code)
        if one is None:
            yield f"{name[0].upper()}{name[1:]}: not loaded."
            continue
        rows = counted(one.extract.rows, "row")
        yield on_one_line(
            f"{name[0].upper()}{name[1:]}: {one.extract.words}, {rows}, loaded by {one.loaded_by} "
            f"on {short_day(one.loaded_at)}."
        )


def diligence_json(one: DueDiligence) -> Json:
    return {
        **told(one, "award application organisation agreement_waits_for=barring"),
        "checks": [_check_json(line) for line in one.lines],
    }


def _check_json(line: CheckLine) -> Json:
    done = line.done
    return {
        **told(line, "check=code words required=is_required"),
        "finding": told(line, "finding.state finding.words"),
        **told(done, "result.result result.checked_on checked_by result.note"),
    }


def check_lines(one: DueDiligence) -> Iterator[str]:
    """Yield the checks of an award, each with what was found and what was recorded."""
    yield on_one_line(f"{one.award}, {one.organisation}: {one.settled} of {len(one.lines)} checks settled.")
    if one.barring:
        yield f"The agreement waits: {one.barring}."
    for line in one.lines:
        required = ", required" if line.is_required else ""
        yield on_one_line(f"{line.words} ({line.code}{required}): {line.finding.state}. {line.finding.words}")
        if line.done is not None:
            result = line.done.result
            note = f": {result.note}" if result.note else ""
            by = f"{line.done.checked_by}, {short_day(result.checked_on)}"
            yield on_one_line(f"  {RESULTS[result.result]}, {by}{note}")
