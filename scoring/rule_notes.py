"""The notes of the allocation rule, told from the reasons that people give.

A note says where a request stood in the list and what was left in the pot ("fits: asks £4,800.00, £2,310.00
left"). It is of use to whoever ranks; it speaks of other applicants' money and is nobody's reason.
"""

import re

from scoring.scheme import Scheme

_POUNDS = r"−?£[\d,]+(?:\.\d\d)?"
_WITH = " with the tolerance"
_LEFT = rf"{_POUNDS} left(?:{_WITH})?"
_ENOUGH = rf"(?:half of the {_POUNDS} asked|its stated minimum of {_POUNDS})"
_NOTES = re.compile(
    "|".join(
        (
            rf"fits: asks {_POUNDS}, {_LEFT}",
            rf"fund, capped at {_POUNDS} of {_POUNDS} asked",
            rf"part: asks {_POUNDS}, {_LEFT}, which reaches {_ENOUGH}",
            rf"(?:skipped|does not fit): asks {_POUNDS}, {_LEFT}"
            rf"(?:, which does not reach {_ENOUGH})?",
            r"the list stopped at \S+",
            rf"the organisation's cap of {_POUNDS} for the round is used up",
            r"below threshold: .+",
            r"waits for the chair: the tie at .+ comes first",
            rf".+ tie at the budget line with {_LEFT}: the chair decides",
        )
    ),
    re.IGNORECASE,
)


def is_rule_note(words: str) -> bool:
    """Whether words are a note of the rule and nothing else, however they are spaced or cased."""
    return _NOTES.fullmatch(" ".join(words.split()).rstrip(".")) is not None


def told_note(words: str, scheme: Scheme) -> str:
    """Return a note for whoever ranks, saying where what is left counts a published tolerance in.

    A pot and its tolerance are never one sum without a word. The note itself stays as the rule gives it.
    """
    if not scheme.tolerance_percent or not is_rule_note(words):
        return words
    return re.sub(rf"({_POUNDS} left)(?!{_WITH})", rf"\1{_WITH}", words)


def own_reason(words: str) -> str:
    """Return words as they are, "" where they are a note of the rule: it is never a reason."""
    return "" if is_rule_note(words) else words
