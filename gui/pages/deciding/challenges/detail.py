"""One challenge on the right: against what, who asks and why, what was found, and what may be done."""

from datetime import date

from PySide6.QtCore import Signal

from gui.pages.awards.reading_card import ReadingCard
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.nesting import nest
from models.queries.deciding.challenges import HeldChallenge, changed_words, decided_words
from scoring.written.days import short_day
from scoring.written.text import with_capital

NOTHING_PICKED = "Choose a challenge to see what is asked and by when it is answered."
AGREED = (
    "The agreement is signed, or the award was varied. Vary the award for another sum; where nothing is paid "
    "the decision may be changed to decline, else ask for the money back. Then say what was done."
)
CHANGE, ANSWER, REMOVE, DONE, OPEN, VARY = "change", "answer", "remove", "done", "open", "vary"
ACKNOWLEDGED, LETTER = "acknowledged", "letter"
WORDS = {
    CHANGE: "Change…",
    ANSWER: "Answer…",
    ACKNOWLEDGED: "Acknowledged today",
    LETTER: "Write the letter…",
    REMOVE: "Remove",
    DONE: "What was done…",
    OPEN: "Open the decision",
    VARY: "Open the award",
}


class ChallengeCard(ReadingCard):
    """The challenge at hand; it tells what is asked for and changes nothing itself."""

    asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "The selected challenge")
        self.held: HeldChallenge | None = None
        self.buttons: dict[str, Button] = {}

    def show_challenge(self, held: HeldChallenge | None, today: date, *, may_keep: bool) -> None:
        """Show a challenge as on a day; who keeps challenges may change it."""
        is_same = self.held is not None and held is not None and self.held.number == held.number
        self.held, self.buttons = held, {}
        self._begin()
        if held is None:
            self._say(NOTHING_PICKED, "muted")
        else:
            self._tell(held, today)
            self._offer(held, may_keep=may_keep and not held.is_closed)
        self._show(is_same=is_same)

    def _tell(self, held: HeldChallenge, today: date) -> None:
        known = held.challenge
        self._name(held.words)
        self._say(", ".join(filter(None, (held.organisation, held.project))), "muted")
        self._strong(held.state(today))
        self._title("Against")
        self._say(with_capital(decided_words(held.decision)))
        self._title("What is asked")
        self._say(f"{known.asked_by}, {short_day(known.received_on)}")
        self._say(known.grounds)
        self._say(f"Letters go to {', '.join(known.address.splitlines())}" if known.address else "", "text2")
        if known.acknowledged_on is not None:
            self._say(f"Acknowledged on {short_day(known.acknowledged_on)}", "text2")
        by = ", ".join(filter(None, (known.looked_at_by, known.looked_at_post)))
        if known.finding is None and by:
            self._say(f"Who looks at it: {by}", "text2")
        if known.finding is not None and known.answered_on is not None:
            self._title("What was found")
            self._say(f"{known.finding.value.capitalize()}, {short_day(known.answered_on)}")
            self._say(f"Looked at by {by}" if by else "", "text2")
            self._say(known.reasons)
            self._say(f"What will be done: {known.remedy}" if known.remedy else "")
        if held.changed_by is not None:
            self._say(with_capital(changed_words(held.changed_by)))
        elif held.waits_for_decision and held.has_agreement:
            self._say(AGREED, "text2")

    def _offer(self, held: HeldChallenge, *, may_keep: bool) -> None:
        asked = [ANSWER, CHANGE] if may_keep else []
        if may_keep and held.challenge.acknowledged_on is None and held.challenge.finding is None:
            asked.insert(0, ACKNOWLEDGED)
        if may_keep and held.challenge.finding is None:
            asked.append(REMOVE)
        if may_keep and held.challenge.calls_for_decision:
            asked.append(DONE)
        row = Flow()
        row.setSpacing(self._look.px(8))
        for one in (*asked, *([LETTER] if may_keep else []), OPEN, *([VARY] if held.has_agreement else [])):
            self.buttons[one] = button = self._link(WORDS[one], self.asked, one)
            row.addWidget(button)
        nest(self._column, row)
