"""What a meeting asks before it is done: a criterion set aside, when and where, confirming, the minutes."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.files import Kind
from gui.dialogs.form import Form
from gui.listed.acts import Confirm, Doing, Run
from gui.listed.form import reason_form
from gui.pages.page import PageTools
from gui.pages.panel.meeting.controller import MeetingController
from gui.pages.panel.meeting.state import MeetingState, sitting_together
from gui.record.runner import Ticket
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.long_tick import LongTick
from gui.widgets.typed import WHICH_DAY, DayField, TimeField, Wrong
from models.clock import utc_now
from models.issuing import annex_order
from models.papers.order import PaperOrder, PaperValue
from models.papers.status import PaperStatus
from models.permissions.viewing import prints_closed
from models.queries.panel.meeting_figures import MeetingFigures
from models.queries.papers.papers import draft_status, paper_value
from models.values.rounds import MeetingHeld
from scoring import money
from scoring.publishing import with_and_without
from scoring.round import Round
from scoring.written.names import file_name, round_names
from scoring.written.text import counted, one_line

NO_TOTAL = "no total yet"


def not_applicable_words(round_: Round, reference: str, code: str) -> tuple[str, ...]:
    """Return the sentences of the box; setting aside can raise a weak application's score."""
    both = with_and_without(round_, reference, code)
    counted, without = (NO_TOTAL if t is None else money.score(t) for t in both)
    return (
        f"The other criteria on its side share its weight. Total with {code}: {counted}; without: {without}.",
        "It does not count as 0: the criterion does not apply to this application at all.",
    )


ENDS_FIRST = "The meeting ends before it begins. Correct the times."
LONGEST = 200


class HeldDialog(Form):
    """A day (at first the one that is planned), from when to when, and the place; taken back as a whole.

    It is told with the areas for which the same is recorded: of those offered, all that stay ticked.
    """

    agreed = Signal(object, object)

    def __init__(
        self,
        look: Look,
        area: str,
        held: MeetingHeld | None,
        planned: date | None,
        parent: QWidget,
        *,
        beside: Iterable[str] = (),
    ) -> None:
        words = ("It is printed at the head of the minutes.",)
        super().__init__(look, f"When and where {area} meets", words, "Record", parent, 460)
        self.day = self.add(
            WHICH_DAY,
            DayField(WHICH_DAY, held.held_on if held else planned, is_past=True, is_near=True),
            shown="On",
        )
        self.begins = TimeField("From", held.begins if held else "")
        self.ends = TimeField("To", held.ends if held else "")
        self.across(("From", self.begins), ("To", self.ends))
        self.place = self.line("Place", held.place if held else "", "such as Committee room 2, or online")
        self.place.setMaxLength(LONGEST)
        self.also = {one: self.put(LongTick(f"Also for {one}")) for one in beside}
        for tick in self.also.values():
            tick.setChecked(True)
        self.take_back = Button(look, "Take it back", kind="link")
        self.take_back.setVisible(held is not None)
        self.take_back.clicked.connect(self._take_back)
        self.finish(self.day, (self.take_back,))

    @property
    def values(self) -> tuple[object, ...]:
        """Return what is typed as one value; raise `Wrong` where the end is not after the beginning."""
        begins, ends = self.begins.value, self.ends.value
        if begins and ends and ends <= begins:
            raise Wrong(ENDS_FIRST, self.ends)
        also = tuple(area for area, tick in self.also.items() if tick.isChecked())
        return MeetingHeld(self.day.that_day, begins, ends, one_line(self.place.text())), also

    @Slot()
    def _take_back(self) -> None:
        self.accept()
        self.agreed.emit(None, ())


FORMS = "PDF (*.pdf);;Word document (*.docx)"
_Made = tuple[str, PaperValue, PaperStatus]


class MinutesController(QObject):
    """Ask where, write in the work queue, tell the result."""

    def __init__(self, tools: PageTools, controller: MeetingController, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._controller = controller

    def ask(self, area: str | None, order: tuple[str, ...]) -> None:
        """Ask for a file and write the minutes of an area there, unless an item is closed to who asks."""
        figures, facts = self._controller.figures, self._tools.workspace.facts
        if figures is None or facts is None:
            return
        if closed := prints_closed(figures.rows.sight, order):
            self._tools.hint(closed)
            return
        name = facts.folder / suggested_name(figures, area)
        path = self._tools.dialogs.files.save(Kind.PAPERS, "Write the minutes", name, FORMS)
        if path is not None:
            self.write(path, area)

    def write(self, path: Path, area: str | None) -> None:
        """Write the minutes of an area."""
        figures = self._controller.figures
        if figures is None:
            return
        made = partial(_made, round_id=figures.rows.line.round_id, area=area)
        self._tools.workspace.ask(made, partial(self._write, path))

    def _write(self, path: Path, made: tuple[_Made, ...]) -> None:
        beside = ", the annex of marks beside them" if len(made) > 1 else ""
        words = f"The minutes are written as “{{}}”{beside}. The record is unchanged."
        self._tools.write(path, partial(_write, made, path), words)


def suggested_name(figures: MeetingFigures, area: str | None) -> str:
    """Return the name of the file with its ending."""
    line = figures.rows.line
    return file_name(*round_names(line.fund, line.name, line.year), area or "", "minutes") + ".pdf"


def _made(session: Any, round_id: int, area: str | None) -> tuple[_Made, ...]:
    """Return the minutes of an area, with their annex if any, and what each draft says about itself."""
    order = PaperOrder("minutes", utc_now(), round_id, area)
    value = paper_value(session, order)
    found: tuple[_Made, ...] = ((order.kind, value, draft_status(session, order, value)),)
    annex = annex_order(order, value)
    if annex is not None:
        marks = paper_value(session, annex)
        found += ((annex.kind, marks, draft_status(session, annex, marks)),)
    return found


def _write(made: tuple[_Made, ...], path: Path, ticket: Ticket) -> Path:
    """Write the files. The writers are imported here: they load libraries that would slow the start."""
    from exchange.papers.drawing import annex_place
    from exchange.papers.paper_writing import write_paper

    minutes, *annex = made
    for one in annex:
        write_paper(*one, annex_place(path), ticket.tick)
    return write_paper(*minutes, path, ticket.tick)


CONFIRMED = ("It was confirmed by the panel. Say why it is opened: the reason is recorded in History.",)
CANNOT_BE_UNDONE = (
    "Earlier changes can no longer be undone; the chair can open the minutes again with a reason."
)


class MeetingConfirmation(QObject):
    """The meeting's dialogs."""

    def __init__(self, tools: PageTools, controller: MeetingController, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._controller, self._doing = tools, controller, Doing(tools, self)
        self._owed: tuple[str, int] | None = None
        controller.came.connect(self._go_back)

    def ask_not_applicable(self, state: MeetingState, code: str) -> None:
        """Ask why a criterion does not apply, both totals told first; one set aside is counted again."""
        reference, named = state.reference, state.rulers
        then = partial(self._controller.set_aside, reference, code)
        if (reference, code) not in state.figures.not_applicable:
            words = not_applicable_words(state.figures.round, reference, code)
            title, action = f"Set {code} aside for {reference}", f"Set {code} aside"
            self._doing.do(reason_form(title, words, action, then, named=named))
        elif named:
            title, then = f"Count {code} of {reference} again", partial(then, "")
            self._doing.do(reason_form(title, (), "Count it again", then, named=named, asks_why=False))
        else:
            then("")

    def ask_held(self, area: str, *, items: int = 0) -> None:
        """Ask when and where the panel meets for an area, and for those that sit with it.

        With its `items` go back to confirming them.
        """
        figures = self._controller.figures
        if figures is not None:
            held, planned = figures.rows.held.get(area), figures.rows.planned.get(area)
            window, beside = self._tools.dialogs.window, sitting_together(figures, area)
            dialog = HeldDialog(self._tools.look, area, held, planned, window, beside=beside)
            if items:
                dialog.agreed.connect(partial(self._owe, (area, items)))
            dialog.agreed.connect(partial(self._controller.hold, area))
            self._tools.dialogs.show(dialog)

    def ask_confirm(self, area: str, items: int) -> None:
        """Ask before the panel confirms the record of an area, or why the chair opens it again.

        When and where it met comes first, where that is not recorded.
        """
        figures = self._controller.figures
        if figures is None:
            return
        if figures.is_confirmed(area):
            title, opens = f"Open the minutes of {area} again", partial(self._controller.open_record, area)
            self._doing.do(reason_form(title, CONFIRMED, "Open it again", opens))
        elif area not in figures.rows.held:
            self.ask_held(area, items=items)
        else:
            closed = counted(items, "item is", "items are")
            words = (
                f"{closed} closed. The panel has read the agreed marks, reasons and dissent.",
                CANNOT_BE_UNDONE,
            )
            confirms = Run(lambda tools: self._controller.confirm(area))
            self._doing.do(Confirm(f"Confirm the minutes of {area}", words, "Confirm the minutes", confirms))

    def _owe(self, owed: tuple[str, int], *_held: object) -> None:
        self._owed = owed

    @Slot()
    def _go_back(self) -> None:
        """Ask again whether the minutes are confirmed, once the record knows when and where it was."""
        figures, owed = self._controller.figures, self._owed
        if owed is not None and figures is not None and owed[0] in figures.rows.held:
            self._owed = None
            self.ask_confirm(*owed)
