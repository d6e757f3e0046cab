"""The dialogs of the page: what is known of a challenge, and its answer."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.record.clock import current_day
from gui.theme.look import Look
from gui.widgets.typed import DayField, TextLine, Wrong, required_text
from models.operations.deciding.challenges import MAY_CHANGE
from models.queries.awards.amendments import change_words
from models.queries.awards.variations import Recovery, VariationRow
from models.queries.deciding.challenges import HeldChallenge, called, changed_words
from models.values.awards import KIND_WORDS, NOTHING, Challenge, ChallengeKind, Finding
from scoring.written.text import with_capital

ABOUT = ("It is answered by somebody who had no part in the decision. The acknowledgement names them.",)
TO_COME = "That day is still to come. What is recorded is dated the day it was done."
ADDRESS = "Letters go to (where it is not the applicant)"
DUE_HINT = "Leave the last date empty to use the office's usual number of working days."
ANSWER = (
    "The letter gives the reasons. An answer that calls for a new decision changes nothing by itself: the "
    "decision is then taken and signed as any other is.",
)
DONE = (
    "A variation of the award, or a request for its money back, may be made for other reasons. Say which "
    "of them was made on this answer; the letter says so too.",
)
ANEW = ", anew"
"""What ends the key of an outcome that calls for a new decision."""
REMEDY = "What we will do about it (where it is upheld)"
NO_FINDING = "Choose what was found."
NO_CHOICE = "Choose the application whose decision is challenged."


class Asked(Struct, frozen=True):
    """What was entered of a challenge; without a day `due_on` is worked out."""

    application: str
    kind: ChallengeKind
    asked_by: str
    grounds: str
    address: str
    received_on: date
    due_on: date | None
    acknowledged_on: date | None
    looked_at_by: str
    looked_at_post: str


class ChallengeDialog(Form):
    """A new challenge, or what is known of one, to be changed."""

    asked = Signal(object)

    def __init__(
        self,
        look: Look,
        applications: Sequence[tuple[str, str]],
        held: HeldChallenge | None,
        parent: QWidget,
        chosen: str = "",
    ) -> None:
        title = "Record a challenge" if held is None else f"Change: {held.words}"
        super().__init__(look, title, ABOUT, "Record it" if held is None else "Save", parent, 520)
        known = None if held is None else held.challenge
        options = [(f"{of}, {whose}", of) for of, whose in applications]
        if held is not None:
            options = [(f"{held.application}, {held.organisation}", held.application)]
        self.application = self.choice("Application", [("Choose…", ""), *options], chosen or _only(options))
        self.application.setEnabled(held is None)
        kinds = [(words, kind) for kind, words in KIND_WORDS.items()]
        self.kind = self.choice("What is asked for", kinds, known.kind if known else None)
        self.kind.setEnabled(held is None)
        self.by = self.line("Who asks", known.asked_by if known else "", "Name, and for whom")
        self.address = self.note(ADDRESS, 78, known.address if known else "")
        self.grounds = self.note("What is asked, and why", 84, known.grounds if known else "")
        self.received = DayField(
            "Received on", known.received_on if known else current_day(), is_past=True, to_come=TO_COME
        )
        self.acknowledged = DayField(
            "Acknowledged on",
            known.acknowledged_on if known else None,
            is_past=True,
            to_come=TO_COME,
            is_needed=False,
        )
        self.due = DayField("Answer due on", known.due_on if known else None, is_past=False, is_needed=False)
        self.across(
            ("Received on", self.received),
            ("Acknowledged on", self.acknowledged),
            ("Answer due on", self.due),
        )
        self.sentence(DUE_HINT, size=12, tone="muted")
        self.looks, self.post = TextLine(), TextLine()
        self.looks.setText(known.looked_at_by if known else "")
        self.post.setText(known.looked_at_post if known else "")
        self.across(("Who looks at it", self.looks), ("Their post", self.post))
        self.finish(self.by if self.application.currentData() else self.application)

    def try_action(self) -> None:
        """Tell what was entered, or say what is missing."""
        application = str(self.application.currentData())
        if not application:
            raise Wrong(NO_CHOICE, self.application)
        asked = Asked(
            application,
            ChallengeKind(self.kind.currentData()),
            required_text(self.by, "Say who asks."),
            required_text(self.grounds, "Say what is asked, and on what grounds."),
            self.address.toPlainText().strip(),
            self.received.that_day,
            self.due.day,
            self.acknowledged.day,
            self.looks.text().strip(),
            self.post.text().strip(),
        )
        self.accept()
        self.asked.emit(asked)


class AnswerDialog(Form):
    """What was found, by whom and why."""

    answered = Signal(object)

    def __init__(self, look: Look, held: HeldChallenge, parent: QWidget) -> None:
        super().__init__(look, f"Answer: {held.words}", ANSWER, "Record the answer", parent, 520)
        self._held = known = held.challenge
        self.by = self.line("Who looked at it", known.looked_at_by)
        self.post = self.line("Post", known.looked_at_post)
        options = [("Choose…", ""), *(option for one in Finding for option in _options(one))]
        chosen = "" if known.finding is None else known.finding.value
        chosen += ANEW if known.calls_for_decision else ""
        self.finding = self.choice("What was found", options, chosen)
        self.reasons = self.note("Reasons", 100, known.reasons)
        self.remedy = self.note(REMEDY, 60, known.remedy)
        day = known.answered_on or current_day()
        self.day = self.add("Answered on", DayField("Answered on", day, is_past=True, to_come=TO_COME))
        self.finish(self.by)

    def try_action(self) -> None:
        """Tell the challenge with its answer, or say what is missing."""
        found = str(self.finding.currentData())
        if not found:
            raise Wrong(NO_FINDING, self.finding)
        is_anew, finding = found.endswith(ANEW), Finding(found.removesuffix(ANEW))
        by = self.by.text().strip()
        if finding is not Finding.WITHDRAWN:
            by = required_text(self.by, "Say who looked at it: nobody who had a part in the decision.")
        answered: Challenge = replace(
            self._held,
            looked_at_by=by,
            looked_at_post=self.post.text().strip(),
            finding=finding,
            reasons=required_text(self.reasons, "Give the reasons: the letter gives them."),
            remedy=self.remedy.toPlainText().strip(),
            answered_on=self.day.that_day,
            calls_for_decision=is_anew,
            carried_out_by=self._held.carried_out_by if is_anew else "",
        )
        self.accept()
        self.answered.emit(answered)


class DoneDialog(Form):
    """What was done on an answer that calls for a new decision; it tells how the challenge names it."""

    named = Signal(str)

    def __init__(self, look: Look, held: HeldChallenge, parent: QWidget) -> None:
        super().__init__(look, f"What was done: {held.words}", DONE, "Save", parent, 520)
        options = [("The new decision, once there is one", ""), ("Nothing yet", NOTHING)]
        options += [(_done_words(one), called(one)) for one in held.may_carry_out]
        self.done_by = self.choice("It is carried out by", options, held.challenge.carried_out_by)
        self.finish(self.done_by)

    def try_action(self) -> None:
        """Tell what was chosen."""
        chosen = str(self.done_by.currentData())
        self.accept()
        self.named.emit(chosen)


def _done_words(one: VariationRow | Recovery) -> str:
    """Return what may have carried an answer out: "Variation 2: £4,600.00 becomes £5,000.00"."""
    told = changed_words(one) if isinstance(one, Recovery) else "; ".join(change_words(one))
    return f"{with_capital(called(one))}: {told}"


def _only(options: Sequence[tuple[str, str]]) -> str:
    return options[0][1] if len(options) == 1 else ""


def _options(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield a finding, and beneath it the same where the decision is taken anew."""
    words = finding.value.capitalize()
    yield words, finding.value
    if finding in MAY_CHANGE:
        yield f"{words}, to be decided again", f"{finding.value}{ANEW}"
