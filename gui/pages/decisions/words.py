"""What the Decisions page says: who may decide what, and what a signing comes to."""

from collections.abc import Sequence

from gui.pages.decisions.lines import Line, totals
from gui.text import counted
from models.queries.deciding import Deciding
from scoring import money

SCORED = "You gave marks in this round, so this side is closed to you: nobody both scores and decides."
CANNOT_BE_UNDONE = "This cannot be undone, and clears what could be undone before."


def step_of(found: Deciding, name: str, role: str) -> int | None:
    """Return the step of the chain that a person signs, None when they sign none."""
    if name in found.scorers:
        return None
    return next((number for number, step in enumerate(found.chain) if step.role == role), None)


def refusal(found: Deciding, line: Line, name: str, role: str) -> str:
    """Return why a person decides nothing on a line, "" when they may."""
    if name in found.scorers:
        return SCORED
    step = step_of(found, name, role)
    if step is None:
        posts = ", then ".join(of.post for of in found.chain)
        return f"The deciding office answers here: {posts}."
    if line.is_decided:
        return "This line is decided. A correction is a new decision, with a notice of its own."
    if not line.signed:
        return "The chair of the panel has not signed this line yet."
    if line.steps < step:
        return f"This line waits for the {found.chain[line.steps].post} first."
    if line.steps > step:
        return f"You have signed this line. It waits for the {found.chain[line.steps].post}."
    return ""


def sign_words(lines: Sequence[Line], area: str) -> tuple[str, ...]:
    """Return what the chair is about to sign, in counts and sums."""
    count = counted(len(lines), "recommendation", "recommendations")
    return (
        f"{area or 'All areas'}: {count}: {totals(lines)}.",
        "They go to the deciding office and hold still: only the office can send a line back.",
        CANNOT_BE_UNDONE,
    )


def record_words(lines: Sequence[Line], post: str) -> tuple[str, ...]:
    """Return what a step is about to put down, in counts and sums."""
    chosen = [line for line in lines if line.pending is not None]
    counts = {
        words: sum(line.pending is not None and line.pending.verdict == verdict for line in chosen)
        for verdict, words in (("agree", "as recommended"), ("change", "changed"), ("send_back", "sent back"))
    }
    parts = ", ".join(f"{count} {words}" for words, count in counts.items() if count)
    total = money.short_pounds(sum(_pence(line) for line in chosen))
    return (
        f"{post}: {counted(len(chosen), 'line', 'lines')}: {parts}.",
        f"{total} in all.",
        CANNOT_BE_UNDONE,
    )


def _pence(line: Line) -> int:
    assert line.pending is not None, "only chosen lines are added"
    if line.pending.verdict == "change":
        return line.pending.amount_pence or 0
    if line.pending.verdict == "send_back":
        return 0
    held = line.last if line.last is not None else line.recommended
    return held.amount_pence or 0
