"""What the Papers page says of its papers."""

from collections.abc import Sequence

from gui.text import ENDS_UNDO, listed
from models.papers.grant_agreement import GrantAgreement
from models.papers.kinds import FINANCE
from models.papers.letters.letters import Letters
from models.papers.paper_kind import PaperKind
from models.papers.texts import LETTERS
from scoring.schedule.lines import Basis
from scoring.schedule.values import AwardSchedule

NOTHING_RANKED = "Nothing is ranked yet. The schedule is shown here as soon as an application has a place."
NOTHING_ISSUED = (
    "Nothing issued yet. An issued version stays in the record for good, with its check code (SHA-256)."
)
COPY = "You are reading a copy. Drafts can be written from it; nothing is issued from it."
NO_PAGES = "Cancelled. {} to draw the pages again."
UNREACHED = (
    "It asks for answers and does not say how your office is reached: enter address, telephone or e-mail on "
    "the page Office first."
)
LETTERS_TOGETHER = "One file for each letter and one with all of them, in their own folder."


def schedule_warning(schedule: AwardSchedule) -> str:
    """Return what is to be known before a schedule is issued, "" for nothing."""
    if schedule.basis is Basis.PROPOSED:
        return "The panel has recommended nothing yet: the amounts are what the rule proposes."
    return ""


def unreached_words(value: object) -> str:
    """Return that letters or an agreement do not say where an answer goes, "" where they do."""
    if not isinstance(value, Letters | GrantAgreement):
        return ""
    return "" if value.letterhead.reached or value.contact else UNREACHED


def is_asked_for(paper: PaperKind, value: object) -> bool:
    """Whether Overview asks for a draft to be issued: a schedule that tells awards, or letters."""
    if isinstance(value, AwardSchedule):
        return any(line.awarded_pence is not None for line in value.lines)
    return paper.code in (FINANCE, LETTERS)


def state_words(version: int | None, *, is_signed: bool = False) -> str:
    """Return what the paper is: "Draft" until it is issued."""
    return "Draft" if version is None else f"Version {version}{', signed' if is_signed else ''}"


def confirm_words(
    what: str, warnings: Sequence[str], version: int, forms: Sequence[str], folder: str
) -> tuple[str, ...]:
    """Return what issuing does, before it is done."""
    before = f"It supersedes version {version - 1}. " if version > 1 else ""
    kept = f"{before}An issued version stays in the record for good and cannot be taken back. {ENDS_UNDO}"
    written = f"It is written as {listed(forms)} into {folder}, with its version."
    return tuple(filter(None, (f"{what}.", *warnings, kept, written)))
