"""What is asked before something is erased, how long applications are kept, and who asks what is held."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.turned import NumberBox
from gui.widgets.typed import Wrong, required_text
from models.operations.retention import MOST_YEARS
from models.queries.retention.people_named import PersonMeant
from models.queries.retention.retention import DEFAULT, Years

MISSING = "Give the grounds, and who authorised it. Both are saved in the record."
USUAL = (
    f"The usual periods are {DEFAULT.awarded} and {DEFAULT.declined} years. "
    "Decisions themselves are kept for good."
)
WHAT_COMES = (
    "The workbook has what the record says of this person over all rounds: contacts, seats, declarations, "
    "marks, signatures and changes. Of texts about others it has only the words around the name."
)
SEVERAL = (
    "Several people have this name. Choose the one who is asking: what is held on the others is left out."
)


class EraseApplicationsDialog(Form):
    """The ground of an erasure and at whose word it is; it stays open while one of them is missing.

    What is erased is typed first, the reference or how many there are, so that it is never done by a slip.
    """

    is_final = True
    agreed = Signal(str, str)

    def __init__(
        self, look: Look, title: str, words: Sequence[str], ground: str, typed: str, parent: QWidget
    ) -> None:
        super().__init__(look, title, words, "Erase", parent)
        self._wanted = typed
        self.ground = self.line("On what grounds", ground)
        self.person = self.line("Authorised by, name and post")
        self.typed = self.line(f"Type {typed} to erase", "", typed)
        self.finish(self.ground)

    def try_action(self) -> None:
        """Erase, if both are stated and what is erased was typed."""
        ground, person = required_text(self.ground, MISSING), required_text(self.person, MISSING)
        if self.typed.text().strip().casefold() != self._wanted.casefold():
            raise Wrong(f"Type {self._wanted} exactly as shown. Nothing was erased.", self.typed)
        self.agreed.emit(ground, person)
        self.accept()


class YearsDialog(Form):
    """For how many years a round's applications are kept."""

    agreed = Signal(object)

    def __init__(self, look: Look, years: Years, parent: QWidget) -> None:
        super().__init__(look, "How long applications are kept", (USUAL,), "Save", parent)
        self.awarded, self.declined = NumberBox(), NumberBox()
        for field, name, value in (
            (self.awarded, "Awarded: years after the grant's year closes", years.awarded),
            (self.declined, "Not awarded: years after the decision", years.declined),
        ):
            field.setRange(1, MOST_YEARS)
            field.setValue(value)
            self.add(name, field)
        self.finish(self.awarded)

    def try_action(self) -> None:
        """Keep the years."""
        self.agreed.emit(Years(self.awarded.value(), self.declined.value()))
        self.accept()


class PersonDialog(Form):
    """Whose data is asked for, by name or by e-mail; it stays open where nobody goes by that."""

    asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, "All that is held on a person", (WHAT_COMES,), "Look up", parent)
        wanted = "Type the person's name, or an e-mail that an application gave."
        self.who = self.line("Name or e-mail", wanted=wanted)
        self.finish(self.who)

    def try_action(self) -> None:
        """Ask who goes by it."""
        (who,) = self.values
        self.asked.emit(str(who))


class WhichPersonDialog(Form):
    """Which of several people of one name is meant."""

    def __init__(self, look: Look, found: Sequence[PersonMeant], parent: QWidget) -> None:
        super().__init__(look, f"Which {found[0].name}?", (SEVERAL,), "Choose", parent)
        self.which = self.choice("Who asks", [(one.words, one) for one in found])
        self.finish(self.which)
