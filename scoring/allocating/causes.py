"""Why an offer is less than was asked, and why an application is on the reserve list, as facts.

Papers and letters say it in words of their own; nothing here is a sentence, and all sums are pence.

A note of the allocation rule says where a request stood in the list and what was left in the pot ("fits: asks
£4,800.00, £2,310.00 left"). It is of use to whoever ranks; it speaks of other applicants' money and is
nobody's reason. JSON has a note as the rule gives it; people read it in the words of `told_note`.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from scoring import money
from scoring.allocating.organisations import CapCause
from scoring.ranking import Cause, Outcome, Ranking, Standing, Why
from scoring.round import Application
from scoring.scheme import Allocation, Scheme
from scoring.written.text import in_clauses, lazy_pattern, listed


class Less(StrEnum):
    """Which rule makes an offer less than was asked."""

    POT = "pot"
    AWARD_CAP = "cap of one award"
    ORGANISATION_CAP = "cap of one organisation"
    ORGANISATION_REST = "rest of the cap of one organisation"


class LessCause(Struct, frozen=True):
    """Why the rule offers less than was asked.

    `area` is whose pot it is, "" where the round has one alone; `most_pence` the cap. `least_pence` is what
    its applicant said it can go ahead with, None where it said nothing. What is left of a pot
    `has_tolerance` where the round publishes one, which such an offer draws on. `used` are the organisation's
    other applications that took the rest of its cap.
    """

    why: Less
    area: str = ""
    most_pence: int = 0
    least_pence: int | None = None
    has_tolerance: bool = False
    used: tuple[str, ...] = ()


def less_cause(
    scheme: Scheme, application: Application, standing: Standing, offered_pence: int
) -> LessCause | None:
    """Return why, the area of `application` told as whose pot it is.

    None for an offer that is whole, or that is not what the rule proposes.
    """
    if offered_pence >= application.requested_pence or offered_pence != standing.offer_pence:
        return None
    most = scheme.cap_per_organisation_pence or 0
    if standing.outcome is Outcome.PART:
        why, most = Less.POT, 0
    elif offered_pence == scheme.cap_per_award_pence:
        why, most = Less.AWARD_CAP, offered_pence
    else:
        why = Less.ORGANISATION_CAP if offered_pence == most else Less.ORGANISATION_REST
    return LessCause(
        why,
        application.area or "",
        most,
        application.minimum_pence,
        has_tolerance=why is Less.POT and scheme.tolerance_percent > 0,
        used=tuple(of for of, _ in standing.cause.used)
        if standing.cause and why is Less.ORGANISATION_REST
        else (),
    )


def less_because(cause: LessCause | None) -> str:
    """Return the cause as papers of the panel and the office go on with it, "" for none."""
    if cause is None:
        return ""
    if cause.why is Less.POT:
        of = f" for {cause.area}" if cause.area else ""
        return f"what was left of the pot{of}{_WITH if cause.has_tolerance else ''} at its place in the list"
    return f"{_CAPS[cause.why]}{f' after {listed(cause.used)}' if cause.used else ''}"


_CAPS = {
    Less.AWARD_CAP: "the most that an award may be",
    Less.ORGANISATION_CAP: "the most that one organisation may have",
    Less.ORGANISATION_REST: "what was left of the most that one organisation may have",
}


class Held(StrEnum):
    """Why an application on the reserve list got no money."""

    SPENT = "spent"
    NONE_FREE = "none was free"
    SHORT = "too little left"
    STOPPED = "none goes first"
    OPEN = "not told by a sum"


class PassedBy(Struct, frozen=True):
    """Awards to applications placed after one on the list, made since: how many, when, in which notices."""

    many: int
    days: tuple[date, ...]
    notices: tuple[str, ...]


class HeldCause(Struct, frozen=True):
    """Why an application is on the reserve list.

    The money of `area`, "" where the round has one pot alone, is spent, on those placed before it where
    `is_all_before`; or none of it was free, as it was committed before or waits for a decision; or
    `left_pence` is less than `least_pence`: than what its applicant named, where `is_own_least`, than half of
    what it asked, where `is_half`, else than that. An equal is before it by the chair where `is_after_equal`.
    """

    why: Held = Held.OPEN
    area: str = ""
    left_pence: int = 0
    asked_pence: int = 0
    least_pence: int = 0
    is_own_least: bool = False
    is_half: bool = False
    is_all_before: bool = False
    own_least_pence: int = 0
    cap: CapCause | None = None
    is_after_equal: bool = False
    passed: PassedBy | None = None

    @property
    def is_told(self) -> bool:
        """Whether a cause is known that may be told."""
        return self.why is not Held.OPEN or self.cap is not None or self.is_after_equal

    @property
    def is_short_by_cap(self) -> bool:
        """Whether its organisation's cap leaves less than it needs, so that a place brings it nothing."""
        return self.cap is not None and (
            self.own_least_pence > self.cap.left_pence or not self.cap.left_pence
        )


def held_cause(
    scheme: Scheme,
    application: Application,
    standing: Standing,
    *,
    left_pence: int,
    free_pence: int,
    is_all_before: bool | None,
) -> HeldCause:
    """Return why; of its pot `left_pence` is left, of pot and published tolerance `free_pence`.

    `is_all_before` says that the rest was awarded to applications placed before this one, None where nothing
    was awarded of it, or some waits for its decision.
    """
    asked, is_part = application.requested_pence, scheme.allocation is Allocation.PART
    own = application.minimum_pence if is_part else asked
    least = (asked + 1) // 2 if own is None else own
    held = HeldCause(
        area=application.area or "",
        left_pence=left_pence,
        asked_pence=asked,
        own_least_pence=application.minimum_pence or 0,
    )
    is_short, is_by_rule = free_pence < least, standing.outcome is Outcome.RESERVE
    if not left_pence and (is_short or is_by_rule):
        return replace(
            held,
            why=Held.NONE_FREE if is_all_before is None else Held.SPENT,
            is_all_before=bool(is_all_before),
        )
    if is_short:
        return replace(
            held,
            why=Held.SHORT,
            least_pence=least,
            is_own_least=is_part and own is not None,
            is_half=own is None,
        )
    if is_by_rule and scheme.allocation is not Allocation.SKIP:
        return replace(held, why=Held.STOPPED)
    return held


_POUNDS = r"−?£[\d,]+(?:\.\d\d)?"
_WITH = " with the tolerance"
_LEFT = rf"{_POUNDS} left(?:{_WITH})?"
_USED = rf"{_POUNDS} on \S+(?:(?:, | and ){_POUNDS} on \S+)*"
_CAP = rf"(?:the cap for one award|one organisation can have {_POUNDS}(?:, and this one has {_USED})?)"
_REQUESTED = rf"requested {_POUNDS}(?: \(capped at {_POUNDS}: {_CAP}\))?; {_POUNDS} was available(?:{_WITH})?"
_ENOUGH = rf"(?:half of the {_POUNDS} (?:asked|requested)|its stated minimum of {_POUNDS})"
_NOTES = lazy_pattern(
    "(?i)"
    + "|".join(
        (
            rf"fits: asks {_POUNDS}, {_LEFT}",
            rf"fund, capped at {_POUNDS} of {_POUNDS} asked: {_CAP}",
            rf"part: asks {_POUNDS}, {_LEFT}, which reaches {_ENOUGH}",
            rf"(?:part: |skipped: |does not fit: )?{_REQUESTED}"
            rf"(?:, which (?:reaches|does not reach) {_ENOUGH})?",
            rf"(?:skipped|does not fit): asks {_POUNDS}, {_LEFT}"
            rf"(?:, which does not reach {_ENOUGH})?",
            r"the list stopped at \S+",
            rf"the organisation's cap of {_POUNDS} for the round is used up: {_USED}",
            r"below threshold: .+",
            r"waits for the chair: the tie at .+ comes first",
            rf".+ tie at the budget line with {_LEFT}: the chair decides",
        )
    ),
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
    asks = requested if offer == requested else f"{requested} (capped at {offer}: {_cap_words(cause)})"
    verb = "" if cause.why is Why.FITS else f"{_VERBS[cause.why]}: "
    return (
        f"{verb}requested {asks}; {money.pounds(cause.left_pence)} was available{with_}"
        f"{_reaches(standing, cause, 'requested')}"
    )


def rule_note(standing: Standing) -> str | None:
    """Return the note as JSON has it, None without one: "fits: asks £1,327.00, £1,330.50 left"."""
    cause = standing.cause
    if cause is None or cause.why not in _VERBS:
        return None if cause is None else _other_note(standing, cause)
    return (
        f"{_VERBS[cause.why]}: asks {money.pounds(cause.asks_pence)}, {money.pounds(cause.left_pence)} left"
        f"{_reaches(standing, cause, 'asked')}"
    )


def recalculated_words(ranking: Ranking, reference: str) -> str:
    """Return how an application that was decided would stand if it were ranked today, "" where the same."""
    now = next((one for one in ranking.recalculated if one.reference == reference), None)
    if now is None:
        return ""
    if not now.is_ranked:
        return f"Recalculated today: {in_clauses((now.status, *now.reasons))}"
    place = money.place_with_rule(now.place, tied=now.tied, by=now.place_by)
    score = money.score(now.total_1e2)
    offer = "" if now.offer_pence is None else f" {money.short_pounds(now.offer_pence)}"
    note = note_words(now, ranking.scheme)
    return f"Recalculated today: place {place}, total {score}, {now.outcome}{offer} ({note})"


_VERBS = {Why.FITS: "fits", Why.PART: "part", Why.SKIPPED: "skipped", Why.TOO_MUCH: "does not fit"}
"""How a note begins that says what was asked and what was left."""


def _other_note(standing: Standing, cause: Cause, with_: str = "") -> str:
    if cause.why is Why.CAPPED:
        of = money.pounds(standing.requested_pence)
        return f"fund, capped at {money.pounds(cause.asks_pence)} of {of} asked: {_cap_words(cause)}"
    if cause.why is Why.STOPPED:
        return f"the list stopped at {cause.at[0]}"
    if cause.why is Why.ORGANISATION:
        cap = money.pounds(cause.cap_pence)
        return f"the organisation's cap of {cap} for the round is used up: {_used_words(cause)}"
    if cause.why is Why.BELOW:
        return f"below threshold: {'; '.join(standing.below_threshold)}"
    at = ", ".join(cause.at)
    if cause.why is Why.WAITS:
        return f"waits for the chair: the tie at {at} comes first"
    left = money.pounds(cause.left_pence)
    return f"{at} tie at the budget line with {left} left{with_}: the chair decides"


def _cap_words(cause: Cause) -> str:
    """Return which cap makes an offer less than the request, and which other awards used it."""
    if cause.is_of_award:
        return "the cap for one award"
    most = f"one organisation can have {money.pounds(cause.cap_pence)}"
    return f"{most}, and this one has {_used_words(cause)}" if cause.used else most


def _used_words(cause: Cause) -> str:
    return listed([f"{money.pounds(pence)} on {of}" for of, pence in cause.used])


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
