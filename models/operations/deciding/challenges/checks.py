"""What a challenge has to keep to: who asks, days in their order, who looks at it, and what came of it."""

from collections.abc import Iterator

from msgspec.structs import replace

from models.queries.deciding.challenges.part_in_it import part_in
from models.session import Session
from models.values.challenge import Challenge, ChallengeKind, Finding
from scoring.refused import Refused
from scoring.written.days import short_day

LONGEST, LONGEST_NAME = 8_000, 300
MAY_CHANGE = (Finding.UPHELD, Finding.PARTLY)
"""What may call for a new decision."""


def tidied_challenge(challenge: Challenge) -> Challenge:
    """Return a challenge as it is stored: its words without spaces around them."""
    texts = ("asked_by", "grounds", "looked_at_by", "looked_at_post", "reasons", "address", "remedy")
    return replace(challenge, **{name: getattr(challenge, name).strip() for name in texts})


def require_sound(session: Session, round_id: int, application: str, challenge: Challenge) -> None:
    """Refuse a challenge that does not hold together, and one that somebody with a part in it looks at."""
    for fault in (*_bounded(challenge), *_asked(challenge), *_answered(challenge)):
        raise Refused(fault)
    name = challenge.looked_at_by.strip()
    part = part_in(session, round_id, application, name) if name else ""
    if part:
        raise Refused(
            f"{name} {part}, so somebody else looks at the challenge to the decision on {application}."
        )


def require_remedy(challenge: Challenge) -> None:
    """Refuse a complaint that is upheld without a word on what follows; the letter would promise nothing."""
    is_upheld = challenge.kind is ChallengeKind.COMPLAINT and challenge.finding in MAY_CHANGE
    if is_upheld and not (challenge.remedy.strip() or challenge.calls_for_decision):
        raise Refused("Say what will be done about it: a complaint that is upheld is answered with that.")


def _bounded(challenge: Challenge) -> Iterator[str]:
    names = (challenge.asked_by, challenge.looked_at_by, challenge.looked_at_post)
    if any(len(name) > LONGEST_NAME or len(name.strip().splitlines()) > 1 for name in names):
        yield f"A name or a post must be on one line, with up to {LONGEST_NAME} characters. Shorten it."
    if len(challenge.address) > LONGEST_NAME:
        yield f"An address may have up to {LONGEST_NAME} characters. Shorten it."
    if max(map(len, (challenge.grounds, challenge.reasons, challenge.remedy))) > LONGEST:
        yield f"A text is longer than {LONGEST:,} characters. Shorten it, and keep the whole elsewhere."


def _asked(challenge: Challenge) -> Iterator[str]:
    received = challenge.received_on
    if not challenge.asked_by.strip():
        yield "Say who asks."
    if not challenge.grounds.strip():
        yield "Say what is asked, and on what grounds."
    if challenge.due_on < received:
        yield (
            f"The answer would be due on {short_day(challenge.due_on)}, before the challenge was received on "
            f"{short_day(received)}. Correct the days."
        )
    if challenge.acknowledged_on is not None and challenge.acknowledged_on < received:
        yield (
            f"It would be acknowledged on {short_day(challenge.acknowledged_on)}, before it was received on "
            f"{short_day(received)}. Correct the days."
        )


def _answered(challenge: Challenge) -> Iterator[str]:
    finding, on = challenge.finding, challenge.answered_on
    if (finding is None) != (on is None) or (finding is None) != (not challenge.reasons.strip()):
        yield "An answer must say what was found, with its reasons and its day."
    if on is not None and on < challenge.received_on:
        yield (
            f"It would be answered on {short_day(on)}, before it was received on "
            f"{short_day(challenge.received_on)}. Correct the days."
        )
    if finding not in (None, Finding.WITHDRAWN) and not challenge.looked_at_by.strip():
        yield "Say who looked at it: nobody who had a part in the decision."
    if challenge.calls_for_decision and finding not in MAY_CHANGE:
        yield "Only a challenge that is upheld, in whole or in part, calls for a new decision."
    if challenge.remedy.strip() and finding not in MAY_CHANGE:
        yield "Only of a challenge that is upheld, in whole or in part, is said what will be done about it."
    if challenge.carried_out_by and not challenge.calls_for_decision:
        yield "Only an answer that calls for a new decision can say what carried it out."
