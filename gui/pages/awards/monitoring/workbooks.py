"""What the page has done beside the window: workbooks written and read, and what a reading comes to."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from gui.record.runner import Ticket
from gui.text import counted
from models.clock import utc_now
from models.papers.monitoring.monitoring import Monitoring
from models.papers.order import PaperOrder

if TYPE_CHECKING:
    from exchange.papers.monitoring.monitoring_reading import TakenReturn

NAMED = 6


class Taken(Struct, frozen=True):
    """What a workbook comes to: returns with something new, or every fault."""

    returns: "tuple[TakenReturn, ...]"
    new: int
    unchanged: int
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


def paper_written(path: Path, order: PaperOrder, value: Monitoring, ticket: Ticket) -> Path:
    """Write the workbook; the writers load the file libraries, which the window's start need not."""
    from exchange.papers.paper_writing import write_paper
    from models.queries.papers.papers import plain_status

    return write_paper("monitoring", value, plain_status(order, value), path, ticket.tick)


def form_written(path: Path, application: str, value: Monitoring, ticket: Ticket) -> Path:
    """Write one award's form."""
    from exchange.papers.monitoring.monitoring import write_monitoring_form

    return write_monitoring_form(value, application, utc_now(), path, ticket.tick)


def read(path: Path, value: Monitoring, today: date, ticket: Ticket) -> Taken:
    """Read a workbook, returns without a day as of today; faults are an answer here, for the page to list."""
    from exchange.forms import FormFaults
    from exchange.papers.monitoring.monitoring_reading import changed_lines, read_monitoring

    try:
        reading = read_monitoring(path, value, received_on=today, tick=ticket.tick)
    except FormFaults as no:
        return Taken((), 0, 0, no.faults)
    changes = changed_lines(reading.taken)
    return Taken(reading.taken, reading.new, reading.unchanged, changes=changes)


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
    return tuple(words), f"Import {counted(len(taken.returns), 'return', 'returns')}"
