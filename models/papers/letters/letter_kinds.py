"""The kinds of letters: each has its template, and somebody who is told something by it."""

DIRECT_OFFER, VARIATION, RECOVERY = "direct-offer", "variation", "recovery"
SUBSIDY_NOTICE = "subsidy-notice"
DEFER, REFER = "defer", "refer"
PART_OFFER = "part-offer"
INELIGIBLE, INCOMPLETE, LATE = "ineligible", "incomplete", "late"
UNDECIDED, WITHDRAWN = "undecided", "withdrawn"
"""What the panel could not decide, and what was withdrawn."""
RECEIVED = "received"
"""That an application came."""
AT_GATES = (INELIGIBLE, INCOMPLETE, LATE)
ACKNOWLEDGEMENT, ANSWER, CLOSED = ON_CHALLENGES = ("acknowledgement", "answer", "closed")
"""The letters of a challenge: that it came, what was found, and that it was withdrawn."""
ON_DECISIONS = ("offer", PART_OFFER, DIRECT_OFFER, "reserve", "decline", DEFER, REFER)
KINDS = (
    *ON_DECISIONS,
    *AT_GATES,
    *(UNDECIDED, WITHDRAWN),
    RECEIVED,
    *(VARIATION, RECOVERY, SUBSIDY_NOTICE),
    *ON_CHALLENGES,
)
"""The letters by their templates: an offer is for all that was asked, a part-offer for less.

A direct offer is of an award without a competition, which nobody applied for.
"""
