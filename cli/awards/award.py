"""`grant-panel award` and `register`: awards listed and shown, public registers, and checks by them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from cli.frame.output import (
    Column,
    Json,
    Options,
    answer,
    as_table,
    lines,
    near,
    progress,
    told,
    without_controls,
)
from cli.frame.record import Run, acting, changes, closed_to, perform, reads, reads_as, seen
from cli.frame.typed import past_day, today
from exchange.reading.registers import read_register
from models.operation import Operation
from models.operations.awards.checks import LoadRegister, SetCheck
from models.queries.awards.award_checks import DueDiligence, due_diligence
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards_page import AwardLine, award_lines, readable_awards, readable_diligence
from models.queries.awards.direct_awards import find_award, signing_facts
from models.queries.awards.registers import LoadedRegister, loaded_registers, wanted
from models.queries.awards.year_facts import trigger_of
from models.queries.papers.to_check.otherwise import Otherwise, otherwise_words, says_otherwise
from models.role import AWARD_READERS
from models.store.locks.signing_on import closed_words
from models.values.awards import KINDS, Instalment, Subsidy, WithheldName, trigger_words
from models.values.diligence import PASSED, REGISTERS, RESULTS, CheckResult
from models.values.direct_award import ROUTE_WORDS
from scoring.money import plain_pounds
from scoring.written.names import text_key
from scoring.written.text import Refused, counted

COMPETITION = "competition"


def _route(line: AwardLine) -> str:
    return ROUTE_WORDS[line.direct.route] if line.direct else COMPETITION.capitalize()


def _amount(line: AwardLine) -> int:
    return line.amount_pence if line.row is None else line.row.agreed_pence


AWARDS = (
    Column("Award", "reference"),
    Column("Fund", "round.fund_code"),
    Column("Year", "round.year"),
    Column("Recipient", "recipient"),
    Column("Route", "route", _route),
    Column("Amount", "amount_pence", _amount),
    Column("State", "state_words"),
)


@reads
def list_awards(options: Options) -> None:
    """List the awards, and those proposed without a competition."""
    held = seen(options, readable_awards)
    found = [line for line in held.rows if _is_meant(line, options)]
    found.sort(key=lambda line: line.reference)  # to tick off beside a paper
    differing = _otherwise(options, found)
    nothing = "No payment is late." if options.late else "There is no such award."
    answer(
        options,
        lambda: {
            "awards": [award_json(line) for line in found],
            "issued_otherwise": [told(one, "award paper version") for one in differing],
        },
        as_table(AWARDS, found) if found else nothing,
        filter(None, [otherwise_words(differing), options.ask(closed_words), *held.left_out]),
    )


def _otherwise(options: Options, lines: Sequence[AwardLine]) -> list[Otherwise]:
    rounds = sorted({line.round.round_id for line in lines})
    every = (one for of in rounds for one in options.ask(says_otherwise, round_id=of))
    return [one for one in every if one.award in {line.reference for line in lines}]


def _is_meant(line: AwardLine, options: Options) -> bool:
    fund = {text_key(line.round.fund), text_key(line.round.fund_code)}
    return (
        (options.fund is None or text_key(options.fund) in fund)
        and options.year in (None, line.round.year)
        and (line.direct is not None or not options.direct)
        and (not options.late or (line.row is not None and bool(line.row.late(today()))))
    )


@reads
def show_award(options: Options) -> None:
    """Show all that is known of an award."""
    line = chosen_award(options)
    answer(
        options,
        lambda: award_json(line),
        _words(line),
        filter(None, [otherwise_words(_otherwise(options, [line]))]),
    )


def chosen_award(options: Options) -> AwardLine:
    return award_named(options, str(options.award).strip())


def award_named(options: Options, reference: str) -> AwardLine:
    """Return the award of a reference, its own or its application's; refused where that is closed."""
    line = line_of(options, reference)
    if line is None:
        raise no_award(options, reference)
    refuse_closed_award(options, line.reference, line.key)
    return line


def refuse_closed_award(options: Options, name: str, key: tuple[int, str]) -> None:
    """Refuse what is closed to the person whom the options name, by its round and application."""
    if words := closed_to(options, key[0]).get(key[1]):
        raise Refused(f"{name}: {words}.")


def line_of(options: Options, reference: str) -> AwardLine | None:
    """Return the same, None where there is none."""
    found = options.ask(find_award, reference=reference)
    lines = () if found is None else options.ask(award_lines, round_id=found.round_id)
    return next((one for one in lines if found and one.key == found.key), None)


def no_award(options: Options, reference: str) -> Refused:
    """Return what is said where no award is named so."""
    known = (line.reference for line in seen(options, readable_awards).rows)
    meant = near(reference, known) or " grant-panel award RECORD list names them."
    words = f"There is no award {without_controls(reference)} in this record.{meant}"
    return Refused(" ".join(filter(None, (words, options.ask(closed_words)))))


def decided_row(line: AwardLine, otherwise: str) -> AwardRow:
    """Return what is decided of an award; refused where nothing is yet, in a sentence with that end."""
    if line.row is None:
        raise Refused(f"{line.reference} is not decided yet{otherwise}")
    return line.row


def of_award(asked: Callable[[AwardLine, Options], Operation | str]) -> Run:
    """Have the change of an award made that is asked for, or words said, and print that, or what stands."""

    @changes
    def act(options: Options) -> None:
        found = asked(chosen_award(options), options)
        print_award(found if isinstance(found, str) else perform(found, options), options)

    return act


def print_award(words: str, options: Options) -> None:
    answer(options, lambda: award_json(chosen_award(options)), words)


def award_json(line: AwardLine) -> Json:
    """Return all that is known of an award; null is not known, or not yet."""
    row, of = line.row, line.application
    return {
        "award": None if row is None else row.reference,
        "application": of.reference,
        **told(line, "round.fund round.year round=round.name recipient"),
        **told(of, "charity_number company_number area project"),
        "route": COMPETITION if line.direct is None else line.direct.route.value,
        "state": line.state,
        "waits_for": [] if line.waits is None else list(line.waits.posts),
        **told(line, "amount_pence starts_on=start_on ends_on=end_on"),
        **(
            {}
            if line.direct is None
            else {
                **told(line.direct, "route_reason extends? option_years break_on reason"),
                "choices": {choice.kind.value: choice.code for choice in line.direct.choices},
                "onward_grants": [told(one, "recipient amount_pence purpose") for one in line.direct.onward],
            }
        ),
        **(_decided(row)),
    }


def subsidy_words(subsidy: Subsidy | None) -> str:
    """Say what is recorded, and what it waits for."""
    if subsidy is None:
        return "not recorded"
    waits = f"; {subsidy.waits_for}" if subsidy.waits_for else ""
    return f"{KINDS[subsidy.kind].lower()}{waits}"


def withheld_words(stands: WithheldName | None) -> str:
    """Say whether the recipient is named in public, and who decided that it is not."""
    if stands is None:
        return "named in public"
    return f"{stands.printed} (decided by {stands.decider}: {stands.reason.rstrip('.')})"


def withheld_json(stands: WithheldName | None) -> Json | None:
    """Return what is recorded, null where the recipient is named."""
    if stands is None:
        return None
    return {
        **told(stands, "ground printed reason by=decided_by post=decided_post"),
        "words": stands.words.splitlines(),
    }


def _decided(row: AwardRow | None) -> Json:
    of_subsidy = "kind reason declared_pence declared_on notified_on confirmed_on confirmed_by waits_for"
    return {
        **told(row, "decision.notice decided_on=decision.signed_on conditions=as_agreed.bound_by agreed_on"),
        "subsidy": row and row.subsidy and told(row.subsidy, of_subsidy),
        "withheld": row and withheld_json(row.withheld),
        **told(row, "recovered=returned_pence stands_at=stands_pence"),
        **told(row, "agreed_pence proposed_pence proposed_words"),
        "held": row and plain_pounds(row.held_pence - row.returned_pence),
        "paid": row and plain_pounds(row.paid_pence - row.returned_pence),
        "variations": len(row.varied) if row else 0,
        **told(
            row,
            "wants_agreement wants_signature agreement.signed_version agreement.signed_anew_on",
            "agree_by match on_hold",
        ),
        "instalments": [_instalment(row, number) for number, _ in enumerate(row.instalments, 1)]
        if row
        else [],
    }


def _instalment(row: AwardRow, number: int) -> Json:
    part = row.instalments[number - 1]
    return {
        "number": number,
        **told(part, "amount_pence trigger waits_for=trigger"),
        "due_on": row.expected_on(part, today()),
        "is_late": number in row.late(today()),
        **told(part, "paid_on"),
        "not_yet": "" if part.paid_on else row.not_yet(part, today()),
        "is_proposed": row.is_proposed(part),
    }


def _words(line: AwardLine) -> Iterator[str]:
    row, now = line.row, today()
    return lines(
        "award",
        line=line,
        amount_pence=_amount(line),
        signing=() if line.direct is None else signing_facts(line.direct),
        agreed=0 if row is None else len(row.varied) - len(row.unsigned),
        subsidy=row and subsidy_words(row.subsidy),
        withheld=row and withheld_words(row.withheld),
        is_late=row and row.is_agreement_late(now),
        parts=() if row is None else _parts(row, now),
    )


def _parts(row: AwardRow, now: date) -> Iterator[tuple[int, Instalment, str, date | None, bool, bool]]:
    """Yield each part with its number, what it waits for, when it is due, if it is late and if proposed."""
    for number, part in enumerate(row.instalments, 1):
        waits, due = trigger_words(trigger_of(row, part)), row.expected_on(part, now)
        yield number, part, waits, due, number in row.late(now), row.is_proposed(part)


CHECKED = "A check is dated the day it was done"


@changes
def load_register(options: Options) -> None:
    """Load a register's extract, for what it says about organisations in the record."""
    held = options.ask(loaded_registers)
    empty = LoadRegister("charity", None, None)
    actor = acting(empty, options)  # before a reading that may take a minute
    found = read_register(options.file, options.ask(wanted), on=options.on, tick=progress())
    before = held.get(found.register)
    operation = LoadRegister(found.register, found.extract, None if before is None else before.extract)
    words = perform(operation, options, actor)
    odd = counted(found.extract.odd_rows, "row is", "rows are")
    said = f"{odd} not of the register's layout and passed over." if found.extract.odd_rows else ()
    answer(options, lambda: registers_json(options.ask(loaded_registers)), words, said)


@reads_as(AWARD_READERS, "looks at due diligence")
def show_registers(options: Options) -> None:
    """Show the registers that are loaded, and due diligence."""
    if options.award is not None:
        one = _diligence_of(options, options.award)[1]
        answer(options, lambda: diligence_json(one), lines("checks", one=one, results=RESULTS))
        return
    loaded, every = options.ask(loaded_registers), seen(options, readable_diligence, today=today())
    held = [(name, loaded.get(code)) for code, name in REGISTERS.items()]
    answer(
        options,
        lambda: {**registers_json(loaded), "awards": [diligence_json(one) for one in every.rows]},
        lines("registers", registers=held, checked=every.rows),
        every.left_out,
    )


@changes
def record_check(options: Options) -> None:
    """Record the result of a check of an award."""
    round_id, one = _diligence_of(options, options.award)
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
    words = perform(operation, options)
    now = _diligence_of(options, options.award)[1]
    answer(options, lambda: diligence_json(now), words)


def _diligence_of(options: Options, reference: str) -> tuple[int, DueDiligence]:
    round_id, of = award_named(options, reference.strip()).key
    checked = options.ask(due_diligence, round_id=round_id, application=of, today=today())
    if checked is None:
        raise no_award(options, reference)
    return round_id, checked


def registers_json(loaded: Mapping[str, LoadedRegister]) -> Json:
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


def diligence_json(one: DueDiligence) -> Json:
    return {
        **told(one, "award application organisation agreement_waits_for=barring"),
        "checks": [
            {
                **told(line, "check=code words required=is_required"),
                "finding": told(line, "finding.state finding.words"),
                **told(line.done, "result.result result.checked_on checked_by result.note"),
            }
            for line in one.lines
        ],
    }
