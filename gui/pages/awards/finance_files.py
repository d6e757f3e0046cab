"""The finance schedule, with accounts once the journal says for whom; finance's ledger is read back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from exchange.papers.finance.returned import LedgerLine, LedgerReading, read_ledger
from gui.dialogs.files import SPREADSHEETS, Kind, tell_written
from gui.listed.acts import Act, Later, Listing, Read, Run
from gui.listed.form import Asked, AtField, Choice, Folder, Form, Line, Saying, Tick, Values
from gui.pages.page import PageTools, Place, own_name
from gui.record.clock import current_day
from gui.record.runner import Cancelled, Ticket
from gui.record.turns import Turns, performing, settling, take_turns
from gui.text import ENDS_UNDO
from gui.theme.look import Tone
from gui.widgets.message_area import Notice
from models.clock import utc_now
from models.issuing import status_now
from models.operations.awards.bank_details import ExportAccounts, NoteAccountsFiles, accounts_asked_for
from models.operations.awards.finance import RecordPayments
from models.operations.awards.paying import PayInstalment
from models.papers.finance import Accounts, FinanceSchedule
from models.papers.kinds import FINANCE
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.permissions.viewing import Viewer
from models.queries.awards.awards import payment_layouts
from models.queries.awards.awards_page import AwardDifference, every_award
from models.queries.awards.finance import finance
from models.queries.permissions.reading import refuse_closed_paper
from models.values.awards import AwardParts
from models.values.payments import PaymentLayout
from scoring.money import short_pounds
from scoring.written.days import short_day
from scoring.written.names import file_name, round_names
from scoring.written.text import counted, listed

NOTHING = "There is nothing new in it to record. Nothing was changed."
MOST_SHOWN = 20
"""So many rows of other things are named, more are counted."""


def _read(stands: tuple[AwardParts, ...]) -> Read:
    def read(path: Path, ticket: Ticket) -> LedgerReading:
        return read_ledger(path, stands, current_day(), tick=ticket.tick)

    return Read(Kind.LEDGER, "Choose finance's ledger", SPREADSHEETS, read, _shown)


READ_LEDGER: Act[Any, Any] = Act(
    words="Read finance's ledger…",
    brief="Ledger…",
    kind=RecordPayments.kind,
    where=lambda at: bool(at.answer.awards),
    does=lambda at: Asked(partial(every_award, today=at.today), _read),
)
"""A ledger is read against every award of the record."""


def _shown(reading: LedgerReading) -> Listing:
    """Show what matches and what differs, before what matches is recorded."""
    title, lines = f"Payments in {reading.name}", tuple(_summary_lines(reading))
    if not reading.lines:
        return Listing(title, NOTHING, lines)
    count = counted(len(reading.lines), "payment")
    total = sum(line.part.amount_pence for line in reading.lines)
    words = f"Sheet {reading.sheet}: {count} to record, {short_pounds(total)} in all."
    if reading.unchanged:
        words += f" {counted(reading.unchanged, 'payment is', 'payments are')} recorded already."
    if reading.differing:
        left = counted(len(reading.differing), "row that differs is", "rows that differ are")
        words += f" {left} left out."
    return Listing(title, words, lines, f"Record {count}", RecordPayments(reading.name, _parts(reading)))


def _parts(reading: LedgerReading) -> tuple[PayInstalment, ...]:
    return tuple(
        PayInstalment(line.found.round_id, line.found.application, line.number, line.on, line.part.paid_on)
        for line in reading.lines
    )


def _summary_lines(reading: LedgerReading) -> Iterator[str]:
    """Yield what is recorded, what differs from the record, and what matches nothing."""
    new = [line for line in reading.lines if line.part.paid_on is None]
    moved = [line for line in reading.lines if line.part.paid_on is not None]
    yield from _under(
        "To record", [f"{_named(line)}, paid {short_day(line.on)}{_left(line)}" for line in new]
    )
    yield from _under(
        "Recorded on another day, which the ledger's day replaces",
        [f"{_named(line)}, paid {short_day(line.on)}, not {_before(line)}" for line in moved],
    )
    yield from _under("Differs from the record, and is not recorded", list(reading.differing))
    yield from _under(
        "Recorded as paid in these days, and not in the file",
        [f"{_named(line)}, paid {short_day(line.on)}" for line in reading.missing],
    )
    others = list(reading.passed_over[:MOST_SHOWN])
    more = reading.others - len(others)
    others += [f"and {counted(more, 'more row')}"] if more else []
    yield from _under("Rows of other things, which no award's reference names", others)


def _under(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{heading}:"
        yield from (f"   {line}" for line in lines)


def _named(line: LedgerLine) -> str:
    many = len(line.found.instalments)
    part = f", instalment {line.number} of {many}" if many > 1 else ""
    return f"{line.found.reference}{part}, {short_pounds(line.part.amount_pence)}"


def _left(line: LedgerLine) -> str:
    return f"; due diligence: {line.found.checks_left}" if line.found.checks_left else ""


def _before(line: LedgerLine) -> str:
    assert line.part.paid_on is not None, "a payment that was recorded"
    return short_day(line.part.paid_on)


NOTICE = "awards"
LABEL = "Writing the finance schedule"
WRITE, WITH = "Write schedule", "Write with accounts"
MASKED = "Accounts show their last four digits."
ISSUING = "It is a draft unless the same version was issued. Versions are issued on Papers."
RESTRICTED = (
    "The file is marked OFFICIAL-SENSITIVE. The journal notes that you, {}, wrote it, who asked and why. "
    f"Delete the file once the payments are made. {ENDS_UNDO}"
)
HOLDS_ACCOUNTS = "The layout {} holds accounts. Tick that they are wanted, and say who asks and why."
NO_FOLDER = "Choose a folder that exists."
NOBODY = "Accounts are written only when a named person asks for them. Say who."
NO_REASON = "Say why they are wanted. The reason is recorded in History."


class Made(Struct, frozen=True):
    """A schedule's values and what a copy says about itself, with the layouts of payment files."""

    value: FinanceSchedule
    status: PaperStatus
    layouts: tuple[PaymentLayout, ...]

    @property
    def name(self) -> str:
        """Return the name of its file without an ending."""
        value = self.value
        version = "" if self.status.is_draft else f"v{self.status.version}"
        return file_name(
            *round_names(value.fund, value.round, value.year), value.area, "finance schedule", version
        )


class WantedSchedule(Struct, frozen=True):
    """Where it goes; `asked_by` and `reason` are "" without accounts, `layout` None without a file."""

    folder: Path
    asked_by: str
    reason: str
    layout: PaymentLayout | None


def refuse_schedule(differences: Sequence[AwardDifference], tools: PageTools) -> None:
    """Say that nothing is made while sums differ, and which."""
    more = f" {len(differences) - 1} more differ." if len(differences) > 1 else ""
    words = f"No schedule is made while sums differ. {differences[0].words}{more}"
    tools.notices.show_notice(Notice(NOTICE, Tone.DANGER, words))


def begin_schedule(place: Place, refusal: str, viewer: Viewer) -> Asked:
    """Ask the record for the schedule, then the person where to; `refusal` bars whole accounts."""
    order = PaperOrder(FINANCE, utc_now(), place.line.round_id, place.area)
    return Asked(
        partial(_made, order=order, viewer=viewer), lambda made: Later(partial(_begin, order, refusal, made))
    )


def _begin(order: PaperOrder, refusal: str, made: Made, tools: PageTools, do: Callable[[Form], None]) -> None:
    tools.notices.settle(NOTICE)
    do(_form(tools, order, refusal, made))


def _form(tools: PageTools, order: PaperOrder, refusal: str, made: Made) -> Form:
    """Ask for a folder, and with a tick for accounts, for a name and a reason."""
    assert tools.workspace.facts is not None, "a record is open"
    folder, person = (
        tools.dialogs.files.folder(Kind.PAPERS, tools.workspace.facts.folder),
        tools.identity.name,
    )
    layouts = ((one.name, one) for one in made.layouts)
    return Form(
        title="Finance schedule",
        sentences=(f"{made.value.control}. {made.status.words}.", f"{MASKED} {ISSUING}"),
        action=WRITE,
        worded=lambda typed: WITH if typed["accounts"] else WRITE,
        does=partial(_wanted, order, made),
        is_final=True,
        fields=(
            Folder(
                "folder",
                "Folder",
                value=str(folder),
                title="Choose the folder",
                wanted=NO_FOLDER,
                check=lambda folder: "" if folder.is_dir() else NO_FOLDER,
            ),
            Choice("layout", "Payment file beside it", options=(("None", None), *layouts)),
            Tick("accounts", "With accounts, on a restricted sheet", is_fixed=bool(refusal)),
            *((Saying(refusal, tone="text2"),) if refusal else ()),
            Line("asked_by", "Who asks for them", value=own_name(person), wanted=NOBODY, only=_has_accounts),
            Line("reason", "Why", wanted=NO_REASON, only=_has_accounts),
            Saying(lambda typed: RESTRICTED.format(person), tone="warning", only=_has_accounts),
        ),
    )


def _has_accounts(typed: Values) -> bool:
    return bool(typed["accounts"])


def _wanted(
    order: PaperOrder,
    made: Made,
    folder: Path,
    layout: PaymentLayout | None,
    accounts: bool,
    asked_by: str | None,
    reason: str | None,
) -> Run:
    if layout is not None and layout.has_accounts and not accounts:
        raise AtField(HOLDS_ACCOUNTS.format(layout.name), "layout")
    wanted = WantedSchedule(folder, asked_by or "", reason or "", layout)
    return Run(lambda tools: take_turns(tools.workspace, _make(order, made, wanted, tools)))


def _make(order: PaperOrder, made: Made, wanted: WantedSchedule, tools: PageTools) -> Turns:
    """Write it; where accounts are asked for, the journal says so first, and without that there are none."""
    workspace, accounts = tools.workspace, None
    with settling(workspace) if wanted.asked_by else nullcontext() as settle:
        if wanted.asked_by:
            yield partial(workspace.work, partial(_require_folder, wanted.folder))
            noted = ExportAccounts(order.of_round, order.area or "", wanted.asked_by, wanted.reason)
            beside = partial(accounts_asked_for, operation=noted)
            _, accounts = yield performing(workspace.perform_beside, noted, beside, settle=settle)
        tools.dialogs.files.note(Kind.PAPERS, wanted.folder)
        work = partial(_write, made, accounts, wanted)
        paths, note = yield partial(workspace.work, work, label=LABEL, ends_first=True)
        if note is not None:
            workspace.perform(note)
        _tell(tools, made, accounts, paths)


def _tell(tools: PageTools, made: Made, accounts: Accounts | None, paths: Sequence[Path]) -> None:
    if not paths:
        tools.notices.show_notice(Notice(NOTICE, Tone.INFORMATION, "Cancelled. Nothing was written."))
        return
    what = "a draft" if made.status.is_draft else f"version {made.status.version}"
    names = listed([f"“{path.name}”" for path in paths])
    words = f"Written as {what}: {names} in {paths[0].parent}."
    if accounts is not None:
        holds = counted(len(accounts.lines), "account")
        words += f" It holds {holds}; row {accounts.journal_row} of the journal says why."
    tell_written(tools.notices, words, paths)


def _made(session: Any, order: PaperOrder, viewer: Viewer) -> Made:
    """Return the schedule and the layouts; the window may not name the session's type."""
    refuse_closed_paper(session, order, viewer)
    value = finance(session, order)
    return Made(value, status_now(session, order, value), payment_layouts(session))


def _require_folder(folder: Path, ticket: Ticket) -> None:
    from exchange.atomic import require_place

    require_place(folder / "schedule.xlsx")


def _write(
    made: Made, accounts: Accounts | None, wanted: WantedSchedule, ticket: Ticket
) -> tuple[tuple[Path, ...], NoteAccountsFiles | None]:
    """Return the files that were written, none when it was stopped, and what notes those with accounts."""
    paths = tuple(_files(made, accounts, wanted, ticket))
    return paths, None if accounts is None or not paths else NoteAccountsFiles.of(
        accounts, {path.name: path.read_bytes() for path in paths}
    )


def _files(made: Made, accounts: Accounts | None, wanted: WantedSchedule, ticket: Ticket) -> Iterator[Path]:
    """Write the workbook, and its payment file; the writers are slow to load. A stopped one ends it."""
    from exchange.papers.finance.payment_file import write_payment_file
    from exchange.papers.paper_writing import write_paper

    name = made.name if accounts is None else f"{made.name} with accounts"
    path = wanted.folder / f"{name}.xlsx"
    with suppress(Cancelled):
        yield write_paper(FINANCE, made.value, made.status, path, ticket.tick, accounts=accounts)
        if wanted.layout is not None:
            beside = wanted.folder / f"{name}.csv"
            yield write_payment_file(made.value, wanted.layout, beside, accounts, ticket.tick)
