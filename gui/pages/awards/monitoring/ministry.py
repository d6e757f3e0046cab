"""The fund's returns to the Ministry, and the workbook and forms in which awards' own returns come in.

Does not belong here: how a period is summed (`models.papers.ministry`).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from gui.dialogs.files import Kind
from gui.listed.acts import Act, At, Confirm, Deed, Listing, Made, Read, Run, Save
from gui.listed.form import Asked, Day, Form, Note
from gui.listed.side import Name, Offers, Says, Side, Strong, Title, Told
from gui.pages.page import PageTools
from gui.papers.source import PaperSource, issue_paper, paper_source
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.record.turns import Turns, settling, take_turns
from gui.tables.columns import Gives, Keeps, LineColumn, pounds_of
from gui.text import ENDS_UNDO
from gui.theme.look import Tone
from gui.widgets.label import Chip
from gui.widgets.message_area import Notice
from models.clock import utc_now
from models.operation import Outcome
from models.operations.awards.monitoring import PutReturns, ReturnPut
from models.papers.kinds import MINISTRY
from models.papers.ministry.summing import MinistryReturn, unchosen
from models.papers.monitoring.monitoring import AwardMonitoring, Monitoring
from models.papers.order import PaperOrder
from models.queries.awards.ministry import PeriodState
from models.queries.awards.monitoring import monitoring, monitoring_of
from models.values.rounds import RoundLine
from scoring import money
from scoring.written.days import full_moment
from scoring.written.names import file_name
from scoring.written.text import counted

if TYPE_CHECKING:
    from exchange.papers.monitoring.monitoring import TakenReturn

WORKBOOK = "Excel workbook (*.xlsx)"
READABLE = "Spreadsheets (*.xlsx *.xlsm *.ods);;All files (*)"
SUBJECT = "monitoring"
FAULTS = "Nothing was imported. Correct the cells below in the workbook, save it, and import it again."
NOTHING_NEW = "“{}” says nothing that the record does not say already. Nothing was changed."
NOT_IN_YET = "That day is still to come. A return is recorded once it has come in."
NAMED = 6
"""So many new returns are named, more are counted."""


class Taken(Struct, frozen=True):
    """What a workbook comes to: returns with something new, or every fault."""

    name: str
    returns: "tuple[TakenReturn, ...]" = ()
    new: int = 0
    unchanged: int = 0
    faults: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()

    @property
    def undated(self) -> int:
        """Return how many returns do not say when they came in."""
        return sum(one.is_undated for one in self.returns)

    def received(self, day: date) -> "Taken":
        """Return it with a day for the returns that say none."""
        dated = (
            replace(one, said=replace(one.said, received_on=day)) if one.is_undated else one
            for one in self.returns
        )
        return replace(self, returns=tuple(dated))


def line_of(at: At[Any, Any]) -> RoundLine:
    """Return the round on show."""
    assert at.place is not None, "awards are of a round"
    return at.place.line


def _save(at: At[Any, Any], title: str, named: str, content: Any, write: Any) -> Save:
    line = line_of(at)
    name = f"{file_name(named, line.name, line.year)}.xlsx"
    return Save(Kind.MONITORING, title, name, WORKBOOK, content, write, "“{}” is written.", is_near=True)


def _save_workbook(at: At[Any, None]) -> Save:
    area = None if at.place is None else at.place.area
    order = PaperOrder("monitoring", utc_now(), round_id=line_of(at).round_id, area=area)
    return _save(
        at,
        "Write the monitoring workbook",
        "Monitoring",
        partial(monitoring, order=order),
        partial(_write_workbook, order),
    )


def _write_workbook(order: PaperOrder, value: Monitoring, path: Path, ticket: Ticket) -> Path:
    """Write the workbook; the writers load the file libraries, which the window's start need not."""
    from exchange.papers.paper_writing import write_paper
    from models.queries.papers.papers import plain_status

    return write_paper("monitoring", value, plain_status(order, value), path, ticket.tick)


def save_form(at: At[Any, AwardMonitoring]) -> Save:
    """Write one award's form, which tells of nobody else."""
    query = partial(monitoring_of, round_id=line_of(at).round_id, today=current_day())
    write = partial(_write_form, at.row.application)
    return _save(at, "Write the form", f"Return {at.row.reference}", query, write)


def _write_form(application: str, value: Monitoring, path: Path, ticket: Ticket) -> Path:
    from exchange.papers.monitoring.monitoring import write_monitoring_form

    return write_monitoring_form(value, application, utc_now(), path, ticket.tick)


def _take_in(at: At[Any, None]) -> Asked:
    """Read a workbook against the record as it stands, then say what it would change."""
    round_id, today = line_of(at).round_id, current_day()

    def ask_file(value: Monitoring) -> Read:
        read = partial(_read, value, today)
        return Read(Kind.MONITORING, "Import returns", READABLE, read, partial(_offered, round_id))

    return Asked(partial(monitoring_of, round_id=round_id, today=today), ask_file)


def _read(value: Monitoring, today: date, path: Path, ticket: Ticket) -> Taken:
    """Read a workbook, returns without a day as of today; faults are an answer here, to be listed."""
    from exchange.forms import FormFaults
    from exchange.papers.monitoring.monitoring import changed_lines, read_monitoring

    try:
        reading = read_monitoring(path, value, received_on=today, tick=ticket.tick)
    except FormFaults as no:
        return Taken(path.name, faults=no.faults)
    changes = changed_lines(reading.taken)
    return Taken(path.name, reading.taken, reading.new, reading.unchanged, changes=changes)


def _offered(round_id: int, taken: Taken) -> Deed:
    """Say what would change; where a return does not say when it came in, ask that as well."""
    if taken.faults:
        title = f"“{taken.name}” has {counted(len(taken.faults), 'fault')}"
        return Listing(title, FAULTS, taken.faults, name="Faults", copy="Copy the list")
    if not taken.returns:
        return Run(partial(_tell_nothing_new, taken.name))
    (said, action), take = words_of(taken), partial(_taken, round_id)
    if not taken.undated:
        return Confirm("Import returns", said, action, take(taken))
    return Form(
        title="Import returns",
        sentences=said,
        action=action,
        does=lambda on: take(taken.received(on)),
        fields=(Day("on", "Received on", value=current_day(), to_come=NOT_IN_YET),),
    )


def _tell_nothing_new(name: str, tools: PageTools) -> None:
    tools.notices.show_notice(Notice(SUBJECT, Tone.INFORMATION, NOTHING_NEW.format(name)))


def _taken(round_id: int, taken: Taken) -> Made:
    puts = tuple(ReturnPut(one.application, one.number, one.said, one.standing) for one in taken.returns)
    return Made(lambda session: PutReturns(round_id, puts, taken.name), _tell_taken)


def _tell_taken(tools: PageTools, outcome: Outcome) -> None:
    tools.notices.settle(SUBJECT)
    tools.toast(outcome.words)


def words_of(taken: Taken) -> tuple[tuple[str, ...], str]:
    """Return what a box says before returns are imported, and its action."""
    changed = len(taken.returns) - taken.new
    new = [one for one in taken.returns if one.standing is None]
    words = []
    if new:
        named = [f"{one.application}, return {one.number}" for one in new[:NAMED]]
        more = [f"{len(new) - NAMED} more"] if len(new) > NAMED else []
        heard = counted(len(new), "return is", "returns are")
        words.append(f"{heard} new: nothing had come in. {'; '.join([*named, *more])}.")
    if changed:
        heard = counted(changed, "return changes", "returns change")
        words += [f"{heard} what the record says:", *(f"{one}." for one in taken.changes)]
    if taken.unchanged:
        words.append(
            f"{counted(taken.unchanged, 'return says', 'returns say')} what the record says already."
        )
    if taken.undated:
        heard = counted(taken.undated, "return does", "returns do")
        words.append(f"{heard} not say when the office received it: the form leaves that to the office.")
    return tuple(words), f"Import {counted(len(taken.returns), 'return')}"


def _has_awards(at: At[Any, Any]) -> bool:
    return bool(at.answer.found.awards)


TAKE_IN: Act[Any, None] = Act(
    words="Import…",
    kind=PutReturns.kind,
    where=_has_awards,
    tip="Import a workbook of returns that was filled in",
    does=_take_in,
)
SAVE_WORKBOOK: Act[Any, None] = Act(
    words="Workbook…", look="primary", icon="export", where=_has_awards, does=_save_workbook
)


NOTHING_PICKED = "Choose a period to see its figures and what is missing."
COMPLETE = "Nothing is missing."
BY_TIME = "A return counts in the period in which the time it tells of ends, whenever it comes in."
CHOOSE_WHERE = "It is chosen on Applications, under What it is for."
FEW = 12
"""So many changes are listed, more are counted: the paper has them all."""
STANDS = (
    "Its figures then stand, with your name and the time. What comes in later leads to a correction. "
    f"{ENDS_UNDO}"
)
KEPT = (
    "The version that was submitted is kept as it is; this is the next one. It prints the reason and "
    "what changed."
)

Here = At[Any, PeriodState]


def _tell(at: Here) -> Iterator[Told]:
    one, value = at.row, at.row.value
    yield Name(one.period.words)
    yield Strong(f"{_paid(one)} paid less returned · {_evidenced(one)} evidenced")
    if one.submitted is not None:
        when = full_moment(one.submitted.issued_at.astimezone())
        yield Says(f"Version {one.submitted.version}, submitted by {one.submitted.issued_by}, {when}")
    else:
        yield Says(f"{one.words}. Not submitted yet.", "text2")
    yield Says(BY_TIME, "muted")
    yield Offers((SUBMIT, CORRECT, WRITE), is_row=True)
    if one.changes:
        yield Title("Changed since it was submitted")
        yield from _points(one.changes[:FEW], "warning")
        more = len(one.changes) - FEW
        yield Says(f"And {counted(more, 'more change')}." if more > 0 else "", "warning")
    yield from _missing(value)
    for title in dict.fromkeys(line.title for line in value.people):
        yield Title(f"People by {title.lower()}")
        given = [line for line in value.people if line.title == title and line.given]
        yield from _points(f"{line.line}: {line.people:,}" for line in given)
        yield Says("" if given else "No numbers yet.", "muted")
    for kind in value.kinds:
        yield Title(f"Spending by {kind.lower()}")
        spent = [line for line in value.spending_by(kind) if line.paid_pence or line.evidenced_pence]
        for line in spent:
            paid, told = money.short_pounds(line.paid_pence), money.short_pounds(line.evidenced_pence)
            yield Says(f"• {line.line}: {paid} paid less returned, {told} evidenced")
        yield Says("" if spent else "Nothing in this period.", "muted")


def _missing(value: MinistryReturn) -> Iterator[Told]:
    yield Title("Missing")
    lists = {unchosen(kind) for kind in value.kinds}
    for one in (one for one in value.providers if one.missing or one.warning):
        yield Strong(f"{one.organisation}, {one.award}")
        yield from _points(f"{words} {CHOOSE_WHERE}" if words in lists else words for words in one.missing)
        yield from _points(filter(None, (one.warning,)), "warning")
    yield Says("" if value.silent or value.warned else COMPLETE, "muted")


def _points(words: Iterable[str], tone: str = "text") -> Iterator[Told]:
    return (Says(f"• {one}", tone) for one in words)


def _ask_submit(at: Here) -> Confirm:
    one = at.row
    return Confirm(
        f"Submit the return for {one.period.name}",
        (*_controls(one.value), STANDS),
        "Submit it",
        Run(partial(_submit, one, "")),
    )


def _controls(value: MinistryReturn) -> tuple[str, ...]:
    silent = value.silent
    if not silent:
        return (f"{value.control}.",)
    named = ", ".join(one.organisation for one in silent[:4])
    more = f" and {counted(len(silent) - 4, 'other')}" if len(silent) > 4 else ""
    return f"{value.control}.", f"Something is missing of {named}{more}; the return says so."


def _ask_correct(at: Here) -> Form:
    changed = counted(len(at.row.changes), "change")
    return Form(
        title=f"Correct the return for {at.row.period.name}",
        sentences=(f"{changed} since it was submitted. {KEPT}",),
        action="Submit it",
        does=lambda reason: Run(partial(_submit, at.row, reason)),
        fields=(Note("reason", "Why it is corrected", height=72, wanted="Say why it is corrected."),),
    )


def _submit(one: PeriodState, reason: str, tools: PageTools) -> None:
    take_turns(tools.workspace, _issue(_order(one, reason), tools))


def _issue(order: PaperOrder, tools: PageTools) -> Turns:
    """Have the return as it stands issued; the dialog is claimed before the record is asked."""
    with settling(tools.workspace) as settle:
        source = yield partial(tools.workspace.ask, partial(paper_source, order=order))
        issued = yield from issue_paper(tools, source, Path(), settle)
        if issued is not None:
            tools.toast(f"The return is submitted. Version {issued.version} was issued.")


def _order(one: PeriodState, reason: str = "") -> PaperOrder:
    value = one.value
    return PaperOrder(MINISTRY, utc_now(), fund=value.fund_code, period=value.period, reason=reason)


def _write(at: Here) -> Save:
    """Write a period's return: the version that was submitted while nothing changed, else a draft."""
    one = at.row
    name = f"{file_name('Return to the Ministry', one.value.fund, one.period.name)}.xlsx"
    order = partial(paper_source, order=_order(one))
    return Save(
        Kind.MONITORING,
        "Write the return",
        name,
        "Excel workbook (*.xlsx);;PDF (*.pdf);;Word (*.docx)",
        order,
        lambda source, path, ticket: source.write(path, ticket.tick),
        _written_words,
        is_near=True,
    )


def _written_words(source: PaperSource) -> str:
    what = "a draft" if source.version is None else f"version {source.version}"
    return f"“{{}}” is written: {what}, {source.value.control}."


SUBMIT: Act[Any, PeriodState] = Act(
    words="Submit…",
    kind=PutReturns.kind,
    look="primary",
    where=lambda at: at.row.may_be_submitted and at.row.submitted is None,
    does=_ask_submit,
)
CORRECT: Act[Any, PeriodState] = Act(
    words="Correct…",
    kind=PutReturns.kind,
    look="primary",
    where=lambda at: at.row.may_be_submitted and at.row.submitted is not None,
    does=_ask_correct,
)
WRITE: Act[Any, PeriodState] = Act(words="Write it…", does=_write)
SIDE: Side[Any, PeriodState] = Side(
    name="The selected period", width=380, nothing=NOTHING_PICKED, tell=_tell, acts=(SUBMIT, CORRECT, WRITE)
)


def _tone(one: PeriodState) -> Tone:
    """Return how pressing a period looks."""
    if one.submitted is not None and not one.changes:
        return Tone.FUND
    if not one.is_over:
        return Tone.INFORMATION
    return Tone.FUND if one.submitted is None and not one.value.silent else Tone.WARNING


_paid, _evidenced = pounds_of("value.paid_pence"), pounds_of("value.evidenced_pence")
PERIOD_COLUMNS: tuple[LineColumn[PeriodState], ...] = (
    LineColumn(
        "period",
        "Period",
        attrgetter("period.name"),
        under=attrgetter("period.months"),
        is_strong=True,
        keeps=Keeps.WHOLE,
    ),
    LineColumn(
        "state",
        "Now",
        attrgetter("words"),
        chip=lambda one: Chip(_tone(one), one.words),
        width=190,
        gives_way=Gives.STATE,
    ),
    LineColumn(
        "paid",
        "Paid less returned",
        _paid,
        is_right=True,
        width=124,
        gives_way=Gives.FIGURES,
        brief="Net paid",
    ),
    LineColumn("evidenced", "Evidenced", _evidenced, is_right=True, width=96, gives_way=Gives.FIGURES + 1),
)
