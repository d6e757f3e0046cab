"""The monitoring workbook and one award's form: written, and taken in once they are filled in."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from gui.dialogs.files import Kind
from gui.listed.acts import Act, At, Confirm, Deed, Listing, Made, Read, Run, Save
from gui.listed.form import Asked, Day, Form
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.theme.look import Tone
from gui.widgets.message_area import Notice
from models.clock import utc_now
from models.operation import Outcome
from models.operations.awards.monitoring import PutReturns, ReturnPut
from models.papers.monitoring.monitoring import AwardMonitoring, Monitoring
from models.papers.order import PaperOrder
from models.permissions.viewing import Viewer
from models.queries.awards.monitoring import monitoring, monitoring_of
from models.queries.permissions.reading import refuse_closed_paper
from models.values.rounds import RoundLine
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
        partial(_monitoring, order=order, viewer=at.identity.viewer),
        partial(_write_workbook, order),
    )


def _monitoring(session: Any, order: PaperOrder, viewer: Viewer) -> Monitoring:
    refuse_closed_paper(session, order, viewer)
    return monitoring(session, order)


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
