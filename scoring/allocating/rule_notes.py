"""The notes of the allocation rule, told from the reasons that people give.

A note says where a request stood in the list and what was left in the pot ("fits: asks £4,800.00, £2,310.00
left"). It is of use to whoever ranks; it speaks of other applicants' money and is nobody's reason. JSON has
a note as the rule gives it; people read it in the words of `told_note`.
"""

import re

from scoring import money
from scoring.ranking import Cause, Standing, Why
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
_LEFT_WITHOUT = {
    Why.TOO_MUCH: "What was left of the money did not cover it.",
    Why.SKIPPED: "What was left of the money did not cover it.",
    Why.STOPPED: "What was left of the money did not cover an application placed before it.",
    Why.ORGANISATION: "Its organisation has the most that the round allows one already.",
}
"""What left a request that the rule gave no money without it, in a sentence without sums."""


def is_rule_note(words: str) -> bool:
    """Whether words are a note of the rule and nothing else, however they are spaced or cased."""
    return _NOTES.fullmatch(" ".join(words.split()).rstrip(".")) is not None


def note_words(standing: Standing, scheme: Scheme) -> str:
    """Return the note on a standing as people read it, "" where it has none.

    As in "requested £1,327.00; £1,330.50 was available". Where a published tolerance counts in, it says so:
    a pot and its tolerance are never one sum without a word. An offer that is capped stands beside what was
    requested.
    """
    cause = standing.cause
    if cause is None:
        return ""
    with_ = _WITH if scheme.tolerance_percent else ""
    if cause.why not in _VERBS:
        return _other_note(standing, cause, with_)
    requested, offer = money.pounds(standing.requested_pence), money.pounds(cause.asks_pence)
    asks = requested if offer == requested else f"{requested} (capped at {offer})"
    verb = "" if cause.why is Why.FITS else f"{_VERBS[cause.why]}: "
    was = f"{money.pounds(cause.left_pence)} was available{with_}"
    return f"{verb}requested {asks}; {was}{_reaches(standing, cause, 'requested')}"


def rule_note(standing: Standing) -> str | None:
    """Return the note as JSON has it, None without one: "fits: asks £1,327.00, £1,330.50 left"."""
    cause = standing.cause
    if cause is None or cause.why not in _VERBS:
        return None if cause is None else _other_note(standing, cause)
    asks = f"asks {money.pounds(cause.asks_pence)}, {money.pounds(cause.left_pence)} left"
    return f"{_VERBS[cause.why]}: {asks}{_reaches(standing, cause, 'asked')}"


_VERBS = {Why.FITS: "fits", Why.PART: "part", Why.SKIPPED: "skipped", Why.TOO_MUCH: "does not fit"}
"""How a note begins that says what was asked and what was left."""


def _other_note(standing: Standing, cause: Cause, with_: str = "") -> str:
    if cause.why is Why.CAPPED:
        of = money.pounds(standing.requested_pence)
        return f"fund, capped at {money.pounds(cause.asks_pence)} of {of} asked"
    if cause.why is Why.STOPPED:
        return f"the list stopped at {cause.at[0]}"
    if cause.why is Why.ORGANISATION:
        return f"the organisation's cap of {money.pounds(cause.cap_pence)} for the round is used up"
    if cause.why is Why.BELOW:
        return f"below threshold: {'; '.join(standing.below_threshold)}"
    at = ", ".join(cause.at)
    if cause.why is Why.WAITS:
        return f"waits for the chair: the tie at {at} comes first"
    left = money.pounds(cause.left_pence)
    return f"{at} tie at the budget line with {left} left{with_}: the chair decides"


def _reaches(standing: Standing, cause: Cause, asked: str) -> str:
    """Return whether what was left reaches what a part must, as a note goes on; "" where no part is given."""
    if cause.least_pence is None:
        return ""
    verb = "reaches" if cause.why is Why.PART else "does not reach"
    if cause.is_own_least:
        return f", which {verb} its stated minimum of {money.pounds(cause.least_pence)}"
    return f", which {verb} half of the {money.pounds(standing.requested_pence)} {asked}"


def why_without(cause: Cause | None) -> str:
    """Return in a sentence why the rule left a request without money, "" where it had room for it.

    It stands for the reason of a reserve to which nobody gave one; the sums stay in the note.
    """
    return "" if cause is None else _LEFT_WITHOUT.get(cause.why, "")


def printed_note(standing: Standing, scheme: Scheme) -> str:
    """Return the note as papers print it: where the list stopped, what it stopped for."""
    cause = standing.cause
    if cause is not None and cause.why is Why.STOPPED:
        return f"what was left did not cover {cause.at[0]}, placed before it, in full"
    return note_words(standing, scheme)


def own_reason(words: str) -> str:
    """Return words as they are, "" where they are a note of the rule: it is never a reason."""
    return "" if is_rule_note(words) else words
