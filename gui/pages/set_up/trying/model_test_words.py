"""What a test of the model says, in words: how often each criterion decides, and advice."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scoring.sensitivity.model_test import Decides, ModelTest

OFTEN_TIED = 10
"""From so many percent of rounds with a tie at the line a further tie-break rule is advised."""
FINE = "Every criterion moves awards, and ties at the budget line are rare."


def test_words(found: "ModelTest") -> str:
    """Return what was done."""
    each = found.applications // max(found.rounds, 1)
    return (
        f"{found.rounds} made-up rounds of {each} applications each, with a pot of half of what they ask. "
        "Each criterion was left out in turn, its weight shared within its side. Nothing was recorded."
    )


def cost_words(found: "ModelTest") -> str:
    """Return whether the cost side matters."""
    if found.cost is None:
        return "The scheme has one side only."
    if not found.cost:
        return "The cost side never decides an award: quality alone would fund the same applications."
    return f"The cost side decides an award in {percent(found.cost, found.rounds)} of rounds."


def tie_words(found: "ModelTest") -> str:
    """Return how often equals stop the list at the budget line."""
    if not found.ties:
        return "No tie falls on the budget line."
    share = percent(found.ties, found.rounds)
    return f"A tie falls on the budget line in {share} of rounds, and the chair would have to decide."


def advice_words(found: "ModelTest") -> tuple[str, ...]:
    """Return what somebody may want to change before the round opens."""
    lines = [_idle(each) for each in found.criteria if not each.awards]
    if found.cost == 0:
        lines.append("Give the cost side more weight, or do without it.")
    if 100 * found.ties >= OFTEN_TIED * found.rounds:
        lines.append("Add a tie-break, or use a longer scale of marks.")
    return tuple(lines) or (FINE,)


def percent(count: int, of: int) -> str:
    """Return a share in whole percent; none and all are said only when they are."""
    if not count or count == of:
        return f"{100 if count else 0}%"
    return f"{min(max(100 * count // of, 1), 99)}%"


def _idle(each: "Decides") -> str:
    name = f"{each.code} {each.title}"
    if each.places:
        return f"{name} never moves an award here. It could weigh more, or be left out of the form."
    return f"{name} never moves anything here. It could weigh more, or be left out of the form."
