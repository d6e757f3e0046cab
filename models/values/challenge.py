"""A request for review, a complaint or an appeal against a decision, from its receipt to its answer."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from models.schema.base import TextAbout


class ChallengeKind(StrEnum):
    """What somebody asks for."""

    REVIEW = "review"
    COMPLAINT = "complaint"
    APPEAL = "appeal"


KIND_WORDS = {
    ChallengeKind.REVIEW: "Request for review",
    ChallengeKind.COMPLAINT: "Complaint",
    ChallengeKind.APPEAL: "Appeal",
}


NOTHING = "nothing"
"""What carries an answer out where a decision taken anew does not, and nothing else does yet."""


class Finding(StrEnum):
    """What came of a challenge."""

    UPHELD = "upheld"
    PARTLY = "partly upheld"
    NOT_UPHELD = "not upheld"
    WITHDRAWN = "withdrawn"


class Challenge(Struct, frozen=True):
    """What is known of a challenge; `due_on` is the day by which the office answers.

    Until somebody answers there is no `finding`, and `reasons` are "". One that is upheld in whole or in part
    may call for a new decision, which is then taken and signed as any decision is. `address` is where letters
    go, on lines of its own, an e-mail address among them; "" where that is the applicant's own.
    `carried_out_by` is what was done on an answer that calls for a new decision, like "variation 2",
    "request 1" or "nothing"; where it is "" a decision taken anew carries it out, and nothing else does.
    `remedy` is what the office does about what was upheld, as its letter tells it.
    """

    kind: ChallengeKind
    asked_by: TextAbout
    grounds: TextAbout
    received_on: date
    due_on: date
    acknowledged_on: date | None = None
    looked_at_by: str = ""
    looked_at_post: str = ""
    finding: Finding | None = None
    reasons: TextAbout = ""
    answered_on: date | None = None
    calls_for_decision: bool = False
    address: TextAbout = ""
    carried_out_by: str = ""
    remedy: TextAbout = ""
