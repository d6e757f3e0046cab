"""The forms of one application: its fields, and what it is for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from exchange.applications.importer import NEEDED, YES_NO, in_full, problem_with, typed, with_typed
from gui.dialogs.form import Form
from gui.listed.form import CANCEL, Field, Own
from gui.listed.form import Choice as ChoiceOf
from gui.listed.form import Form as DataOf
from gui.text import counted
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.label import Label
from gui.widgets.long_tick import LongTick
from gui.widgets.nesting import nest
from gui.widgets.typed import ReadLine, TextLine, Wrong, required_text
from models.reference.defaults import FundList, ListKind, in_use
from models.values.applications import CHOICE_WORDS, FIELD_WORDS, TEXTS, Choice
from models.values.rows import ApplicationRow

WIDTH = 620
"""So wide that most lines of a fund's lists are read whole."""
NO_LISTS = "The fund has no lists to choose from. Add lines to its lists on Funds."
CONFIRMS = "What is marked as suggested was read from the applicant's words; saving confirms it."
Entry = QLineEdit | QPlainTextEdit | QComboBox
KEPT = "What was submitted is kept and shown beside each correction."


class Also(LongTick):
    """Whether what is chosen is given to others as well."""

    @property
    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.isChecked()


def choices_form(
    reference: str,
    held: Sequence[Choice],
    lists: Sequence[FundList],
    does: Callable[[tuple[Choice, ...], tuple[Choice, ...]], Any],
    lacking: Mapping[ListKind, int] | None = None,
) -> DataOf:
    """Return what asks for a line of each list of the fund, beginning with what stands now.

    `does` is told the lines that are chosen, with those of lists that the fund has no more, and which of them
    all others that lack one are given as well; `lacking` says how many do.
    """
    stand = {one.kind: one for one in held}
    kinds = [listed.kind for listed in lists]

    def told(**given: Any) -> Any:
        stay = tuple(one for kind, one in stand.items() if kind not in kinds)
        chosen = tuple(given[kind] for kind in kinds if given[kind] is not None)
        others = tuple(given[kind] for kind in kinds if given.get(f"{kind} also"))
        return does((*stay, *chosen), others)

    words = (CONFIRMS,) if any(one.is_suggested for one in held) else ()
    wanted = [listed.kind for listed in lists if listed.is_required and listed.kind not in stand]
    return DataOf(
        title=f"What {reference} is for",
        sentences=words if lists else (NO_LISTS,),
        action="Save" if lists else "",
        does=told,
        width=WIDTH,
        focus=next(iter((*wanted, *kinds)), CANCEL),
        fields=tuple(
            field
            for listed in lists
            for field in _of_list(listed, stand.get(listed.kind), (lacking or {}).get(listed.kind, 0))
        ),
    )


def _of_list(listed: FundList, held: Choice | None, others: int) -> Iterator[Field]:
    """Yield the choice of a line, and where the fund wants one the offer to give it to others without."""
    kind = listed.kind
    lines = {one.code: Choice(kind, one.code, one.words) for one in in_use(listed.items)}
    if held is not None:
        lines.setdefault(held.code, Choice(kind, held.code, held.words))
    wanted = " (wanted before a decision)" if listed.is_required else ""
    noted = " (suggested)" if held is not None and held.is_suggested else ""
    yield ChoiceOf(
        kind,
        f"{CHOICE_WORDS[kind]}{noted}{wanted}",
        options=tuple((one.words, one) for one in lines.values()),
        value=None if held is None else lines[held.code],
        first="Not chosen",
    )
    if listed.is_required and others:
        those = counted(others, "other application that has", "other applications that have")
        tick = f"The same for the {those} none yet"
        yield Own(
            f"{kind} also", "", make=lambda look: Also(tick), is_open=lambda typed: typed[kind] is not None
        )


class FieldLine(ReadLine):
    """A line for a field of an application, with its day in full once it is left.

    What was submitted unreadable, such as a postcode, is let be until it is typed over.
    """

    def __init__(self, field: str, text: str, *, is_new: bool) -> None:
        super().__init__(text)
        self._field, self._first, self._is_new = field, text, is_new
        self.editingFinished.connect(self._show_in_full)

    @property
    def value(self) -> str:
        """Return what is typed; raise `Wrong` where it cannot be read as the field."""
        is_as_it_was = not self._is_new and self.text() == self._first
        if words := "" if is_as_it_was else problem_with(self._field, self.text()):
            raise Wrong(words, self)
        return self.text()

    @Slot()
    def _show_in_full(self) -> None:
        full = in_full(self._field, self.text())
        if full != self.text() != self._first:
            self.setText(full)
            self.setModified(True)  # it is still what the person typed


class ApplicationForm(Form):
    """A box a field; each is read when it is left, and says beneath itself what is wrong.

    It tells the application as it is typed, and why it is corrected.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        row: ApplicationRow,
        areas: tuple[str, ...],
        parent: QWidget,
        *,
        is_new: bool,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        action = "Add the application" if is_new else "Save the correction"
        super().__init__(look, title, () if is_new else (KEPT,), action, parent, 620, height=560)
        self._row = row
        self._is_new = is_new
        self.save, self.refusal = self.do, self.problem
        self.boxes: dict[str, Entry] = {}
        self._shown: dict[str, str] = {}
        self.notes = notes or {}
        for field in FIELD_WORDS:
            if is_new or field != "reference":
                self._add(field, areas)
        self.reason = TextLine()
        reason = self.field_of("Reason for the correction", self.reason)
        self.finish(next(iter(self.boxes.values())))
        if is_new:
            self.show_field(self.reason, is_shown=False)
        nest(self.bottom, reason, at=0)

    def text(self, field: str) -> str:
        """Return what stands in a field's box."""
        box = self.boxes[field]
        if isinstance(box, QLineEdit):
            return box.text()
        return box.toPlainText() if isinstance(box, QPlainTextEdit) else str(box.currentData() or "")

    def _is_changed(self, field: str) -> bool:
        """Whether a box was typed into; a box may show a text otherwise than it was submitted."""
        return self.text(field) != self._shown[field]

    def try_action(self) -> None:
        """Give what is typed; raise `Wrong` at the first field that cannot be read."""
        for field, box in self.boxes.items():
            if isinstance(box, FieldLine):
                _ = box.value
            elif self._is_changed(field) and (words := problem_with(field, self.text(field))):
                raise Wrong(words, box)
        reason = "" if self._is_new else required_text(self.reason, "Say why this is corrected.")
        texts = {field: self.text(field) for field in self.boxes if self._is_changed(field)}
        self.accept()
        self.agreed.emit((with_typed(self._row, texts), reason))

    def _add(self, field: str, areas: tuple[str, ...]) -> None:
        words = FIELD_WORDS[field]
        is_unknown = self._is_new and field == "amount_requested"  # no amount yet is not nought
        text = "" if is_unknown else typed(self._row, field)
        shown = f"{words} (needed)" if field in NEEDED else words
        box: Entry
        if field in TEXTS:
            box = self.note(words, 84, text, shown=shown)
        elif field == "area" or field in YES_NO:
            nothing, offered = (ours("No area"), areas) if field == "area" else ("Not stated", ("Yes", "No"))
            box = self.choice(words, [(nothing, ""), *((one, one) for one in offered)], text)
        else:
            box = self.add(words, FieldLine(field, text, is_new=self._is_new), shown=shown)
        self.boxes[field] = box
        self._shown[field] = self.text(field)
        if note := self.notes.get(field):
            self.put(Label(self._look, note, size=12, tone="muted").wrapped())
            box.setAccessibleDescription(note)
