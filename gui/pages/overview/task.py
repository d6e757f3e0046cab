"""One thing that needs a person, as the overview shows it: its picture, its button and where that leads."""

from typing import NamedTuple

from msgspec import Struct

from gui.pages.page import (
    COPIED,
    GATES_TO_CHECK,
    MINISTRY_PERIODS,
    NEW_MEMBERS,
    OWN_DECLARATION,
    WHAT_IT_IS_FOR,
    WHO_SIGNS,
)
from gui.theme.tokens import Tone
from models.papers.texts import LETTERS
from models.queries.panel.to_do import Harm, ToDo, What

TONES = {Harm.DANGER: Tone.DANGER, Harm.WARNING: Tone.WARNING, Harm.NONE: Tone.INFORMATION}
RETURN = "make_return"


class Way(NamedTuple):
    """A picture, the words on a button, and the page it opens; with `action` it does that instead.

    `reference` is what the page opens at, where that is the same for every such task.
    """

    icon: str
    button: str
    page: str
    action: str = ""
    reference: str = ""


WAYS = {
    What.DECLARE: Way("panel", "Declare", "panel", reference=OWN_DECLARATION),
    What.SCORE: Way("scoring", "Continue scoring", "scoring"),
    What.HAND_IN: Way("scoring", "Hand in", "scoring"),
    What.ADD_APPLICATIONS: Way("file", "Open applications", "applications"),
    What.PUBLISH: Way("criteria", "Open criteria", "criteria"),
    What.CHECK_GATES: Way("applications", "Check gates", "applications", reference=GATES_TO_CHECK),
    What.TELL_APART: Way("person", "See organisations", "organisations"),
    What.CHECK_COPIED: Way("criteria", "Check them", "criteria", reference=COPIED),
    What.CHOOSE_LINES: Way("applications", "Say what for…", "applications", reference=WHAT_IT_IS_FOR),
    What.SEE_UNDECLARED: Way("panel", "See who", "panel"),
    What.ADD_MEMBERS: Way("panel", "Add members…", "panel", reference=NEW_MEMBERS),
    What.SEE_SIGNATORIES: Way("panel", "Who signs…", "panel", reference=WHO_SIGNS),
    What.NAME_CHAIR: Way("panel", "Open the panel", "panel"),
    What.MOVE_ON: Way("check", "", "overview"),
    What.SEE_CHECKLIST: Way("check", "See the checklist", "overview"),
    What.REVIEW_SPREAD: Way("warning", "Review spread", "meeting"),
    What.SETTLE: Way("meeting", "Open meeting", "meeting"),
    What.KEEP_TO_POT: Way("danger", "Open ranking", "ranking"),
    What.WRITE_REASONS: Way("ranking", "Write reasons", "ranking"),
    What.RECOMMEND: Way("ranking", "Open ranking", "ranking"),
    What.RECOMMEND_AGAIN: Way("decisions", "Open decisions", "decisions"),
    What.SIGN: Way("decisions", "Open decisions", "decisions"),
    What.DECIDE: Way("decisions", "Open decisions", "decisions"),
    What.ISSUE: Way("export", "Open papers", "exports"),
    What.WRITE_LETTERS: Way("export", "Open letters", "exports", reference=LETTERS),
    What.CHASE_RETURNS: Way("monitoring", "Open monitoring", "monitoring"),
    What.SUBMIT_RETURN: Way("monitoring", "Open returns", "monitoring", reference=MINISTRY_PERIODS),
    What.VERIFY: Way("awards", "Open payments", "awards"),
    What.SEE_CONTRACT: Way("awards", "Open the award", "awards"),
    What.SEE_CHALLENGE: Way("challenge", "Open challenges", "challenges"),
    What.PAY: Way("awards", "Open payments", "awards"),
    What.AGREE: Way("awards", "Open awards", "awards"),
    What.TAKE_BANK_DETAILS: Way("awards", "Open awards", "awards"),
    What.MAKE_RETURN: Way("packs", "Make the return…", "overview", RETURN),
}


class Task(Struct, frozen=True):
    """What is to be done, and the way there."""

    to_do: ToDo

    @property
    def way(self) -> Way:
        """Return the way; to open the next stage the button is called as that is."""
        way = WAYS[self.to_do.what]
        return way if way.button else way._replace(button=f"{self.to_do.verb}…")

    @property
    def reference(self) -> str:
        """Return what the page opens at: what is the same for every such task, then what it is about."""
        return " ".join(filter(None, (self.way.reference, self.to_do.reference)))

    @property
    def tone(self) -> Tone:
        """Return how pressing it looks."""
        return TONES[self.to_do.harm]
