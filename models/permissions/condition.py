"""The names of what must hold beside a role; `conditions` asks the record for each."""

from enum import StrEnum, auto


class Condition(StrEnum):
    """What must hold; the rule and its words stand with the function of the same name."""

    OWN_SHEET = auto()
    TYPED_FROM_PAPER = auto()
    OWN_DECLARATION = auto()
    OWN_INTEREST = auto()
    OWN_WORD_OF_CHAIR = auto()
    WITHOUT_INTEREST = auto()
    WITHOUT_INTEREST_IN_THEM = auto()
    SETTLES_NO_RETURN = auto()
    SIGNS_IN_PERSON = auto()
    SIGNER_DID_NOT_SCORE = auto()
    GETS_NO_SIGNING_ROLE_AFTER_SCORING = auto()
    DECIDED_NOTHING = auto()
    CHAIRS_PAPER = auto()
    PAPER_WITHOUT_INTEREST = auto()
