"""In whose hands a line is: for which post a person signs it, and whether that decides it."""

from collections.abc import Iterator, Sequence

from gui.pages.deciding.decisions.lines import Line
from models.queries.deciding.decisions import Hand, Signed
from models.queries.deciding.round_list import Deciding
from models.queries.deciding.signatories import person_signing, signs_as
from models.reference.sign_off import SignOff


def hands_of_person(found: Deciding, name: str, role: str) -> tuple[Hand, ...]:
    """Return the posts for which a person signs, in the order of the chain; none for who gave a mark."""
    return () if name in found.scorers else tuple(_hands(found, name, role))


def _hands(found: Deciding, name: str, role: str) -> Iterator[Hand]:
    person = person_signing(found.signatories, name, role)
    for number, step in enumerate(found.chain):
        post = signs_as(found.chain, number, person) if step.role == role else None
        if post is not None:
            yield Hand(step, number, post)


def hand_on(hands: Sequence[Hand], line: Line) -> Hand | None:
    """Return the one of a person's hands for which a line waits, None for none of them."""
    waits = line.waits
    same = (hand for hand in hands if waits is not None and hand.number == waits.step)
    return next((hand for hand in same if waits is not None and hand.taken in waits.posts), None)


def hand_for(found: Deciding, lines: Sequence[Line], name: str, role: str) -> Hand | None:
    """Return the hand in which a person signs next on these lines: where one waits, else their first."""
    hands = hands_of_person(found, name, role)
    waiting = (hand_on(hands, line) for line in lines if line.signed)
    return next((hand for hand in waiting if hand is not None), hands[0] if hands else None)


def finishes(chain: Sequence[SignOff], line: Line, hand: Hand) -> bool:
    """Whether a signature decides a line as it is answered, or as it stands where it is not."""
    answer = line.pending
    if answer is not None and answer.verdict == "send_back":
        return False
    is_change = answer is not None and answer.verdict == "change"
    pence = answer.amount_pence if answer is not None and is_change else line.current.amount_pence
    mine = Signed(hand.number, hand.post)
    return line.progress.after(chain, mine, pence, is_change=is_change) is None
