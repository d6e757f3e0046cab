"""What the Decisions page shows, and what one person may do on it, as one value."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gui.pages.deciding.decisions.lines import Line
from gui.pages.page import Identity, Place
from gui.theme.office_words import ours
from models.papers.kinds import TO_SIGN
from models.queries.deciding.decisions import Hand, Signed, hands_of
from models.queries.deciding.round_list import Deciding
from models.queries.deciding.signatories import (
    Signatory,
    hand_on,
    own_hands,
    person_signing,
    why_not,
)
from models.queries.permissions.acting import may_write
from models.reference.defaults import Condition
from models.values.recommending import FUNDED, DecisionRow, LineDecision, RecommendationRow
from scoring.budget.limits import decision_refusal
from scoring.written.names import is_same_text
from scoring.written.text import listed

SCORED = "You gave marks in this round, so this side is closed to you: nobody both scores and decides."
OTHER_HANDS = "Each step of the chain must be signed by a different person."
DECIDED = "This line is decided. The office writes its notice and letters, on Papers."


class KeptAnswer(Struct, frozen=True):
    """An answer that is not recorded, and what was recommended and signed last on its line."""

    answer: LineDecision
    recommended: RecommendationRow
    last: DecisionRow | None

    def fits(self, line: Line | None) -> bool:
        """Whether its line, None where it is not to be answered, stands as it stood."""
        return line is not None and (self.recommended, self.last) == (line.recommended, line.last)


def kept_answer(line: Line, answer: LineDecision) -> KeptAnswer:
    """Return an answer to a line as that stands now."""
    return KeptAnswer(answer, line.recommended, line.last)


Answers = dict[str, KeptAnswer]
BEGUN = "{}/begun"
"""By what an answer that is begun on a line is kept, beside the one that is given there."""


class DecidingState(Struct, frozen=True):
    """The lines of a place before a person, with what that person answered and has not recorded yet.

    What is `chosen` goes by area, then place, as papers print it: awards are numbered in that order.
    """

    found: Deciding
    place: Place
    identity: Identity
    lines: tuple[Line, ...]
    chosen: tuple[LineDecision, ...]

    @property
    def round_id(self) -> int:
        """Return the round."""
        return self.place.line.round_id

    @property
    def _person(self) -> Signatory:
        return person_signing(self.found.signatories, self.identity.name, self.identity.role)

    @property
    def hands(self) -> tuple[Hand, ...]:
        """Return the posts for which the person signs, in the chain's order; none for who gave a mark."""
        return own_hands(self.found.chain, self._person, self.found.scorers)

    @property
    def hand(self) -> Hand | None:
        """Return the hand in which the person signs next: where a line waits, else their first."""
        waiting = (hand_on(self.hands, line.waits) for line in self.lines if line.signed)
        return next(filter(None, waiting), next(iter(self.hands), None))

    def refusal(self, line: Line) -> str:
        """Return why the person decides nothing on a line, "" when they may."""
        hands = self.hands
        if self.identity.name in self.found.scorers:
            return SCORED
        if not hands:
            return DECIDED if line.is_decided else self._not_theirs
        if line.is_closed:
            return "You declared an interest in this application, so somebody else decides on it."
        if line.is_decided:
            return "This line is decided. A correction is a new decision, with its own notice."
        if not line.signed and line.progress.final is None:
            return "The chair of the panel has not signed this line yet."
        hand = hand_on(hands, line.waits)
        if hand is None and line.waits is not None:
            return f"This line waits for the {listed(line.waits.posts)}."
        return self._other_hand(line, hand or hands[0])

    @property
    def _not_theirs(self) -> str:
        """Say who signs to somebody who has no post of the chain."""
        chain = self.found.chain
        of_role = [number for number, step in enumerate(chain) if step.role == self.identity.role]
        if of_role:
            return ours(why_not(chain, of_role[0], self._person, ()))
        return f"The deciding office answers here: {', then '.join(step.words for step in chain)}."

    def _other_hand(self, line: Line, hand: Hand) -> str:
        """Say why the person does not sign a line in a hand: another area's, or they signed it in another."""
        where = why_not(self.found.chain, hand.number, self._person, [(line.reference, line.row.area)])
        signed = hands_of(self.found.signatures, self.found.decisions, hand, self.identity.name)
        before = signed.get(line.reference, "")
        return ours(where) or (f"You signed {before} on this line. {OTHER_HANDS}" if before else "")

    @property
    def waiting(self) -> tuple[Line, ...]:
        """Return the lines that wait for the person's answer."""
        return tuple(line for line in self.lines if line.pending is None and not self.refusal(line))

    @property
    def to_sign(self) -> tuple[Line, ...]:
        """Return what the person signs for the panel."""
        may = self.identity.may("sign recommendations")
        return tuple(line for line in self.lines if may and not line.signed and not line.is_decided)

    @property
    def due(self) -> tuple[Line, ...]:
        """Return the lines that the person's signature would cover; to the office, all that wait for one."""
        if self.hand is not None:
            return tuple(line for line in self.lines if line.pending is not None) or self.waiting
        if self.identity.may("sign recommendations"):
            return self.to_sign
        may = may_write(self.identity.role, TO_SIGN)
        return tuple(line for line in self.lines if may and not line.is_decided)

    def decides(self, line: Line) -> bool:
        """Whether the person's answer decides a line, so that nobody signs after."""
        hand = self.hand
        return hand is not None and self.finishes(line, hand.number, hand.post)

    def finishes(self, line: Line, step: int, post: str) -> bool:
        """Whether a post that signs a step decides a line as it is answered, else as it stands."""
        answer = line.pending
        if answer is not None and answer.verdict == "send_back":
            return False
        is_change = answer is not None and answer.verdict == "change"
        pence = answer.amount_pence if answer is not None and is_change else line.current.amount_pence
        return line.progress.after(self.found.chain, Signed(step, post), pence, is_change=is_change) is None

    @property
    def answer_word(self) -> str:
        """Return what each answer is that waits to be recorded: a decision where they decide every line."""
        answered = (line for line in self.lines if line.pending is not None)
        return "decision" if all(map(self.decides, answered)) else "answer"

    def correcting(self, line: Line) -> Hand | None:
        """Return the hand in which the person corrects a decided line, None where they do not."""
        final = line.progress.final
        if final is None or line.is_closed or not line.is_decided:
            return None
        own = (hand for hand in self.hands if hand.number == final.step and not self._other_hand(line, hand))
        return next(own, None)

    def may_take_back(self, line: Line) -> bool:
        """Whether the person takes their signature back: it is the newest on a line that is not decided."""
        newest = line.progress.since[-1] if line.progress.since else None
        return (
            newest is not None
            and not newest.is_from_paper
            and is_same_text(newest.signed_by, self.identity.name)
        )

    def shortage(self, line: Line, pence: int) -> str:
        """Say what the year's money is short of for an amount on a line, "" for nothing."""
        budget = self.found.budget
        if budget is None or line.row.area is None:
            return ""
        stands = (line.current.amount_pence or 0) if line.is_decided else 0
        return decision_refusal(budget, line.row.area, self.place.line.name, pence - stands)

    @property
    def names_signatories(self) -> bool:
        """Whether lines wait, nobody is named to sign after the panel yet, and the person may name them."""
        waits = not self.to_sign and any(line.signed and line.waits for line in self.lines)
        return waits and not self.found.signatories and self.identity.may("name signatories")

    def after(self, reference: str) -> str:
        """Return the next line after one that waits for an answer, itself when none does."""
        at = [line.reference for line in self.lines].index(reference)
        around = (*self.lines[at + 1 :], *self.lines[:at])
        waiting = (of.reference for of in around if of.pending is None and not self.refusal(of))
        return next(waiting, reference)


class AsRecommended(Struct, frozen=True):
    """What taking lines as recommended comes to, in the words that were begun on them.

    `ready` need no more words, `helped` take the panel's own, `wordless` have none and wait, or one that
    says only why the panel departed from its list. An earlier step `changed` some of them: they are taken
    as they stand since.
    """

    ready: tuple[KeptAnswer, ...]
    helped: tuple[KeptAnswer, ...]
    wordless: tuple[str, ...]
    changed: tuple[str, ...] = ()


def as_recommended(
    lines: Sequence[Line], begun: Callable[[Line], KeptAnswer], decides: Callable[[Line], bool]
) -> AsRecommended:
    """Return what taking these lines as recommended, as they are `begun`, comes to at a step of the chain."""
    lacking = [
        line
        for line in lines
        if decides(line)
        and line.current.outcome in FUNDED
        and not (line.own_reason or begun(line).answer.reason)
    ]
    helped = [line for line in lacking if line.panel_reason and not line.is_departure]
    ready = [line for line in lines if line not in lacking]
    return AsRecommended(
        tuple(map(begun, ready)),
        tuple(kept_answer(line, replace(begun(line).answer, reason=line.panel_reason)) for line in helped),
        tuple(line.reference for line in lacking if line not in helped),
        tuple(line.reference for line in (*ready, *helped) if line.changed),
    )


def as_begun(line: Line, library: Sequence[Condition], answers: Answers) -> KeptAnswer:
    """Return a line taken as it stands, with the words that were begun on it.

    The conditions are those that were ticked there, unless it stands otherwise since.
    """
    usual = LineDecision(line.reference, conditions=conditions_asked(line, library))
    begun = answers.get(BEGUN.format(line.reference), kept_answer(line, usual))
    return begun if begun.fits(line) else kept_answer(line, replace(usual, reason=begun.answer.reason))


def conditions_asked(line: Line, library: Sequence[Condition]) -> tuple[str, ...]:
    """Return the conditions of a line: those of its money so far, else the standard ones."""
    if line.current.outcome in FUNDED:
        return in_words(line.current.conditions, library)
    return tuple(condition.words for condition in library if condition.is_standard)


def in_words(conditions: Iterable[str], library: Sequence[Condition]) -> tuple[str, ...]:
    """Return conditions in words; one of the library may be kept by its code."""
    words = {condition.code: condition.words for condition in library}
    return tuple(dict.fromkeys(words.get(condition, condition) for condition in conditions))
