"""One thing that needs a person: what it is, how much harm leaving it does, and why."""

from datetime import date
from enum import IntEnum, StrEnum

from msgspec import Struct


class Harm(IntEnum):
    """What comes of leaving it, the worst first."""

    DANGER = 0
    WARNING = 1
    NONE = 2


class What(StrEnum):
    """What is to be done; a page offers the button for it."""

    DECLARE = "declare interests"
    SCORE = "score"
    HAND_IN = "hand in sheets"
    ADD_APPLICATIONS = "add applications"
    PUBLISH = "publish the scheme"
    CHECK_GATES = "check gates"
    CHOOSE_LINES = "say what applications are for"
    SEE_UNDECLARED = "see who has not declared"
    ADD_MEMBERS = "add members"
    NAME_CHAIR = "name a chair"
    MOVE_ON = "open the next stage"
    SEE_CHECKLIST = "see the checklist"
    REVIEW_SPREAD = "review spread"
    SETTLE = "settle items"
    KEEP_TO_POT = "keep to the pot"
    WRITE_REASONS = "write reasons"
    RECOMMEND = "recommend"
    RECOMMEND_AGAIN = "recommend again"
    SIGN = "sign for the panel"
    SEE_SIGNATORIES = "see who signs"
    DECIDE = "decide"
    ISSUE = "issue schedules"
    WRITE_LETTERS = "issue letters"
    CHASE_RETURNS = "chase returns"
    SUBMIT_RETURN = "submit a return to the Ministry"
    VERIFY = "verify accounts"
    PAY = "pay"
    AGREE = "sign agreements"
    SEE_CONTRACT = "see the contract"
    SEE_CHALLENGE = "see the challenge"
    TAKE_BANK_DETAILS = "enter bank details"
    MAKE_RETURN = "make a return"


class ToDo(Struct, frozen=True):
    """Something to do: why in a sentence, a note, by when, and what it is about.

    `reference` is that application, period or paper, `stage` that stage. `verb` is what opens the next
    stage, for `MOVE_ON` alone.
    """

    what: What
    harm: Harm
    words: str
    note: str
    by: date | None = None
    reference: str = ""
    stage: str = ""
    verb: str = ""
