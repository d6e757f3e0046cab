"""What letters and agreements say of payments on hold: why, until when, and what is done about it."""

from scoring.written.text import with_capital

ON_HOLD = "on hold"
LIFTED = "once the hold is lifted"
NOT_BEFORE_LIFTED = (
    "What is still to come is on hold. We will pay none of it before we have told you that the hold is "
    "lifted."
)
"""Stands in an agreement under its payments, in place of when they are made."""


def hold_words(reason: str, contact: str) -> str:
    """Return that what is still to be paid is held, why and until when, and what the recipient does."""
    return (
        f"What is still to be paid is on hold. Why: {with_capital(reason.strip().rstrip('.'))}. We will pay "
        "none of it before we have told you that the hold is lifted. If it waits for something from you, "
        f"please send it; to ask what, contact {contact}."
    )


def once_lifted(waits: str) -> str:
    """Return what a held payment waits for: the hold, and what it waited for before, but for its day."""
    if waits.startswith("once "):
        return f"{LIFTED} and {waits.removeprefix('once ')}"
    if waits.startswith("at the "):
        return f"{LIFTED}, and not before {waits.removeprefix('at ')}"
    if waits.startswith("when this is met: "):
        return f"{LIFTED} and {waits.removeprefix('when ')}"
    return LIFTED
