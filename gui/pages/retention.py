"""Retention: each application's clock, what is due to go, and what is done about it.

Does not belong here: what is erased (`models.operations.retention`).
"""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from gui.dialogs.files import OPEN_FOLDER, open_folder, show
from gui.listed.acts import Act, At, Confirm, Go, Made, Save
from gui.listed.form import Asked, Form, Line, Note, Number
from gui.listed.narrowing import StatePills
from gui.listed.page import ListedPage, Wanted
from gui.pages.held import EVERYTHING, ask_person, export_held, writes_held
from gui.pages.page import PageTools
from gui.record import record_jobs
from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps, LineColumn
from gui.text import counted
from gui.theme.look import Tone
from gui.widgets.message_area import Notice, Remedy
from models.journal.erasing import (
    UNTOLD,
    Erasing,
    kept_words,
    proved_erasure_of,
    undecided_words,
    unwritten_words,
)
from models.operation import Operation, Outcome, Topic
from models.operations.awards.bank_details import DeleteBankDetails
from models.operations.erasure import EraseBodies
from models.operations.retention import MOST_YEARS, HoldApplication, SetRetention
from models.papers.order import HeldOn
from models.permissions.viewing import Viewer
from models.queries.permissions.reading import as_read_by
from models.queries.retention.held_on_request import held_on, organisation_of
from models.queries.retention.held_rows import removed_applications
from models.queries.retention.retention import DEFAULT, Keeping, Years, kept_applications, years
from models.store.sqlite.backup import Copy, every_copy
from models.values.payments import masked
from scoring.written.days import full_day, short_day
from scoring.written.text import first_of

NONE_DUE = "Nothing has been kept long enough to go, or all that has is held back."
NOTHING = "No application has come in yet: how long each is kept is shown here."
GOES = (
    "What goes: contacts, answers and texts of the application, the words beside its marks, gates and "
    "declarations, what the office wrote of it for letters and lists, why it was varied or challenged, and "
    "what monitoring and payments say in words. They go from the journal too, and cannot be brought back."
)
STAYS = (
    "What stays: the reference, the organisation's name, amounts, dates and marks, so that every total "
    "stays right."
)
MISSING = "Give the grounds, and who authorised it. Both are saved in the record."
ACCOUNTS_GO = "What is deleted is gone from this record; the journal notes who did it. There is no undo."
COPIES_HOLD = (
    "Copies made before still hold them, until newer ones take their place or somebody deletes them."
)
HELD = "While it is on hold nothing of it is deleted, however long it was kept."
USUAL = (
    f"The usual periods are {DEFAULT.awarded} and {DEFAULT.declined} years. "
    "Decisions themselves are kept for good."
)
REMOVED = "It was removed from the round, so there is nothing to hold or to export."
ON_HOLD, GONE = "It is on hold. Remove the hold first.", "It is erased already."
MOST_NAMED = 8
REPLACE_COPIES = "Replace the copies"


class Kept(NamedTuple):
    """A round's applications with their clocks, and the years that the clocks run for."""

    lines: tuple[Keeping, ...]
    years: Years

    @property
    def due(self) -> tuple[Keeping, ...]:
        return tuple(line for line in self.lines if line.is_due(current_day()))

    @property
    def accounts(self) -> tuple[Keeping, ...]:
        """Return those whose bank details are to go."""
        return tuple(line for line in self.lines if line.is_account_due())


class Clock(StrEnum):
    """How an application's clock stands, as the pills over the list name it, the most pressing first."""

    DUE = "Due to go"
    ACCOUNT = "Bank details due"
    HELD = "On hold"
    RUNNING = "Clock running"
    UNDECIDED = "Not decided"
    ERASED = "Erased"


def _ask(session: Any, wanted: Wanted) -> Kept:
    """Ask how long a round's applications are kept."""
    of = wanted.round_id
    assert of is not None, "there is a round"
    with as_read_by(session, wanted.viewer):
        found = (*kept_applications(session, of), *removed_applications(session, of))
    return Kept(tuple(sorted(found, key=_pressing)), years(session, of))


def clocks_of(line: Keeping) -> tuple[Clock, ...]:
    """Return how its clock stands; bank details may be due while the application's own runs on."""
    account = (Clock.ACCOUNT,) if line.is_account_due() else ()
    if line.erased:
        return (*account, Clock.ERASED)
    if line.held_for:
        return (Clock.HELD,)
    if line.is_due(current_day()):
        return (Clock.DUE, *account)
    return (*account, Clock.UNDECIDED if line.until is None else Clock.RUNNING)


def _next_words(lines: Sequence[Keeping]) -> str:
    """Say what goes next; where no clock runs, when one will."""
    running = [line for line in lines if Clock.RUNNING in clocks_of(line)]
    first = min((line.until for line in running if line.until is not None), default=None)
    if first is None:
        return "No period runs yet: it starts with an application's decision."
    ending = [line.reference for line in running if line.until == first]
    what = ending[0] if len(ending) == 1 else counted(len(ending), "application")
    return f"Next: {what}, after {short_day(first)}."


def last_day_kept(line: Keeping) -> str:
    return "–" if line.until is None else short_day(line.until)


def state_words(line: Keeping) -> str:
    """Return how it stands now: erased, held, due to go, or kept."""
    if line.erased:
        return f"Erased {line.erased}"
    if line.held_for:
        return f"On hold: {line.held_for}"
    if line.is_due(current_day()):
        return "Due to go"
    return "Bank details are due to go" if line.is_account_due() else "Kept"


def _pressing(line: Keeping) -> tuple[int, date, str]:
    """Sort by how pressing it is, then by day."""
    return tuple(Clock).index(clocks_of(line)[0]), line.until or date.max, line.reference


_reference: Callable[[Keeping], str] = attrgetter("reference")


COLUMNS: tuple[LineColumn[Keeping], ...] = (
    LineColumn(
        "application",
        "Application",
        _reference,
        under=attrgetter("organisation"),
        keeps=Keeps.WHOLE,
    ),
    LineColumn("until", "Retention", last_day_kept, width=130),
    LineColumn("why", "Why", attrgetter("why"), width=290, gives_way=Gives.WORDS),
    LineColumn("state", "Now", state_words, width=250, tip=state_words, is_strong=True),
)

Here = At[Kept, Keeping]


def _summary(answer: Kept) -> str:
    of = answer.years
    kept = f"Kept: awarded {of.awarded_words} after the grant ends, others {of.declined_words} after the"
    return f"{_next_words(answer.lines)} {kept} decision."


def _form(title: str, sentences: tuple[str, ...], action: str, does: Any, *fields: Any) -> Form:
    return Form(title=title, sentences=sentences, action=action, does=does, fields=fields)


def _set_years(at: At[Kept, None]) -> Form:
    """Ask for how many years the round's applications are kept."""
    stood = at.answer.years
    assert at.place is not None, "so is the page"
    round_id = at.place.line.round_id

    def keep(awarded: int, declined: int) -> Operation | None:
        new = Years(awarded, declined)
        return None if new == stood else SetRetention(round_id, new, stood)

    awarded, declined = (
        "Awarded: years after the grant ends",
        "Not awarded: years after the decision",
    )
    return _form(
        "How long applications are kept",
        (USUAL,),
        "Save",
        keep,
        Number(name="awarded", words=awarded, value=stood.awarded, most=MOST_YEARS),
        Number(name="declined", words=declined, value=stood.declined, most=MOST_YEARS),
    )


def _hold(at: Here) -> Form | Operation:
    """Ask why an application is held back, or take its hold off."""
    line = at.row

    def hold(reason: str) -> Operation:
        return HoldApplication(line.round_id, line.reference, reason, line.held_for)

    reason = Note(name="reason", words="Reason", wanted="Say why. The reason is recorded in History.")
    return hold("") if line.held_for else _form(f"Hold {line.reference}", (HELD,), "Hold", hold, reason)


def _erase(lines: Sequence[Keeping], ground: str) -> Asked:
    """Work out what erasing these applications comes to, and ask for the ground and the person."""
    chosen = tuple((line.round_id, line.reference) for line in lines)
    work_out = partial(proved_erasure_of, applications=chosen, ground="-", person="-")
    return Asked(work_out, partial(_erase_form, chosen, ground))


def _erase_form(chosen: tuple[tuple[int, str], ...], ground: str, found: Erasing) -> Form:
    of = chosen[0][1] if len(chosen) == 1 else counted(len(chosen), "application")
    typed = chosen[0][1] if len(chosen) == 1 else f"{len(chosen)}"
    untold = () if found.is_whole else (UNTOLD,)
    files = (f"Files that go with it: {first_of(found.files, MOST_NAMED)}.",) if found.files else ()

    def fault(said: str) -> str:
        is_it = said.casefold() == typed.casefold()
        return "" if is_it else f"Type {typed} exactly as shown. Nothing was erased."

    return Form(
        title=f"Erase what was written in {of}",
        sentences=(
            *undecided_words(found.undecided),
            *unwritten_words(found.unwritten),
            GOES,
            *files,
            STAYS,
            *kept_words(found),
            *untold,
        ),
        action="Erase",
        is_final=True,
        does=partial(_erased, chosen),
        fields=(
            Line(name="ground", words="On what grounds", value=ground, wanted=MISSING),
            Line(name="person", words="Authorised by, name and post", wanted=MISSING),
            Line(name="typed", words=f"Type {typed} to erase", hint=typed, check=fault),
        ),
    )


def _erased(chosen: tuple[tuple[int, str], ...], ground: str, person: str, typed: str) -> Made:
    """Work it out again with what was said, as the record may have changed meanwhile."""

    def erase(session: Any) -> Operation:
        return proved_erasure_of(session, applications=chosen, ground=ground, person=person).operation

    return Made(erase, _find_copies)


def _find_copies(tools: PageTools, outcome: Outcome) -> None:
    facts = tools.workspace.facts
    if facts is not None:
        tell = partial(_tell_copies, tools, outcome.words)
        path, second = facts.path, tools.workspace.second_place
        tools.workspace.work(lambda ticket: () if facts.is_shared else every_copy(path, second), tell)


def _tell_copies(tools: PageTools, words: str, found: tuple[Copy, ...]) -> None:
    """Name the copies that still hold what was erased."""
    remedies: tuple[Remedy, ...] = ()
    if found:
        many = counted(len(found), "automatic copy holds", "automatic copies hold")
        oldest = found[-1].made_at.astimezone()
        words += (
            f" {many} it still, the oldest of {full_day(oldest)}. Copies saved elsewhere hold it as well."
        )
        way = partial(show, tools.notices, open_folder, found[0].path.parent)
        remedies = (
            Remedy(REPLACE_COPIES, partial(_replace_copies, tools, found)),
            Remedy(OPEN_FOLDER, way),
        )
    tools.notices.show_notice(Notice("erased", Tone.INFORMATION, words, remedies))


def _replace_copies(tools: PageTools, found: tuple[Copy, ...]) -> None:
    """Have one new copy take the place of those that hold what was erased."""
    job = partial(record_jobs.replace_copies, found, tools.workspace.second_place)
    tools.workspace.beside(job, partial(_tell_replaced, tools, len(found)), label="Replacing copies")


def _tell_replaced(tools: PageTools, many: int, left: tuple[str, ...]) -> None:
    words = f"A new copy was made and checked, and {counted(many, 'older copy', 'older copies')} deleted."
    tone = Tone.FUND
    if left:
        words = f"A new copy was made, but these could not be deleted: {', '.join(left)}."
        tone = Tone.WARNING
    tools.notices.show_notice(Notice("erased", tone, words))


def _due_words(at: At[Kept, None]) -> str:
    due = len(at.answer.due)
    return f"Erase the {due:,} due…" if due else "Erase what is due…"


def _accounts_words(at: Here) -> str:
    accounts = len(at.answer.accounts)
    return f"Delete {counted(accounts, 'account')} paid and evidenced…"


def _delete_accounts(at: Here) -> Confirm:
    """Ask whether to delete the accounts into which all is paid and evidenced."""
    lines = at.answer.accounts
    delete = f"Delete {counted(len(lines), 'account')}"
    accounts = (f"{line.reference} ({masked(line.last_four)})" for line in lines)
    evidenced = f"Everything is paid and evidenced: {first_of(accounts, MOST_NAMED)}."
    each = (DeleteBankDetails(line.round_id, line.reference, line.last_four) for line in lines)
    return Confirm(delete, (evidenced, ACCOUNTS_GO, COPIES_HOLD), delete, tuple(each))


def _export(at: Here) -> Save:
    line = at.row
    of = partial(_held_of, round_id=line.round_id, reference=line.reference, viewer=at.identity.viewer)
    return export_held(of, line.reference)


def _held_of(session: Any, round_id: int, reference: str, viewer: Viewer) -> HeldOn:
    """Return all that is held on the organisation of an application."""
    number = organisation_of(session, round_id, reference)
    assert number is not None, "the line is of an application"
    return held_on(session, number, viewer)


def _is_there(at: Here) -> str:
    return REMOVED if at.row.is_removed else ""


PAGE: ListedPage[Kept, Keeping] = ListedPage(
    key="retention",
    title="Retention",
    icon="file",
    list_name="Applications and how long they are kept",
    ask=_ask,
    rows=lambda answer: answer.lines,
    row_key=_reference,
    columns=COLUMNS,
    concerns=frozenset(Topic),
    of_round=True,
    summary=_summary,
    empty=lambda answer: NOTHING,
    finds=lambda line, reference: line.reference == reference,
    narrowing=partial(StatePills, name="Which applications are shown", states=Clock, states_of=clocks_of),
    opens=Act(words="Open", does=lambda at: Go("applications", at.row.reference)),
    acts=(
        Act(
            words=_due_words,
            kind=EraseBodies.kind,
            look="primary",
            where=lambda at: bool(at.answer.lines),
            why_not=lambda at: "" if at.answer.due else NONE_DUE,
            does=lambda at: _erase(at.answer.due, "kept long enough"),
        ),
        Act(
            words="Years…",
            kind=SetRetention.kind,
            does=_set_years,
        ),
    ),
    row_acts=(
        Act(
            words=lambda at: "Remove the hold" if at.row.held_for else "Hold…",
            kind=HoldApplication.kind,
            why_not=_is_there,
            does=_hold,
        ),
        Act(
            words="Erase…",
            kind=EraseBodies.kind,
            why_not=lambda at: ON_HOLD if at.row.held_for else GONE if at.row.erased else "",
            does=lambda at: _erase((at.row,), ""),
        ),
        Act(
            words="Export all held on it…",
            also=EVERYTHING,
            brief="Export…",
            where=writes_held,
            icon="export",
            why_not=_is_there,
            does=_export,
        ),
        Act(
            words="All held on a person…",
            also=EVERYTHING,
            brief="Person…",
            where=writes_held,
            icon="person",
            does=lambda at: ask_person(at.identity.viewer),
        ),
        Act(
            words=_accounts_words,
            brief=lambda at: f"Delete {len(at.answer.accounts):,}…",
            kind=DeleteBankDetails.kind,
            where=lambda at: bool(at.answer.accounts),
            does=_delete_accounts,
        ),
    ),
)
