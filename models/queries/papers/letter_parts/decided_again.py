"""Why what was challenged is decided as it is now, and what becomes of an award that is taken back."""

from collections.abc import Sequence

from models.papers.letters.letter import Challenged, Replaced
from models.queries.deciding.challenges.challenges import HeldChallenge
from models.queries.deciding.decided_anew import without_number
from models.queries.papers.letter_parts.feedback import Feedback
from models.values.awards import KIND_WORDS, Finding
from models.values.recommending import DecisionRow
from scoring.schedule.lines import PanelOutcome

NO_LONGER = (
    "That award no longer holds: please do not sign its agreement if you have not done so yet, and spend "
    "nothing more that was to be paid from it"
)
"""What is said to whoever held an award that gets no money by the decision that took its place."""


def why_decided_again(held: HeldChallenge, decided: DecisionRow, earlier: Sequence[DecisionRow]) -> str:
    """Return why what was challenged is decided as it is now, in the office's words.

    Where it gets no money any more, the reason for the money that it had may still stand on it: it is left
    out. Where nobody wrote why since, the reasons of the answer say it.
    """
    changed = decided.change_reason.strip() if has_own_change(held, decided) else ""
    of_money = {row.reason.strip() for row in earlier if row.amount_pence is not None}
    given = decided.reason.strip()
    own = "" if decided.amount_pence is None and given in of_money else given
    said = (own, changed) if own or changed else (held.challenge.reasons.strip(),)
    return "\n".join(filter(None, said))


def challenged(held: HeldChallenge) -> Challenged:
    """Return the challenge on which it was decided again."""
    found = held.challenge.finding
    return Challenged(KIND_WORDS[held.challenge.kind].lower(), "" if found is None else found.value)


def has_own_change(held: HeldChallenge, decided: DecisionRow) -> bool:
    """Whether somebody wrote why what was challenged is decided as it is, beside that it was upheld."""
    why = decided.change_reason.strip()
    return bool(why) and not why.startswith(held.words)


def what_still_holds(held: HeldChallenge, marks: Feedback) -> Feedback:
    """Return what is told of the marks of what was challenged: nothing of what was upheld may be said again.

    The panel did not know what was found since; the minimums are told, which are why no money is given.
    """
    is_upheld = held.challenge.finding in (Finding.UPHELD, Finding.PARTLY)
    return Feedback(missed=marks.missed) if is_upheld else marks


def is_taken_back(decided: DecisionRow, earlier: Sequence[DecisionRow]) -> bool:
    """Whether it got money by an earlier decision and gets none now: what the panel said is not why."""
    return decided.amount_pence is None and bool(earlier) and earlier[-1].amount_pence is not None


def own_and_change(decided: DecisionRow, earlier: Sequence[DecisionRow]) -> tuple[str, str]:
    """Return why money is given by a decision that took another's place, and apart from it why it changed.

    That it changed is no reason why an application was chosen. ("", "") of any other decision, and of one
    on which nobody wrote both.
    """
    own, why = decided.reason.strip(), without_number(decided.change_reason).strip()
    return (own, why) if earlier and decided.amount_pence is not None and own else ("", "")


def replaced(earlier: Sequence[DecisionRow], changed: str = "") -> Replaced | None:
    """Return the newest of earlier decisions, and why it is `changed` where that stands nowhere else."""
    if not earlier:
        return None
    row = earlier[-1]
    return Replaced(
        row.signed_on, row.notice, PanelOutcome(row.outcome), row.amount_pence, changed.rstrip(".")
    )
