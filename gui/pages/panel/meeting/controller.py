"""The meeting on show and every change to it: what is asked, what is performed, what stands meanwhile."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from gui.pages.page import PageTools
from gui.pages.panel.kept import KeptTexts
from gui.text import counted
from models.operation import Operation, Outcome, Topic
from models.operations.panel.agreed import (
    AgreeMarks,
    CloseItem,
    ConfirmRecord,
    KeepForPanel,
    OpenItem,
    OpenRecord,
    SetAgreedMark,
    SetDissent,
    SetNotApplicable,
)
from models.operations.panel.meetings import SetAttendance, SetAttendances, SetMeetingHeld
from models.queries.panel.meeting import seen_meeting
from models.queries.panel.meeting_figures import MeetingFigures, work_out
from models.values.rounds import MeetingHeld

CONCERNS = frozenset(
    {
        Topic.ROUNDS,
        Topic.SCHEME,
        Topic.APPLICATIONS,
        Topic.GATES,
        Topic.PANEL,
        Topic.INTERESTS,
        Topic.MARKS,
        Topic.AGREED,
    }
)
DISSENT = "dissent"
"""What stands for the dissent where a reason is named by its criterion."""

CurrentValue = tuple[int | None, str]
"""An agreed mark and its reason."""


class MeetingController(QObject):
    """Carry the page's wishes to the record. What was just performed stands until the record answers."""

    came = Signal()

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._workspace = tools, tools.workspace
        self._round_id: int | None = None
        self._whose: tuple[int | None, str] = (None, "")
        self._meanwhile: dict[tuple[str, str], CurrentValue] = {}
        self._dissents: dict[str, str] = {}
        self._kept = KeptTexts(tools.workspace)
        self._is_behind = False
        self.area: str | None = None
        """The area whose meeting is on show, None for all of them."""
        self.figures: MeetingFigures | None = None
        self._workspace.failed.connect(self._start_over)

    def look_at(self, round_id: int | None) -> None:
        """Go to a round, None for no round."""
        if round_id != self._round_id:
            self._round_id, self.figures = round_id, None
            self._tools.questions.forget(self._take)  # it is of another round, or record
            self._forget_meanwhile()
        if (round_id, self._workspace.person) != self._whose:
            self._whose = (round_id, self._workspace.person)
            self._kept.begin("" if round_id is None else f"agreed/{round_id}/")
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._round_id is not None:
            self._tools.ask(
                partial(seen_meeting, round_id=self._round_id, viewer=self._tools.identity.viewer),
                self._take,
                work_out=work_out,
            )

    def current_value(self, reference: str, code: str) -> CurrentValue:
        """Return an agreed mark and its reason, what was just performed included."""
        assert self.figures is not None, "changes are made to what is on show"
        held = self._meanwhile.get((reference, code))
        if held is not None:
            return held
        line = next(line for line in self.figures.items[reference].lines if line.code == code)
        return line.agreed, self.figures.reason(reference, code)

    def agree(self, reference: str, code: str, value: int | None) -> None:
        """Agree a mark, or take it back (None); its reason stays. Of one that stood before it is said."""
        stood, reason = self.current_value(reference, code)
        became = "is not agreed any more" if value is None else f"is agreed as {value}"
        said = "" if stood is None else f"{reference}: {code} {became}. It was agreed as {stood}."
        self._set(reference, code, (value, reason), said)

    def explain(self, reference: str, code: str, text: str) -> None:
        """Write the reason of an agreed mark, or the dissent; what is refused is offered again as a draft."""
        text = text.strip()
        if self.figures is None or reference not in self.figures.items:
            return
        before = self._standing_text(reference, code)
        if text == before:
            self.drop(reference, code)
            return
        self._kept.texts[f"{reference}/{code}"] = text
        if self._workspace.refuses():
            self.keep(reference, code, text)
        elif code == DISSENT:
            self._dissents[reference] = text
            self._perform(SetDissent(self._round(), reference, text, before), (reference, code, text))
        else:
            self._set(reference, code, (self.current_value(reference, code)[0], text))

    def keep_for_panel(self, reference: str, code: str, is_kept: bool) -> None:
        """Keep the reason of an agreed mark for the panel, or let it be told to the applicant."""
        self._perform(KeepForPanel(self._round(), reference, code, is_kept))

    def agree_same(self, reference: str) -> None:
        """Agree the marks that all members gave alike where none is agreed yet."""
        assert self.figures is not None, "changes are made to what is on show"
        marks = []
        for line in self.figures.items[reference].lines:
            before = self.current_value(reference, line.code)
            if line.same is not None and before[0] is None and not line.is_not_applicable:
                after = (line.same, before[1])
                self._meanwhile[reference, line.code] = after
                marks.append(self._operation(reference, line.code, before, after))
        if marks:
            self._perform(AgreeMarks(self._round(), reference, tuple(marks)))

    def set_aside(self, reference: str, code: str, reason: str, in_place: str = "") -> None:
        """Set a criterion aside for an application, "" counts it again; `in_place` ruled so for the chair."""
        assert self.figures is not None, "changes are made to what is on show"
        before = self.figures.not_applicable.get((reference, code), "")
        self._perform(SetNotApplicable(self._round(), reference, code, reason, before, in_place))

    @Slot(str, str)
    def attend(self, member: str, state: str) -> None:
        """Record whether a member is at the meeting on show."""
        if self.area is not None and self.figures is not None:
            found = {(of, code): said for of, code, said in self.figures.rows.attendance}
            before = found.get((self.area, member), "")
            if before != state:
                self._perform(SetAttendance(self._round(), self.area, member, state, before))

    @Slot(object)
    def attend_all(self, members: Iterable[str]) -> None:
        """Record as one change that members of whom nothing is said are at the meeting on show."""
        if self.area is not None:
            area, round_id = self.area, self._round()
            parts = tuple(SetAttendance(round_id, area, member, "present", "") for member in members)
            said = f"{counted(len(parts), 'member is', 'members are')} here"
            self._perform(SetAttendances(area, parts), said=said)

    def hold(self, area: str, held: MeetingHeld | None, also: Iterable[str]) -> None:
        """Record when and where an area's meeting was held, and `also` those of others: a change for each."""
        assert self.figures is not None, "changes are made to what is on show"
        for one in (area, *also):
            before = self.figures.rows.held.get(one)
            if held != before:
                self._perform(SetMeetingHeld(self._round(), one, held, before))

    def close(self, reference: str) -> None:
        """Close an item."""
        self._perform(CloseItem(self._round(), reference))

    def open(self, reference: str) -> None:
        """Open a closed item again."""
        self._perform(OpenItem(self._round(), reference))

    def confirm(self, area: str) -> None:
        """Record that the panel confirmed the record."""
        self._perform(ConfirmRecord(self._round(), area))

    def open_record(self, area: str, reason: str) -> None:
        """Open a confirmed record again."""
        self._perform(OpenRecord(self._round(), area, reason))

    def keep(self, reference: str, code: str, text: str) -> None:
        """Keep what is being typed against a crash."""
        self._kept.keep(f"{reference}/{code}", text)

    def drop(self, reference: str, code: str) -> None:
        """Drop what was kept of a text."""
        self._kept.drop(f"{reference}/{code}")

    def drafts_of(self, reference: str) -> dict[str, str]:
        """Return what was typed on an item and is not saved, where it says more."""
        found = {}
        for field, text in self._kept.texts.items():
            of, _, code = field.rpartition("/")
            if of == reference and text and text != self._standing_text(reference, code):
                found[code] = text
        return found

    def _standing_text(self, reference: str, code: str) -> str:
        assert self.figures is not None, "drafts are shown with an item"
        if code == DISSENT:
            return self._dissents.get(reference, self.figures.dissent(reference))
        known = {line.code for line in self.figures.items[reference].lines}
        return self.current_value(reference, code)[1] if code in known else ""

    def _set(self, reference: str, code: str, after: CurrentValue, said: str = "") -> None:
        before = self.current_value(reference, code)
        if after != before and not self._workspace.refuses():
            self._meanwhile[reference, code] = after
            self._perform(self._operation(reference, code, before, after), (reference, code, after[1]), said)

    def _operation(
        self, reference: str, code: str, before: CurrentValue, after: CurrentValue
    ) -> SetAgreedMark:
        return SetAgreedMark(self._round(), reference, code, *after, *before)

    def _perform(
        self, operation: Operation, written: tuple[str, str, str] | None = None, said: str = ""
    ) -> None:
        self._tools.questions.forget(self._take)
        self._is_behind = True  # until the page asks again when it hears of the change
        self._workspace.perform(operation, partial(self._drop_saved, written, said))

    def _drop_saved(self, written: tuple[str, str, str] | None, said: str, outcome: Outcome) -> None:
        """Say what is saved, with Undo, and drop its draft, but not that of what was typed after it."""
        if said:
            self._tools.toast(said)
        if written is not None:
            self._kept.drop_saved(f"{written[0]}/{written[1]}", written[2])

    def _take(self, figures: MeetingFigures) -> None:
        self.figures, self._is_behind = figures, False
        if not self._workspace.unsaved:
            self._forget_meanwhile()
        self.came.emit()

    @Slot(object)
    def _start_over(self, error: Exception) -> None:
        """Show the record as it is after a change that was refused, and what was saved just before it."""
        if self._is_behind or self._meanwhile or self._dissents:
            self._forget_meanwhile()
            self.refresh()

    def _forget_meanwhile(self) -> None:
        self._meanwhile, self._dissents = {}, {}

    def _round(self) -> int:
        assert self._round_id is not None, "changes are made to a round"
        return self._round_id
