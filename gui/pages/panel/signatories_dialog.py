"""Say who signs after the panel: a name for each post of the chain, in each area where it has its own."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import Wrong
from models.queries.set_up.signing import BETWEEN, Seat, Signing
from scoring.written.names import text_key

TITLE = "Who signs after the panel"
WORDS = (
    "Each step is signed by a different person, in this order; joint posts in either order. Two who sign for "
    "each other stand in one field with a semicolon between. A field may stay empty: what is signed on paper "
    "is recorded by an officer."
)

DIFFERENT = "Each signature is a different person's."


class SignatoriesDialog(Form):
    """A field for each seat of the chain; tells who signs."""

    agreed = Signal(object)

    def __init__(self, look: Look, held: Signing, parent: QWidget) -> None:
        super().__init__(look, TITLE, (WORDS,), "Save who signs", parent, 460)
        self._held = held
        self.fields = {seat: self.line(seat.words, _names(held, seat)) for seat in held.seats}
        self.finish(next(iter(self.fields.values())))

    def try_action(self) -> None:
        """Tell who signs; the record says what is wrong with it."""
        people = self._held.named({seat: field.text() for seat, field in self.fields.items()})
        counts = Counter(text_key(one.name) for one in people)
        for seat, field in self.fields.items():
            twice = [one.name for one in people if one.post == seat.post and counts[text_key(one.name)] > 1]
            if twice and twice[0] in field.text():
                raise Wrong(f"{twice[0]} has two posts. {DIFFERENT}", field)
        self.accept()
        self.agreed.emit(people)


def _names(held: Signing, seat: Seat) -> str:
    return f"{BETWEEN} ".join(one.name for one in held.held(seat))
