"""The notes of the allocation rule, told from the reasons that people give.

A note says where a request stood in the list and what was left in the pot ("fits: asks £4,800.00, £2,310.00
left"). It is of use to whoever ranks; it speaks of other applicants' money and is nobody's reason. JSON has
a note as the rule gives it; people read it in the words of `told_note`.
"""

import re

from scoring import money
from scoring.ranking import Standing
from scoring.scheme import Scheme

_POUNDS = r"−?£[\d,]+(?:\.\d\d)?"
_WITH = " with the tolerance"
_LEFT = rf"{_POUNDS} left(?:{_WITH})?"
_REQUESTED = rf"requested {_POUNDS}(?: \(capped at {_POUNDS}\))?; {_POUNDS} was available(?:{_WITH})?"
_ENOUGH = rf"(?:half of the {_POUNDS} (?:asked|requested)|its stated minimum of {_POUNDS})"
_NOTES = re.compile(
    "|".join(
        (
            rf"fits: asks {_POUNDS}, {_LEFT}",
            rf"fund, capped at {_POUNDS} of {_POUNDS} asked",
            rf"part: asks {_POUNDS}, {_LEFT}, which reaches {_ENOUGH}",
            rf"(?:part: |skipped: |does not fit: )?{_REQUESTED}"
            rf"(?:, which (?:reaches|does not reach) {_ENOUGH})?",
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
_ASKS = re.compile(
    rf"((?:fits|part|skipped|does not fit): )asks ({_POUNDS}), ({_POUNDS}) left((?:, which .+)?)"
)
_LEFT_WITHOUT = (
    ("does not fit: ", "What was left of the money did not cover it."),
    ("skipped: ", "What was left of the money did not cover it."),
    ("the list stopped at ", "What was left of the money did not cover an application placed before it."),
    ("the organisation's cap of ", "Its organisation has the most that the round allows one already."),
)
"""How the note begins on a request that the rule gave no money, and that in a sentence without sums."""
_STOPPED = re.compile(r"\bthe list stopped at ([^\s;]+)", re.IGNORECASE)
_AT_LINE = re.compile(rf"budget line with {_POUNDS} left")


def is_rule_note(words: str) -> bool:
    """Whether words are a note of the rule and nothing else, however they are spaced or cased."""
    return _NOTES.fullmatch(" ".join(words.split()).rstrip(".")) is not None


def note_words(standing: Standing, scheme: Scheme) -> str:
    """Return the note on a standing as people read it, "" where it has none.

    "fits: asks £1,327.00, £1,330.50 left" is told as "requested £1,327.00; £1,330.50 was available", and
    where a published tolerance counts in, it says so: a pot and its tolerance are never one sum without a
    word. An offer that is capped stands beside what was requested.
    """
    note, requested = standing.outcome_reason or "", money.pounds(standing.requested_pence)
    with_ = _WITH if scheme.tolerance_percent else ""
    found = _ASKS.fullmatch(note)
    if found is None:
        return _AT_LINE.sub(rf"\g<0>{with_}", note) if with_ else note
    verb, offer, left, rest = found.groups()
    asks = requested if offer == requested else f"{requested} (capped at {offer})"
    reached = rest.removesuffix("asked") + "requested" if rest.endswith(" asked") else rest
    return f"{verb.removeprefix('fits: ')}requested {asks}; {left} was available{with_}{reached}"


def why_without(note: str) -> str:
    """Return in a sentence why the rule left a request without money, "" where it had room for it.

    It stands for the reason of a reserve to which nobody gave one; the sums stay in the note.
    """
    begins_so = note.casefold().startswith
    return next((words for begins, words in _LEFT_WITHOUT if begins_so(begins)), "")


def printed_note(words: str) -> str:
    """Return such words as papers print them: where the list stopped, what it stopped for."""
    return _STOPPED.sub(r"what was left did not cover \1, placed before it, in full", words)


def step_words(words: str, standing: Standing, scheme: Scheme) -> str:
    """Return the words of a step of an explanation with the rule's note in them as people read it."""
    note = standing.outcome_reason
    return words.replace(note, note_words(standing, scheme)) if note else words


def own_reason(words: str) -> str:
    """Return words as they are, "" where they are a note of the rule: it is never a reason."""
    return "" if is_rule_note(words) else words
