"""What the Decisions page shows and says, and what one person may do on it, as one value."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from gui.pages.deciding.decisions.lines import Line, totals, without_office
from gui.pages.page import Identity, Place
from gui.text import counted, ours
from models.papers.kinds import TO_SIGN
from models.queries.deciding.decisions import Hand, Signed, hands_of
from models.queries.deciding.round_list import Deciding
from models.queries.deciding.signatories import Signatory, hand_on, own_hands, person_signing, why_not
from models.queries.permissions.acting import may_write
from models.reference.clauses import conditions_of
from models.reference.defaults import Condition
from models.reference.sign_off import SignOff
from models.role import ONLY_READS, Role
from models.values.recommending import FUNDED, DecisionRow, LineDecision, RecommendationRow, unstated_words
from scoring import money
from scoring.allocating.over_pot import authority_words, left_closed
from scoring.budget.figures import FundBudget
from scoring.budget.limits import year_money
from scoring.money import short_pounds
from scoring.ranking import PotUse
from scoring.written.names import is_same_text
from scoring.written.text import first_of, listed, noun

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
        waiting = (
            hand_on(self.hands, line.waits) for line in self.lines if line.signed and not line.is_closed
        )
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
        people, on = self.found.signatories, [(line.reference, line.row.area)]
        where = why_not(self.found.chain, hand.number, self._person, on, people)
        signed = hands_of(self.found.signatures, self.found.decisions, hand, self.identity.name)
        before = signed.get(line.reference, "")
        return ours(where) or (f"You signed {before} on this line. {OTHER_HANDS}" if before else "")

    @property
    def waiting(self) -> tuple[Line, ...]:
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
        may = may_write(self.identity.role, TO_SIGN) and self.identity.role not in ONLY_READS
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
        """Whether the person takes a signature back: the newest on a line that is not decided.

        It is their own, or was recorded from paper, which an officer does.
        """
        newest = line.progress.since[-1] if line.progress.since else None
        if newest is None or newest.is_from_paper:
            return newest is not None and self.identity.role == Role.OFFICER
        return is_same_text(newest.signed_by, self.identity.name)

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
        asked = in_words(line.current.conditions, library)
    else:
        asked = tuple(condition.words for condition in library if condition.is_standard)
    return conditions_of(asked, is_contract=line.is_contract)


def in_words(conditions: Iterable[str], library: Sequence[Condition]) -> tuple[str, ...]:
    """Return conditions in words; one of the library may be kept by its code."""
    words = {condition.code: condition.words for condition in library}
    return tuple(dict.fromkeys(words.get(condition, condition) for condition in conditions))


ANSWERS = ("as recommended", "as an earlier step changed it", "changed", "sent back")
CAN_BE_WITHDRAWN = (
    "You can withdraw your signature on a line until somebody signs after you. "
    "Earlier changes can no longer be undone."
)
CANNOT_BE_UNDONE = "This cannot be undone. Earlier changes can no longer be undone either."


def progress_words(lines: Sequence[Line], chain: Sequence[SignOff]) -> str:
    """Return how far the lines are: "13 recommendations · 4 decided · 9 wait for the Chief Executive"."""
    closed = sum(line.is_closed for line in lines)
    lines = [line for line in lines if not line.is_closed]
    parts = [counted(len(lines), "recommendation")]
    decided = sum(line.is_decided for line in lines)
    parts += [f"{decided:,} decided"] if decided else []
    open_lines = [line for line in lines if not line.is_decided]
    unsigned = sum(not line.signed for line in open_lines)
    parts += [f"{unsigned:,} not signed yet"] if unsigned else []
    waiting = Counter(
        (line.waits.step, post)
        for line in open_lines
        if line.signed and line.waits is not None
        for post in line.waits.posts
    )
    parts += [
        f"{counted(waiting[number, post], 'waits', 'wait')} for the {without_office(post)}"
        for number, step in enumerate(chain)
        for post in step.posts
        if waiting[number, post]
    ]
    parts += [f"{closed:,} closed to you"] if closed else []
    return " · ".join(parts)


def sign_words(lines: Sequence[Line], area: str, left: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what the chair is about to sign, in counts and sums, and what is `left` undecided."""
    count = counted(len(lines), "recommendation")
    unsaid = unstated_words([line.recommended for line in lines])
    are = noun(len(left), "is not ranked and stays", "are not ranked and stay")
    out = f"{listed(left)} {are} undecided. Record a recommendation by hand to have it decided."
    return (
        f"{area or ours('All areas')}: {count}: {totals(lines)}.",
        *((f"{unsaid} Part-fund… on Ranking & budget states it.",) if unsaid else ()),
        *((out,) if left else ()),
        "They go to the deciding office as they are: only the office can send a line back.",
        CANNOT_BE_UNDONE,
    )


def record_words(lines: Sequence[Line], post: str, *, is_last: bool) -> tuple[str, ...]:
    """Return what a step is about to record, in counts and sums, and where the panel speaks for it.

    Before the last step a signature can be withdrawn, but of what is sent back there is none.
    """
    chosen = [line for line in lines if line.pending is not None]
    counts = Counter(_answer(line) for line in chosen)
    parts = ", ".join(f"{counts[words]} {words}" for words in ANSWERS if counts[words])
    total = money.short_pounds(sum(map(pending_pence, chosen)))
    is_signed = len(chosen) > counts[ANSWERS[-1]]
    unsaid = unstated_words([line.recommended for line in chosen])
    return (
        f"{post}: {counted(len(chosen), 'line')}: {parts}.",
        f"{total} in all.",
        *((f"{unsaid} Send back a line to have that stated.",) if unsaid else ()),
        *(_borrowed(chosen) if is_last else ()),
        CAN_BE_WITHDRAWN if is_signed and not is_last else CANNOT_BE_UNDONE,
    )


def _borrowed(chosen: Sequence[Line]) -> tuple[str, ...]:
    """Say on how many lines with money the panel's own reason is put in as the office's."""
    found = sum(
        line.current.outcome in FUNDED
        and line.pending is not None
        and line.pending.reason == line.panel_reason
        for line in chosen
        if line.panel_reason
    )
    if not found:
        return ()
    count = counted(found, "line")
    return (f"On {count} the recommended reason is used as yours. To change one, cancel and open its line.",)


def unrecorded_words(chosen: int, waiting: int, one: str) -> str:
    """Return what is still to do about answers that are not recorded, each called `one`; "" for none."""
    if not chosen:
        return ""
    if not waiting:
        count = one if chosen == 1 else counted(chosen, one, f"{one}s")
        return f"Every line is answered. One step is left: record the {count}. Until then nothing is decided."
    return f"{chosen:,} answered, {waiting:,} still to answer. Nothing is decided until you record it."


def _answer(line: Line) -> str:
    assert line.pending is not None, "only chosen lines are told"
    recommended, as_changed, changed, back = ANSWERS
    if line.pending.verdict == "agree":
        return as_changed if line.changed else recommended
    return changed if line.pending.verdict == "change" else back


def agree_all_words(taken: AsRecommended) -> tuple[str, ...]:
    """Return what taking every line as it came puts into the office's mouth, before it does."""
    count = counted(len(taken.helped), "line gets", "lines get")
    helped = (
        f"{count} money and {'has' if len(taken.helped) == 1 else 'have'} no words of yours yet on why it "
        f"reduces crime or helps victims. The recommended reason is put in; change it on a line "
        "before you record."
    )
    words = [helped] if taken.helped else []
    if taken.wordless:
        words.append(
            f"The panel wrote no reason for an award on {first_of(taken.wordless, 5)}: write one there. "
            f"{'It stays' if len(taken.wordless) == 1 else 'They stay'} open."
        )
    others = sum(one.answer.application not in taken.changed for one in taken.ready)
    if others:
        words.append(f"{counted(others, 'other line is', 'other lines are')} taken as recommended.")
    if taken.changed:
        words.append(f"An earlier step changed {first_of(taken.changed, 5)}: taken as changed.")
    return tuple(words)


def pending_pence(line: Line) -> int:
    """Return what an answer that is not recorded yet gives an application."""
    assert line.pending is not None, "only chosen lines are added"
    if line.pending.verdict == "change":
        return line.pending.amount_pence or 0
    if line.pending.verdict == "send_back":
        return 0
    return line.current.amount_pence or 0


NO_WORDS: Mapping[str, str] = MappingProxyType({})
MOST_POTS = 3
"""Up to so many areas each have a line of their own; of more, those that are over their pot have."""


def as_told(uses: Sequence[PotUse], pots: Sequence[PotUse]) -> tuple[PotUse, ...]:
    """Return pots as they will be, closed to the person as those are that are on show."""
    closed = {pot.area: pot.closed for pot in pots}
    return tuple(use._replace(closed=closed.get(use.area, ())) for use in uses)


def card_lines(
    uses: Sequence[PotUse],
    lines: Sequence[Line],
    budget: FundBudget | None = None,
    waiting: Mapping[str, str] = NO_WORDS,
) -> tuple[str, ...]:
    """Return the pots of some lines, what the year has left, authorities, exceptions.

    `waiting` says by area what proposed variations will free or add, where the year has no money of its own.
    """
    areas = {line.row.area for line in lines}
    shown = [use for use in uses if not areas.isdisjoint(use.areas)]
    pots = [_pot(use.area, [use]) for use in shown]
    if len(shown) > MOST_POTS:
        pots = [_pot(ours(f"{len(areas)} areas"), shown)]
    money = ours(year_money(budget, {name for use in shown for name in use.areas if name in areas}))
    told = [f"{money}."] if money else [words for area, words in waiting.items() if area in areas]
    decided = [line.reference for line in lines if line.progress.final is not None]
    return (*pots, *told, *_authorities(shown, decided), *exceptions(lines))


def exceptions(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return which recommendations go against the order or a floor, and why; nothing where none does."""
    found = [line for line in lines if line.recommended.is_exception]
    if not found:
        return ()
    count = counted(len(found), "exception")
    return (f"{count} to the order or to a floor: {'; '.join(map(_exception, found))}.",)


def _pot(name: str, uses: Sequence[PotUse]) -> str:
    """Return "Walsall: £9,000 in the pot, £850 committed before, £8,100 to fund, £50 left"."""
    if closed := left_closed([of for use in uses for of in use.closed]):
        return f"{name}: {closed}."
    pot, committed = sum(use.pot_pence for use in uses), sum(use.committed_pence for use in uses)
    given, left = sum(use.given_pence for use in uses), sum(use.left_pence for use in uses)
    over = sum(use.over_pence for use in uses)
    parts = [
        f"{short_pounds(pot)} in the pot{'s' * (len(uses) > 1)}",
        f"{short_pounds(committed) if committed else 'nothing'} committed before the round",
        f"{short_pounds(given)} to fund",
        *([f"{short_pounds(left)} left"] if left or not over else []),
        *([f"{short_pounds(over)} over"] if over else []),
    ]
    return f"{name}: {', '.join(parts)}."


def _authorities(uses: Sequence[PotUse], decided: Collection[str]) -> tuple[str, ...]:
    told = [(use.area, authority_words(use, decided, short_pounds)) for use in uses if not use.closed]
    return tuple(f"{area}: {words}." for area, words in told if words)


def _exception(line: Line) -> str:
    if line.is_closed:
        return line.reference
    amount = line.recommended.amount_pence
    money = "" if amount is None else f" {short_pounds(amount)}"
    reason = line.recommended.reason or line.panel_reason
    why = f" ({reason.rstrip('.')})" if reason else ""
    return f"{line.reference}{money}{why}"
