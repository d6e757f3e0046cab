"""A sheet that a member filled in on paper, typed in by the office."""


def paper_words(member: str, *, from_paper: bool) -> str:
    """Return what stands behind a change that was typed in from a member's paper sheet."""
    return f", from the paper sheet of {member}" if from_paper else ""
