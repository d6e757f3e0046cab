"""Say who signs after the panel: a name for each post of the chain, in each area where it has its own."""

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import Wrong
from models.queries.deciding.signatories import Signing
from scoring.written.names import text_key

TITLE = "Who signs after the panel"
SEVERAL = "Each step is signed by a different person, in this order; joint posts in either order. "
WORDS = (
    "Put people who sign for each other in one field, separated by a semicolon, and a deputy's post in "
    "brackets: Ann Sample; Dee Puty (Superintendent). You can leave a field empty: an officer records what "
    "is signed on paper."
)

OFFERED = "As the page Office has it; change it where somebody else signs."
DIFFERENT = "Each signature must be a different person's."
CHAIRS = f"chairs the panel and signs for it. {DIFFERENT}"
WHY = "Why who signs is changed now"
WANTED = "Signing has begun. Say why who signs is changed now: History keeps it."


class SignatoriesDialog(Form):
    """A field for each seat of the chain; tells who signs, and why where signing has begun.

    `panel` has by name what keeps each of the panel from signing.
    """

    agreed = Signal(object, str)

    def __init__(
        self, look: Look, held: Signing, panel: Mapping[str, str], parent: QWidget, *, is_signed: bool = False
    ) -> None:
        words = (SEVERAL if len(held.seats) > 1 else "") + WORDS
        super().__init__(look, TITLE, (words,), "Save who signs", parent, 460)
        self._held = held
        self._panel = {text_key(name): why for name, why in panel.items()}
        self.fields = {}
        for seat in held.seats:
            offered = held.offered(seat)
            self.fields[seat] = self.line(seat.words, held.words(seat) or offered)
            if offered:
                self.sentence(OFFERED, size=12, tone="text2")
        self.reason = self.note(WHY, 56) if is_signed else None
        self.finish(next(iter(self.fields.values())))

    def try_action(self) -> None:
        """Tell who signs; the record says what is wrong with it."""
        people = self._held.named({seat: field.text() for seat, field in self.fields.items()})
        names = [one.name for one in people]
        counts = Counter(map(text_key, names))
        for field in self.fields.values():
            twice = [name for name in names if counts[text_key(name)] > 1 and name in field.text()]
            if twice:
                raise Wrong(f"{twice[0]} has two posts. {DIFFERENT}", field)
            seated = [name for name in names if text_key(name) in self._panel and name in field.text()]
            if seated:
                raise Wrong(f"{seated[0]} {self._panel[text_key(seated[0])]}", field)
        why = "" if self.reason is None else " ".join(self.reason.toPlainText().split())
        if self.reason is not None and not why and self._held.is_changed_by(people):
            raise Wrong(WANTED, self.reason)
        self.accept()
        self.agreed.emit(people, why)
