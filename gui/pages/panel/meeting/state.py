"""The meeting as it is drawn, what may be done with it, and what stands of a change until it is saved."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from gui.listed.form import NamedMembers
from gui.pages.page import Identity, PageTools, Place
from gui.pages.panel.kept import KeptTexts
from models.operation import Operation, Outcome, Topic
from models.operations.panel.agreed import AgreeMarks, SetAgreedMark, SetDissent
from models.queries.panel.meeting import seen_meeting
from models.queries.panel.meeting_figures import (
    AT_MEETING,
    MeetingFigures,
    Order,
    hidden_because,
    in_order,
    locked_because,
    work_out,
)
from models.queries.panel.panel import named_in_place
from scoring.marks.meeting import Item


class Onward(StrEnum):
    """What the way on from a closed item leads to, as its button says it."""

    ITEM = "Next item"
    AREA = "Next area"
    AFTER = "What comes next"


class MeetingState(Struct, frozen=True):
    """What is on show of a meeting, to whom: the items of an area, None for all, and the one at hand."""

    figures: MeetingFigures
    area: str | None
    items: tuple[Item, ...]
    item: Item
    identity: Identity

    @property
    def reference(self) -> str:
        return self.item.reference

    @property
    def number_words(self) -> str:
        """Return which item it is of its area."""
        there = sum(one.area == self.item.area for one in self.figures.items.values())
        return f"Item {self.figures.numbers[self.reference]} of {there} · {self.reference}"

    @property
    def hidden(self) -> str:
        """Say why the item is kept from the person, "" when it is not."""
        return hidden_because(self.figures, self.item, self.identity.member)

    @property
    def locked(self) -> str:
        """Say why the person cannot change the item, "" when they can."""
        is_other = self.identity.areas and self.item.area not in self.identity.areas
        other = self._refusal("agree marks") if is_other else ""
        return self.hidden or other or locked_because(self.figures, self.item) or self._refusal("agree marks")

    def _refusal(self, kind: str) -> str:
        """Say why the person does nothing of a kind in the area of the item, "" when they do."""
        return self.identity.refusal(kind, area=self.item.area)

    @property
    def rulers(self) -> NamedMembers:
        """Return who may be named in the chair's place on the item, for an officer to choose from."""
        rows = self.figures.rows
        panel = rows.panels.panel(self.item.area)
        return named_in_place(panel, rows.rows.interests, (self.reference,), self.identity.role)

    @property
    def may_set_aside(self) -> bool:
        """Whether the person sets criteria aside, or puts down what was ruled in the chair's place."""
        is_theirs = not self._refusal("set not applicable") or bool(self.rulers)
        return self.figures.round.scheme.not_applicable_allowed and is_theirs

    @property
    def can_open_item(self) -> bool:
        """Whether the person may open a closed item again."""
        is_closed = self.is_meeting and self.reference in self.figures.rows.closed
        return is_closed and not self.figures.is_confirmed(self.item.area) and not self._refusal("open item")

    @property
    def is_meeting(self) -> bool:
        """Whether the item's area is at its meeting."""
        return self.figures.stages.get(self.item.area or "") == "meeting"

    @property
    def asks_attendance(self) -> bool:
        """Whether the person is to say who is here before anything else."""
        return self.figures.lacks_attendance(self.item) and not self._refusal("open item")

    @property
    def can_attend(self) -> bool:
        """Whether the person says who is at the area's meeting; nobody does of all areas at once."""
        return self.area is not None and self.is_meeting and self.can_minute

    @property
    def can_minute(self) -> bool:
        """Whether the minutes of the item's area are open to the person, at its meeting and after it."""
        is_open = self._has_minutes and not self.figures.is_confirmed(self.item.area)
        return is_open and not self._refusal("confirm record")

    @property
    def can_confirm(self) -> bool:
        """Whether the person may confirm the minutes of the item's area by now."""
        return self.can_minute and (self._are_closed or not self.is_meeting)

    @property
    def _are_closed(self) -> bool:
        here = (one.reference for one in self.items if one.area == self.item.area)
        return self.figures.rows.closed.issuperset(here)

    @property
    def _has_minutes(self) -> bool:
        figures = self.figures
        return figures.stages.get(self.item.area or "") in AT_MEETING and not figures.rows.line.is_closed

    @property
    def can_open(self) -> bool:
        """Whether the person may open the confirmed minutes of the item's area again."""
        is_confirmed = self._has_minutes and self.figures.is_confirmed(self.item.area)
        return is_confirmed and not self._refusal("open record")

    @property
    def onward(self) -> Onward:
        """Return what comes after the item: another area once all of those on show are closed.

        Items that an interest closes to the person are left for somebody else.
        """
        if self.waits or (self.beside(1) and not self.is_meeting):
            return Onward.ITEM
        if self.next_area:
            return Onward.AREA
        may_confirm = self.is_meeting and not self._refusal("confirm record")
        return Onward.AFTER if self._are_closed and may_confirm else Onward.ITEM

    @property
    def waits(self) -> bool:
        """Whether an item on show that the person may talk about waits at the meeting of its area."""
        return any(self._is_for_them(one) for one in self.items)

    def _is_for_them(self, item: Item) -> bool:
        """Whether an item waits at a meeting of the person's own areas, and no interest closes it to them."""
        own = self.identity.areas
        is_theirs = self.figures.is_meeting(item) and (not own or item.area in own)
        return is_theirs and self.identity.member not in item.away

    @property
    def next_area(self) -> str:
        """Return the next area with items to talk about, in the header's order, "" where there is none."""
        waiting = {one.area for one in self.figures.items.values() if self._is_for_them(one)}
        return Place(self.figures.rows.line, self.item.area).next_area(waiting)

    def beside(self, steps: int) -> str:
        """Return the item so many steps from the one on show, "" where there is none."""
        at = self.items.index(self.item) + steps
        return self.items[at].reference if 0 <= at < len(self.items) else ""

    @property
    def waiting(self) -> list[Item]:
        """Return the other items that wait at their areas' meetings: those below it, then those above."""
        at = self.items.index(self.item)
        return list(filter(self.figures.is_meeting, (*self.items[at + 1 :], *self.items[:at])))

    @property
    def coming(self) -> str:
        """Return the item to go to next, "" for none: one that waits, where no meeting is on the one below.

        Those that an interest closes to the person come after all others.
        """
        mine = self.identity.member
        waiting = sorted(self.waiting, key=lambda one: mine in one.away)
        return waiting[0].reference if waiting else "" if self.is_meeting else self.beside(1)

    @property
    def after_closed(self) -> str:
        """Return where to go from a closed item: to what comes next, else to the one below it."""
        return self.coming or self.beside(1) or self.reference


def state_at(
    figures: MeetingFigures, area: str | None, order: Order, reference: str, identity: Identity
) -> MeetingState | None:
    """Return the state at an item; where that is not among them, at the first to talk about.

    None where the area has no item.
    """
    asked = figures.items.get(reference)
    if area is None and asked is not None and asked.area in figures.rows.other_areas:
        area = asked.area
    items = in_order(figures, area, order)
    waiting = [item for item in items if item.reference not in figures.rows.closed]
    meets = [item for item in waiting if figures.stages.get(item.area or "") == "meeting"]
    at = [item for item in items if item.reference == reference]
    found = next(iter((*at, *meets, *waiting, *items)), None)
    return None if found is None else MeetingState(figures, area, items, found, identity)


def sitting_together(figures: MeetingFigures, area: str) -> tuple[str, ...]:
    """Return the other areas planned for an area's day of which nothing is recorded or confirmed yet."""
    rows = figures.rows
    day, said = rows.planned.get(area), {area, *rows.held, *(one.area for one in rows.confirmed)}
    return tuple(one for one, on in rows.planned.items() if on == day and one not in said)


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
        self.kept = KeptTexts(tools.workspace)
        self._is_behind = False
        self.figures: MeetingFigures | None = None
        self._workspace.failed.connect(self._start_over)

    def look_at(self, round_id: int | None) -> None:
        """Go to a round, None for no round."""
        if round_id != self._round_id:
            self._round_id, self.figures = round_id, None
            self._tools.questions.forget(self._take)  # it is of another round, or record
            self._meanwhile = {}
        if (round_id, self._workspace.person) != self._whose:
            self._whose = (round_id, self._workspace.person)
            self.kept.begin("" if round_id is None else f"agreed/{round_id}/")
        self.refresh()

    @property
    def round_id(self) -> int:
        """Return the round that is changed."""
        assert self._round_id is not None, "changes are made to a round"
        return self._round_id

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._round_id is not None:
            self._tools.ask(
                partial(seen_meeting, round_id=self._round_id, viewer=self._tools.identity.viewer),
                self._take,
                work_out=partial(work_out, before=self.figures),
            )

    def current_value(self, reference: str, code: str) -> CurrentValue:
        """Return an agreed mark and its reason, or the dissent, what was just performed included."""
        assert self.figures is not None, "changes are made to what is on show"
        held = self._meanwhile.get((reference, code))
        if held is not None:
            return held
        if code == DISSENT:
            return None, self.figures.dissent(reference)
        line = next(line for line in self.figures.items[reference].lines if line.code == code)
        return line.agreed, self.figures.reason(reference, code)

    def agree(self, reference: str, code: str, value: int | None) -> None:
        """Agree a mark, or take it back (None); its reason stays. Of one that stood before it is said."""
        stood, reason = self.current_value(reference, code)
        became = "is not agreed any more" if value is None else f"is agreed as {value}"
        said = "" if stood is None else f"{reference}: {code} {became}. It was agreed as {stood}."
        self._set(reference, code, (value, reason), said)

    def explain(self, reference: str, code: str, text: str) -> None:
        """Write the reason of an agreed mark, or the dissent; what cannot be is offered again as a draft."""
        text = text.strip()
        if self.figures is None:
            return
        is_item = reference in self.figures.items
        value, before = self.current_value(reference, code) if is_item else (None, "")
        if text == before:
            self.kept.drop(reference, code)
            return
        self.kept.texts[reference, code] = text
        if not is_item or self._workspace.refuses():
            self.kept.keep(reference, code, text)
        elif code == DISSENT:
            self._meanwhile[reference, code] = (None, text)
            operation = SetDissent(self.round_id, reference, text, before)
            self.perform(operation, lambda outcome: self.kept.drop_saved(reference, code, text))
        else:
            self._set(reference, code, (value, text))

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
            self.perform(AgreeMarks(self.round_id, reference, tuple(marks)))

    def perform(self, operation: Operation, done: Callable[[Outcome], object] | None = None) -> None:
        """Make a change to the round on show; an answer under way is of before it."""
        self._tools.questions.forget(self._take)
        self._is_behind = True  # until the page asks again when it hears of the change
        self._workspace.perform(operation, done)

    def drafts_of(self, reference: str) -> dict[str, str]:
        """Return what was typed on an item and is not saved, where it says more."""
        assert self.figures is not None, "drafts are shown with an item"
        codes = (*(line.code for line in self.figures.items[reference].lines), DISSENT)
        return self.kept.of(reference, {code: self.current_value(reference, code)[1] for code in codes})

    def _set(self, reference: str, code: str, after: CurrentValue, said: str = "") -> None:
        before = self.current_value(reference, code)
        if after != before and not self._workspace.refuses():
            self._meanwhile[reference, code] = after

            def tell(outcome: Outcome) -> None:
                if said:
                    self._tools.toast(said)
                self.kept.drop_saved(reference, code, after[1])

            self.perform(self._operation(reference, code, before, after), tell)

    def _operation(
        self, reference: str, code: str, before: CurrentValue, after: CurrentValue
    ) -> SetAgreedMark:
        return SetAgreedMark(self.round_id, reference, code, *after, *before)

    def _take(self, figures: MeetingFigures) -> None:
        self.figures, self._is_behind = figures, False
        if not self._workspace.session.unsaved:
            self._meanwhile = {}
        self.came.emit()

    @Slot(object)
    def _start_over(self, error: Exception) -> None:
        """Show the record as it is after a change that was refused, and what was saved just before it."""
        if self._is_behind or self._meanwhile:
            self._meanwhile = {}
            self.refresh()
