"""Due diligence on the award at hand: looked at, recorded check by check, registers loaded from files."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from exchange.reading.registers import FoundRegister, read_register
from gui.dialogs.files import Kind
from gui.listed.acts import Act, Deed, Later, Read
from gui.listed.form import ACTION, CANCEL, Asked, AtField, Choice, Day, Form, Leads, Note, Saying
from gui.pages.awards.lines import KEEP, AwardAct, AwardAt, award_of
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.text import sentence
from models.operation import Operation, Outcome
from models.operations.awards.checks import LoadRegister, SetCheck
from models.queries.awards.award_checks import AwardChecks, CheckLine, DueDiligence, due_diligence
from models.queries.awards.registers import LoadedRegister, loaded_registers, wanted
from models.reference.defaults import CHECKS as NAMED
from models.session import Session
from models.values.diligence import (
    CLEAR,
    CONCERN,
    FAILED,
    NOT_CHECKED,
    PASSED,
    REGISTERS,
    RESULTS,
    CheckResult,
    Wanted,
    concern_words,
)
from scoring.written.days import short_day
from scoring.written.text import counted

FILES = "Registers (*.zip *.json *.txt *.csv *.xlsx *.ods *.xml);;All files (*)"
CHECK_TO_COME = "That day is still to come. Record a check once it is done."
NOTHING_DECIDED = (
    "What is found decides nothing: a check is settled once a person has looked and recorded the outcome."
)
STATES = {CLEAR: "nothing found", CONCERN: "to look at", NOT_CHECKED: "not checked"}
"""How what the record finds is shown until a person recorded what came of it."""
WIDTH = 620


WORDS = (
    "Download a register, then choose its file as it is. Nothing is sent anywhere, and only what concerns "
    "organisations of this record is kept.",
    "Charities: publicextract.charity of the Charity Commission. Companies: BasicCompanyDataAsOneFile of "
    "Companies House. Sanctions: the UK Sanctions List. Account numbers: the banks' valacdos.txt and "
    "scsubtab.txt, which are kept whole.",
)
TO_COME = "That day is still to come."


def check_lines(checks: AwardChecks) -> Iterator[tuple[str, str]]:
    """Yield where the checks stand, a line each, with its tone."""
    many, left = len(checks.asked), len(checks.unsettled)
    yield (
        f"{many - left} of {counted(many, 'check')} settled." if left else f"All {many} checks settled.",
        "text2",
    )
    if checks.barring:
        yield sentence(f"The agreement waits: {checks.barring}"), "warning"
    for code in checks.asked:
        done = checks.done.get(code)
        if done is not None and done.result.result == FAILED:
            by = f"{done.checked_by}, {short_day(done.result.checked_on)}"
            yield f"{NAMED[code]}: {RESULTS[FAILED].lower()} ({by})", "danger"


def _ask(at: AwardAt, one: DueDiligence, code: str) -> Form:
    """Ask of a check what came of it, or take back what did."""
    line = next(line for line in one.lines if line.code == code)
    known = None if line.done is None else line.done.result

    def record(result: str, on: date, note: str) -> Deed:
        if not note and result != PASSED:
            raise AtField("Say why it is not passed, or not needed here.", "note")
        if not note and line.finding.state == CONCERN:
            raise AtField(concern_words(code), "note")
        return _set(at, line, CheckResult(result, on, note))

    return Form(
        title=f"{line.words}: {one.award}",
        sentences=(line.finding.words,),
        action="Record",
        does=record,
        removal="Take back",
        removes=None if known is None else partial(_set, at, line, None),
        fields=(
            Choice(
                "result",
                "What came of it",
                options=tuple((words, code) for code, words in RESULTS.items()),
                value=PASSED if known is None else known.result,
            ),
            Day("on", "Done on", value=known.checked_on if known else current_day(), to_come=CHECK_TO_COME),
            Note("note", "Note", height=72, value=known.note if known else ""),
        ),
    )


def recorded_words(line: CheckLine) -> str:
    """Return what was recorded of a check, by whom and when."""
    assert line.done is not None, "only what was recorded is told"
    result = line.done.result
    note = f": {result.note}" if result.note else "."
    return f"{RESULTS[result.result]}, {line.done.checked_by}, {short_day(result.checked_on)}{note}"


def _register_state(name: str, one: LoadedRegister | None) -> str:
    called = f"{name[0].upper()}{name[1:]}"
    if one is None:
        return f"{called}: not loaded."
    return f"{called}: of {short_day(one.extract.extract_on)}, {counted(one.extract.rows, 'row')}."


def look_at_checks(at: AwardAt) -> Asked:
    """Show all checks of the award at hand, to record one of them."""
    round_id, of = award_of(at)
    query = partial(due_diligence, round_id=round_id, application=of, today=current_day())
    return Asked(query, partial(_show, at))


def _show(at: AwardAt, one: DueDiligence | None) -> Form | None:
    """Show every check of an award: what was found, what was recorded, and a button to record it."""
    if one is None:  # the decision was taken back meanwhile
        return None
    return Form(
        title=f"Due diligence on {one.award}",
        sentences=(f"{one.organisation}. {NOTHING_DECIDED}",),
        action="",
        does=look_at_checks,
        away="Close",
        focus=CANCEL,
        width=WIDTH,
        fields=tuple(told for line in one.lines for told in _check(at, one, line)),
    )


def _check(at: AwardAt, one: DueDiligence, line: CheckLine) -> Iterator[Saying | Leads]:
    """Yield a check, which leads to recording what came of it, and what is known of it."""
    required = ", before the agreement" if line.is_required else ""
    found, done = STATES[line.finding.state], line.done
    head = f"{line.words}{required}: {found if done is None else RESULTS[done.result.result].lower()}"
    if at.identity.may("set check"):
        yield Leads(f"{head}…", partial(_ask, at, one, line.code))
    else:
        yield Saying(head, "text", 13, 600)
    yield Saying(line.finding.words, "text2")
    if done is not None:
        yield Saying(recorded_words(line), "text")


def _set(at: AwardAt, line: CheckLine, result: CheckResult | None) -> Deed:
    """Record it, then show all checks again, so that one follows the other."""
    before = None if line.done is None else line.done.result
    if result == before:
        return look_at_checks(at)
    return Later(partial(_record, at, SetCheck(*award_of(at), line.code, result, before)))


def _record(at: AwardAt, operation: Operation, tools: PageTools, do: Callable[[Deed], None]) -> None:
    def go_on(outcome: Outcome) -> None:
        tools.toast_outcome(outcome)
        do(look_at_checks(at))

    tools.workspace.perform(operation, go_on)


def _loaded(session: Session) -> tuple[Mapping[str, LoadedRegister], Wanted]:
    """Return what is loaded already, and what a register is searched for."""
    return loaded_registers(session), wanted(session)


def _ask_register(loaded: tuple[Mapping[str, LoadedRegister], Wanted]) -> Form:
    """Ask for the day of a register, then for its file, which is read with Cancel, and kept."""
    registers, sought = loaded

    def keep(found: FoundRegister) -> LoadRegister:
        held = registers.get(found.register)
        return LoadRegister(found.register, found.extract, None if held is None else held.extract)

    def choose(on: date | None) -> Read:
        def read(path: Path, ticket: Ticket) -> FoundRegister:
            return read_register(path, sought, on=on, tick=ticket.tick)

        return Read(Kind.REGISTER, "Choose a register as it was downloaded", FILES, read, keep)

    states = (_register_state(name, registers.get(code)) for code, name in REGISTERS.items())
    return Form(
        title="Load a register",
        sentences=WORDS,
        action="Choose the file…",
        does=choose,
        focus=ACTION,
        fields=(
            *(Saying(words, tone="text2") for words in states),
            Day("on", "The day of the file, where it does not say", to_come=TO_COME, is_needed=False),
        ),
    )


CHECKS: tuple[AwardAct, ...] = (
    Act(words="Checks…", where=lambda at: at.row.application in at.answer.checks, does=look_at_checks),
)
LOADING: tuple[AwardAct, ...] = (
    Act(
        words="Load a register…",
        kind=KEEP,
        where=lambda at: at.row.application in at.answer.checks,
        does=lambda at: Asked(_loaded, _ask_register),
    ),
)
