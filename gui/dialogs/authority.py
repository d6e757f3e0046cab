"""Record who allows money over the pot of one area, and how much."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.record.clock import current_day
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.typed import NO_AMOUNT, DayField, MoneyField, Wrong, required_text
from scoring.money import short_pounds
from scoring.ranking import Allowance

TITLE = "Record authority"
ONE_POT = (
    "It is for {area} alone: no percentage and no other area changes with it. Every paper of the area prints "
    "it with name, post and reason. It can be undone until something is signed."
)
TO_COME = "That day is still to come. Money over a pot is allowed on a day that has come."
NO_NAME = "Name who allows it."
NO_POST = "Name the post in which it is allowed, such as Chief Executive."
NO_REASON = "Say why it is allowed: every paper of the area prints the reason."


class AuthorityDialog(Form):
    """A name, a post, an amount, a day and a reason; `needed` is the least amount that will do, in pence."""

    agreed = Signal(object)

    def __init__(self, look: Look, area: str, words: str, needed: int, parent: QWidget) -> None:
        super().__init__(
            look, TITLE, (words, ours(ONE_POT.format(area=area))), "Record this authority", parent, 480
        )
        self._of, self._least = area, needed
        self.name = self.line("Who allows it")
        self.post = self.line("Post of the person who allows it")
        over = f"By how much, in pounds over the pot of {area}"
        self.amount = self.add(over, MoneyField(over, needed or None))
        self.day = self.add(
            "Allowed on", DayField("Allowed on", current_day(), is_past=True, to_come=TO_COME)
        )
        self.reason = self.note("Reason", 64)
        self.finish(self.name)

    def try_action(self) -> None:
        """Record who allows it, or say what is missing."""
        name, post = required_text(self.name, NO_NAME), required_text(self.post, NO_POST)
        pence = self.amount.that_many
        if not pence:
            raise Wrong(NO_AMOUNT, self.amount)
        if pence < self._least:
            words = f"{short_pounds(pence)} is not enough: it takes {short_pounds(self._least)}."
            raise Wrong(words, self.amount)
        reason = required_text(self.reason, ours(NO_REASON))
        who = (" ".join(name.split()), " ".join(post.split()))
        self.agreed.emit(Allowance(self._of, pence, *who, reason, self.day.that_day))
        self.accept()
