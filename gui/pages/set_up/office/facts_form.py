"""Ask for facts of the office: one group of them, and the day from which they hold."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gui.dialogs.fact_line import FactLine, read_at
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import DayField, value_of
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.papers.office import FactKind, OfficeKey

WIDE, WORDS_HIGH = 560, 78
FROM = "Valid from"
FROM_WORDS = (
    "A paper prints the facts valid on its date. If you leave the day empty, a first entry is valid for "
    "every paper, and a change from today."
)


class FactsForm(Form):
    """A field for each fact of a group; only what was changed is handed over."""

    wanted = Signal(object)

    def __init__(
        self, look: Look, group: str, keys: tuple[OfficeKey, ...], known: Mapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(look, group, (FROM_WORDS,), "Save", parent, WIDE)
        self._known = known
        self.lines: dict[str, QLineEdit | QPlainTextEdit] = {}
        for key in keys:
            self.lines[key.key] = self._field(key, known.get(key.key, ""))
        self.from_on = self.add(FROM, DayField(FROM, is_past=False, is_needed=False))
        self._keys = keys
        self.finish(next(iter(self.lines.values())))

    def _field(self, key: OfficeKey, text: str) -> QLineEdit | QPlainTextEdit:
        if key.kind is not FactKind.TEXT:
            return self.add(key.heading, FactLine(key, text))
        field = self.note(key.heading, WORDS_HIGH, text)
        if key.hint:
            self.hint(field, key.hint)
        return field

    def try_action(self) -> None:
        """Hand over the facts that are others now; raise `Wrong` at the first that cannot be taken."""
        typed = {key.key: _typed(key, self.lines[key.key]) for key in self._keys}
        day = self.from_on.day
        changes = changed(self._known, typed, day)
        self.accept()
        if changes:
            self.wanted.emit(SetOfficeFacts(changes))


def changed(
    known: Mapping[str, str], typed: Mapping[str, str], from_on: date | None
) -> tuple[FactChange, ...]:
    """Return the changes to what is known that come of what was typed; another day's is not seen."""
    return tuple(
        FactChange(key, text, from_on, None if from_on else known.get(key, ""))
        for key, text in typed.items()
        if text != known.get(key, "")
    )


def _typed(key: OfficeKey, field: QLineEdit | QPlainTextEdit) -> str:
    if isinstance(field, FactLine):
        return field.value
    return read_at(key, str(value_of(field)), field)
