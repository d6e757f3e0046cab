"""The dialogs that vary an award, and that sign a variation."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.record.clock import current_day
from gui.text import ENDS_UNDO
from gui.theme.look import Look
from gui.widgets.typed import WHICH_DAY, DayField, MoneyField, required_text
from models.queries.awards.award_rows import AwardRow
from models.reference.defaults import Payment
from models.reference.sign_off import as_deputy
from models.values.awards import Terms
from scoring.money import short_pounds

HOW = (
    "Change what becomes different and leave the rest. Parts that are paid stay; more money waits until the "
    "sign-off chain has signed it, and less goes back at once."
)
FOR_GOOD = f"A signature is not undone: a further variation changes what was signed. {ENDS_UNDO}"
SIGNED = "The award becomes {} once everybody whose signature the new total requires has signed."
TO_COME = "That day is still to come. A signature is dated the day it was given."
WHY = "Reason: say why in a few words. The letter, finance's schedule and the report across funds print it."


class Signature(Struct, frozen=True):
    """What was entered of a signature."""

    by: str
    post: str
    on: date
    interests: str


class VaryDialog(Form):
    """The terms of an award as they stand, to be changed; it tells those that differ, with the reason.

    `money` says the year's figures of its area, "" where none is allocated.
    """

    varied = Signal(object, str)

    def __init__(
        self,
        look: Look,
        row: AwardRow,
        stands: Terms,
        ways: Sequence[Payment],
        parent: QWidget,
        *,
        money: str = "",
    ) -> None:
        words = (HOW, money) if money else (HOW,)
        super().__init__(look, f"Vary {row.reference}", words, "Vary the award", parent, 560)
        self._stands = stands
        self.amount = MoneyField("Amount", stands.amount_pence)
        self.recipient = self.line("Recipient's name", stands.recipient or "")
        self.starts = DayField("Starts", stands.start_on, is_past=False, is_needed=False)
        self.ends = DayField("Ends", stands.end_on, is_past=False, is_needed=False)
        self.across(("Amount", self.amount), ("Starts", self.starts), ("Ends", self.ends))
        options = [("As before", None), *((way.words, way.code) for way in ways)]
        self.profile = self.choice("How the rest is paid", options)
        self.outcomes = self.note("Outcomes", 60, stands.outcomes or "")
        self.conditions = self.note("Conditions, one a line", 84, "\n".join(stands.conditions or ()))
        self.reason = self.line("Reason")
        self._shown = self._words()
        self.finish(self.amount)

    def _words(self) -> tuple[str, str, str]:
        return self.outcomes.toPlainText(), self.conditions.toPlainText(), self.recipient.text()

    def try_action(self) -> None:
        """Tell what differs, or say what is missing; words that nobody touched are not said again."""
        reason = required_text(self.reason, WHY)
        words = zip(self._words(), self._shown, strict=True)
        outcomes, conditions, recipient = (now if now != shown else None for now, shown in words)
        lines = (conditions or "").splitlines()
        terms = Terms(
            amount_pence=self.amount.that_many,
            start_on=self.starts.day,
            end_on=self.ends.day,
            outcomes=None if outcomes is None else outcomes.strip(),
            profile=self.profile.currentData(),
            conditions=None if conditions is None else tuple(one.strip() for one in lines if one.strip()),
            recipient=None if recipient is None else recipient.strip(),
        )
        self.accept()
        self.varied.emit(terms, reason)


class SignDialog(Form):
    """One signature under a variation: whose, for which post, when, and with what interests."""

    is_final = True
    signed = Signal(object)

    def __init__(
        self, look: Look, row: AwardRow, posts: Sequence[str], by: str, parent: QWidget, *, money: str = ""
    ) -> None:
        assert row.proposed is not None, "only what waits is signed"
        becomes = SIGNED.format(short_pounds(row.proposed.to_pence))
        words = (becomes, row.proposed.reason, money, FOR_GOOD)
        title = f"Sign variation {row.proposed.number} of {row.reference}"
        super().__init__(look, title, tuple(filter(None, words)), "Sign", parent)
        self.by = self.line("Signed by", by)
        self.by.setReadOnly(bool(by))
        self.post = self.choice("As", [(post, post) for post in posts])
        self.deputy = (
            None
            if by
            else self.line("Deputy", hint="the post of the person who signed as deputy, if anybody")
        )
        self.day = self.add(
            WHICH_DAY, DayField(WHICH_DAY, current_day(), is_past=True, to_come=TO_COME), shown="On"
        )
        self.interests = self.line("Interests", "none")
        self.finish(self.interests if by else self.by)

    def try_action(self) -> None:
        """Tell what was entered, or say what is missing."""
        by = required_text(self.by, "Signed by: name who signed.")
        interests = required_text(
            self.interests, "State the interests of the person who signs, or “none” if there are none."
        )
        deputy = "" if self.deputy is None else self.deputy.text().strip()
        post = as_deputy(deputy, str(self.post.currentData()))
        found = Signature(by, post, self.day.that_day, interests)
        self.accept()
        self.signed.emit(found)
