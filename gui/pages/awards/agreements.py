"""The award at hand: due diligence, subsidy control, its agreement, and what the public is told of it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from exchange.reading.registers import FoundRegister, read_register
from gui.dialogs.files import Kind
from gui.listed.acts import Act, Confirm, Deed, Go, Later, Made, Read
from gui.listed.form import (
    ACTION,
    CANCEL,
    Across,
    Asked,
    AtField,
    Choice,
    Day,
    Form,
    Leads,
    Line,
    Money,
    Note,
    Saying,
)
from gui.listed.paper_forms import NAME_AGAIN, WITHHOLD, withholding, words_form
from gui.pages.awards.lines import KEEP, AwardAct, AwardAt, award_of
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.text import sentence
from models.operation import Operation, Outcome
from models.operations.awards.agreements import RecordAgreement, SignAgreement, with_returns
from models.operations.awards.checks import LoadRegister, SetCheck, SetSubsidy, SetWithheldName
from models.operations.set_up.office import SetPaperTexts
from models.papers.kinds import AGREEMENT
from models.papers.texts import PUBLICATION, PUBLISHED_PURPOSE, PaperTexts
from models.queries.awards.agreements import never_issued
from models.queries.awards.award_checks import (
    AwardChecks,
    CheckLine,
    DueDiligence,
    due_diligence,
    minimal_total,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.registers import LoadedRegister, loaded_registers, wanted
from models.queries.papers.paper_texts import paper_texts
from models.queries.permissions.acting import may_write
from models.reference.defaults import CHECKS as NAMED
from models.session import Session
from models.values.awards import KINDS, MINIMAL, AgreementDetails, Subsidy, WithheldName
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
from scoring.written.days import full_day, short_day
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


WANTED = "Varied since: write the next version and have it signed."
TITLE = "Record it as signed?"
ELSEWHERE = "Where it was drawn up elsewhere, record it as signed; else write the agreement and issue it."
SIGNED_TO_COME = "That day is still to come. Record it once it has happened."
UNKNOWN = ("What is left empty is not known yet. Nothing is paid before the agreement is signed.",)
ANEW = "Version {} follows a variation and is signed anew. The version before was signed on {}."
ORDER = (
    "Minimal financial assistance: the recipient declares what it had from others in this and the two "
    "earlier financial years, you give it the notice, it confirms in writing. Nothing is signed before.",
)
FILLED = "The first sentences of the application's summary"
"""What stands on lists where nothing is written."""


def agreement_lines(row: AwardRow) -> Iterator[tuple[str, str]]:
    """Yield where an agreement stands and what subsidy control waits for, each line with its tone."""
    details, issued, anew = row.agreement, row.newest_version, row.agreement.signed_anew_on
    if issued is not None:
        yield f"Version {issued.version} issued {short_day(issued.issued_on)}", "text2"
    elif not row.agreed_on:
        yield "Not issued yet: Papers writes it for both to sign.", "text2"
    if anew is not None:
        yield f"Version {details.signed_version} signed on {short_day(anew)}", "text2"
    if row.wants_agreement:
        yield WANTED, "warning"
    if issued is not None and row.wants_signature:
        yield f"Version {issued.version} is not signed yet: record it under “Sent, signed, filed”.", "warning"
    if details.sent_on:
        yield f"Sent {short_day(details.sent_on)}", "text2"
    if row.agree_by is not None:
        is_late = row.is_agreement_late(current_day())
        back = f"To come back signed by {short_day(row.agree_by)}"
        yield (f"{back}; it is late.", "warning") if is_late else (back, "text2")
    if details.signers:
        yield f"Signed by {', and by '.join(details.signers)}", "text2"
    if details.held_at:
        yield f"Signed copy: {details.held_at}", "text2"
    if row.subsidy is not None:
        waits = f": {row.subsidy.waits_for}" if row.subsidy.waits_for else ""
        yield sentence(f"{KINDS[row.subsidy.kind]}{waits}"), "text2"


def subsidy_waits(row: AwardRow) -> bool:
    """Whether subsidy control still asks for something before an agreement is signed."""
    return row.subsidy is not None and bool(row.subsidy.waits_for)


def _may_undate(at: AwardAt) -> bool:
    """Whether the day of the signature may be removed, before anything came of it."""
    return at.row.agreed_on is not None and not at.row.paid_pence and at.row.bank is None


def _kept(at: AwardAt, on: date | None, details: AgreementDetails) -> Deed:
    """Keep it all as one change where it was signed now, else what is known of the papers.

    One is asked first about what is signed for the first time and was never issued.
    """
    row, before = at.row, at.row.agreement
    if on == row.agreed_on:
        return None if details == before else RecordAgreement(*award_of(at), details, before)
    said = (details, before) if details != before else ()
    signing = Made(partial(with_returns, signing=SignAgreement(*award_of(at), on, row.agreed_on, *said)))
    if on is None or row.agreed_on is not None or row.issued:
        return signing
    return Confirm(TITLE, (never_issued(row.reference), ELSEWHERE), "Record it as signed", signing)


def _day(name: str, words: str, day: date | None, *, is_fixed: bool = False) -> Day:
    return Day(name, words, value=day, to_come=SIGNED_TO_COME, is_needed=False, is_fixed=is_fixed)


def details_form(at: AwardAt) -> Form:
    """Ask of an agreement on its way when it was sent and signed, for each side by whom, and where it is.

    Where its newest version is signed anew, the day of that is asked for in place of the first.
    """
    row, known, issued = at.row, at.row.agreement, at.row.newest_version
    is_fixed = row.agreed_on is not None and not row.wants_signature
    anew: tuple[Saying, ...] = ()
    if issued is not None and row.agreed_on is not None and row.wants_signature:
        anew = (Saying(ANEW.format(issued.version, full_day(row.agreed_on)), tone="text", size=13),)
    return Form(
        title=f"Agreement of {row.reference}",
        sentences=UNKNOWN,
        action="Record",
        does=partial(_detailed, at),
        focus="sent" if is_fixed else "on",
        fields=(
            *anew,
            Across(
                (
                    _day("sent", "Sent on", known.sent_on),
                    _day("on", "Signed on", row.agreed_on if is_fixed else None, is_fixed=is_fixed),
                )
            ),
            _signer("office", "the office", known.office_signer, known.office_post),
            _signer("recipient", "the recipient", known.recipient_signer, known.recipient_post),
            Line(
                "held",
                "Where the signed copy is",
                value=known.held_at,
                hint="such as Cabinet 3, or a folder",
            ),
        ),
    )


def _signer(name: str, side: str, signer: str, post: str) -> Across:
    return Across(
        (
            Line(name, f"Signed for {side} by", value=signer),
            Line(f"{name}_post", f"Post at {side}", value=post),
        )
    )


def _detailed(
    at: AwardAt,
    sent: date | None,
    on: date | None,
    office: str,
    office_post: str,
    recipient: str,
    recipient_post: str,
    held: str,
) -> Deed:
    """Keep what is known, and the day of the signature where one is given."""
    row, newest = at.row, at.row.newest_version
    of = (row.agreement.signed_version, row.agreement.signed_anew_on)
    details = AgreementDetails(sent, held, office, office_post, recipient, recipient_post, *of)
    if on is not None and (row.agreed_on is None or row.wants_signature):
        version = None if newest is None else newest.version
        details = details.signed_as(version, on if row.wants_signature else None)
    return _kept(at, row.agreed_on or on, details)


def _subsidy(at: AwardAt, total: str) -> Form:
    """Ask what an award is under subsidy control, and for the steps of minimal financial assistance."""
    known = at.row.subsidy or Subsidy(MINIMAL)
    kinds = tuple((words, code) for code, words in KINDS.items())
    declared = "Declared by the recipient"
    return Form(
        title=f"Subsidy control of {at.row.reference}",
        sentences=(*ORDER, total),
        action="Record",
        does=partial(_with_subsidy, at),
        fields=(
            Choice("kind", "This award is", options=kinds, value=known.kind),
            Note(
                "reason",
                "Why it is no subsidy, or where the assessment is",
                value=known.reason,
                height=56,
                wanted="Say why it is no subsidy, or where the assessment is held.",
                unless=lambda given: given["kind"] == MINIMAL,
            ),
            Across(
                (
                    Money("declared", declared, value=known.declared_pence, is_needed=False),
                    _day("declared_on", "Declared on", known.declared_on),
                )
            ),
            Across(
                (
                    _day("notified", "Notice given on", known.notified_on),
                    _day("confirmed", "Confirmed on", known.confirmed_on),
                )
            ),
            Line(
                "by",
                "Confirmed by",
                value=known.confirmed_by,
                hint="name of the person who confirmed in writing",
            ),
        ),
    )


def _with_subsidy(
    at: AwardAt,
    kind: str,
    reason: str,
    declared: int | None,
    declared_on: date | None,
    notified: date | None,
    confirmed: date | None,
    by: str,
) -> Deed:
    found = Subsidy(kind, reason, declared, declared_on, notified, confirmed, by)
    return None if found == at.row.subsidy else SetSubsidy(*award_of(at), found, at.row.subsidy)


def _total(row: AwardRow) -> Callable[[Session], str]:
    declared = 0 if row.subsidy is None else row.subsidy.declared_pence or 0

    def ask(session: Session) -> str:
        return minimal_total(session, row.number, declared).words

    return ask


def _withhold_words(at: AwardAt) -> str:
    return NAME_AGAIN if at.row.withheld is not None and not at.row.withheld.is_by_notice else WITHHOLD


def _withhold(at: AwardAt) -> Deed:
    """Ask with ground and reason whether the public is told who has it, or give the name again."""
    row = at.row

    def withhold(withheld: WithheldName | None) -> SetWithheldName:
        return SetWithheldName(*award_of(at), withheld, row.withheld_itself)

    if row.withheld_itself is not None:
        return withhold(None)
    return withholding(row.organisation, withhold)


def _purpose(at: AwardAt) -> Asked:
    """Ask what stands of what it is for, as lists for the public say it, and for other words."""
    round_id, of = award_of(at)
    title, told = f"Purpose of {at.row.reference} for the public", {PUBLISHED_PURPOSE.code: FILLED}

    def show(texts: PaperTexts) -> Form:
        keep = partial(SetPaperTexts, round_id, PUBLICATION, of)
        return words_form(title, (PUBLISHED_PURPOSE,), texts, told, keep)

    return Asked(partial(paper_texts, round_id=round_id, paper=PUBLICATION, subject=of), show)


REMOVE_DATE: AwardAct = Act(
    words="Remove the date",
    kind=KEEP,
    where=_may_undate,
    does=lambda at: _kept(at, None, at.row.agreement.signed_as(None)),
)
AGREEMENTS: tuple[AwardAct, ...] = (
    Act(
        words="Write the agreement…",
        where=lambda at: may_write(at.identity.role, AGREEMENT),
        does=lambda at: Go("exports", f"{AGREEMENT} {at.row.reference}"),
    ),
    Act(words="Sent, signed, filed…", kind=KEEP, does=details_form),
)
SUBSIDY: AwardAct = Act(
    words="Subsidy control…", kind=KEEP, does=lambda at: Asked(_total(at.row), partial(_subsidy, at))
)
FOR_PUBLIC: tuple[AwardAct, ...] = (
    Act(words=_withhold_words, kind=KEEP, does=_withhold),
    Act(words="Purpose for the public…", kind=KEEP, does=_purpose),
)
