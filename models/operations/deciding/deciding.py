"""The deciding office's signing, step by step of the round's chain, line by line."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from models.operation import Outcome
from models.operations.awards.authorities import (
    AllowOverPot,
    allowed_words,
    authority_words,
    end_allowed,
    record_allowed,
)
from models.operations.awards.budget import within_year_of
from models.operations.awards.make_awards import make_awards, require_no_agreement
from models.operations.deciding.challenges import called_for, give_up_awards
from models.operations.deciding.decision_lines import (
    Standing,
    checked_lines,
    end_lines,
    put_lines,
    require_in_order,
    require_no_interest,
    require_no_open_tie,
    require_paid_nothing,
    require_reasons,
    require_steps_before,
    require_whole_or_part,
    standing_lines,
)
from models.operations.deciding.kept_standings import keep_panels, keep_standings
from models.operations.deciding.signing import (
    PANELS_REMEDY,
    areas_given,
    areas_with_more,
    move_on,
    moved_words,
    refuse_beyond,
)
from models.operations.deciding.turns import Turn, begins_decision, hand_in, still_to_sign, waits_of
from models.operations.operation_base import (
    DECIDING,
    Barrier,
    InRound,
    check_stated,
    require_confirmed,
    require_published,
)
from models.queries.applications.choices import require_choices
from models.queries.deciding.allowances import decided_money, given_amounts
from models.queries.deciding.award_gate import award_doubts, decided_beyond, decided_refusal
from models.queries.deciding.decisions import (
    Hand,
    Waits,
    chain_of,
    decisions,
    hands_of,
    signatures,
    signed_lines,
    unsigned_steps,
)
from models.queries.deciding.signatories import stranger_fault
from models.queries.permissions.declarations import stated_by
from models.queries.set_up.rounds import is_direct
from models.schema.deciding import sign_off_table
from models.session import Session, count, fields_of, put_new, stamp
from models.store.locks.signing_on import with_figures
from models.trouble import refuse, required
from models.values.recommending import FUNDED, LineDecision
from scoring.allocating.gate import Beyond, Doubt
from scoring.money import pounds
from scoring.written.text import Refused, counted, first_of

NOTICE = re.compile(r"\d{3}/\d{4}")
OWN_REMEDY = "Write it on the line, or use the panel's reason there."


class _Checked(NamedTuple):
    """Lines that hold together, what stood before with those that are finished, who signs, and what waits."""

    lines: tuple[LineDecision, ...]
    stood: tuple[dict[str, Standing], tuple[str, ...]]
    hand: Hand
    waits: dict[str, Waits | None]


class RecordDecisions(Barrier, InRound, frozen=True):
    """Record what one post of a step of the chain decides on lines before it. A barrier, for good.

    `step` counts from 0, `post` is the one of its posts that signs. A line is decided, under the notice, once
    every post that its amount needs has signed it as it stands. `from_paper` records what somebody signed
    elsewhere, at the last step or before it; `correcting` begins a correction of decisions that stand. With
    `own_reasons` a line that gets money says itself why it reduces crime or helps victims; without, as older
    records have it, the panel's reason stands in. With `moves_on` the areas of the lines stand at their
    decision from then, whatever stage they were at: what comes before it was done elsewhere. `confirmed` are
    the concerns of the gate for money that whoever signs has confirmed, `allowed` who allows what goes over a
    budget.
    """

    kind = "record decisions"
    titled = "{0.correcting:Correct|Record} decisions on {0.lines:application}"
    step: int
    by: str
    post: str
    on: date
    interests: str
    lines: tuple[LineDecision, ...]
    notice: str = ""
    legal_power: str = ""
    from_paper: bool = False
    correcting: bool = False
    own_reasons: bool = False
    moves_on: bool = False
    unsigned_because: str = ""
    confirmed: tuple[str, ...] = ()
    allowed: tuple[AllowOverPot, ...] = ()

    @property
    def detail(self) -> str:
        """Return who signed it on paper, whoever records that, and who allows money over a budget."""
        signed = f"Signed on paper by {self.by}, {self.post}" if self.from_paper else ""
        return "; ".join(filter(None, (signed, authority_words(self.allowed))))

    def check_at_entry(self, session: Session) -> None:
        """Refuse who authorised a payment, a day before that of what this follows, and a part called fund.

        From paper also what the window refuses: a signer with an interest, an open tie, a step left out.
        """
        require_paid_nothing(session, self.round_id, self.by)
        references = {line.application for line in self.lines}
        signer = self.by, self.post
        refuse(stranger_fault(session, self.round_id, self.step, signer, sorted(references)))
        require_in_order(session, self.round_id, self.step, self.on, references)
        changed = [line for line in self.lines if line.verdict == "change"]
        stands = standing_lines(session, self.round_id)
        require_whole_or_part(session, self.round_id, changed, stands)
        require_confirmed(self.doubts(session), self.confirmed)
        if self.from_paper:
            require_no_interest(session, self.round_id, self.by, [of.application for of in self.lines])
        if self.from_paper and not self.correcting:
            require_no_open_tie(session, self.round_id, references)
            chain = chain_of(session, self.round_id)
            lacking = self._unsigned(session), self._without_chair(session)
            require_steps_before(chain, *lacking, self.unsigned_because)

    def doubts(self, session: Session) -> tuple[Doubt, ...]:
        """Return what of the money is to be confirmed; what was proposed directly was confirmed then."""
        stands = standing_lines(session, self.round_id)
        kept = (line for line in self.lines if line.verdict != "send_back")
        said = {of.application: of if of.verdict == "change" else stands.get(of.application) for of in kept}
        sums = {
            of: one.amount_pence
            for of, one in said.items()
            if one is not None and one.amount_pence and not (isinstance(one, Standing) and one.is_direct)
        }
        return award_doubts(session, self.round_id, sums)

    def beyond(self, session: Session) -> tuple[Beyond, ...]:
        """Return which budgets the lines pass by money that nobody allows."""
        with with_figures(session, self.round_id, to_rank=True):
            given = _given(session, self.round_id, self.lines, is_correcting=self.correcting)
            return decided_beyond(session, self.round_id, *given, self._taken(session))

    def decides(self, session: Session) -> bool:
        """Whether it is the last signature on a line, which has the number of a notice."""
        standings = standing_lines(session, self.round_id)
        lines = checked_lines(self.lines, standings, own_reasons=self.own_reasons)
        return None in waits_of(self._turn(session), lines, standings).values()

    def _taken(self, session: Session) -> Mapping[str, int]:
        """Return what the lines take more than is decided of them, in pence by reference.

        Who signs first is asked about all that the decision takes, as about the pot.
        """
        standings = standing_lines(session, self.round_id)
        kept = [of for of in self.lines if of.verdict != "send_back" and of.application in standings]
        taken = dict[str, int]()
        for line in kept:
            held = standings[line.application]
            pence = line.amount_pence if line.verdict == "change" else held.amount_pence
            final = held.progress.final
            taken[line.application] = (pence or 0) - (0 if final is None else final.amount_pence or 0)
        return taken

    def _turn(self, session: Session) -> Turn:
        chain, direct = chain_of(session, self.round_id), is_direct(session, self.round_id)
        hand = hand_in(chain, self.step, self.by, self.post)
        return Turn(chain, hand, self.from_paper, self.correcting, is_direct=direct)

    def apply(self, session: Session) -> Outcome:
        """Check whose turn it is on which lines, then record them and make awards of those decided."""
        require_published(session, self.round_id, "There is nothing to decide yet.")
        record_allowed(session, self.allowed)
        with with_figures(session, self.round_id, to_rank=True):
            lines, stood, hand, waits = self._checked(session)
            if words := decided_refusal(session, self.round_id, self._taken(session)):
                raise Refused(f"{words} Nothing was decided.")
        declined = self._check_agreements(session, *stood)
        self._put(session, self._sign(session, hand), lines, stood, declined)
        moved = move_on(session, self.round_id, [of.application for of in lines]) if self.moves_on else ()
        one = "proposal" if is_direct(session, self.round_id) else "application"
        words = f"{_words(lines, stood[1], one)}{still_to_sign(hand, waits.values())}{moved_words(moved)}"
        return Outcome(None, f"{words}{allowed_words(self.allowed)}")

    def _unsigned(self, session: Session) -> dict[int, tuple[str, ...]]:
        """Return the steps before this one that its lines, as they are signed, go without."""
        standings = standing_lines(session, self.round_id)
        amounts = (
            (of.application, of.amount_pence if of.verdict == "change" else held.amount_pence)
            for of in self.lines
            if (held := standings.get(of.application)) is not None
        )
        along = {of: held.progress for of, held in standings.items()}
        return unsigned_steps(chain_of(session, self.round_id), self.step, amounts, along)

    def _without_chair(self, session: Session) -> tuple[str, ...]:
        """Return its lines that nobody signed yet, the chair neither; nobody chairs a direct award."""
        if is_direct(session, self.round_id):
            return ()
        signed = signed_lines(session, self.round_id)
        begun = {row.application for row in decisions(session, self.round_id) if row.is_in_force}
        return tuple(line.application for line in self.lines if line.application not in signed | begun)

    def _checked(self, session: Session) -> _Checked:
        """Return the lines with what they leave unsaid filled in, once nothing is found against them."""
        turn, standings = self._turn(session), standing_lines(session, self.round_id)
        self._check_lines(standings, turn)
        self._check_hands(session, turn)
        lines = checked_lines(self.lines, standings, own_reasons=self.own_reasons)
        funded = [line.application for line in lines if line.amount_pence is not None]
        require_choices(session, self.round_id, funded)
        waits = waits_of(turn, lines, standings)
        finished = tuple(of for of, waited in waits.items() if waited is None)
        require_reasons(lines, standings, PANELS_REMEDY if self.from_paper else OWN_REMEDY, finished)
        self._check_paper(session, finished, is_begun=begins_decision(turn, lines, waits))
        _refuse_past_pots(session, self.round_id, lines, is_correcting=self.correcting)
        return _Checked(lines, (standings, finished), turn.hand, waits)

    def _check_lines(self, standings: dict[str, Standing], turn: Turn) -> None:
        is_twice = len({line.application for line in self.lines}) < len(self.lines)
        refuse(DECIDING.line_list(bool(self.lines), is_twice))
        for line in self.lines:
            standing = required(
                standings.get(line.application),
                f"Nothing is recommended on {line.application}, so there is nothing to decide.",
            )
            turn.require(line, standing)

    def _check_hands(self, session: Session, turn: Turn) -> None:
        """Refuse a person who signed for another post on a line, or who declared an interest in it.

        Of what is recorded from paper the paper says who signed before.
        """
        references = tuple(line.application for line in self.lines)
        decided, hand = decisions(session, self.round_id), turn.hand
        if self.from_paper:
            before = hands_of((), [row for row in decided if row.step == hand.number], hand, self.by)
        else:
            require_no_interest(session, self.round_id, self.by, references)
            first = "in proposing it" if turn.is_direct else "for the panel"
            before = hands_of(signatures(session, self.round_id), decided, hand, self.by, first)
        signed = [of for of in references if of in before]
        if signed:
            raise Refused(
                f"{self.by} signed {before[signed[0]]} on {first_of(signed)}. "
                "Each step of the chain must be signed by a different person."
            )

    def _check_agreements(
        self, session: Session, standings: dict[str, Standing], finished: Collection[str]
    ) -> frozenset[str]:
        """Refuse to decide again what is agreed or varied, but to decline it on a challenge: return this."""
        kept = (line for line in self.lines if line.verdict != "send_back")
        corrected = [line for line in kept if standings[line.application].is_decided]
        return _refuse_agreed(session, self.round_id, corrected) & set(finished)

    def _check_paper(self, session: Session, finished: Sequence[str], *, is_begun: bool) -> None:
        """Refuse a notice that the signature neither decides nor begins to, or that cannot be its own."""
        check_stated(
            self.interests, "State the interests of the person who signs, or “none” if there are none."
        )
        has_place = bool(finished or (self.notice and (self.from_paper or is_begun)))
        is_used = bool(count(session, sign_off_table, notice=self.notice))
        has_power = bool(self.from_paper or self.legal_power.strip())
        is_number = NOTICE.fullmatch(self.notice) is not None
        refuse(DECIDING.notice(self.notice, has_place, is_number, is_used, has_power))

    def _sign(self, session: Session, hand: Hand) -> dict[str, object]:
        """Return the signing as a row, but for its number and for whether it decides its lines."""
        return {
            **fields_of(self, "round_id", "step", "legal_power"),
            "post": hand.post,
            "signed_by": self.by,
            "signed_on": self.on,
            "interests": self.interests
            if self.from_paper
            else stated_by(session, self.round_id, self.by, self.interests),
            "is_from_paper": self.from_paper,
            "unsigned_because": self.unsigned_because.strip(),
            **stamp(session, "recorded"),
        }

    def _put(
        self,
        session: Session,
        signing: dict[str, object],
        lines: Sequence[LineDecision],
        stood: tuple[dict[str, Standing], Sequence[str]],
        declined: frozenset[str],
    ) -> None:
        """Put the lines in: those decided under the notice, the others under a signing without one."""
        standings, finished = stood
        done = [line for line in lines if line.application in finished]
        left = [line for line in lines if line.application not in finished]
        own = [line.application for line in lines]
        keep_panels(session, self.round_id, finished)
        with within_year_of(session, self.round_id, "Nothing was decided.", own):
            numbers = self._put_lines(session, signing, (done, left), standings)
            chosen = [(line, standings[line.application], line.application in finished) for line in lines]
            end_lines(session, self.round_id, self.step, numbers, chosen)
            give_up_awards(session, self.round_id, self.notice, declined)
            if done:
                make_awards(session, self.round_id, self.notice, done, numbers)
        self._end_allowed(session, lines, standings)

    def _put_lines(
        self,
        session: Session,
        signing: dict[str, object],
        parts: tuple[Sequence[LineDecision], Sequence[LineDecision]],
        standings: dict[str, Standing],
    ) -> dict[str, int]:
        """Put in the lines that are decided, and those that are left; return their numbers by application."""
        done, left = parts
        numbers: dict[str, int] = {}
        with with_figures(session, self.round_id, to_rank=True):
            stood = decided_money(session, self.round_id)
        if left:
            numbers |= _put_signed(session, self.round_id, signing, left, standings)
        if done:
            last = signing | {"is_last": True, "notice": self.notice}
            numbers |= _put_signed(session, self.round_id, last, done, standings)
        kept = [line.application for line in done if line.verdict != "send_back"]
        keep_standings(session, self.round_id, {of: numbers[of] for of in kept}, stood)
        return numbers

    def _end_allowed(
        self, session: Session, lines: Sequence[LineDecision], standings: dict[str, Standing]
    ) -> None:
        """Take back who allowed money with signatures on lines that go back: nothing rests on it."""
        back = [line.application for line in lines if line.verdict == "send_back"]
        end_allowed(session, self.round_id, {of: standings[of].progress.since for of in back})


def _put_signed(
    session: Session,
    round_id: int,
    signing: Mapping[str, object],
    lines: Sequence[LineDecision],
    standings: dict[str, Standing],
) -> dict[str, int]:
    """Put lines in under a signing of their own, and return their numbers by application."""
    (number,) = put_new(session, sign_off_table, [{"is_last": False, "notice": None, **signing}])
    return put_lines(session, round_id, number, lines, standings)


def correction_fault(session: Session, round_id: int, lines: Sequence[LineDecision]) -> str:
    """Return why a correction would be refused: the award is agreed or was varied; "" where it is neither."""
    try:
        _refuse_agreed(session, round_id, lines)
    except Refused as refused:
        return str(refused)
    return ""


def refuse_correction(session: Session, round_id: int, lines: Sequence[LineDecision], told: str) -> None:
    """Refuse a correction of what is agreed or varied, and money that nobody allows; `told` says of what."""
    _refuse_agreed(session, round_id, lines)
    with with_figures(session, round_id, to_rank=True):
        given = _given(session, round_id, lines, is_correcting=True)
        refuse_beyond(session, round_id, *given, told, own=[line.application for line in lines])


def _refuse_agreed(session: Session, round_id: int, corrected: Sequence[LineDecision]) -> frozenset[str]:
    """Refuse to decide again what is agreed or varied, but what is declined on a challenge: return that."""
    lost = [line.application for line in corrected if line.outcome not in FUNDED]
    declined = called_for(session, round_id, lost) if lost else frozenset()
    others = (line.application for line in corrected if line.application not in declined)
    require_no_agreement(session, round_id, list(others))
    return declined


def _refuse_past_pots(
    session: Session, round_id: int, lines: Sequence[LineDecision], *, is_correcting: bool
) -> None:
    given = _given(session, round_id, lines, is_correcting=is_correcting)
    own = [line.application for line in lines]
    refuse_beyond(session, round_id, *given, "Nothing was decided.", own=own)


def _given(
    session: Session, round_id: int, lines: Sequence[LineDecision], *, is_correcting: bool
) -> tuple[dict[str, int], set[str]]:
    """Return what applications are given once lines are decided (pence), and the areas that this is for."""
    before = given_amounts(session, round_id)
    changed = {line.application: line.amount_pence or 0 for line in lines if line.verdict == "change"}
    after = {**before, **changed}
    if is_correcting:
        return after, areas_with_more(session, round_id, before, after)
    decided = [line.application for line in lines if line.verdict != "send_back"]
    return after, areas_given(session, round_id, after, decided)


def _words(lines: Sequence[LineDecision], finished: Collection[str], one: str) -> str:
    """Return what was done on lines; each is `one` of what the round holds."""
    kept = [line for line in lines if line.verdict != "send_back"]
    done = [line for line in kept if line.application in finished]
    left = [line for line in kept if line.application not in finished]
    parts = [_counted(done, one, "decided")] if done else []
    parts += [_counted(left, one, "signed")] if left or not done else []
    changed, back = sum(line.verdict == "change" for line in lines), len(lines) - len(kept)
    parts += [f"{changed} changed"] if changed else []
    parts += [f"{back} sent back"] if back else []
    return f"{', '.join(parts)}."


def _counted(lines: Sequence[LineDecision], one: str, how: str) -> str:
    total = sum(line.amount_pence or 0 for line in lines if line.outcome in FUNDED)
    return f"{counted(len(lines), one)} {how}, {pounds(total)} in all"
