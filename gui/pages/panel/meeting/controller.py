"""The meeting on show and every change to it: what is asked, what is performed, what stands meanwhile."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from gui.pages.page import PageTools
from gui.pages.panel.kept import KeptTexts
from models.operation import Operation, Outcome, Topic
from models.operations.panel.agreed import (
    AgreeMarks,
    SetAgreedMark,
    SetDissent,
)
from models.queries.panel.meeting import seen_meeting
from models.queries.panel.meeting_figures import MeetingFigures, work_out

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
            operation = SetDissent(self.round_id, reference, text, before)
            self.perform(operation, partial(self._drop_saved, f"{reference}/{code}", text, ""))
        else:
            self._set(reference, code, (self.current_value(reference, code)[0], text))

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
            saved = partial(self._drop_saved, f"{reference}/{code}", after[1], said)
            self.perform(self._operation(reference, code, before, after), saved)

    def _operation(
        self, reference: str, code: str, before: CurrentValue, after: CurrentValue
    ) -> SetAgreedMark:
        return SetAgreedMark(self.round_id, reference, code, *after, *before)

    def _drop_saved(self, field: str, text: str, said: str, outcome: Outcome) -> None:
        """Say what is saved, with Undo, and drop its draft, but not that of what was typed after it."""
        if said:
            self._tools.toast(said)
        self._kept.drop_saved(field, text)

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
